#include "scenario/decode_scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "base/iso8601.h"
#include "base/nearest.h"
#include "scenario/json_write.h"

namespace tillstorm {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// `allowed` makes the text of what may stand there: only a complaint needs it, and most values are right.
template <class Allowed>
bool is_kind(const DecodeSite& site, JsonKind kind, Allowed allowed) {
  if (site.node.kind == kind) return true;
  site.complain("wrong type: " + std::string(article_and_kind(site.node.kind)) + " where " +
                    std::string(article_and_kind(kind)) + " is wanted",
                allowed());
  return false;
}

bool is_inside(double value, const Field& field) { return value >= field.min && value <= field.max; }

/// The double that a JSON number stands for, correctly rounded; infinite if it is too large.
double value_of(std::string_view token) {
  double value = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value);
  if (error != std::errc::result_out_of_range) return value;
  // Too large or too small: the exponent's sign tells, or there is none and hundreds of digits.
  const std::size_t exponent = token.find_first_of("eE");
  const bool is_tiny = exponent != std::string_view::npos && token.substr(exponent + 1, 1) == "-";
  const double magnitude = is_tiny ? 0.0 : kInfinity;
  return token.front() == '-' ? -magnitude : magnitude;
}

/// A whole number in any of JSON's spellings (`3`, `3.0`, `3e2`).
template <class Integer>
std::optional<Integer> whole(const DecodeSite& site, Integer low, Integer high) {
  const auto allowed = [&] {
    return allowed_numbers("a whole number", site.field, static_cast<double>(low), static_cast<double>(high));
  };
  if (!is_kind(site, JsonKind::number, allowed)) return std::nullopt;
  const std::string& token = site.node.text;
  Integer value = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value);
  const bool is_plain = end == token.data() + token.size();
  if (error == std::errc() && is_plain) {
    if (value >= low && value <= high && is_inside(static_cast<double>(value), site.field)) return value;
    site.complain("the number is out of range", allowed());
    return std::nullopt;
  }
  if (error == std::errc::result_out_of_range && is_plain) {
    site.complain("the number does not fit into 64 bits", allowed());
    return std::nullopt;
  }
  const double real = value_of(token);
  constexpr double kExact = 9'007'199'254'740'992.0;  // 2^53: above, a double is no longer the number written
  if (std::floor(real) != real) {
    site.complain("a fraction where a whole number is wanted", allowed());
  } else if (std::fabs(real) > kExact || real < static_cast<double>(low) || real > static_cast<double>(high) ||
             !is_inside(real, site.field)) {
    site.complain("the number is out of range", allowed());
  } else {
    return static_cast<Integer>(real);
  }
  return std::nullopt;
}

template <class T>
std::optional<T> parsed_text(const DecodeSite& site, std::optional<T> (*parse)(std::string_view), std::string_view what,
                             std::string_view form) {
  const auto allowed = [&] { return std::string(what) + " like " + std::string(form); };
  if (!is_kind(site, JsonKind::string, allowed)) return std::nullopt;
  const std::optional<T> value = parse(site.node.text);
  if (!value) site.complain("this is not " + std::string(what), allowed());
  return value;
}

}  // namespace

std::string allowed_numbers(std::string_view kind, const Field& field, double type_low, double type_high) {
  const auto text = [](double value) { return json_number(value).text; };
  const double low = std::max(field.min, type_low);
  const double high = std::min(field.max, type_high);
  std::string out(kind);
  constexpr double kHuge = 9e18;  // the edge of 64 bits says nothing to a person
  if (low > -kHuge && high < kHuge) {
    out += " from " + text(low) + " to " + text(high);
  } else if (low > -kHuge) {
    out += " from " + text(low);
  } else if (high < kHuge) {
    out += " up to " + text(high);
  }
  if (!field.unit.empty()) out += " [" + std::string(field.unit) + "]";
  return out;
}

std::string one_of(const std::vector<std::string_view>& names) {
  constexpr std::size_t kMost = 60;  // all kinds of faults, all figures
  std::string out = "one of ";
  for (std::size_t i = 0; i < names.size() && i < kMost; ++i) {
    if (i > 0) out += ", ";
    out += names[i];
  }
  if (names.size() > kMost) out += ", ... (" + std::to_string(names.size()) + " in all)";
  return out;
}

std::optional<std::int64_t> decode_signed(const DecodeSite& site, std::int64_t low, std::int64_t high) {
  return whole<std::int64_t>(site, low, high);
}

std::optional<std::uint64_t> decode_unsigned(const DecodeSite& site, std::uint64_t high) {
  const bool is_negative = site.node.kind == JsonKind::number && site.node.text.front() == '-';
  if (!is_negative) return whole<std::uint64_t>(site, 0, high);
  site.complain("the number is out of range",
                allowed_numbers("a whole number", site.field, 0, static_cast<double>(high)));
  return std::nullopt;
}

std::optional<double> decode_number(const DecodeSite& site) {
  const auto allowed = [&] { return allowed_numbers("a number", site.field, -kInfinity, kInfinity); };
  if (!is_kind(site, JsonKind::number, allowed)) return std::nullopt;
  const double value = value_of(site.node.text);
  if (std::isfinite(value) && is_inside(value, site.field)) return value == 0 ? 0.0 : value;  // no negative zero
  site.complain("the number is out of range", allowed());
  return std::nullopt;
}

std::optional<bool> decode_boolean(const DecodeSite& site) {
  if (!is_kind(site, JsonKind::boolean, [] { return "true or false"; })) return std::nullopt;
  return site.node.boolean;
}

std::optional<std::string> decode_text(const DecodeSite& site) {
  if (!is_kind(site, JsonKind::string, [] { return "a text"; })) return std::nullopt;
  if (!site.field.is_identifier) return site.node.text;
  constexpr std::size_t kLongestId = 64;
  const std::string& id = site.node.text;
  const bool has_control = std::any_of(id.begin(), id.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) == 0x7f;
  });
  if (!id.empty() && id.size() <= kLongestId && !has_control) return id;
  site.complain("this cannot be an id", "1 to 64 bytes without spaces or control characters");
  return std::nullopt;
}

std::optional<Duration> decode_duration(const DecodeSite& site) {
  return parsed_text(site, parse_duration, "an ISO 8601 duration", "PT2H, P1DT30M, P2W (no years or months)");
}

std::optional<Date> decode_date(const DecodeSite& site) {
  return parsed_text(site, parse_date, "a date that exists", "2026-11-27");
}

std::optional<TimeOfDay> decode_time_of_day(const DecodeSite& site) {
  return parsed_text(site, parse_time_of_day, "a time of day", "09:00, up to 30:00");
}

std::optional<Moment> decode_moment(const DecodeSite& site) {
  return parsed_text(site, parse_moment, "a date and time that exist",
                     "2026-11-27T10:00 (the chain's clock) or 2026-11-27T10:00-05:00");
}

std::optional<std::size_t> decode_name(const DecodeSite& site, const std::vector<std::string_view>& names) {
  if (!is_kind(site, JsonKind::string, [&] { return one_of(names); })) return std::nullopt;
  const auto it = std::find(names.begin(), names.end(), site.node.text);
  if (it != names.end()) return static_cast<std::size_t>(it - names.begin());
  site.complain("unknown name", one_of(names), std::string(nearest_name(site.node.text, names)));
  return std::nullopt;
}

}  // namespace tillstorm
