#pragma once
// Finds where a text stops being JSON. Asked only when the parser has refused the text, which does not say where.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tillstorm {

struct SyntaxError {
  std::size_t offset = 0;  ///< Byte of the first thing that cannot be.
  std::string message;
};

/// The first error of `text` as one JSON value (RFC 8259) in UTF-8; nothing if there is none. Needs no stack: nesting
/// of any depth is only counted.
std::optional<SyntaxError> find_syntax_error(std::string_view text);

/// Byte of the first character that is not valid UTF-8.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// Whether `token` is a number as JSON writes it.
bool is_json_number(std::string_view token);

}  // namespace tillstorm
