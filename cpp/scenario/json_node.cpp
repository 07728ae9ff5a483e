#include "scenario/json_node.h"

#include <algorithm>

namespace tillstorm {

const JsonNode* JsonNode::find(std::string_view name) const {
  for (const JsonNode& child : children)
    if (child.key == name) return &child;
  return nullptr;
}

JsonNode* JsonNode::find(std::string_view name) {
  return const_cast<JsonNode*>(static_cast<const JsonNode*>(this)->find(name));
}

std::string_view article_and_kind(JsonKind kind) {
  switch (kind) {
    case JsonKind::null:
      return "null";
    case JsonKind::boolean:
      return "true or false";
    case JsonKind::number:
      return "a number";
    case JsonKind::string:
      return "a text";
    case JsonKind::array:
      return "a list";
    case JsonKind::object:
      return "an object";
  }
  return "";
}

std::string shortened(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return std::string(text.substr(0, bytes)) + "...";
}

std::string json_quoted(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string excerpt(const JsonNode& node) {
  constexpr std::size_t kBytes = 60;
  switch (node.kind) {
    case JsonKind::null:
      return "null";
    case JsonKind::boolean:
      return node.boolean ? "true" : "false";
    case JsonKind::number:
      return shortened(node.text, kBytes);
    case JsonKind::string:
      return json_quoted(shortened(node.text, kBytes));
    case JsonKind::array:
      return "a list of " + std::to_string(node.children.size());
    case JsonKind::object:
      return "an object";
  }
  return "";
}

std::string member_path(std::string_view path, std::string_view key) {
  const bool is_plain = !key.empty() && key.size() <= 60 && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           c == '-';
  });
  std::string out(path);
  if (!is_plain) return out + "[" + json_quoted(shortened(key, 60)) + "]";
  if (!out.empty()) out += '.';
  return out + std::string(key);
}

std::string entry_path(std::string_view path, std::size_t index) {
  return std::string(path) + "[" + std::to_string(index) + "]";
}

}  // namespace tillstorm
