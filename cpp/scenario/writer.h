#pragma once
#include <string>

#include "scenario/scenario.h"

namespace tillstorm {

/// The scenario as canonical JSON: keys in the order of the field tables, only what differs from the defaults. Reading
/// it back gives an equal scenario.
std::string write_scenario(const Scenario& scenario);

/// Field by field.
bool same_scenario(const Scenario& a, const Scenario& b);

}  // namespace tillstorm
