#pragma once
// Numbers from 1 that come nearly in order.
#include <algorithm>
#include <cstdint>
#include <vector>

namespace tillstorm {

/// All numbers below a mark, and the few above it one by one: memory follows what is out of order, not time.
class NumberSet {
 public:
  /// False if `number` was in it. 0 always is.
  bool insert(std::uint32_t number) {
    if (number < below_) return false;
    if (number == below_ && above_.empty()) [[likely]] {
      ++below_;
      return true;
    }
    const auto at = std::lower_bound(above_.begin(), above_.end(), number);
    if (at != above_.end() && *at == number) return false;
    above_.insert(at, number);
    std::size_t joined = 0;
    while (joined < above_.size() && above_[joined] == below_) ++below_, ++joined;
    above_.erase(above_.begin(), above_.begin() + static_cast<std::ptrdiff_t>(joined));
    return true;
  }
  bool contains(std::uint32_t number) const {
    return number < below_ || std::binary_search(above_.begin(), above_.end(), number);
  }
  std::uint32_t first_missing() const { return below_; }
  std::uint32_t size() const { return below_ - 1 + static_cast<std::uint32_t>(above_.size()); }

 private:
  std::uint32_t below_ = 1;           ///< Every number below is in it.
  std::vector<std::uint32_t> above_;  ///< Those above, sorted.
};

}  // namespace tillstorm
