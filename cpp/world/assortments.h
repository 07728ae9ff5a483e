#pragma once
// Which store carries what, how much of it sells, and what it starts with.
#include <cstdint>
#include <vector>

#include "base/item_index.h"
#include "scenario/scenario.h"
#include "world/trace.h"

namespace tillstorm {

/// Shared by all stores with the same range.
struct Range {
  std::string id;
  ItemIndex index;
  std::vector<double> weights;  ///< Popularity, by position.
};

struct Assortments {
  std::vector<Range> ranges;
  std::vector<std::uint32_t> range_of_store;
  /// Mean sales of each cell of a store, by position [base units a day].
  std::vector<std::vector<double>> daily_sales;
};

/// From the scenario's assortments, or in trace mode from the pairs that occur in the log.
Assortments make_assortments(const Scenario& scenario, const Trace* trace,
                             const std::vector<std::uint32_t>& trace_stores,
                             const std::vector<std::uint32_t>& trace_items);

/// Index of each of the trace's names among `ids` (sorted). Throws InputError for a name that is not there.
std::vector<std::uint32_t> resolve_names(const std::vector<std::string>& names, const std::vector<std::string>& ids,
                                         const char* what);

}  // namespace tillstorm
