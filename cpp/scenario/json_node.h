#pragma once
// A JSON document as a tree that remembers where each value stood, so that every error can point at it. Numbers stay as
// they were written: what they may be is known only by the field that takes them.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tillstorm {

enum class JsonKind : std::uint8_t { null, boolean, number, string, array, object };

/// Where a value began: which text (index into Sources) and which byte.
struct TextPlace {
  std::uint32_t source = 0;
  std::uint32_t offset = 0;
};

struct JsonNode {
  JsonKind kind = JsonKind::null;
  bool boolean = false;
  TextPlace place{};
  TextPlace key_place{};             ///< Of `key`, for a member of an object.
  std::string key{};                 ///< Empty unless a member of an object.
  std::string text{};                ///< A string's content, or a number as written.
  std::vector<JsonNode> children{};  ///< Members of an object, entries of an array.

  const JsonNode* find(std::string_view name) const;
  JsonNode* find(std::string_view name);
};

/// `a number`, `a list`, ... for messages.
std::string_view article_and_kind(JsonKind kind);

/// The value as a person would quote it, cut after some sixty characters.
std::string excerpt(const JsonNode& node);

/// `text` as a JSON string with its quotation marks.
std::string json_quoted(std::string_view text);

/// The first `bytes` bytes of `text` or a little less, so that no character is cut, with `...` if anything is left out.
std::string shortened(std::string_view text, std::size_t bytes);

/// `path.key`, or `path["key"]` where the key is no plain name.
std::string member_path(std::string_view path, std::string_view key);
std::string entry_path(std::string_view path, std::size_t index);

}  // namespace tillstorm
