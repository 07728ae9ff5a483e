#pragma once
// Broken promises as they are found: the first ones whole, all of them counted.
#include <cstdint>
#include <vector>

#include "harness/violation.h"

namespace tillstorm {

inline constexpr std::size_t kViolationsKept = 100;

struct Violations {
  std::vector<Violation> kept;  ///< The first kViolationsKept.
  std::uint64_t counted = 0;

  void add(Violation violation) {
    ++counted;
    if (kept.size() < kViolationsKept) kept.push_back(std::move(violation));
  }
};

}  // namespace tillstorm
