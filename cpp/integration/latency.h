#pragma once
// Travel times of messages.
#include <array>
#include <cstdint>

#include "base/time.h"
#include "engine/law.h"
#include "engine/random_stream.h"

namespace tillstorm::integration {

/// A law of latencies as 1,024 equally likely values [us]: the mid-quantiles of the law, so that one draw costs a
/// look-up. Median and 99th percentile are within 1 % of the law's for the laws of the catalogue; the tail ends at the
/// quantile 1 - 1/2048.
class LatencyTable {
 public:
  LatencyTable() = default;
  /// `law` in milliseconds, by sorted draws of a stream of its own where it has no quantile function; never below
  /// `least`.
  LatencyTable(const Law& law, Duration least);
  Duration draw(RandomStream& stream) const { return Duration{values_[stream.next32() >> 22]}; }
  Duration least() const { return Duration{values_.front()}; }

 private:
  std::array<std::int64_t, 1024> values_{};
};

}  // namespace tillstorm::integration
