#pragma once
#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace tillstorm {

/// The k-th generated store, k = 1 .. stores: the same whatever their number.
Store draw_store(const GeneratedStores& generate, const Chain& chain, const Finance& finance, std::int32_t k);

/// The centre that serves generated stores.
DistributionCentre generated_centre(const Chain& chain);

}  // namespace tillstorm
