#include "integration/latency.h"

#include <algorithm>
#include <vector>

#include "engine/elementary.h"
#include "engine/normal.h"

namespace tillstorm::integration {

LatencyTable::LatencyTable(const Law& law, Duration least) {
  constexpr std::size_t kDrawsPerValue = 64;
  std::vector<double> milliseconds(values_.size());
  if (law.kind == Law::Kind::log_normal) {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      const double p = (static_cast<double>(i) + 0.5) / static_cast<double>(values_.size());
      milliseconds[i] = law.a * elementary::exp(law.b * normal_quantile(p));
    }
  } else {
    RandomStream stream(0, purpose_of("latency table"), 0, 0);
    std::vector<double> draws(values_.size() * kDrawsPerValue);
    for (double& draw : draws) draw = sample(law, stream);
    std::sort(draws.begin(), draws.end());
    for (std::size_t i = 0; i < values_.size(); ++i) milliseconds[i] = draws[i * kDrawsPerValue + kDrawsPerValue / 2];
  }
  for (std::size_t i = 0; i < values_.size(); ++i)
    values_[i] = std::max(least.us, static_cast<std::int64_t>(milliseconds[i] * 1000.0));
}

}  // namespace tillstorm::integration
