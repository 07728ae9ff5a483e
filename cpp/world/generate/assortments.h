#pragma once
#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace tillstorm {

/// The generated assortments that stores of `scenario` name. `scenario` has its generated stores already, its generated
/// items not yet.
std::vector<Assortment> draw_assortments(const Scenario& scenario);

}  // namespace tillstorm
