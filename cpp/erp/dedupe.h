#pragma once
// MSG-03, MSG-05: which business transactions have been posted, in bounded memory.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "rules/message_rules.h"

namespace tillstorm::erp {

/// The numbers posted of one source (type, place, terminal): the newest `window` one by one, older ones all at once.
/// A number older than the window counts as posted: it is never posted twice, and what was lost shows as missing.
class DedupeWindow {
 public:
  /// `window`: a power of two of at least 64.
  explicit DedupeWindow(std::uint32_t window) : bits_(window / 64) {}

  using Outcome = rule::DedupeWindow::Outcome;
  Outcome find(std::uint32_t number) const {
    if (number > highest_) return Outcome::new_number;
    if (highest_ - number >= window()) return Outcome::older_than_window;
    return (bits_[word(number)] & bit(number)) != 0 ? Outcome::remembered : Outcome::new_number;
  }
  bool contains(std::uint32_t number) const { return find(number) != Outcome::new_number; }
  void insert(std::uint32_t number) {
    for (; highest_ < number;) forget(++highest_);
    bits_[word(number)] |= bit(number);
  }
  std::uint32_t highest() const { return highest_; }
  std::uint64_t bytes() const { return bits_.size() * sizeof(std::uint64_t); }

 private:
  std::uint32_t window() const { return static_cast<std::uint32_t>(bits_.size()) * 64; }
  std::size_t word(std::uint32_t number) const { return (number % window()) / 64; }
  static std::uint64_t bit(std::uint32_t number) { return std::uint64_t{1} << (number % 64); }
  void forget(std::uint32_t number) { bits_[word(number)] &= ~bit(number); }

  std::vector<std::uint64_t> bits_;
  std::uint32_t highest_ = 0;
};

}  // namespace tillstorm::erp
