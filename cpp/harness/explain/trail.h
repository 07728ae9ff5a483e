#pragma once
// The story of one subject: what happened to it, in causal order.
#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "harness/explain/subject.h"

namespace tillstorm {

/// Of each trail; what comes after is counted only.
inline constexpr std::size_t kTrailLines = 5'000;

struct Trail {
  Subject subject;
  std::string filter;              ///< As `--explain` takes it.
  std::vector<std::string> lines;  ///< Local date and time of the place, then what happened.
  std::vector<Time> times;         ///< Of each line.
  std::uint64_t left_out = 0;      ///< Lines beyond kTrailLines.
};

}  // namespace tillstorm
