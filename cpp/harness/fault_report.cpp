#include "harness/fault_report.h"

#include <algorithm>

namespace tillstorm {

std::vector<FaultOutcome> fault_outcomes(const World& world) {
  std::vector<FaultOutcome> outcomes;
  const std::uint32_t places = world.addresses().places();
  for (std::uint32_t f = 0; f < world.setup->faults.size(); ++f) {
    const FaultSetup& fault = world.setup->faults[f];
    FaultOutcome outcome{std::string(text_of(fault.kind).name), fault.when.from, fault.when.until(), 0, {}};
    outcome.stores = static_cast<std::uint64_t>(std::count_if(fault.sources.begin(), fault.sources.end(),
                                                              [&](std::uint32_t source) { return source < places; }));
    for (const auto& effect : names_of(FaultEffect{}))
      if (const std::uint64_t count = world.faults.of(f, effect.value); count != 0)
        outcome.effects.push_back({std::string(effect.name), count});
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

}  // namespace tillstorm
