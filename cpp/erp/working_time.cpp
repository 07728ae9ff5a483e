#include "erp/working_time.h"

#include <algorithm>

namespace tillstorm::erp {
namespace {

constexpr std::int32_t kFurthest = 400;  // days: more than any closing for the holidays

}  // namespace

Time WorkingHours::next_working(Time at) const {
  if (is_round_the_clock) return at;
  // A day that closes after midnight is still the one before.
  const Date today = zone.date_at(at) + -1;
  for (std::int32_t i = 0; i < kFurthest; ++i) {
    const Date date = today + i;
    const Day& day = days[static_cast<std::size_t>(weekday_of(date))];
    if (day.to <= day.from) continue;
    const Time from = zone.at(date, day.from), to = zone.at(date, day.to);
    if (at < to) return std::max(at, from);
  }
  return kNever;
}

Time WorkingHours::end_of_shift(Time at) const {
  if (is_round_the_clock) return kNever;
  const Date today = zone.date_at(at) + -1;
  for (std::int32_t i = 0; i < 3; ++i) {
    const Day& day = days[static_cast<std::size_t>(weekday_of(today + i))];
    const Time to = zone.at(today + i, day.to);
    if (day.to > day.from && zone.at(today + i, day.from) <= at && at < to) return to;
  }
  return at;
}

Time WorkingHours::after(Time at, Duration work) const {
  if (is_round_the_clock) return at + work;
  for (Time now = next_working(at); now != kNever; now = next_working(now)) {
    const Time end = end_of_shift(now);
    if (work <= end - now) return now + work;
    work = work - (end - now);
    now = end;
  }
  return kNever;
}

}  // namespace tillstorm::erp
