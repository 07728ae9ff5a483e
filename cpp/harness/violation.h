#pragma once
// A broken promise, in the words of the person who must act.
#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "harness/explain/subject.h"

namespace tillstorm {

struct Violation {
  std::string promise;  ///< Which invariant: snake case.
  Time at{};            ///< When it was seen.
  std::string place;    ///< Store or DC; empty if it concerns the chain.
  std::string entity;   ///< Ticket, item, account: what it is about.
  std::int64_t expected = 0;
  std::int64_t actual = 0;
  std::string message;  ///< One sentence with all of it.
  Subject subject;      ///< The message or item whose trace shows it.
  std::string explain;  ///< The same as a filter: `ticket=0117-03-004211`; empty if nothing can be traced.
  /// What led to it in causal order, a line for each step; empty beyond the first few violations.
  std::vector<std::string> witness;
};

}  // namespace tillstorm
