#pragma once
// Gamma, Erlang and Weibull: positive laws for service times, patience and lead times.
#include <cstdint>

#include "engine/random_stream.h"

namespace tillstorm {

/// Gamma with the given shape > 0 and scale > 0 (mean shape * scale). G. Marsaglia, W. W. Tsang: "A simple method for
/// generating gamma variables", ACM TOMS 26 (2000); below shape 1 by their boost from shape + 1.
double gamma(double shape, double scale, RandomStream& stream);

/// Sum of `stages` >= 1 exponentials, with the given mean in all: scv 1 / stages.
double erlang(std::uint32_t stages, double mean, RandomStream& stream);

/// Weibull with the given shape > 0 and scale > 0, by inversion: scale * E^(1/shape) for a unit exponential E.
double weibull(double shape, double scale, RandomStream& stream);

}  // namespace tillstorm
