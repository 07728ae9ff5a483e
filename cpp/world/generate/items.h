#pragma once
#include <cstdint>

#include "scenario/scenario.h"

namespace tillstorm {

/// The k-th generated item, k = 1 .. items: the same whatever their number.
Item draw_item(const GeneratedItems& generate, std::int32_t k);

/// Where the k-th item stands in the order of popularity: 0 is the most popular, 1 the least.
double popularity_quantile(const GeneratedItems& generate, std::int32_t k);

}  // namespace tillstorm
