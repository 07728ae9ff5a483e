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

inline RunResult run_to_end(const Scenario& s, std::uint64_t seed = 1) {
  Simulation simulation(s, nullptr, {seed, true});
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
