// Simulated moments between UTC and a zone's clocks, by the core's own time zone rules.
#include <pybind11/stl.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/civil.h"
#include "base/iso8601.h"
#include "base/time_zone.h"
#include "bindings/register.h"

namespace tillstorm::bindings {
namespace py = pybind11;
namespace {

TimeZone zone_named(const std::string& name) {
  if (const auto zone = TimeZone::find(name)) return *zone;
  throw py::value_error("`" + name + "` is no time zone that tillstorm knows");
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::string to_local(const std::string& zone_name, std::int64_t us) {
  const TimeZone zone = zone_named(zone_name);
  const Duration offset = zone.offset_at(Time{us});
  const std::int64_t local = us + offset.us;
  const std::int64_t day = floor_divide(local, kDay.us);
  const std::int64_t rest = local - day * kDay.us;
  const YearMonthDay date = civil_of(Date{static_cast<std::int32_t>(day)});
  const auto part = [&](Duration unit, std::int64_t modulo) { return static_cast<int>(rest / unit.us % modulo); };
  std::array<char, 64> text{};
  int length = std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d", date.year, date.month, date.day,
                             part(kHour, 24), part(kMinute, 60), part(kSecond, 60));
  if (const int fraction = part(kMicrosecond, kSecond.us); fraction != 0) {
    length += std::snprintf(&text.at(static_cast<std::size_t>(length)), 8, ".%06d", fraction);
  }
  const auto minutes = static_cast<int>(std::abs(offset.us) / kMinute.us);
  std::snprintf(&text.at(static_cast<std::size_t>(length)), 8, "%c%02d:%02d", offset.us < 0 ? '-' : '+',
                minutes / 60 % 100, minutes % 60);
  return text.data();
}

std::int64_t from_local(const std::string& zone_name, const std::string& text) {
  const TimeZone zone = zone_named(zone_name);
  const auto moment = parse_moment(text);
  if (!moment) throw py::value_error("`" + text + "` is no moment such as 2026-11-27T10:00");
  return moment->is_absolute ? moment->us : zone.from_local(moment->us).us;
}

}  // namespace

void register_time(py::module_& m) {
  m.def("to_local", &to_local, py::arg("zone"), py::arg("us"),
        "ISO 8601 text, with offset, of a moment [us of UTC since 1970] on the clocks of a zone.");
  m.def("from_local", &from_local, py::arg("zone"), py::arg("text"),
        "Moment [us of UTC since 1970] of an ISO 8601 text, on the clocks of a zone unless it carries an offset.");
  m.def(
      "time_zones",
      [] {
        const auto& names = TimeZone::known_names();
        return std::vector<std::string>(names.begin(), names.end());
      },
      "Names of the time zones that the core knows.");
}

}  // namespace tillstorm::bindings
