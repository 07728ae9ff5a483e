#pragma once
// From a scenario to a world ready to run.
#include <cstdint>
#include <memory>

#include "scenario/scenario.h"
#include "world/trace.h"
#include "world/world.h"

namespace tillstorm {

/// What a run of `scenario` (expanded) does not change. `trace` is needed in trace mode; its columns must outlive the
/// setup. Throws InputError for what cannot be simulated.
std::shared_ptr<const WorldSetup> make_setup(const Scenario& scenario, const Trace* trace, std::uint64_t seed);

/// The world at the start: stock on the shelves and in the books, first events scheduled. `mutant`: the rule that is
/// broken on purpose.
World make_world(std::shared_ptr<const WorldSetup> setup, const Scenario& scenario, Mutant mutant = Mutant::none);

}  // namespace tillstorm
