#pragma once
// Money is int64 minor units of the chain's one currency; rates are parts per million. Every rounding is named.
#include <cstdint>

namespace tillstorm {

using Minor = std::int64_t;  ///< Amount of money [minor units].
using Ppm = std::int64_t;    ///< Rate [parts per million].
inline constexpr Ppm kMillion = 1'000'000;

enum class Rounding : std::uint8_t { half_up, half_even, down };

/// `numerator / denominator` rounded as named. Acts on the absolute value and restores the sign, so that a full return
/// mirrors its sale (TAX-06). `denominator` > 0.
constexpr std::int64_t divide_rounded(std::int64_t numerator, std::int64_t denominator, Rounding rounding) {
  const bool negative = numerator < 0;
  const std::int64_t n = negative ? -numerator : numerator;
  std::int64_t quotient = n / denominator;
  const std::int64_t rest = n % denominator;
  switch (rounding) {
    case Rounding::half_up:
      quotient += 2 * rest >= denominator ? 1 : 0;
      break;
    case Rounding::half_even:
      quotient += 2 * rest > denominator || (2 * rest == denominator && quotient % 2 == 1) ? 1 : 0;
      break;
    case Rounding::down:
      break;
  }
  return negative ? -quotient : quotient;
}

/// `rate` of `amount`, rounded as named.
constexpr Minor share_of(Minor amount, Ppm rate, Rounding rounding) {
  return divide_rounded(amount * rate, kMillion, rounding);
}

}  // namespace tillstorm
