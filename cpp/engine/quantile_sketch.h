#pragma once
// Quantiles of many integers (latencies in microseconds) in little memory, exact in counts.
//
// A histogram whose buckets are 1 wide below 128 and then grow with the value: 64 to each power of two, as in
// HdrHistogram (G. Tene). Integers only, so order and merging never change a result.
#include <bit>
#include <cstdint>
#include <vector>

namespace tillstorm {

class QuantileSketch {
 public:
  /// Counts `value` >= 0 (a negative one counts as 0) `count` times. Memory grows with the largest value: 512 bytes for
  /// each power of two, 14 kB for an hour in microseconds, 30 kB at most.
  void record(std::int64_t value, std::uint64_t count = 1) {
    const std::uint64_t v = value < 0 ? 0 : static_cast<std::uint64_t>(value);
    const std::size_t bucket = bucket_of(v);
    if (bucket >= counts_.size()) counts_.resize((bucket / kPerPower + 1) * kPerPower, 0);
    counts_[bucket] += count;
    total_ += count;
    if (value > max_) max_ = value;
  }
  void merge(const QuantileSketch& other);

  std::uint64_t count() const { return total_; }
  /// Largest value recorded, exactly; 0 of nothing.
  std::int64_t max() const { return max_; }
  /// The value of rank ceil(q * count) in ascending order (at least the first), 0 <= q <= 1; 0 of nothing. Within 1/128
  /// of the true value of that rank, relative; exact below 128 and for q = 1.
  std::int64_t quantile(double q) const;
  /// How many values were at most `value`, those in its own bucket included.
  std::uint64_t count_up_to(std::int64_t value) const;

  bool operator==(const QuantileSketch&) const = default;

 private:
  static constexpr unsigned kPowerBits = 6;
  static constexpr std::size_t kPerPower = std::size_t{1} << kPowerBits;

  /// Values below 2 * kPerPower are their own buckets; above, the leading kPowerBits + 1 bits and the exponent are.
  static std::size_t bucket_of(std::uint64_t value) {
    const unsigned width = static_cast<unsigned>(std::bit_width(value));
    const unsigned shift = width > kPowerBits + 1 ? width - (kPowerBits + 1) : 0;
    return shift * kPerPower + static_cast<std::size_t>(value >> shift);
  }
  static std::int64_t middle_of(std::size_t bucket);

  std::vector<std::uint64_t> counts_;
  std::uint64_t total_ = 0;
  std::int64_t max_ = 0;
};

}  // namespace tillstorm
