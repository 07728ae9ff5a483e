#include "engine/gamma.h"

#include <cmath>

#include "engine/elementary.h"
#include "engine/exponential.h"
#include "engine/normal.h"

namespace tillstorm {

double gamma(double shape, double scale, RandomStream& stream) {
  const bool boosted = shape < 1.0;
  const double d = (boosted ? shape + 1.0 : shape) - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double x = normal(stream);
    const double root = 1.0 + c * x;
    if (root <= 0.0) continue;
    const double v = root * root * root;
    const double u = stream.uniform_open();
    const double square = x * x;
    if (u < 1.0 - 0.0331 * square * square || elementary::log(u) < 0.5 * square + d * (1.0 - v + elementary::log(v))) {
      const double value = d * v * scale;
      return boosted ? value * elementary::pow(stream.uniform_open(), 1.0 / shape) : value;
    }
  }
}

double erlang(std::uint32_t stages, double mean, RandomStream& stream) {
  if (stages > 12) return gamma(static_cast<double>(stages), mean / static_cast<double>(stages), stream);
  double sum = 0.0;
  for (std::uint32_t stage = 0; stage < stages; ++stage) sum += exponential(stream);
  return sum * (mean / static_cast<double>(stages));
}

double weibull(double shape, double scale, RandomStream& stream) {
  return scale * elementary::pow(exponential(stream), 1.0 / shape);
}

}  // namespace tillstorm
