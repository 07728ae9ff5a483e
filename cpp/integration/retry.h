#pragma once
// MSG-09: how long to wait before the next attempt.
#include <cstdint>

#include "base/time.h"
#include "rules/bus.h"
#include "rules/rule_book.h"

namespace tillstorm::integration {

/// Attempt `failed` (the first is 1) of the message with this key has failed; `last` is what was waited before it.
/// Never shorter than `retry_after`, which the other side has asked for.
Duration wait_before_retry(const RetryRule& rule, const RuleBook& rules, std::uint64_t seed, std::uint64_t key,
                           std::uint32_t failed, Duration last, Duration retry_after);

}  // namespace tillstorm::integration
