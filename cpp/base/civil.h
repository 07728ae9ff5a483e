#pragma once
// Civil time as people write it: dates, times of day and moments of a time zone. Conversions are in time_zone.h.
#include <compare>
#include <cstdint>
#include <limits>

#include "base/time.h"

namespace tillstorm {

/// A calendar date (proleptic Gregorian) [days since 1970-01-01].
struct Date {
  std::int32_t days = 0;
  constexpr auto operator<=>(const Date&) const = default;
};
/// In a column of a table: there is no such day.
inline constexpr Date kNoDate{std::numeric_limits<std::int32_t>::min()};
constexpr Date operator+(Date d, std::int32_t n) { return {d.days + n}; }
constexpr std::int32_t operator-(Date a, Date b) { return a.days - b.days; }

/// 0 = Monday ... 6 = Sunday. 1970-01-01 was a Thursday.
constexpr int weekday_of(Date d) { return ((d.days % 7) + 10) % 7; }

struct YearMonthDay {
  std::int32_t year = 1970;
  std::int32_t month = 1;  ///< 1..12
  std::int32_t day = 1;    ///< 1..31
};

/// Howard Hinnant's days_from_civil and its inverse ("chrono-Compatible Low-Level Date Algorithms", 2013).
constexpr Date date_of(YearMonthDay c) {
  const std::int32_t y = c.year - (c.month <= 2 ? 1 : 0);
  const std::int32_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int32_t year_of_era = y - era * 400;
  const std::int32_t day_of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
  const std::int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return {era * 146097 + day_of_era - 719468};
}

constexpr YearMonthDay civil_of(Date date) {
  const std::int32_t z = date.days + 719468;
  const std::int32_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int32_t day_of_era = z - era * 146097;
  const std::int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int32_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::int32_t month = shifted_month + (shifted_month < 10 ? 3 : -9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

/// A time of day at a place [minutes after midnight]; up to 30:00, so that a day may close after midnight.
struct TimeOfDay {
  std::int32_t minute = 0;
  constexpr auto operator<=>(const TimeOfDay&) const = default;
};

/// A moment as written in a scenario: local to `chain.time_zone` unless it carries an offset.
struct Moment {
  std::int64_t us = 0;       ///< Microseconds since 1970-01-01T00:00 on the clock it was written for.
  bool is_absolute = false;  ///< It carried an offset, and `us` is UTC.
  constexpr bool operator==(const Moment&) const = default;
};

}  // namespace tillstorm
