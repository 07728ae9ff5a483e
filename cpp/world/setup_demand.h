#pragma once
// The parts of the setup that say how people behave.
#include <vector>

#include "model/setup.h"
#include "rules/law.h"
#include "scenario/scenario.h"

namespace tillstorm {

/// The sampled law that a scenario names.
Law law_of(const LawSpec& spec);
/// 1 + geometric with this mean (>= 1).
model::CountLaw one_plus_geometric(double mean);
/// Counts 1, 2, 3, ... in proportion to `weights`, of which at least one is positive.
model::CountLaw weighted_counts(const std::vector<double>& weights);
/// Mean lines of a ticket, by whichever law the scenario gives.
double mean_lines(const Demand& demand);
model::DemandSetup demand_setup(const Scenario& scenario);
model::TillSetup till_setup(const Scenario& scenario);

}  // namespace tillstorm
