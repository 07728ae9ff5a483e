#include "model/demand_plan.h"

#include <algorithm>
#include <cmath>

namespace tillstorm::model {

Time DayRates::next_arrival(Time from, double exponential) {
  double left = exponential;
  for (; current_ < segments_.size(); ++current_) {
    const RateSegment& segment = segments_[current_];
    const Time end = current_ + 1 < segments_.size() ? segments_[current_ + 1].begin : end_;
    if (from >= end) continue;
    const Time begin = std::max(from, segment.begin);
    const double length = static_cast<double>((end - begin).us);
    const double rate = segment.rate + segment.slope * static_cast<double>((begin - segment.begin).us);
    const double mass = length * (rate + 0.5 * segment.slope * length);
    if (left < mass) {
      // Solves rate x + slope x^2 / 2 = left, in the form that does not cancel.
      const double x =
          segment.slope == 0 ? left / rate : 2 * left / (rate + std::sqrt(rate * rate + 2 * segment.slope * left));
      const Time at = begin + Duration{static_cast<std::int64_t>(x)};
      return at < end_ ? std::max(at, from) : kNever;
    }
    left -= mass;
  }
  return kNever;
}

}  // namespace tillstorm::model
