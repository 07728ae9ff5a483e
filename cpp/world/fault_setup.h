#pragma once
// A fault of the scenario, resolved: whom it hits, when, how hard.
#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "base/time_zone.h"
#include "scenario/scenario.h"

namespace tillstorm {

/// When a fault is in force: `times` windows of `length`, `every` apart; in each of them, if it flaps, for `down`, then
/// not for `up`, over and over.
struct FaultSchedule {
  Time from{};
  Duration length{};
  Duration every = kDay;
  std::int64_t times = 1;
  Duration down{}, up{};  ///< `up` 0: it does not flap.

  bool is_active(Time now) const;
  /// The first moment after `now` at which it begins or ends; kNever if there is none.
  Time next_change(Time now) const;
  /// When it is over for good.
  Time until() const { return from + (times - 1) * every + length; }

 private:
  std::int64_t window_at(Time now) const;
};

struct FaultSetup {
  FaultKind kind{};
  FaultSchedule when;
  std::vector<std::uint32_t> sources;  ///< Whom it hits, ascending.
  std::uint32_t terminal = kNone;      ///< Which till crashes; kNone: all.
  std::int64_t share_ppm = 0;
  std::int64_t factor_milli = 1000;
  bool has_factor = false;
  std::int64_t workers = 1;
  Duration delay{}, service{}, retry_after{};

  bool hits(std::uint32_t source) const;
};

/// The faults of a scenario whose stores have indices in their order; sources are numbered as in Addresses.
std::vector<FaultSetup> fault_setups(const Scenario& scenario, const TimeZone& chain_zone, std::uint32_t sources,
                                     std::uint64_t seed);

}  // namespace tillstorm
