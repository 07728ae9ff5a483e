#pragma once
// Looks at every cell of a store at closing time, now and then: how right the books are, how full the shelves.
#include <cstdint>

namespace tillstorm {

struct StockSamples {
  std::uint64_t cells = 0;     ///< Pairs of store and item looked at.
  std::uint64_t exact = 0;     ///< Books and truth agreed.
  std::uint64_t on_shelf = 0;  ///< A customer could have taken at least one.
  std::uint64_t in_backroom_only = 0;
  std::uint64_t error_units = 0;  ///< Sum of the differences, without sign [base units].
};

}  // namespace tillstorm
