#pragma once
// Stock at the start: on the shelves, in the DC, and in the books.
#include "scenario/scenario.h"
#include "world/assortments.h"
#include "world/world.h"

namespace tillstorm {

/// Works out the opening stock and the mean daily sales of every cell.
void add_opening_stock(WorldSetup& setup, const Scenario& scenario, const Assortments& assortments);
/// Puts the opening stock on shelves, in backrooms and in the DC, with the tills' copies of the prices.
void stock_truth(World& world, const Scenario& scenario);
/// Books the same stock, with the velocities that planning starts from.
void open_books(World& world);

}  // namespace tillstorm
