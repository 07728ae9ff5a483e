#pragma once
// A chain small enough for a test: two stores by default, a DC, twenty items, a few days.
#include <string>

#include "harness/simulation.h"
#include "scenario/scenario.h"
#include "world/generate/generate.h"

namespace tillstorm {

inline Scenario small_chain(int stores = 2, int items = 20, int days = 3) {
  Scenario s;
  s.name = "small";
  s.days = days;
  s.chain.generate = GeneratedStores{};
  s.chain.generate->stores = stores;
  s.catalogue.generate = GeneratedItems{};
  s.catalogue.generate->items = items;
  s.chain.distribution_centres.emplace_back();
  s.demand.online = OnlineDemand{};
  return expand(s);
}

inline Fault fault_of(FaultKind kind, const Scenario& s, Duration after_start, Duration length) {
  Fault fault;
  fault.kind = kind;
  fault.from = {s.start.days * kDay.us + after_start.us, false};
  fault.for_ = length;
  return fault;
}

/// Faults that only a batch can have.
inline bool is_of_batches(FaultKind kind) {
  return kind == FaultKind::batch_crash || kind == FaultKind::file_truncated || kind == FaultKind::file_sent_twice;
}

/// A fault of this kind whose knobs have values at which it is felt.
inline Fault biting_fault(FaultKind kind, const Scenario& s, Duration after_start, Duration length) {
  Fault fault = fault_of(kind, s, after_start, length);
  if (text_of(kind).knobs.find("share_ppm") != std::string_view::npos) fault.share_ppm = 300'000;
  if (is_of_batches(kind)) fault.share_ppm = 1'000'000;  // there are few of them
  if (kind == FaultKind::region_partition) fault.regions = {s.chain.stores[0].region};
  if (kind == FaultKind::delay) fault.delay = 10 * kMinute;
  if (text_of(kind).target == FaultTarget::masters) {  // prices are published at night
    fault = fault_of(kind, s, kDay, kDay + length);
    fault.share_ppm = 1'000'000;
    fault.delay = 12 * kHour;
  }
  if (kind == FaultKind::terminal_crash) {
    fault.for_.reset();
    fault.repeat = FaultRepeat{10 * kMinute, 20};
  }
  return fault;
}

inline RunResult run_to_end(const Scenario& s, std::uint64_t seed = 1, Mutant mutant = Mutant::none) {
  Simulation simulation(s, nullptr, {seed, true, mutant});
  simulation.advance(kNever, ~std::uint64_t{0});
  return simulation.result();
}

inline double kpi(const RunResult& result, const std::string& name) {
  for (const Kpi& each : result.kpis)
    if (each.name == name) return each.value;
  ADD_FAILURE() << "no figure " << name;
  return 0;
}

}  // namespace tillstorm
