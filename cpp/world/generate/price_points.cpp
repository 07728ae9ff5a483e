#include "world/generate/price_points.h"

#include <algorithm>

namespace tillstorm {

std::int64_t price_point(std::int64_t price_minor) {
  const std::int64_t step = price_minor < 500      ? 10
                            : price_minor < 2'000  ? 50
                            : price_minor < 10'000 ? 100
                            : price_minor < 50'000 ? 500
                                                   : 1'000;
  // Prices are one less than a multiple of the step.
  const std::int64_t multiple = (price_minor + 1 + step / 2) / step;
  return std::max<std::int64_t>(multiple, 1) * step - 1;
}

}  // namespace tillstorm
