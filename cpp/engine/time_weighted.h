#pragma once
// A number that changes at moments (customers waiting, units on hand) and its exact integral over time.
#include <cstdint>

#include "base/time.h"

namespace tillstorm {

/// Integral, mean and extremes over time of a piecewise constant integer. Exact: value-microseconds in 128 bits.
class TimeWeighted {
 public:
  __extension__ using Area = __int128;

  explicit TimeWeighted(Time start = Time{0}, std::int64_t value = 0)
      : since_(start), last_(start), value_(value), min_(value), max_(value) {}

  std::int64_t value() const { return value_; }
  void set(std::int64_t value, Time now) {
    area_ += static_cast<Area>(value_) * (now - last_).us;
    last_ = now;
    value_ = value;
    if (value < min_) min_ = value;
    if (value > max_) max_ = value;
  }
  void add(std::int64_t change, Time now) { set(value_ + change, now); }

  /// Integral from the last reset to `now` [value * us]; `now` is at or after the last change.
  Area area(Time now) const { return area_ + static_cast<Area>(value_) * (now - last_).us; }
  /// Mean over time since the last reset; the value itself if no time has passed.
  double mean(Time now) const {
    const Duration length = now - since_;
    return length.us == 0 ? static_cast<double>(value_)
                          : static_cast<double>(area(now)) / static_cast<double>(length.us);
  }
  /// Least and greatest value taken since the last reset, however briefly.
  std::int64_t min() const { return min_; }
  std::int64_t max() const { return max_; }
  Time since() const { return since_; }

  /// Forgets the past (a warm-up) and keeps the value.
  void reset(Time now) {
    area_ = 0;
    since_ = last_ = now;
    min_ = max_ = value_;
  }

 private:
  Area area_ = 0;
  Time since_, last_;
  std::int64_t value_, min_, max_;
};

}  // namespace tillstorm
