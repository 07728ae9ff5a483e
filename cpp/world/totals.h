#pragma once
// The counters of all sites, gathered.
#include <cstdint>

#include "world/world.h"

namespace tillstorm {

RunTotals totals_of(const World& world);
/// The days are over: keeps the totals of this moment, at which the figures stop.
void end_days(World& world);
/// Looks at a store's cells at its closing time: each day in runs of up to 31 days, every seventh in longer ones.
void sample_stock(World& world, std::uint32_t store);

}  // namespace tillstorm
