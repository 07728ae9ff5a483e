// The one file that knows simdjson.
#include "scenario/json_parse.h"

#include <simdjson.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "scenario/json_syntax.h"

namespace tillstorm {
namespace {

namespace ondemand = simdjson::ondemand;

/// simdjson has refused the text, or the tree would be too deep.
struct Refused {
  std::optional<std::uint32_t> too_deep_at;
};

void require(simdjson::error_code error) {
  if (error != simdjson::SUCCESS) throw Refused{};
}

class TreeBuilder {
 public:
  /// `begin` is the text's byte `skip` of the source.
  TreeBuilder(const char* begin, std::uint32_t source, std::size_t skip, Problems& problems, std::string path)
      : begin_(begin), source_(source), skip_(skip), problems_(&problems), path_(std::move(path)) {}

  JsonNode document(ondemand::document& document) {
    JsonNode root;
    ondemand::json_type type{};
    require(document.type().get(type));
    if (type == ondemand::json_type::object || type == ondemand::json_type::array) {
      ondemand::value value;
      require(document.get_value().get(value));
      root = node(value, 0);
    } else {
      std::string_view token;
      require(document.raw_json_token().get(token));
      root.place = place(token.data());  // no document, whatever it is: its reader will say what it wants instead
      root.kind = type == ondemand::json_type::string ? JsonKind::string : JsonKind::number;
      return root;
    }
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) throw Refused{};  // text after the end
    return root;
  }

 private:
  TextPlace place(const char* at) const {
    return {source_, static_cast<std::uint32_t>(static_cast<std::size_t>(at - begin_) + skip_)};
  }

  JsonNode node(ondemand::value& value, std::size_t depth) {
    JsonNode out;
    std::string_view token = value.raw_json_token();
    out.place = place(token.data());
    ondemand::json_type type{};
    require(value.type().get(type));
    switch (type) {
      case ondemand::json_type::object:
        object(value, out, depth);
        break;
      case ondemand::json_type::array:
        array(value, out, depth);
        break;
      case ondemand::json_type::string: {
        std::string_view text;
        require(value.get_string().get(text));
        out.kind = JsonKind::string;
        out.text = text;
        break;
      }
      default:
        word(token, out);
    }
    return out;
  }

  void object(ondemand::value& value, JsonNode& out, std::size_t depth) {
    if (depth == kDeepestNesting) throw Refused{out.place.offset};
    out.kind = JsonKind::object;
    ondemand::object members;
    require(value.get_object().get(members));
    const std::size_t path_length = path_.size();
    for (auto member : members) {
      ondemand::field field;
      require(std::move(member).get(field));
      const TextPlace key_place = place(field.key().raw() - 1);
      std::string_view key;
      require(field.unescaped_key().get(key));
      std::string name(key);
      path_ = member_path(path_, name);
      JsonNode child = node(field.value(), depth + 1);
      path_.resize(path_length);
      child.key = std::move(name);
      child.key_place = key_place;
      out.children.push_back(std::move(child));
    }
    refuse_repeated_keys(out);
  }

  void array(ondemand::value& value, JsonNode& out, std::size_t depth) {
    if (depth == kDeepestNesting) throw Refused{out.place.offset};
    out.kind = JsonKind::array;
    ondemand::array entries;
    require(value.get_array().get(entries));
    const std::size_t path_length = path_.size();
    for (auto entry : entries) {
      ondemand::value child;
      require(entry.get(child));
      path_ = entry_path(path_, out.children.size());
      out.children.push_back(node(child, depth + 1));
      path_.resize(path_length);
    }
  }

  static void word(std::string_view token, JsonNode& out) {
    token = token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
    if (token == "null") {
      out.kind = JsonKind::null;
    } else if (token == "true" || token == "false") {
      out.kind = JsonKind::boolean;
      out.boolean = token == "true";
    } else if (is_json_number(token)) {
      out.kind = JsonKind::number;
      out.text = token;
    } else {
      throw Refused{};
    }
  }

  /// Complains of each key that is there already; the first stays.
  void refuse_repeated_keys(JsonNode& object) {
    std::vector<JsonNode*> members;
    for (JsonNode& child : object.children) members.push_back(&child);
    std::stable_sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
    std::vector<const JsonNode*> repeated;
    for (std::size_t i = 1; i < members.size(); ++i) {
      if (members[i]->key != members[i - 1]->key) continue;
      repeated.push_back(members[i]);
      problems_->add(members[i]->key_place, member_path(path_, members[i]->key),
                     {"the key is given twice in one object: keep one of them",
                      json_quoted(shortened(members[i]->key, 60)), "each key once", ""});
    }
    if (repeated.empty()) return;
    std::sort(repeated.begin(), repeated.end(), std::less<>());
    std::vector<JsonNode> kept;
    for (JsonNode& child : object.children)
      if (!std::binary_search(repeated.begin(), repeated.end(), &child, std::less<>()))
        kept.push_back(std::move(child));
    object.children = std::move(kept);
  }

  const char* begin_;
  std::uint32_t source_;
  std::size_t skip_;
  Problems* problems_;
  std::string path_;
};

/// What stands at `offset`, for a message: up to the next space or bracket.
std::string word_at(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return "the end of the text";
  const std::string_view rest = text.substr(offset);
  const std::size_t end = std::max<std::size_t>(1, std::min(rest.find_first_of(" \t\r\n,:{}[]"), rest.size()));
  const std::string word = shortened(rest.substr(0, end), 20);
  return find_invalid_utf8(word) ? "byte " + std::to_string(static_cast<unsigned char>(word.front()))
                                 : json_quoted(word);
}

/// Says what is wrong with `text`, which begins at byte `skip` of the source and which simdjson has refused.
void explain_refusal(std::string_view text, TextPlace begin, std::string_view path, Problems& problems) {
  const auto at = [&](std::size_t offset) {
    return TextPlace{begin.source, begin.offset + static_cast<std::uint32_t>(offset)};
  };
  const std::optional<SyntaxError> error = find_syntax_error(text);
  if (!error) {
    problems.add(begin, std::string(path), {"this cannot be read as JSON"});
    return;
  }
  const TextPlace place = at(error->offset);
  problems.add(place, std::string(path),
               {error->message + " (byte " + std::to_string(place.offset) + ")", word_at(text, error->offset),
                "JSON as RFC 8259 defines it", ""});
}

struct Parsed {
  std::optional<JsonNode> tree;
  bool is_explained = false;  ///< There is no tree, and the reason has been reported.
};

/// Parses `text`, whose first byte is byte `skip` of the source.
Parsed parse(std::string_view text, std::uint32_t source, std::size_t skip, std::string_view path, Problems& problems) {
  try {
    const simdjson::padded_string padded(text);
    ondemand::parser parser;
    ondemand::document document;
    require(parser.iterate(padded).get(document));
    return {TreeBuilder(padded.data(), source, skip, problems, std::string(path)).document(document)};
  } catch (const Refused& refused) {
    if (!refused.too_deep_at) return {};
    problems.add({source, *refused.too_deep_at}, std::string(path),
                 {"objects and lists are nested too deeply", "",
                  "at most " + std::to_string(kDeepestNesting) + " in each other", ""});
    return {std::nullopt, true};
  }
}

}  // namespace

std::optional<JsonNode> parse_json(const Sources& sources, std::uint32_t source, Problems& problems) {
  const std::string_view text = sources.at(source).text;
  const auto refuse = [&](std::string message, std::string found) {
    problems.add({source, 0}, "", {std::move(message), std::move(found), "a JSON object in UTF-8", ""});
    return std::nullopt;
  };
  if (text.size() > kLongestDocument)
    return refuse("the file is too large for a scenario", std::to_string(text.size()) + " bytes");
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return refuse("the file is empty", "");
  if (text.substr(0, 3) == "\xEF\xBB\xBF")
    return refuse("the file begins with a byte order mark: save it as UTF-8 without one", "bytes EF BB BF");
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF")
    return refuse("the file is UTF-16: save it as UTF-8", "a UTF-16 byte order mark");
  auto [root, is_explained] = parse(text, source, 0, "", problems);
  if (!root && !is_explained) explain_refusal(text, {source, 0}, "", problems);
  if (root && root->kind != JsonKind::object) {
    problems.add(
        root->place, "",
        {"a scenario is one JSON object",
         root->kind == JsonKind::array || root->kind == JsonKind::string ? std::string(article_and_kind(root->kind))
                                                                         : "a single value",
         "an object: { ... }", ""});
    return std::nullopt;
  }
  return root;
}

std::optional<JsonNode> parse_json_value(const Sources& sources, std::uint32_t source, std::size_t skip,
                                         std::string_view path, Problems& problems) {
  const std::string_view text = std::string_view(sources.at(source).text).substr(skip);
  const TextPlace begin{source, static_cast<std::uint32_t>(skip)};
  // In a list, so that a single number is read like everything else; one byte earlier, so that places stay right.
  const std::string in_list = "[" + std::string(text) + "]";
  auto [list, is_explained] = parse(in_list, source, skip - 1, path, problems);
  if (list && list->children.size() == 1) return std::move(list->children.front());
  if (!is_explained) explain_refusal(text, begin, path, problems);
  return std::nullopt;
}

}  // namespace tillstorm
