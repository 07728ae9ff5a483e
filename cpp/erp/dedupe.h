#pragma once
// MSG-03, MSG-05: which business transactions have been posted, exactly and in bounded memory.
#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "messages/envelope.h"
#include "rules/books_rules.h"

namespace tillstorm::erp {

/// What is remembered of a body: 24 bits of its hash, and its revision. Never 0.
struct Fingerprint {
  std::uint32_t bits = 0;

  static constexpr Fingerprint of(std::uint64_t body_hash, std::uint16_t revision) {
    const auto hash = static_cast<std::uint32_t>(body_hash) & 0xffffff00U;
    return {(hash == 0 ? 0x100U : hash) | std::min<std::uint32_t>(revision, 0xff)};
  }
  static constexpr Fingerprint of(const Envelope& e) { return of(e.body_hash, e.revision); }
  constexpr std::uint32_t revision() const { return bits & 0xff; }
  friend constexpr bool operator==(Fingerprint, Fingerprint) = default;
};

/// The numbers posted of one source (type, place, terminal): the newest `window` one by one, 4 bytes each, with what
/// they said; of older ones only those that were never posted, as ranges, and those that stand corrected. Sources
/// number without gaps, and corrections are rare, so both are few: a year of messages needs no more memory than a day.
class DedupeWindow {
 public:
  /// `window`: a power of two of at least 64.
  explicit DedupeWindow(std::uint32_t window) : window_(window) {}

  /// By the clock of the books it is hour `now`: what had been posted `hours` before counts as older than the window.
  /// To be called before a number of an hour that has not been seen is looked up.
  void age(std::uint32_t now, std::uint32_t hours) {
    if (hour_ != kNone) marks_.push_back({hour_ + 1, highest_});  // by its end, however long nothing came then
    hour_ = now;
    std::size_t over = 0;
    while (over < marks_.size() && marks_[over].hour + hours <= now) forgotten_ = marks_[over++].highest;
    marks_.erase(marks_.begin(), marks_.begin() + static_cast<std::ptrdiff_t>(over));
  }
  std::uint32_t hour() const { return hour_; }

  using Outcome = rule::DedupeWindow::Outcome;
  Outcome find(std::uint32_t number) const {
    if (number > highest_) return Outcome::cache_miss_new;
    if (highest_ - number < window_) {
      const bool is_posted = prints_[number & (window_ - 1)] != 0;
      if (number <= forgotten_) [[unlikely]]
        return is_posted ? Outcome::late_lookup_hit : Outcome::late_lookup_miss;
      return is_posted ? Outcome::cache_hit : Outcome::cache_miss_new;
    }
    return is_in_gap(number) ? Outcome::late_lookup_miss : Outcome::late_lookup_hit;
  }
  bool contains(std::uint32_t number) const {
    const Outcome found = find(number);
    return found == Outcome::cache_hit || found == Outcome::late_lookup_hit;
  }
  /// What is remembered of a number within the window; of an older one that was posted nothing but that its body is
  /// that of no correction, unless it is one.
  Fingerprint print(std::uint32_t number) const {
    if (number > highest_) return {};
    if (highest_ - number < window_) return {prints_[number & (window_ - 1)]};
    const auto at = corrected_at(number);
    return at != corrected_.end() && at->number == number ? at->print : Fingerprint{};
  }
  /// A number is posted, or posted anew with another body. True if an older one made room for it.
  bool insert(std::uint32_t number, Fingerprint print = {0x100}) {
    if (number <= highest_ && highest_ - number >= window_) [[unlikely]] {
      fill_gap(number);
      note_corrected(number, print);
      return false;
    }
    bool is_evicting = false;
    for (; highest_ < number;) is_evicting = advance() || is_evicting;
    prints_[number & (window_ - 1)] = print.bits;
    return is_evicting;
  }
  /// A window of the same size that has seen nothing.
  DedupeWindow emptied() const { return DedupeWindow(window_); }
  std::uint32_t window() const { return window_; }
  std::uint32_t highest() const { return highest_; }
  std::uint64_t bytes() const {
    return prints_.capacity() * sizeof(std::uint32_t) + gaps_.capacity() * sizeof(Gap) +
           corrected_.capacity() * sizeof(Corrected) + marks_.capacity() * sizeof(Mark);
  }

 private:
  struct Gap {
    std::uint32_t first = 0, last = 0;
  };
  struct Corrected {
    std::uint32_t number = 0;
    Fingerprint print;
  };
  struct Mark {
    std::uint32_t hour = 0;
    std::uint32_t highest = 0;  ///< Number posted before it.
  };
  /// Makes room for the next number. True if a number that was posted leaves the window.
  bool advance() {
    const std::uint32_t slot = ++highest_ & (window_ - 1);
    if (slot >= prints_.size()) [[unlikely]]
      prints_.resize(std::min<std::size_t>(window_, std::bit_ceil(std::size_t{slot} + 1)));
    if (highest_ <= window_) return false;
    if (prints_[slot] == 0) [[unlikely]]
      note_gap(highest_ - window_);
    note_corrected(highest_ - window_, {prints_[slot]});
    prints_[slot] = 0;
    return true;
  }
  void note_gap(std::uint32_t number) {
    if (!gaps_.empty() && gaps_.back().last + 1 == number) {
      gaps_.back().last = number;
    } else {
      gaps_.push_back({number, number});
    }
  }
  void note_corrected(std::uint32_t number, Fingerprint print) {
    if (print.revision() == 0) [[likely]]
      return;
    const auto at = corrected_.begin() + (corrected_at(number) - corrected_.cbegin());
    if (at != corrected_.end() && at->number == number) {
      at->print = print;
    } else {
      corrected_.insert(at, {number, print});
    }
  }
  std::vector<Corrected>::const_iterator corrected_at(std::uint32_t number) const {
    return std::partition_point(corrected_.begin(), corrected_.end(),
                                [&](const Corrected& each) { return each.number < number; });
  }
  std::size_t gap_of(std::uint32_t number) const {
    return static_cast<std::size_t>(
        std::partition_point(gaps_.begin(), gaps_.end(), [&](const Gap& gap) { return gap.last < number; }) -
        gaps_.begin());
  }
  bool is_in_gap(std::uint32_t number) const {
    const std::size_t at = gap_of(number);
    return at < gaps_.size() && gaps_[at].first <= number;
  }
  void fill_gap(std::uint32_t number) {
    const std::size_t at = gap_of(number);
    if (at == gaps_.size() || gaps_[at].first > number) return;
    const Gap after{number + 1, gaps_[at].last};
    gaps_[at].last = number - 1;
    const auto place = gaps_.begin() + static_cast<std::ptrdiff_t>(at);
    if (after.first <= after.last) gaps_.insert(place + 1, after);
    if (gaps_[at].first == number) gaps_.erase(gaps_.begin() + static_cast<std::ptrdiff_t>(at));
  }

  std::vector<std::uint32_t> prints_;  ///< By number modulo the window; 0: not posted. Grows to the window.
  std::vector<Gap> gaps_;              ///< Older than the window and never posted; ascending.
  std::vector<Corrected> corrected_;   ///< Older than the window and posted as a correction; ascending.
  std::uint32_t window_;
  std::uint32_t highest_ = 0;
  std::uint32_t hour_ = kNone;   ///< In which something came last.
  std::uint32_t forgotten_ = 0;  ///< Up to this number all is too old by the clock.
  std::vector<Mark> marks_;      ///< One for each hour of the window in which something came.
};

}  // namespace tillstorm::erp
