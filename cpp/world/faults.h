#pragma once
// What the faults of a scenario do to the road: the one place that knows what each kind means.
#include <cstdint>

#include "engine/event.h"
#include "integration/fault_knobs.h"
#include "world/world.h"

namespace tillstorm {

/// Where a fault can act on what a source says and hears.
enum class RoadEnd : std::uint8_t {
  source_sends,
  middleware_receives,
  bus,  ///< From the middleware to the books.
  middleware_sends,
  source_receives,
};

/// All that is wrong at this end at `now`.
integration::FaultKnobs knobs_at(const WorldSetup& setup, std::uint32_t source, RoadEnd end, Time now);

/// The sites that hear of faults hear of the first ones.
void schedule_faults(World& world);
/// The current site hears again of fault number `fault` when it next begins or ends for `source`.
void schedule_next_change(World& world, std::uint32_t fault, std::uint32_t source);

/// Says in the log that fault number `fault` begins or ends; called at each source that it hits.
void log_change(const World& world, std::uint32_t fault, std::uint32_t source);

/// A fault that has no length of its own strikes now.
bool crashes_now(const FaultSetup& fault, Time now);

/// If the ERP is down: the event comes again when it is back, and true.
bool wait_for_erp(World& world, const Event& event);

}  // namespace tillstorm
