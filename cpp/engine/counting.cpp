#include "engine/counting.h"

#include <cmath>

#include "base/check.h"
#include "engine/elementary.h"
#include "engine/exponential.h"
#include "engine/gamma.h"

namespace tillstorm {
namespace {

std::int64_t poisson_by_inversion(double mean, RandomStream& stream) {
  const double u = stream.uniform();
  double probability = elementary::exp(-mean);
  double cumulative = probability;
  std::int64_t count = 0;
  while (u >= cumulative) {
    ++count;
    probability *= mean / static_cast<double>(count);
    if (probability<1e-18 * cumulative&& static_cast<double>(count)> mean) break;  // the tail of rounding errors
    cumulative += probability;
  }
  return count;
}

std::int64_t poisson_by_rejection(double mean, RandomStream& stream) {
  const double log_mean = elementary::log(mean);
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double v_r = 0.9277 - 3.6224 / (b - 2.0);
  for (;;) {
    const double u = stream.uniform_open() - 0.5;
    double v = stream.uniform_open();
    const double us = 0.5 - std::fabs(u);
    const double k = std::floor((2.0 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= v_r) return static_cast<std::int64_t>(k);
    if (k < 0.0 || (us < 0.013 && v > us)) continue;
    v = elementary::log(v * inverse_alpha / (a / (us * us) + b));
    if (v <= k * log_mean - mean - elementary::log_gamma(k + 1.0)) return static_cast<std::int64_t>(k);
  }
}

std::int64_t binomial_by_inversion(std::int64_t trials, double p, RandomStream& stream) {
  const double odds = p / (1.0 - p);
  const double u = stream.uniform();
  double probability = elementary::exp(static_cast<double>(trials) * elementary::log1p(-p));
  double cumulative = probability;
  std::int64_t count = 0;
  while (u >= cumulative && count < trials) {
    probability *= odds * static_cast<double>(trials - count) / static_cast<double>(count + 1);
    ++count;
    if (probability<1e-18 * cumulative&& static_cast<double>(count)> static_cast<double>(trials) * p) break;
    cumulative += probability;
  }
  return count;
}

std::int64_t binomial_by_rejection(std::int64_t trials, double p, RandomStream& stream) {
  const double n = static_cast<double>(trials);
  const double spread = std::sqrt(n * p * (1.0 - p));
  const double b = 1.15 + 2.53 * spread;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double c = n * p + 0.5;
  const double v_r = 0.92 - 4.2 / b;
  const double alpha = (2.83 + 5.1 / b) * spread;
  const double log_odds = elementary::log(p / (1.0 - p));
  const double mode = std::floor((n + 1.0) * p);
  const double h = elementary::log_gamma(mode + 1.0) + elementary::log_gamma(n - mode + 1.0);
  for (;;) {
    const double u = stream.uniform_open() - 0.5;
    double v = stream.uniform_open();
    const double us = 0.5 - std::fabs(u);
    const double k = std::floor((2.0 * a / us + b) * u + c);
    if (k < 0.0 || k > n) continue;
    if (us >= 0.07 && v <= v_r) return static_cast<std::int64_t>(k);
    v = elementary::log(v * alpha / (a / (us * us) + b));
    if (v <= h - elementary::log_gamma(k + 1.0) - elementary::log_gamma(n - k + 1.0) + (k - mode) * log_odds)
      return static_cast<std::int64_t>(k);
  }
}

}  // namespace

std::int64_t poisson(double mean, RandomStream& stream) {
  check(mean >= 0.0 && mean <= 1e9, "the mean of a Poisson number is between 0 and 1e9");
  return mean < 10.0 ? poisson_by_inversion(mean, stream) : poisson_by_rejection(mean, stream);
}

std::int64_t binomial(std::int64_t trials, double p, RandomStream& stream) {
  check(trials >= 0 && p >= 0.0 && p <= 1.0, "a binomial number has trials >= 0 and 0 <= p <= 1");
  if (p > 0.5) return trials - binomial(trials, 1.0 - p, stream);
  return p * static_cast<double>(trials) < 10.0 ? binomial_by_inversion(trials, p, stream)
                                                : binomial_by_rejection(trials, p, stream);
}

std::int64_t negative_binomial(double mean, double dispersion, RandomStream& stream) {
  return mean == 0.0 ? 0 : poisson(gamma(dispersion, mean / dispersion, stream), stream);
}

std::int64_t geometric(double p, RandomStream& stream) {
  check(p > 0.0 && p <= 1.0, "the probability of a geometric number is above 0 and at most 1");
  if (p == 1.0) return 0;
  return static_cast<std::int64_t>(elementary::log(stream.uniform_open()) / elementary::log1p(-p));
}

}  // namespace tillstorm
