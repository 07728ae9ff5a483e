#pragma once
// Numbers from 1 that come nearly in order; less than 2^32 - 1.
#include <algorithm>
#include <cstdint>
#include <vector>

namespace tillstorm {

/// All numbers below a mark, and runs of those above it: memory follows how many holes there are, not time.
class NumberSet {
 public:
  /// False if `number` was in it. 0 always is.
  bool insert(std::uint32_t number) {
    if (number < below_) return false;
    if (number == below_ && above_.empty()) [[likely]] {
      ++below_;
      ++size_;
      return true;
    }
    return insert_above(number);
  }
  bool contains(std::uint32_t number) const {
    if (number < below_) return true;
    const auto after = run_after(number);
    return after != above_.begin() && number < (after - 1)->end;
  }
  std::uint32_t first_missing() const { return below_; }
  std::uint32_t size() const { return size_; }
  std::uint64_t state_bytes() const { return above_.capacity() * sizeof(Run); }

 private:
  struct Run {
    std::uint32_t first = 0, end = 0;
  };

  /// The first run that begins beyond `number`.
  std::vector<Run>::const_iterator run_after(std::uint32_t number) const {
    return std::upper_bound(above_.begin(), above_.end(), number,
                            [](std::uint32_t n, const Run& run) { return n < run.first; });
  }
  bool insert_above(std::uint32_t number) {
    const auto at = above_.begin() + (run_after(number) - above_.cbegin());
    const bool has_before = at != above_.begin();
    if (has_before && number < (at - 1)->end) return false;
    ++size_;
    const bool joins_next = at != above_.end() && at->first == number + 1;
    const std::uint32_t end = joins_next ? at->end : number + 1;
    if (number == below_ || (has_before && (at - 1)->end == number)) {
      (number == below_ ? below_ : (at - 1)->end) = end;
      if (joins_next) above_.erase(at);
    } else if (joins_next) {
      at->first = number;
    } else {
      above_.insert(at, {number, end});
    }
    return true;
  }

  std::uint32_t below_ = 1;  ///< Every number below is in it.
  std::uint32_t size_ = 0;
  std::vector<Run> above_;  ///< Those above: in order, apart from each other and from the mark.
};

}  // namespace tillstorm
