#include "scenario/json_path.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "scenario/json_parse.h"

namespace tillstorm {

std::optional<std::vector<PathStep>> path_steps(std::string_view path) {
  std::vector<PathStep> steps;
  std::size_t at = 0;
  while (at < path.size()) {
    const auto offset = static_cast<std::uint32_t>(at);
    if (path[at] == '[') {
      const std::size_t end = path.find(']', at);
      if (steps.empty() || end == std::string_view::npos) return std::nullopt;
      std::size_t index = 0;
      const auto [rest, error] = std::from_chars(path.data() + at + 1, path.data() + end, index);
      if (error != std::errc() || rest != path.data() + end) return std::nullopt;
      steps.push_back({{}, index, offset});
      at = end + 1;
      continue;
    }
    if (at > 0 && path[at++] != '.') return std::nullopt;
    const std::size_t end = std::min(path.find_first_of(".[", at), path.size());
    if (end == at) return std::nullopt;
    steps.push_back({path.substr(at, end - at), std::nullopt, static_cast<std::uint32_t>(at)});
    at = end;
  }
  if (steps.empty() || steps.size() > kDeepestNesting) return std::nullopt;
  return steps;
}

const JsonNode& nearest_node(const JsonNode& root, std::string_view path) {
  const JsonNode* node = &root;
  for (const PathStep& step : path_steps(path).value_or(std::vector<PathStep>{})) {
    const JsonNode* child = nullptr;
    if (!step.index) {
      child = node->kind == JsonKind::object ? node->find(step.key) : nullptr;
    } else if (node->kind == JsonKind::array && *step.index < node->children.size()) {
      child = &node->children[*step.index];
    }
    if (child == nullptr) break;
    node = child;
  }
  return *node;
}

}  // namespace tillstorm
