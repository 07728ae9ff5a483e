#pragma once
// Dates, times of day, moments and durations as ISO 8601 writes them. Every parser takes the whole text or nothing.
#include <optional>
#include <string>
#include <string_view>

#include "base/civil.h"
#include "base/time.h"

namespace tillstorm {

/// `2026-11-27`; years 1900 to 9999, and only days that exist.
std::optional<Date> parse_date(std::string_view text);
/// `09:00` to `30:00`: a day may close after midnight.
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);
/// `2026-11-27T10:00`, also with `:SS` and up to six decimals; with `Z` or `+HH:MM` it is absolute.
std::optional<Moment> parse_moment(std::string_view text);
/// `PT2H`, `P1DT30M`, `PT0.5S`, `P2W`; up to 36500 days. Years and months have no fixed length and are not taken.
std::optional<Duration> parse_duration(std::string_view text);

std::string format_date(Date date);
std::string format_time_of_day(TimeOfDay time);
std::string format_moment(Moment moment);
/// The shortest form in days, hours, minutes and seconds; negative ones with a leading `-`.
std::string format_duration(Duration duration);
/// `2026-11-27T18:42:07.000250Z`: UTC; decimals only where they are not zero.
std::string format_utc(Time time);

}  // namespace tillstorm
