#pragma once
// One JSON value into one plain value. Each function either returns it or says what is wrong.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil.h"
#include "base/fields.h"
#include "base/time.h"
#include "scenario/sources.h"

namespace tillstorm {

/// Where a value stands and what its field says of it.
struct DecodeSite {
  const JsonNode& node;
  const Field& field;
  const std::string& path;
  Problems& problems;

  void complain(std::string message, std::string allowed, std::string nearest = {}) const {
    problems.add(node.place, path, {std::move(message), excerpt(node), std::move(allowed), std::move(nearest)});
  }
};

/// `low` and `high` are the limits of the type that takes the number.
std::optional<std::int64_t> decode_signed(const DecodeSite& site, std::int64_t low, std::int64_t high);
std::optional<std::uint64_t> decode_unsigned(const DecodeSite& site, std::uint64_t high);
std::optional<double> decode_number(const DecodeSite& site);
std::optional<bool> decode_boolean(const DecodeSite& site);
std::optional<std::string> decode_text(const DecodeSite& site);
std::optional<Duration> decode_duration(const DecodeSite& site);
std::optional<Date> decode_date(const DecodeSite& site);
std::optional<TimeOfDay> decode_time_of_day(const DecodeSite& site);
std::optional<Moment> decode_moment(const DecodeSite& site);
/// The position of the text among `names`.
std::optional<std::size_t> decode_name(const DecodeSite& site, const std::vector<std::string_view>& names);

/// `1 to 1000 terminals`, `0 or more s`, ...; `kind` is `a whole number` or `a number`.
std::string allowed_numbers(std::string_view kind, const Field& field, double type_low, double type_high);

/// `one of a, b, c`; at most twenty of them.
std::string one_of(const std::vector<std::string_view>& names);

}  // namespace tillstorm
