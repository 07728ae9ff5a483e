#pragma once
// Mean and variance of numbers as they come, in one pass and without cancellation.
#include <cstdint>
#include <limits>

namespace tillstorm {

/// B. P. Welford, Technometrics 4 (1962); merged by T. F. Chan, G. H. Golub, R. J. LeVeque (1979). The result depends
/// on the order in which the numbers come, so give them in the order of events.
class RunningMoments {
 public:
  void add(double x) {
    ++count_;
    const double from_old = x - mean_;
    mean_ += from_old / static_cast<double>(count_);
    squares_ += from_old * (x - mean_);
    if (x < min_) min_ = x;
    if (x > max_) max_ = x;
  }
  void merge(const RunningMoments& other) {
    if (other.count_ == 0) return;
    const double here = static_cast<double>(count_), there = static_cast<double>(other.count_);
    const double apart = other.mean_ - mean_;
    mean_ += apart * (there / (here + there));
    squares_ += other.squares_ + apart * apart * (here * there / (here + there));
    count_ += other.count_;
    if (other.min_ < min_) min_ = other.min_;
    if (other.max_ > max_) max_ = other.max_;
  }

  std::uint64_t count() const { return count_; }
  /// 0 of nothing.
  double mean() const { return mean_; }
  /// Sample variance, divided by count - 1; 0 of fewer than two numbers.
  double variance() const { return count_ < 2 ? 0.0 : squares_ / static_cast<double>(count_ - 1); }
  /// Infinity and -infinity of nothing.
  double min() const { return min_; }
  double max() const { return max_; }

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0.0;
  double squares_ = 0.0;  ///< Sum of (x - mean)^2.
  double min_ = std::numeric_limits<double>::infinity();
  double max_ = -std::numeric_limits<double>::infinity();
};

}  // namespace tillstorm
