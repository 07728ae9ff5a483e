#include "engine/quantile_sketch.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace tillstorm {

std::int64_t QuantileSketch::middle_of(std::size_t bucket) {
  if (bucket < 2 * kPerPower) return static_cast<std::int64_t>(bucket);
  const std::size_t shift = bucket / kPerPower - 1;
  const std::uint64_t low = static_cast<std::uint64_t>(bucket - shift * kPerPower) << shift;
  return static_cast<std::int64_t>(low + (std::uint64_t{1} << shift) / 2);
}

void QuantileSketch::merge(const QuantileSketch& other) {
  if (other.counts_.size() > counts_.size()) counts_.resize(other.counts_.size(), 0);
  for (std::size_t bucket = 0; bucket < other.counts_.size(); ++bucket) counts_[bucket] += other.counts_[bucket];
  total_ += other.total_;
  max_ = std::max(max_, other.max_);
}

std::int64_t QuantileSketch::quantile(double q) const {
  check(q >= 0.0 && q <= 1.0, "a quantile is asked for between 0 and 1");
  if (total_ == 0) return 0;
  const std::uint64_t rank =
      std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(total_))));
  if (rank >= total_) return max_;
  std::uint64_t seen = 0;
  for (std::size_t bucket = 0; bucket < counts_.size(); ++bucket) {
    seen += counts_[bucket];
    if (seen >= rank) return std::min(middle_of(bucket), max_);
  }
  return max_;
}

std::uint64_t QuantileSketch::count_up_to(std::int64_t value) const {
  if (value < 0) return 0;
  const std::size_t last = bucket_of(static_cast<std::uint64_t>(value));
  std::uint64_t seen = 0;
  for (std::size_t bucket = 0; bucket < counts_.size() && bucket <= last; ++bucket) seen += counts_[bucket];
  return seen;
}

}  // namespace tillstorm
