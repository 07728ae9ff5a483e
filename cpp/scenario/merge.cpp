#include "scenario/merge.h"

#include <optional>
#include <string_view>

#include "scenario/json_parse.h"
#include "scenario/json_path.h"

namespace tillstorm {
namespace {

class Override {
 public:
  Override(std::uint32_t source, std::string_view path, Problems& problems)
      : source_(source), path_(path), problems_(&problems) {}

  /// The node that the steps lead to, made if it is not there; nullptr after a complaint.
  JsonNode* find_or_make(JsonNode& root, const std::vector<PathStep>& steps) {
    JsonNode* node = &root;
    for (const PathStep& step : steps) {
      node = step.index ? entry(*node, step) : member(*node, step);
      if (node == nullptr) return nullptr;
    }
    return node;
  }

 private:
  JsonNode* complain(const PathStep& step, std::string message, const JsonNode& node, std::string allowed) {
    problems_->add({source_, step.offset}, std::string(path_),
                   {std::move(message), excerpt(node), std::move(allowed), ""});
    return nullptr;
  }

  JsonNode* entry(JsonNode& node, const PathStep& step) {
    if (node.kind != JsonKind::array) return complain(step, "there is no list here to pick from", node, "a key");
    if (*step.index < node.children.size()) return &node.children[*step.index];
    const std::size_t size = node.children.size();
    return complain(step, "the list has no such entry", node,
                    size == 0 ? "nothing: the list is empty" : "[0] to [" + std::to_string(size - 1) + "]");
  }

  JsonNode* member(JsonNode& node, const PathStep& step) {
    if (node.kind == JsonKind::null) node.kind = JsonKind::object;
    if (node.kind != JsonKind::object) {
      const bool is_list = node.kind == JsonKind::array;
      return complain(step, "this has no keys", node, is_list ? "[n], the position of an entry" : "nothing below this");
    }
    if (JsonNode* child = node.find(step.key)) return child;
    JsonNode child;
    child.key = step.key;
    child.place = child.key_place = {source_, step.offset};
    node.children.push_back(std::move(child));
    return &node.children.back();
  }

  std::uint32_t source_;
  std::string_view path_;
  Problems* problems_;
};

/// Whether a text is JSON, or was meant to be, so that its error is worth telling. `batch` and `2026-11-27` are not.
bool is_meant_as_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return false;
  if (std::string_view("{[\"").find(text[first]) != std::string_view::npos) return true;
  Sources trial;
  Problems ignored(trial);
  trial.add({"", "=" + std::string(text), {}});
  return parse_json_value(trial, 0, 1, "", ignored).has_value();
}

JsonNode plain_text(std::string_view text, TextPlace place) {
  JsonNode node;
  node.kind = JsonKind::string;
  node.text = text;
  node.place = place;
  return node;
}

}  // namespace

void merge_over(JsonNode& base, JsonNode over) {
  if (base.kind != JsonKind::object || over.kind != JsonKind::object) {
    base = std::move(over);
    return;
  }
  base.place = over.place;
  base.key_place = over.key_place;
  for (JsonNode& child : over.children) {
    if (JsonNode* same = base.find(child.key)) {
      merge_over(*same, std::move(child));
    } else {
      base.children.push_back(std::move(child));
    }
  }
}

void apply_overrides(JsonNode& root, const std::vector<std::pair<std::string, std::string>>& overrides,
                     Sources& sources, Problems& problems) {
  for (const auto& [path, text] : overrides) {
    const std::uint32_t source = sources.add({"--set", path + "=" + text, {}});
    const std::optional<std::vector<PathStep>> steps = path_steps(path);
    if (!steps) {
      problems.add({source, 0}, "",
                   {"this is no path", json_quoted(shortened(path, 60)),
                    "keys with dots between them, like integration.posting.mode or faults[0].for", ""});
      continue;
    }
    if (steps->front().key == "extends") {
      problems.add({source, 0}, path, {"what a scenario extends cannot be overridden: it has been read by then"});
      continue;
    }
    const std::size_t skip = path.size() + 1;
    std::optional<JsonNode> value;
    if (is_meant_as_json(text)) {
      value = parse_json_value(sources, source, skip, path, problems);
    } else {
      value = plain_text(text, {source, static_cast<std::uint32_t>(skip)});
    }
    if (!value) continue;
    JsonNode* target = Override(source, path, problems).find_or_make(root, *steps);
    if (target == nullptr) continue;
    value->key = target->key;
    value->key_place = {source, steps->back().offset};
    merge_over(*target, std::move(*value));
  }
}

}  // namespace tillstorm
