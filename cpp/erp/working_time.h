#pragma once
// EXC-03, EXC-06: when people work, and how far a stretch of working time reaches.
#include <array>
#include <cstdint>

#include "base/time_zone.h"

namespace tillstorm::erp {

/// Hours of work of somebody: for each weekday from one minute of the local day to another (0 to 0: none), or round the
/// clock. Plain data.
struct WorkingHours {
  struct Day {
    std::int32_t from = 0;  ///< [minutes after local midnight]
    std::int32_t to = 0;
  };
  TimeZone zone{};
  std::array<Day, 7> days{};  ///< Monday first.
  bool is_round_the_clock = false;

  /// The beginning of the first working time at or after `at`; `at` itself if it is within one. kNever: there is none
  /// in the next 400 days.
  Time next_working(Time at) const;
  /// The end of the working time that `at` lies in.
  Time end_of_shift(Time at) const;
  /// The moment at which `work` of working time has passed since `at`; kNever if there is not that much.
  Time after(Time at, Duration work) const;
};

}  // namespace tillstorm::erp
