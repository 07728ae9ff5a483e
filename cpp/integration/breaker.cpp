#include "integration/breaker.h"

#include <algorithm>

#include "rules/bus_rules.h"

namespace tillstorm::integration {
namespace {

using Outcome = rule::CircuitBreaker::Outcome;

}  // namespace

bool Breaker::is_too_bad(const BreakerRule& rule, std::int64_t second) const {
  std::int64_t calls = 0, failures = 0;
  for (const Second& each : seconds_) {
    if (each.second <= second - rule.window_seconds) continue;
    calls += each.calls;
    failures += each.failures;
  }
  return calls >= rule.min_calls && failures * 1'000'000 >= rule.failure_ppm * calls;
}

void Breaker::open(const BreakerRule& rule, Time now, std::int64_t seconds) {
  state_ = State::open;
  is_probing_ = false;
  probes_ = 0;
  open_seconds_ = std::min<std::int64_t>(seconds, rule.open_cap_seconds);
  open_until_ = now + open_seconds_ * kSecond;
}

bool Breaker::ended(const BreakerRule& rule, RuleBook& rules, Time now, bool failed) {
  if (state_ == State::half_open) {
    is_probing_ = false;
    if (failed) {
      rules.count(Outcome::probe_failed_reopened);
      open(rule, now, rules.is(Mutant::breaker_reopens_at_once) ? 0 : open_seconds_ * 2);
      return true;
    }
    if (++probes_ < rule.half_open_probes) return false;
    rules.count(Outcome::probe_succeeded_closed);
    state_ = State::closed;
    seconds_.clear();
    return false;
  }
  if (seconds_.empty()) seconds_.resize(static_cast<std::size_t>(rule.window_seconds));
  const std::int64_t second = now.us / kSecond.us;
  Second& here = seconds_[static_cast<std::size_t>(second % rule.window_seconds)];
  if (here.second != second) here = {second, 0, 0};
  ++here.calls;
  here.failures += failed ? 1 : 0;
  if (!failed || state_ == State::open || rule.scope == BreakerScope::off || !is_too_bad(rule, second)) return false;
  rules.count(Outcome::opened);
  open(rule, now, rule.open_seconds);
  return true;
}

}  // namespace tillstorm::integration
