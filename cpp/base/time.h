#pragma once
// Simulated time: integer microseconds of UTC since 1970-01-01T00:00:00Z. No floating point, no wall clock.
#include <compare>
#include <cstdint>
#include <limits>

namespace tillstorm {

/// A length of simulated time [us]; may be negative.
struct Duration {
  std::int64_t us = 0;
  constexpr auto operator<=>(const Duration&) const = default;
};

/// A moment of simulated UTC [us since 1970-01-01T00:00:00Z].
struct Time {
  std::int64_t us = 0;
  constexpr auto operator<=>(const Time&) const = default;
};

constexpr Duration operator+(Duration a, Duration b) { return {a.us + b.us}; }
constexpr Duration operator-(Duration a, Duration b) { return {a.us - b.us}; }
constexpr Duration operator-(Duration a) { return {-a.us}; }
constexpr Duration operator*(Duration a, std::int64_t n) { return {a.us * n}; }
constexpr Duration operator*(std::int64_t n, Duration a) { return a * n; }
constexpr std::int64_t operator/(Duration a, Duration b) { return a.us / b.us; }
constexpr Duration operator/(Duration a, std::int64_t n) { return {a.us / n}; }
constexpr Time operator+(Time t, Duration d) { return {t.us + d.us}; }
constexpr Time operator-(Time t, Duration d) { return {t.us - d.us}; }
constexpr Duration operator-(Time a, Time b) { return {a.us - b.us}; }
constexpr Time& operator+=(Time& t, Duration d) { return t = t + d; }
constexpr Duration& operator+=(Duration& a, Duration b) { return a = a + b; }

inline constexpr Duration kMicrosecond{1};
inline constexpr Duration kMillisecond{1'000};
inline constexpr Duration kSecond{1'000'000};
inline constexpr Duration kMinute = 60 * kSecond;
inline constexpr Duration kHour = 60 * kMinute;
inline constexpr Duration kDay = 24 * kHour;

/// Later than every moment a scenario can name.
inline constexpr Time kNever{std::numeric_limits<std::int64_t>::max()};
/// In a column of a table: there is no such moment. Arrow's null; what NumPy stores for NaT.
inline constexpr Time kNoTime{std::numeric_limits<std::int64_t>::min()};

/// `d` in seconds, for reports only: never fed back into simulated time.
constexpr double seconds(Duration d) { return static_cast<double>(d.us) / 1e6; }

}  // namespace tillstorm
