// Prints the digests of small chains, one for each posting mode, with outages, duplicates and failing tills.
#include <cstdint>
#include <cstdio>

#include "harness/simulation.h"
#include "world/generate/generate.h"

namespace {

tillstorm::Scenario chain(tillstorm::PostingMode mode) {
  using namespace tillstorm;
  Scenario s;
  s.name = "digest";
  s.days = 5;
  s.chain.generate = GeneratedStores{};
  s.chain.generate->stores = 4;
  s.catalogue.generate = GeneratedItems{};
  s.catalogue.generate->items = 300;
  s.demand.online = OnlineDemand{};
  s.people.till_failures = TillFailures{};
  s.people.checkout.law_seconds = LawSpec::gamma(70, 0.5);
  s.demand.shopping_minutes = LawSpec::log_normal(12, 0.6);
  s.integration.posting.mode = mode;
  for (const FaultKind kind : {FaultKind::store_link_down, FaultKind::duplicate, FaultKind::lost_acknowledgement}) {
    Fault fault;
    fault.kind = kind;
    fault.from = {(s.start.days + 1) * kDay.us + (10 + static_cast<int>(kind)) * kHour.us, false};
    fault.for_ = 3 * kHour;
    fault.share_ppm = 300'000;
    s.faults.push_back(fault);
  }
  return expand(s);
}

}  // namespace

int main() {
  for (const auto mode :
       {tillstorm::PostingMode::realtime, tillstorm::PostingMode::microbatch, tillstorm::PostingMode::batch}) {
    tillstorm::Simulation simulation(chain(mode), nullptr, {7, true});
    simulation.advance(tillstorm::kNever, ~std::uint64_t{0});
    const tillstorm::RunResult result = simulation.result();
    std::printf("%s %llu tickets %llu violations\n", result.digest.c_str(),
                static_cast<unsigned long long>(result.counters.tickets),
                static_cast<unsigned long long>(result.violations_counted));
  }
}
