#pragma once
// What led to a broken promise, at no cost in runs that keep them all: a replay is exact, so the run is made again up
// to where the promise broke, following the few subjects that it is about.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/violation.h"
#include "scenario/scenario.h"
#include "world/world.h"

namespace tillstorm {

/// Violations that get a witness: the first one of each promise, then the others in their order.
inline constexpr std::size_t kWitnesses = 5;
/// A longer run is not made again [events].
inline constexpr std::uint64_t kLongestWitnessRun = 30'000'000;
/// Lines of one witness: the first few and the last ones.
inline constexpr std::size_t kWitnessLines = 26;

/// The witnesses that were found before, so that asking twice runs once.
struct WitnessCache {
  std::vector<std::size_t> chosen;  ///< Which of the violations.
  std::vector<Violation> found;     ///< Those, with their witness.
};

/// The scenario of a run that records nothing.
std::shared_ptr<const Scenario> without_recording(const Scenario& scenario);

/// Gives a few violations their witness, and a filter to those whose message got its name only so. Returns why
/// there is none, or an empty text.
std::string add_witnesses(const Scenario& scenario, const World& reached, WitnessCache& cache,
                          std::vector<Violation>& violations);

}  // namespace tillstorm
