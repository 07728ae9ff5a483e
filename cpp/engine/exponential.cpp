#include "engine/exponential.h"

#include "engine/elementary.h"

namespace tillstorm {
namespace {

constexpr double kTail = 7.69711747013104972;   // right edge of the lowest layer
constexpr double kArea = 3.949659822581572e-3;  // of each layer, the lowest with its tail

}  // namespace

ExponentialZiggurat::ExponentialZiggurat() {
  double x = kTail;
  const double base = kArea / elementary::exp(-kTail);  // the lowest layer as a rectangle
  layers[0] = {static_cast<std::uint64_t>(kTail / base * 0x1p53), base * 0x1p-53};
  height[0] = 1.0;
  layers[255].width = kTail * 0x1p-53;
  height[255] = elementary::exp(-kTail);
  layers[1].inside = 0;
  for (unsigned layer = 254; layer >= 1; --layer) {
    const double next = -elementary::log(kArea / x + elementary::exp(-x));
    layers[layer + 1].inside = static_cast<std::uint64_t>(next / x * 0x1p53);
    layers[layer].width = next * 0x1p-53;
    height[layer] = elementary::exp(-next);
    x = next;
  }
}

bool ExponentialZiggurat::accepts(unsigned layer, double& x, RandomStream& stream) const {
  if (layer == 0) {
    x = kTail - elementary::log(stream.uniform_open());
    return true;
  }
  return height[layer] + stream.uniform() * (height[layer - 1] - height[layer]) < elementary::exp(-x);
}

const ExponentialZiggurat kExponentialZiggurat;

}  // namespace tillstorm
