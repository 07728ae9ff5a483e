#include "base/iso8601.h"

#include <array>

namespace tillstorm {
namespace {

constexpr std::int64_t kMinuteUs = kMinute.us;
constexpr std::int64_t kDayUs = kDay.us;

/// Eats a text from the left.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool skip(char c) {
    if (peek() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// Exactly `digits` decimal digits.
  std::optional<std::int32_t> number(int digits) {
    std::int32_t value = 0;
    for (int i = 0; i < digits; ++i) {
      const std::optional<int> digit = next_digit();
      if (!digit) return std::nullopt;
      value = value * 10 + *digit;
    }
    return value;
  }
  /// One to nine decimal digits.
  std::optional<std::int64_t> any_number() {
    std::optional<int> digit = next_digit();
    if (!digit) return std::nullopt;
    std::int64_t value = *digit;
    for (int i = 1; i <= 9; ++i) {
      if (!(digit = next_digit())) return value;
      value = value * 10 + *digit;
    }
    return std::nullopt;
  }
  /// What follows a decimal point, one to six digits, in millionths.
  std::optional<std::int64_t> millionths() {
    std::int64_t value = 0;
    int count = 0;
    while (const std::optional<int> digit = next_digit()) {
      if (++count > 6) return std::nullopt;
      value = value * 10 + *digit;
    }
    if (count == 0) return std::nullopt;
    for (; count < 6; ++count) value *= 10;
    return value;
  }

 private:
  std::optional<int> next_digit() {
    if (peek() < '0' || peek() > '9') return std::nullopt;
    const int digit = peek() - '0';
    rest_.remove_prefix(1);
    return digit;
  }

  std::string_view rest_;
};

std::optional<Date> scan_date(Scanner& scan) {
  const auto year = scan.number(4);
  if (!year || !scan.skip('-')) return std::nullopt;
  const auto month = scan.number(2);
  if (!month || !scan.skip('-')) return std::nullopt;
  const auto day = scan.number(2);
  if (!day || *year < 1900 || *month < 1 || *month > 12 || *day < 1) return std::nullopt;
  const Date date = date_of({*year, *month, *day});
  if (civil_of(date).month != *month || *day > 31) return std::nullopt;  // 30 February is in March
  return date;
}

/// HH:MM with at most `last_minute`.
std::optional<std::int32_t> scan_minutes(Scanner& scan, std::int32_t last_minute) {
  const auto hour = scan.number(2);
  if (!hour || !scan.skip(':')) return std::nullopt;
  const auto minute = scan.number(2);
  if (!minute || *minute > 59) return std::nullopt;
  const std::int32_t total = *hour * 60 + *minute;
  return total <= last_minute ? std::optional(total) : std::nullopt;
}

/// `Z` or `+HH:MM`; nothing is no offset.
bool scan_offset(Scanner& scan, Moment& moment) {
  if (scan.at_end()) return true;
  moment.is_absolute = true;
  if (scan.skip('Z')) return true;
  const bool is_east = scan.skip('+');
  if (!is_east && !scan.skip('-')) return false;
  const auto minutes = scan_minutes(scan, 18 * 60);
  if (!minutes) return false;
  moment.us += (is_east ? -*minutes : *minutes) * kMinuteUs;
  return true;
}

std::string padded(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

/// `.25` for 250000 millionths, nothing for 0.
std::string decimals(std::int64_t millionths) {
  if (millionths == 0) return "";
  std::string text = "." + padded(millionths, 6);
  while (text.back() == '0') text.pop_back();
  return text;
}

std::string clock_text(std::int64_t us) {
  const std::int64_t day = us / kDayUs - (us % kDayUs < 0 ? 1 : 0);
  const std::int64_t in_day = us - day * kDayUs;
  const std::int64_t in_minute = in_day % kMinuteUs;
  std::string text = format_date({static_cast<std::int32_t>(day)}) + "T" +
                     format_time_of_day({static_cast<std::int32_t>(in_day / kMinuteUs)});
  if (in_minute != 0) text += ":" + padded(in_minute / 1'000'000, 2) + decimals(in_minute % 1'000'000);
  return text;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  Scanner scan(text);
  const auto date = scan_date(scan);
  return scan.at_end() ? date : std::nullopt;
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  Scanner scan(text);
  const auto minutes = scan_minutes(scan, 30 * 60);
  if (!minutes || !scan.at_end()) return std::nullopt;
  return TimeOfDay{*minutes};
}

std::optional<Moment> parse_moment(std::string_view text) {
  Scanner scan(text);
  const auto date = scan_date(scan);
  if (!date || !scan.skip('T')) return std::nullopt;
  const auto minutes = scan_minutes(scan, 24 * 60 - 1);
  if (!minutes) return std::nullopt;
  Moment moment{date->days * kDayUs + *minutes * kMinuteUs, false};
  if (scan.skip(':')) {
    const auto whole = scan.number(2);
    if (!whole || *whole > 59) return std::nullopt;
    moment.us += *whole * kSecond.us;
    if (scan.skip('.')) {
      const auto part = scan.millionths();
      if (!part) return std::nullopt;
      moment.us += *part;
    }
  }
  if (!scan_offset(scan, moment) || !scan.at_end()) return std::nullopt;
  return moment;
}

std::optional<Duration> parse_duration(std::string_view text) {
  struct Part {
    char letter;
    bool is_time;
    std::int64_t us;
  };
  constexpr std::array<Part, 5> kParts{{{'W', false, 7 * kDayUs},
                                        {'D', false, kDayUs},
                                        {'H', true, kHour.us},
                                        {'M', true, kMinuteUs},
                                        {'S', true, kSecond.us}}};
  constexpr std::int64_t kLongest = 36'500 * kDayUs;
  Scanner scan(text);
  if (!scan.skip('P') || scan.at_end()) return std::nullopt;
  std::int64_t total = 0;
  std::size_t next_part = 0;
  bool in_time = false;
  while (!scan.at_end()) {
    if (!in_time && scan.skip('T')) in_time = true;
    const auto whole = scan.any_number();
    if (!whole) return std::nullopt;
    const auto part_of_one = scan.skip('.') ? scan.millionths() : std::optional<std::int64_t>(-1);
    if (!part_of_one) return std::nullopt;
    while (next_part < kParts.size() &&
           (kParts[next_part].letter != scan.peek() || kParts[next_part].is_time != in_time))
      ++next_part;
    if (next_part == kParts.size() || *whole > kLongest / kParts[next_part].us) return std::nullopt;
    const Part& part = kParts[next_part++];
    scan.skip(part.letter);
    total += *whole * part.us;
    const bool has_decimals = *part_of_one >= 0;
    if (has_decimals) total += *part_of_one * (part.us / 1'000'000);
    // Decimals belong to the last part, and weeks stand alone.
    if ((has_decimals || part.letter == 'W') && !scan.at_end()) return std::nullopt;
    if (total > kLongest) return std::nullopt;
  }
  return Duration{total};
}

std::string format_date(Date date) {
  const YearMonthDay civil = civil_of(date);
  return padded(civil.year, 4) + "-" + padded(civil.month, 2) + "-" + padded(civil.day, 2);
}

std::string format_time_of_day(TimeOfDay time) {
  return padded(time.minute / 60, 2) + ":" + padded(time.minute % 60, 2);
}

std::string format_moment(Moment moment) { return clock_text(moment.us) + (moment.is_absolute ? "Z" : ""); }

std::string format_duration(Duration duration) {
  std::uint64_t rest =
      duration.us < 0 ? 0U - static_cast<std::uint64_t>(duration.us) : static_cast<std::uint64_t>(duration.us);
  std::string text = duration.us < 0 ? "-P" : "P";
  const auto take = [&](std::int64_t unit, char letter) {
    const std::uint64_t count = rest / static_cast<std::uint64_t>(unit);
    rest %= static_cast<std::uint64_t>(unit);
    return count > 0 ? std::to_string(count) + letter : std::string();
  };
  text += take(kDayUs, 'D');
  std::string clock = take(kHour.us, 'H');
  clock += take(kMinuteUs, 'M');
  if (rest > 0) {
    const auto us = static_cast<std::int64_t>(rest);
    clock += std::to_string(us / 1'000'000) + decimals(us % 1'000'000) + "S";
  }
  if (!clock.empty()) return text + "T" + clock;
  return duration.us == 0 ? "PT0S" : text;
}

std::string format_utc(Time time) {
  std::string text = clock_text(time.us);
  if (text.size() == 16) text += ":00";
  return text + "Z";
}

}  // namespace tillstorm
