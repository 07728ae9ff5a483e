#pragma once
// Broken promises as they are found: the first of each promise whole, all of them counted.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "harness/violation.h"

namespace tillstorm {

/// Of each promise; what comes after is counted only, so that a noisy promise cannot hide another.
inline constexpr std::uint64_t kViolationsKept = 20;

struct Violations {
  struct Count {
    std::string promise;
    std::uint64_t times = 0;
  };
  std::vector<Violation> kept;    ///< In the order in which they were seen.
  std::vector<Count> by_promise;  ///< Promises that were broken, in the order of their first time.
  std::uint64_t counted = 0;

  void add(Violation violation) {
    ++counted;
    Count& count = count_of(violation.promise);
    if (++count.times <= kViolationsKept) kept.push_back(std::move(violation));
  }

 private:
  Count& count_of(const std::string& promise) {
    for (Count& each : by_promise)
      if (each.promise == promise) return each;
    return by_promise.emplace_back(Count{promise, 0});
  }
};

}  // namespace tillstorm
