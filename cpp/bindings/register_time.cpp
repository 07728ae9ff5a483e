// Simulated moments between UTC and a zone's clocks, by the core's own time zone rules.
#include <pybind11/stl.h>

#include <cstdlib>
#include <string>
#include <vector>

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

std::string padded(std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::string to_local(const std::string& zone_name, std::int64_t us) {
  const Duration offset = zone_named(zone_name).offset_at(Time{us});
  const std::int64_t local = us + offset.us;
  const std::int64_t day = floor_divide(local, kDay.us);
  const std::int64_t rest = local - day * kDay.us;
  const YearMonthDay date = civil_of(Date{static_cast<std::int32_t>(day)});
  const auto part = [rest](Duration unit, std::int64_t modulo) { return padded(rest / unit.us % modulo, 2); };
  std::string text = padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
  text += "T" + part(kHour, 24) + ":" + part(kMinute, 60) + ":" + part(kSecond, 60);
  if (rest % kSecond.us != 0) text += "." + padded(rest % kSecond.us, 6);
  const std::int64_t minutes = std::abs(offset.us) / kMinute.us;
  return text + (offset.us < 0 ? "-" : "+") + padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2);
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
