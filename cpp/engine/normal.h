#pragma once
// The normal distribution by inversion, so that a draw uses one word and is monotone in it.
#include "engine/elementary.h"
#include "engine/random_stream.h"

namespace tillstorm {

/// The standard normal quantile of p, 0 < p < 1, to about 1e-16 relative.
/// M. J. Wichura: "Algorithm AS 241: the percentage points of the normal distribution", Appl. Stat. 37 (1988), PPND16.
double normal_quantile(double p);

/// Normal with mean 0 and standard deviation 1: one word of the stream. The largest |draw| is 8.2.
inline double normal(RandomStream& stream) { return normal_quantile(stream.uniform_open()); }

/// Log-normal with the given median (> 0) and standard deviation `sigma` (>= 0) of its logarithm.
inline double log_normal(double median, double sigma, RandomStream& stream) {
  return median * elementary::exp(sigma * normal(stream));
}

}  // namespace tillstorm
