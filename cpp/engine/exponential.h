#pragma once
// The exponential distribution, by the ziggurat of 256 layers: G. Marsaglia, W. W. Tsang: "The ziggurat method for
// generating random variables", J. Stat. Softw. 5 (2000), with separate bits for the layer and the position in it.
#include <array>
#include <cstdint>

#include "engine/random_stream.h"

namespace tillstorm {

/// The layers, made at start-up with our own functions.
struct ExponentialZiggurat {
  struct Layer {
    std::uint64_t inside;  ///< A 53-bit position below this is under the curve without looking.
    double width;          ///< Of one unit of position.
  };
  std::array<Layer, 256> layers{};
  std::array<double, 256> height{};  ///< e^-x at the right edge of each layer.
  ExponentialZiggurat();

  /// When `position` is not inside `layer` at once, 1 time in 90: true if x is drawn (and perhaps replaced).
  bool accepts(unsigned layer, double& x, RandomStream& stream) const;
};
extern const ExponentialZiggurat kExponentialZiggurat;

/// Exponential with mean 1; one word of the stream in 98.9 % of draws. The words used do not depend on any mean, so
/// `mean * exponential(stream)` keeps variants of a mean on common random numbers.
inline double exponential(RandomStream& stream) {
  for (;;) {
    const std::uint64_t word = stream.next64();
    const unsigned layer = word & 255U;
    const std::uint64_t position = word >> 11;
    double x = static_cast<double>(position) * kExponentialZiggurat.layers[layer].width;
    if (position < kExponentialZiggurat.layers[layer].inside) [[likely]]
      return x;
    if (kExponentialZiggurat.accepts(layer, x, stream)) return x;
  }
}

}  // namespace tillstorm
