#include "scenario/json_syntax.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace tillstorm {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '+' || c == '-' ||
         c == '.';
}
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// Walks over a text, one token after the other, and stops at the first that does not fit.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  std::optional<SyntaxError> walk() {
    do {
      skip_space();
    } while (step());
    return std::move(error_);
  }

 private:
  enum class Expect { value, value_or_end, key, key_or_end, colon, comma_or_end, nothing };
  struct Open {
    char bracket;
    std::size_t offset;
  };

  bool fail(std::size_t offset, std::string message) {
    error_ = SyntaxError{offset, std::move(message)};
    return false;
  }
  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  std::string seen() const { return "`" + std::string(text_.substr(at_, 1)) + "`"; }

  /// One token; false at the end or at an error.
  bool step() {
    if (at_ == text_.size()) return end_of_text();
    const char c = text_[at_];
    switch (expect_) {
      case Expect::nothing:
        return fail(at_, "there is more text after the end of the document");
      case Expect::colon:
        if (c != ':') return fail(at_, "a colon is missing after the key");
        ++at_;
        expect_ = Expect::value;
        return true;
      case Expect::comma_or_end:
        if (is_end(c)) return close();
        if (c != ',') return fail(at_, "a comma is missing before this");
        ++at_;
        expect_ = open_.back().bracket == '{' ? Expect::key : Expect::value;
        return true;
      case Expect::key:
      case Expect::key_or_end:
        if (c == '}')
          return expect_ == Expect::key_or_end ? close() : fail(at_, "there is a comma too many before this");
        if (c != '"') return fail(at_, "a key in double quotation marks must stand here");
        if (!string()) return false;
        expect_ = Expect::colon;
        return true;
      case Expect::value_or_end:
        if (c == ']') return close();
        return value(c);
      case Expect::value:
        if (c == ']' && !open_.empty() && open_.back().bracket == '[')
          return fail(at_, "there is a comma too many before this");
        return value(c);
    }
    return false;
  }

  bool is_end(char c) const { return c == '}' || c == ']'; }

  bool close() {
    const char wanted = open_.back().bracket == '{' ? '}' : ']';
    if (text_[at_] != wanted) return fail(at_, std::string("this should be `") + wanted + "`");
    ++at_;
    open_.pop_back();
    expect_ = open_.empty() ? Expect::nothing : Expect::comma_or_end;
    return true;
  }

  bool value(char c) {
    if (c == '{' || c == '[') {
      open_.push_back({c, at_});
      ++at_;
      expect_ = c == '{' ? Expect::key_or_end : Expect::value_or_end;
      return true;
    }
    if (c == '"' ? !string() : !word()) return false;
    expect_ = open_.empty() ? Expect::nothing : Expect::comma_or_end;
    return true;
  }

  bool word() {
    std::size_t end = at_;
    while (end < text_.size() && is_word(text_[end])) ++end;
    const std::string_view token = text_.substr(at_, end - at_);
    if (token == "true" || token == "false" || token == "null" || is_json_number(token)) {
      at_ = end;
      return true;
    }
    if (token == "NaN" || token == "nan" || token == "Infinity" || token == "-Infinity" || token == "inf" ||
        token == "-inf" || token == "-NaN")
      return fail(at_, "JSON has no such number: give a finite one");
    if (token.empty()) {
      if (text_[at_] == '\'') return fail(at_, "texts stand in double quotation marks");
      if (text_[at_] == '/' || text_[at_] == '#') return fail(at_, "JSON has no comments");
      return fail(at_, "a value must stand here, not " + seen());
    }
    const bool is_like_number =
        is_digit(token.front()) || token.front() == '-' || token.front() == '+' || token.front() == '.';
    return fail(at_, is_like_number ? "this is no number as JSON writes it" : "texts stand in double quotation marks");
  }

  bool string() {
    const std::size_t begin = at_++;
    while (at_ < text_.size() && text_[at_] != '"') {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte < 0x20) return fail(at_, "a control character in a text must be written as an escape");
      if (text_[at_] == '\\' ? !escape() : (++at_, false)) return false;
    }
    if (at_ == text_.size()) return fail(begin, "this text is never closed");
    ++at_;
    return true;
  }

  bool escape() {
    const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (c != 'u') {
      constexpr std::string_view kKnown = "\"\\/bfnrt";
      if (kKnown.find(c) == std::string_view::npos || c == '\0') return fail(at_, "JSON has no such escape");
      at_ += 2;
      return true;
    }
    const std::size_t begin = at_;
    const int unit = hex_unit();
    if (unit < 0) return fail(begin, "four hexadecimal digits must follow `\\u`");
    const bool is_high = unit >= 0xD800 && unit < 0xDC00;
    if (unit >= 0xDC00 && unit < 0xE000) return fail(begin, "this is half of a surrogate pair");
    if (!is_high) return true;
    const int second = text_.substr(at_, 2) == "\\u" ? hex_unit() : -1;
    return second >= 0xDC00 && second < 0xE000 ? true : fail(begin, "this is half of a surrogate pair");
  }

  /// The value of `\uXXXX`, or -1.
  int hex_unit() {
    if (at_ + 6 > text_.size()) return -1;
    const std::string_view digits = text_.substr(at_ + 2, 4);
    if (!std::all_of(digits.begin(), digits.end(), is_hex)) return -1;
    at_ += 6;
    return static_cast<int>(std::stoul(std::string(digits), nullptr, 16));
  }

  bool end_of_text() {
    if (expect_ == Expect::nothing) return false;
    if (open_.empty()) return fail(at_, "the text is empty");
    return fail(at_, std::string("the text ends here, inside ") +
                         (open_.back().bracket == '{' ? "an object" : "a list") + " that began at byte " +
                         std::to_string(open_.back().offset) + ": is the text cut off?");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Expect expect_ = Expect::value;
  std::vector<Open> open_;
  std::optional<SyntaxError> error_;
};

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  std::size_t i = 0;
  const auto byte = [&](std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at])); };
  while (i < text.size()) {
    const std::uint32_t first = byte(i);
    if (first < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || i + length > text.size()) return i;
    std::uint32_t point = first & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      if ((byte(i + k) & 0xC0U) != 0x80U) return i;
      point = point << 6 | (byte(i + k) & 0x3FU);
    }
    const bool is_overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (is_overlong || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) return i;
    i += length;
  }
  return std::nullopt;
}

bool is_json_number(std::string_view token) {
  std::size_t i = 0;
  const auto digits = [&] {
    const std::size_t begin = i;
    while (i < token.size() && is_digit(token[i])) ++i;
    return i - begin;
  };
  if (i < token.size() && token[i] == '-') ++i;
  const std::size_t whole_at = i;
  const std::size_t whole = digits();
  if (whole == 0 || (whole > 1 && token[whole_at] == '0')) return false;
  if (i < token.size() && token[i] == '.') {
    ++i;
    if (digits() == 0) return false;
  }
  if (i < token.size() && (token[i] == 'e' || token[i] == 'E')) {
    ++i;
    if (i < token.size() && (token[i] == '+' || token[i] == '-')) ++i;
    if (digits() == 0) return false;
  }
  return i == token.size();
}

std::optional<SyntaxError> find_syntax_error(std::string_view text) {
  std::optional<SyntaxError> error = Walker(text).walk();
  const std::optional<std::size_t> utf8 = find_invalid_utf8(text);
  if (utf8 && (!error || *utf8 <= error->offset))
    return SyntaxError{*utf8, "the text is not UTF-8: byte " + std::to_string(*utf8) + " begins no valid character"};
  return error;
}

}  // namespace tillstorm
