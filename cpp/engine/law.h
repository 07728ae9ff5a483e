#pragma once
// A law of a real number as plain data, for service times, patience, latencies and lead times given by a scenario.
#include <cstdint>

#include "engine/random_stream.h"

namespace tillstorm {

struct Law {
  enum class Kind : std::uint8_t {
    constant,     ///< a.
    uniform,      ///< Between a and b >= a.
    exponential,  ///< Mean a >= 0.
    normal,       ///< Mean a, standard deviation b >= 0; may be negative.
    log_normal,   ///< Median a > 0, standard deviation b >= 0 of the logarithm.
    gamma,        ///< Shape a > 0, scale b > 0.
    erlang,       ///< a >= 1 stages (a whole number), mean b >= 0 in all.
    weibull,      ///< Shape a > 0, scale b > 0.
    triangular,   ///< From a over the mode b to c, a <= b <= c.
  };
  Kind kind = Kind::constant;
  double a = 0.0, b = 0.0, c = 0.0;
  bool operator==(const Law&) const = default;
};

/// One draw, in the unit of the law's parameters. A constant takes nothing from the stream.
double sample(const Law& law, RandomStream& stream);
double mean(const Law& law);
double variance(const Law& law);
/// Squared coefficient of variation, variance / mean^2; NaN for mean 0.
double scv(const Law& law);

/// Uniform in [low, high).
double uniform(double low, double high, RandomStream& stream);
/// Triangular from low over mode to high, by inversion: one word.
double triangular(double low, double mode, double high, RandomStream& stream);

}  // namespace tillstorm
