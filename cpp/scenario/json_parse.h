#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "scenario/json_node.h"
#include "scenario/sources.h"

namespace tillstorm {

inline constexpr std::size_t kDeepestNesting = 64;           ///< Objects and lists in each other.
inline constexpr std::size_t kLongestDocument = 1ULL << 30;  ///< [bytes]

/// The text of source `source` as a tree. What is wrong with it (no JSON, not UTF-8, too deep, a key twice in one
/// object, ...) goes to `problems`; the tree is there only if it could be read to its end.
std::optional<JsonNode> parse_json(const Sources& sources, std::uint32_t source, Problems& problems);

/// The one value that stands in source `source` after its first `skip` bytes. `path` is what problems are told of.
std::optional<JsonNode> parse_json_value(const Sources& sources, std::uint32_t source, std::size_t skip,
                                         std::string_view path, Problems& problems);

}  // namespace tillstorm
