#pragma once
// FaultKind::masters_late: which items the ERP does not know, and until when.
#include <vector>

#include "erp/setup.h"
#include "world/fault_setup.h"

namespace tillstorm {

/// Each time such a fault begins, a share of the items, drawn by item: a larger share has those of a smaller one.
std::vector<erp::MasterGap> master_gaps(const std::vector<FaultSetup>& faults, const erp::Setup& books);

}  // namespace tillstorm
