#pragma once
// MSG-19: a quota of calls, exact in integers.
#include <algorithm>
#include <cstdint>

#include "base/time.h"

namespace tillstorm::integration {

/// `rate` tokens come in each second, at most `burst` are kept; full at the start. Rate 0: no quota.
class TokenBucket {
 public:
  TokenBucket() = default;
  TokenBucket(std::int64_t rate, std::int64_t burst, Time now)
      : rate_(rate), most_(burst * kToken), tokens_(most_), since_(now) {}

  bool has_token(Time now) {
    if (rate_ == 0) return true;
    refill(now);
    return tokens_ >= kToken;
  }
  void take(Time now) {
    if (rate_ == 0) return;
    refill(now);
    tokens_ -= kToken;
  }
  /// When there will be a token, if none is taken before; there is none now.
  Time next(Time now) {
    refill(now);
    return now + Duration{(kToken - tokens_ + rate_ - 1) / rate_};
  }

 private:
  static constexpr std::int64_t kToken = 1'000'000;  ///< Rate is in tokens a second, time in microseconds.
  void refill(Time now) {
    const std::int64_t passed = std::min((now - since_).us, most_ / rate_ + 1);
    tokens_ = std::min(most_, tokens_ + passed * rate_);
    since_ = now;
  }

  std::int64_t rate_ = 0, most_ = 0, tokens_ = 0;
  Time since_{};
};

}  // namespace tillstorm::integration
