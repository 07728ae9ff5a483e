#pragma once
// Trace mode: the baskets of a log happen again.
#include <cstdint>

#include "world/world.h"

namespace tillstorm {

/// The store's next ticket of the log happens now, and the one after it is scheduled.
void replay_next_ticket(World& world, std::uint32_t store);
/// Schedules the store's first ticket.
void start_trace(World& world, std::uint32_t store);

}  // namespace tillstorm
