#pragma once
// From the `generate` blocks of a scenario to explicit stores, items and assortments.
#include <cstdint>

#include "scenario/scenario.h"

namespace tillstorm {

/// Replaces the `generate` blocks by what they stand for, beside what is listed, and sorts stores, items, assortments
/// and their entries by id. Depends on nothing but the scenario: store k and item k are the same however many others
/// there are. A scenario without such blocks is only sorted. Expanding twice changes nothing.
/// Throws InputError if a drawn id is also a listed one.
Scenario expand(Scenario scenario);

/// Memory a run of the scenario needs, from its sizes alone (before expansion) [bytes]; meant to be right within a
/// factor of two.
std::uint64_t estimate_bytes(const Scenario& scenario);

/// Throws InputError with the estimate if it is above `limit_bytes`.
void require_fits(const Scenario& scenario, std::uint64_t limit_bytes);

}  // namespace tillstorm
