#pragma once
// Writes JSON from left to right; commas and line breaks come by themselves.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tillstorm::wire {

/// Text as a JSON string with its quotation marks (RFC 8259: quotation mark, backslash and control characters escaped).
void append_quoted(std::string& out, std::string_view text);

class JsonText {
 public:
  /// `indent`: spaces a level, each member on its own line; 0 writes everything in one line.
  explicit JsonText(int indent = 0) : indent_(indent) {}

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_list() { begin('['); }
  void end_list() { end(']'); }

  /// The next value's name.
  void key(std::string_view name) {
    separate();
    append_quoted(out_, name);
    out_ += indent_ == 0 ? ":" : ": ";
    after_key_ = true;
  }
  void text(std::string_view value) {
    separate();
    append_quoted(out_, value);
  }
  void number(std::int64_t value) {
    separate();
    out_ += std::to_string(value);
  }
  void boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
  }

  void member(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }
  void member(std::string_view name, std::int64_t value) {
    key(name);
    number(value);
  }

  std::string take() { return std::move(out_); }

 private:
  void begin(char bracket) {
    separate();
    out_ += bracket;
    filled_.push_back(false);
  }
  void end(char bracket) {
    const bool was_filled = filled_.back();
    filled_.pop_back();
    if (was_filled) new_line();
    out_ += bracket;
  }
  void separate() {
    if (std::exchange(after_key_, false) || filled_.empty()) return;
    if (filled_.back()) out_ += ',';
    filled_.back() = true;
    new_line();
  }
  void new_line() {
    if (indent_ == 0) return;
    out_ += '\n';
    out_.append(filled_.size() * static_cast<std::size_t>(indent_), ' ');
  }

  std::string out_;
  std::vector<bool> filled_;  ///< For each open bracket: it has a value already.
  int indent_;
  bool after_key_ = false;
};

}  // namespace tillstorm::wire
