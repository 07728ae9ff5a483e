#include "integration/retry.h"

#include <algorithm>

#include "engine/random_stream.h"

namespace tillstorm::integration {
namespace {

constexpr std::uint64_t kWait = purpose_of("retry.wait");

/// Uniform in [low, high] microseconds, both included up to the grain of the draw.
Duration drawn(RandomStream& stream, Duration low, Duration high) {
  if (high <= low) return low;
  return low + Duration{static_cast<std::int64_t>(stream.uniform() * static_cast<double>((high - low).us + 1))};
}

}  // namespace

Duration wait_before_retry(const RetryRule& rule, const RuleBook& rules, std::uint64_t seed, std::uint64_t key,
                           std::uint32_t failed, Duration last, Duration retry_after) {
  const Duration base = rule.base_ms * kMillisecond, cap = std::max(base, rule.cap_ms * kMillisecond);
  // Doubled as long as it is below the cap: 2^60 milliseconds would not fit.
  Duration limit = base;
  for (std::uint32_t a = 1; a < failed && limit < cap; ++a) limit = limit * 2;
  limit = std::min(limit, cap);
  if (rules.is(Mutant::retry_at_once)) return kMicrosecond;
  RandomStream stream(seed, kWait, key, failed);
  Duration wait = limit;
  switch (rule.jitter) {
    case Jitter::full:
      wait = drawn(stream, Duration{}, limit);
      break;
    case Jitter::equal:
      wait = drawn(stream, limit / 2, limit);
      break;
    case Jitter::decorrelated:
      wait = std::min(cap, drawn(stream, base, std::max(base, last * 3)));
      break;
    case Jitter::none:
      break;
  }
  return std::max({wait, retry_after, kMicrosecond});
}

}  // namespace tillstorm::integration
