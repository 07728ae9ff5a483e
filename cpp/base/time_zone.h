#pragma once
// Time zones by built-in rules: the same answer on every machine, whatever tzdata it has.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/civil.h"
#include "base/time.h"

namespace tillstorm {

/// A daylight-saving change rule as POSIX TZ writes it: month, week (5 = last), weekday (0 = Sunday), local minute.
struct ZoneChange {
  std::int8_t month = 0;  ///< 1..12; 0 = the zone never changes.
  std::int8_t week = 0;
  std::int8_t weekday = 0;
  std::int16_t minute = 120;
};

/// An IANA zone by its present rules (plain data; copied freely).
struct TimeZone {
  std::string_view name;
  std::int32_t standard_offset_minutes = 0;  ///< East of Greenwich is positive.
  std::int32_t summer_offset_minutes = 0;
  ZoneChange summer_begins;
  ZoneChange summer_ends;

  /// The zone with this IANA name, if tillstorm knows its rules.
  static std::optional<TimeZone> find(std::string_view name);
  /// All known names, in alphabetical order.
  static const std::vector<std::string_view>& known_names();

  Duration offset_at(Time utc) const;
  /// The moment at which this zone's clocks show `date` and `minute` after midnight. A time skipped in spring is moved
  /// forward by the change; one that occurs twice in autumn is the first.
  Time at(Date date, std::int32_t minute) const;
  /// The same for a local clock reading [us since 1970-01-01T00:00 local].
  Time from_local(std::int64_t local_us) const;
  Date date_at(Time utc) const;
  /// Minutes after local midnight, rounded down.
  std::int32_t minute_of_day_at(Time utc) const;
};

/// The local date at moments that hardly ever go back: works out a date once a day.
class LocalDates {
 public:
  LocalDates() = default;
  explicit LocalDates(const TimeZone& zone) : zone_(zone) {}
  Date at(Time utc) {
    if (utc < from_ || utc >= until_) {
      date_ = zone_.date_at(utc);
      from_ = zone_.at(date_, 0);
      until_ = zone_.at(date_ + 1, 0);
    }
    return date_;
  }

 private:
  TimeZone zone_;
  Date date_{};
  Time from_{}, until_{};
};

}  // namespace tillstorm
