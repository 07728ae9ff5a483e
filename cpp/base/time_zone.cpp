#include "base/time_zone.h"

#include <algorithm>

#include "base/time_zone_table.h"

namespace tillstorm {
namespace {

constexpr std::int64_t kMinuteUs = 60'000'000;
constexpr std::int64_t kDayUs = 24 * 60 * kMinuteUs;

constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

Date date_of_us(std::int64_t local_us) { return {static_cast<std::int32_t>(floor_divide(local_us, kDayUs))}; }

/// The date on which `change` happens in `year`: the week-th given weekday of the month, 5 meaning the last.
Date date_of_change(const ZoneChange& change, std::int32_t year) {
  const Date first = date_of({year, change.month, 1});
  const int sunday_based = (weekday_of(first) + 1) % 7;
  Date date = first + ((change.weekday - sunday_based + 7) % 7 + 7 * (change.week - 1));
  const Date next_month = change.month == 12 ? date_of({year + 1, 1, 1}) : date_of({year, change.month + 1, 1});
  while (date >= next_month) date = date + -7;
  return date;
}

/// The moment of `change` in `year`, whose minute is read on a clock `offset_minutes` ahead of UTC [us].
std::int64_t moment_of_change(const ZoneChange& change, std::int32_t year, std::int32_t offset_minutes) {
  return date_of_change(change, year).days * kDayUs + (change.minute - offset_minutes) * kMinuteUs;
}

std::vector<TimeZone> make_zones() {
  std::vector<TimeZone> zones;
  for (const ZoneRule& rule : kZoneRules) {
    std::string_view rest = rule.names;
    while (!rest.empty()) {
      const std::size_t length = std::min(rest.find(' '), rest.size());
      zones.push_back({rest.substr(0, length), rule.standard_offset_minutes, rule.summer_offset_minutes,
                       rule.summer_begins, rule.summer_ends});
      rest.remove_prefix(std::min(length + 1, rest.size()));
    }
  }
  std::sort(zones.begin(), zones.end(), [](const TimeZone& a, const TimeZone& b) { return a.name < b.name; });
  return zones;
}

const std::vector<TimeZone>& all_zones() {
  static const std::vector<TimeZone> zones = make_zones();
  return zones;
}

}  // namespace

std::optional<TimeZone> TimeZone::find(std::string_view name) {
  const auto& zones = all_zones();
  const auto it = std::lower_bound(zones.begin(), zones.end(), name,
                                   [](const TimeZone& zone, std::string_view wanted) { return zone.name < wanted; });
  if (it == zones.end() || it->name != name) return std::nullopt;
  return *it;
}

const std::vector<std::string_view>& TimeZone::known_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> list;
    for (const TimeZone& zone : all_zones()) list.push_back(zone.name);
    return list;
  }();
  return names;
}

Duration TimeZone::offset_at(Time utc) const {
  const Duration standard = standard_offset_minutes * kMinute;
  if (summer_begins.month == 0) return standard;
  const std::int32_t year = civil_of(date_of_us(utc.us + standard.us)).year;
  const std::int64_t begins = moment_of_change(summer_begins, year, standard_offset_minutes);
  const std::int64_t ends = moment_of_change(summer_ends, year, summer_offset_minutes);
  const bool is_summer = begins < ends ? begins <= utc.us && utc.us < ends : utc.us < ends || begins <= utc.us;
  return is_summer ? summer_offset_minutes * kMinute : standard;
}

Time TimeZone::at(Date date, std::int32_t minute) const { return from_local(date.days * kDayUs + minute * kMinuteUs); }

Time TimeZone::from_local(std::int64_t local_us) const {
  const Duration summer = summer_offset_minutes * kMinute;
  const Time as_summer{local_us - summer.us};
  // Of the two moments of an autumn hour, summer time is the first. A reading that neither offset gives was skipped:
  // by standard time it is the moment that a clock already moved forward shows.
  if (offset_at(as_summer) == summer) return as_summer;
  return Time{local_us - standard_offset_minutes * kMinuteUs};
}

Date TimeZone::date_at(Time utc) const { return date_of_us(utc.us + offset_at(utc).us); }

std::int32_t TimeZone::minute_of_day_at(Time utc) const {
  const std::int64_t local = utc.us + offset_at(utc).us;
  return static_cast<std::int32_t>((local - floor_divide(local, kDayUs) * kDayUs) / kMinuteUs);
}

}  // namespace tillstorm
