#pragma once
// Paths into a document as messages and overrides write them: `chain.stores[3].terminals`.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "scenario/json_node.h"

namespace tillstorm {

/// One step of a path: a key, or the position of a list's entry.
struct PathStep {
  std::string_view key;
  std::optional<std::size_t> index;
  std::uint32_t offset = 0;  ///< Where the step stands in the path's text.
};

/// Nothing if the text is no path. The steps refer to the text.
std::optional<std::vector<PathStep>> path_steps(std::string_view path);

/// The node that `path` leads to, or the last on the way that is there.
const JsonNode& nearest_node(const JsonNode& root, std::string_view path);

}  // namespace tillstorm
