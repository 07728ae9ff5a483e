#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "scenario/json_node.h"

namespace tillstorm {

/// The tree as text: two spaces a level, lists of plain values in lines of at most 120 characters, a final newline.
std::string write_json(const JsonNode& node);

JsonNode json_text(std::string_view text);
JsonNode json_boolean(bool value);
JsonNode json_integer(std::int64_t value);
JsonNode json_integer(std::uint64_t value);
/// The shortest text that is read back as the same value; `value` is finite.
JsonNode json_number(double value);
JsonNode json_array();
JsonNode json_object();
/// Adds `value` to `object` under `key`, and returns it there.
JsonNode& json_add(JsonNode& object, std::string_view key, JsonNode value);

}  // namespace tillstorm
