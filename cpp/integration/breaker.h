#pragma once
// MSG-10: no calls while most of them fail.
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "rules/bus.h"
#include "rules/rule_book.h"

namespace tillstorm::integration {

/// One breaker. Calls are counted by whole seconds of the bus's clock. Plain data.
class Breaker {
 public:
  enum class State : std::uint8_t { closed, open, half_open };

  /// True if a call may be made now; in half-open, one at a time.
  bool allows() const { return state_ == State::closed || (state_ == State::half_open && !is_probing_); }
  /// A call begins.
  void begins() { is_probing_ = state_ == State::half_open; }
  /// A call that had begun was broken off and says nothing about the other side.
  void forgotten() { is_probing_ = false; }
  /// A call has ended. True if the breaker has just opened: `opens_until` says for how long.
  bool ended(const BreakerRule& rule, RuleBook& rules, Time now, bool failed);
  /// The time of being open is over.
  void half_open() {
    if (state_ == State::open) state_ = State::half_open;
  }
  Time open_until() const { return open_until_; }
  State state() const { return state_; }

 private:
  struct Second {
    std::int64_t second = -1;
    std::uint32_t calls = 0, failures = 0;
  };
  void open(const BreakerRule& rule, Time now, std::int64_t seconds);
  bool is_too_bad(const BreakerRule& rule, std::int64_t second) const;

  std::vector<Second> seconds_;  ///< The window, by second modulo its length; made at the first call.
  State state_ = State::closed;
  bool is_probing_ = false;
  std::int32_t probes_ = 0;        ///< Successful ones in a row.
  std::int64_t open_seconds_ = 0;  ///< The last time.
  Time open_until_{};
};

}  // namespace tillstorm::integration
