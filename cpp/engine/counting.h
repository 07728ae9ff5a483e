#pragma once
// Distributions of counts: arrivals, units, trials.
#include <cstdint>

#include "engine/random_stream.h"

namespace tillstorm {

/// Poisson with mean 0 <= mean <= 1e9. Below 10 by inversion (one word); above by transformed rejection: W. Hörmann,
/// "The transformed rejection method for generating Poisson random variables" (PTRS), Insur. Math. Econ. 12 (1993).
std::int64_t poisson(double mean, RandomStream& stream);

/// Successes among `trials` >= 0, each with probability 0 <= p <= 1. While min(p, 1-p) * trials < 10 by inversion, else
/// by transformed rejection: W. Hörmann, "The generation of binomial random variates" (BTRS), J. Stat. Comput. Simul.
/// 46 (1993).
std::int64_t binomial(std::int64_t trials, double p, RandomStream& stream);

/// Negative binomial with the given mean >= 0 and dispersion k > 0: variance mean + mean^2 / k. A Poisson of a gamma.
std::int64_t negative_binomial(double mean, double dispersion, RandomStream& stream);

/// Failures before the first success, 0 < p <= 1: mean (1-p)/p. `1 + geometric(p)` counts the trials. One word.
std::int64_t geometric(double p, RandomStream& stream);

}  // namespace tillstorm
