#pragma once
#include <cstdint>

namespace tillstorm {

/// The price ending in 9 that is nearest to `price_minor`, as shops write prices: x.x9 below 5.00, x.49 or x.99 below
/// 20.00, x.99 below 100.00, x4.99 or x9.99 below 500.00, then x9.99. At least 0.09, and at least `price_minor` / 2.
std::int64_t price_point(std::int64_t price_minor);

}  // namespace tillstorm
