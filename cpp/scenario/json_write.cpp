#include "scenario/json_write.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/check.h"

namespace tillstorm {
namespace {

constexpr std::size_t kLineLength = 120;

bool is_plain(const JsonNode& node) { return node.kind != JsonKind::array && node.kind != JsonKind::object; }

std::string plain_text(const JsonNode& node) {
  switch (node.kind) {
    case JsonKind::boolean:
      return node.boolean ? "true" : "false";
    case JsonKind::number:
      return node.text;
    case JsonKind::string:
      return json_quoted(node.text);
    default:
      return "null";
  }
}

class Writer {
 public:
  std::string take() { return std::move(out_) + "\n"; }

  void value(const JsonNode& node, std::size_t indent) {
    if (is_plain(node)) {
      out_ += plain_text(node);
    } else if (node.children.empty()) {
      out_ += node.kind == JsonKind::object ? "{}" : "[]";
    } else if (node.kind == JsonKind::array && std::all_of(node.children.begin(), node.children.end(), is_plain)) {
      plain_list(node, indent);
    } else {
      block(node, indent);
    }
  }

 private:
  void new_line(std::size_t indent) {
    out_ += '\n';
    line_begins_ = out_.size();
    out_.append(indent, ' ');
  }

  void block(const JsonNode& node, std::size_t indent) {
    const bool is_object = node.kind == JsonKind::object;
    out_ += is_object ? '{' : '[';
    for (const JsonNode& child : node.children) {
      if (&child != &node.children.front()) out_ += ',';
      new_line(indent + 2);
      if (is_object) out_ += json_quoted(child.key) + ": ";
      value(child, indent + 2);
    }
    new_line(indent);
    out_ += is_object ? '}' : ']';
  }

  void plain_list(const JsonNode& node, std::size_t indent) {
    out_ += '[';
    for (const JsonNode& child : node.children) {
      const bool is_first = &child == &node.children.front();
      const std::string text = plain_text(child);
      if (!is_first) out_ += ',';
      if (!is_first && out_.size() - line_begins_ + text.size() + 2 > kLineLength) {
        new_line(indent + 2);
      } else if (!is_first) {
        out_ += ' ';
      }
      out_ += text;
    }
    out_ += ']';
  }

  std::string out_;
  std::size_t line_begins_ = 0;
};

template <class Number>
std::string digits_of(Number value) {
  std::array<char, 40> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end.ptr};
}

JsonNode of_kind(JsonKind kind, std::string text = {}) {
  JsonNode node;
  node.kind = kind;
  node.text = std::move(text);
  return node;
}

}  // namespace

std::string write_json(const JsonNode& node) {
  Writer writer;
  writer.value(node, 0);
  return writer.take();
}

JsonNode json_text(std::string_view text) { return of_kind(JsonKind::string, std::string(text)); }

JsonNode json_boolean(bool value) {
  JsonNode node = of_kind(JsonKind::boolean);
  node.boolean = value;
  return node;
}

JsonNode json_integer(std::int64_t value) { return of_kind(JsonKind::number, digits_of(value)); }
JsonNode json_integer(std::uint64_t value) { return of_kind(JsonKind::number, digits_of(value)); }

JsonNode json_number(double value) {
  check(std::isfinite(value), "a number that JSON can write is finite");
  constexpr double kExact = 9'007'199'254'740'992.0;  // 2^53
  const bool is_whole = std::fabs(value) < kExact && std::floor(value) == value && !std::signbit(value);
  if (is_whole) return json_integer(static_cast<std::int64_t>(value));
  return of_kind(JsonKind::number, digits_of(value));
}

JsonNode json_array() { return of_kind(JsonKind::array); }
JsonNode json_object() { return of_kind(JsonKind::object); }

JsonNode& json_add(JsonNode& object, std::string_view key, JsonNode value) {
  value.key = key;
  object.children.push_back(std::move(value));
  return object.children.back();
}

}  // namespace tillstorm
