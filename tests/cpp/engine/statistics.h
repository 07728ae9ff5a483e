#pragma once
// Tests of a sample against its theory: moments, chi-square, Kolmogorov-Smirnov. All with fixed streams, so a verdict
// never changes by chance; thresholds are those of a one-in-a-million deviation.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "engine/random_stream.h"

namespace tillstorm::statistics {

/// Ten million, but fewer where nothing is optimised or a sanitizer looks on: there the code is tested, not the law.
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
inline constexpr int kDraws = 10'000'000;
#else
inline constexpr int kDraws = 300'000;
#endif
inline constexpr double kSigmas = 4.9;  ///< Two-sided, about 1e-6.

inline RandomStream stream_for(std::uint64_t n) { return {20240229, purpose_of("distribution tests"), 7, n}; }

/// Draws kDraws real numbers; compares mean and variance (whose own error uses the fourth central moment found) with
/// the exact ones, and the distribution function with `cdf` by a Kolmogorov-Smirnov distance on a grid of 4096 cells
/// between `low` and `high`, which the true distance exceeds only by less than one cell's probability.
template <class Draw, class Cdf>
void expect_real_law(Draw draw, Cdf cdf, double mean, double variance, double low, double high, std::uint64_t n = 0) {
  RandomStream stream = stream_for(n);
  constexpr int kCells = 4096;
  std::vector<std::int64_t> cells(kCells + 2, 0);
  const double per_width = kCells / (high - low);
  double sum = 0, squares = 0, fourths = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = draw(stream);
    const double d = x - mean, dd = d * d;
    sum += d;
    squares += dd;
    fourths += dd * dd;
    const double place = (x - low) * per_width;
    ++cells[place < 0 ? 0 : place >= kCells ? kCells + 1 : static_cast<std::size_t>(place) + 1];
  }
  const double found_variance = squares / kDraws;
  EXPECT_NEAR(sum / kDraws, 0.0, kSigmas * std::sqrt(variance / kDraws)) << "mean";
  EXPECT_NEAR(found_variance, variance, kSigmas * std::sqrt((fourths / kDraws - variance * variance) / kDraws))
      << "variance";
  double distance = 0;
  std::int64_t below = 0;
  for (int cell = 0; cell <= kCells; ++cell) {
    below += cells[static_cast<std::size_t>(cell)];
    const double x = low + cell / per_width;
    distance = std::max(distance, std::fabs(static_cast<double>(below) / kDraws - cdf(x)));
  }
  EXPECT_LT(distance * std::sqrt(static_cast<double>(kDraws)), 2.69) << "Kolmogorov-Smirnov";  // 2 exp(-2 x^2) = 1e-6
}

/// Draws kDraws whole numbers; compares mean and variance with the exact ones and the frequencies with `probability(k)`
/// by chi-square over the values expected at least 50 times, the rest pooled.
template <class Draw, class Probability>
void expect_whole_law(Draw draw, Probability probability, double mean, double variance, std::uint64_t n = 0) {
  RandomStream stream = stream_for(n);
  std::vector<std::int64_t> counts;
  double sum = 0, squares = 0, fourths = 0;
  for (int i = 0; i < kDraws; ++i) {
    const std::int64_t k = draw(stream);
    ASSERT_GE(k, 0);
    if (static_cast<std::size_t>(k) >= counts.size()) counts.resize(static_cast<std::size_t>(k) + 1, 0);
    ++counts[static_cast<std::size_t>(k)];
    const double d = static_cast<double>(k) - mean, dd = d * d;
    sum += d;
    squares += dd;
    fourths += dd * dd;
  }
  EXPECT_NEAR(sum / kDraws, 0.0, kSigmas * std::sqrt(variance / kDraws)) << "mean";
  EXPECT_NEAR(squares / kDraws, variance, kSigmas * std::sqrt((fourths / kDraws - variance * variance) / kDraws))
      << "variance";
  double chi_square = 0, pooled_expected = kDraws, pooled_seen = kDraws;
  int cells = 0;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const double expected = kDraws * probability(static_cast<std::int64_t>(k));
    if (expected < 50) continue;
    const double seen = static_cast<double>(counts[k]);
    chi_square += (seen - expected) * (seen - expected) / expected;
    pooled_expected -= expected;
    pooled_seen -= seen;
    ++cells;
  }
  if (pooled_expected > 50) {
    chi_square += (pooled_seen - pooled_expected) * (pooled_seen - pooled_expected) / pooled_expected;
    ++cells;
  } else {
    EXPECT_LT(pooled_seen, 50 + 2 * kSigmas * 7.1) << "rare values";
  }
  ASSERT_GE(cells, 2);
  // Wilson & Hilferty: the cube root of chi-square over its degrees of freedom is nearly normal.
  const double freedom = cells - 1;
  const double z = (std::cbrt(chi_square / freedom) - (1 - 2 / (9 * freedom))) / std::sqrt(2 / (9 * freedom));
  EXPECT_LT(z, kSigmas) << "chi-square " << chi_square << " on " << freedom << " degrees of freedom";
}

/// Regularised lower incomplete gamma function P(a, x): series below a + 1, continued fraction above.
inline double gamma_p(double a, double x) {
  if (x <= 0) return 0;
  const double front = std::exp(a * std::log(x) - x - std::lgamma(a));
  if (x < a + 1) {
    double term = 1 / a, sum = term;
    for (int i = 1; i < 5000 && term > 1e-17 * sum; ++i) sum += term *= x / (a + i);
    return front * sum;
  }
  double b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
  for (int i = 1; i < 5000; ++i) {
    const double an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const double change = c * d;
    h *= change;
    if (std::fabs(change - 1) < 1e-16) break;
  }
  return 1 - front * h;
}

inline double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

}  // namespace tillstorm::statistics
