#pragma once
// All key figures of a run, in a fixed order.
#include <vector>

#include "analytics/kpis/kpi.h"
#include "record/run_totals.h"

namespace tillstorm {

/// `minor_per_unit`: minor units of one unit of the currency (100 for USD).
std::vector<Kpi> kpis_of(const RunTotals& totals, double minor_per_unit);

}  // namespace tillstorm
