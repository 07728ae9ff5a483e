#pragma once
#include "scenario/scenario.h"

namespace tillstorm::bindings {

/// A scenario that was read, as Python holds it: never changed afterwards.
struct ScenarioHandle {
  Scenario scenario;
};

/// The scenario ready for a run: refused if a run of it would not fit in this machine's memory, then expanded.
/// Throws InputError.
Scenario ready_to_run(const ScenarioHandle& handle);

}  // namespace tillstorm::bindings
