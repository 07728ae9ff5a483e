#pragma once
// When customers come: a store's arrival rate over one business day.
#include <cstdint>
#include <vector>

#include "base/time.h"

namespace tillstorm::model {

/// The rate is linear between `begin` and the next segment's begin.
struct RateSegment {
  Time begin{};
  double rate = 0;   ///< At `begin` [customers/us].
  double slope = 0;  ///< Change of the rate [customers/us^2].
};

/// Piecewise linear arrival rate from the first segment to `end`.
class DayRates {
 public:
  void clear(Time end) {
    segments_.clear();
    current_ = 0;
    end_ = end;
  }
  /// Segments are added in order of time.
  void add(RateSegment segment) { segments_.push_back(segment); }

  /// The first arrival after `from` of a process with this rate, where `exponential` is a draw with mean 1: the time
  /// at which the integral of the rate has grown by it. kNever if that is not before the end.
  Time next_arrival(Time from, double exponential);

 private:
  std::vector<RateSegment> segments_;
  std::size_t current_ = 0;  ///< Segment of the last arrival: arrivals ask in order.
  Time end_{};
};

}  // namespace tillstorm::model
