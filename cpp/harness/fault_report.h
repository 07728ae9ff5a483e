#pragma once
// Each fault of the scenario and what it did.
#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "world/world.h"

namespace tillstorm {

struct FaultOutcome {
  std::string kind;
  Time from{}, until{};      ///< First beginning and last end.
  std::uint64_t stores = 0;  ///< Places hit, the DC included.
  struct Effect {
    std::string name;  ///< See FaultEffect.
    std::uint64_t count = 0;
  };
  std::vector<Effect> effects;  ///< Those that happened; none: the fault is inert.
};

/// In the order of the scenario.
std::vector<FaultOutcome> fault_outcomes(const World& world);

}  // namespace tillstorm
