#pragma once
// A broken promise, in the words of the person who must act.
#include <cstdint>
#include <string>

#include "base/time.h"

namespace tillstorm {

struct Violation {
  std::string promise;  ///< Which invariant: snake case.
  Time at{};            ///< When it was seen.
  std::string place;    ///< Store or DC; empty if it concerns the chain.
  std::string entity;   ///< Ticket, item, account: what it is about.
  std::int64_t expected = 0;
  std::int64_t actual = 0;
  std::string message;  ///< One sentence with all of it.
  std::string replay;   ///< Command that shows it again.
};

}  // namespace tillstorm
