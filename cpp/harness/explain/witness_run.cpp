#include "harness/explain/witness_run.h"

#include <algorithm>

#include "base/currency.h"
#include "harness/explain/tracer.h"
#include "world/assemble.h"
#include "world/dispatch.h"

namespace tillstorm {
namespace {

constexpr std::size_t kFirstLines = 12;

/// What a story has told by `until`: its first lines and its last ones.
std::vector<std::string> shortened(const Trail& trail, Time until) {
  std::size_t count = 0;
  while (count < trail.lines.size() && trail.times[count] <= until) ++count;
  const auto begin = trail.lines.begin(), end = begin + static_cast<std::ptrdiff_t>(count);
  if (count <= kWitnessLines) return {begin, end};
  constexpr auto kFirst = static_cast<std::ptrdiff_t>(kFirstLines);
  constexpr auto kLast = static_cast<std::ptrdiff_t>(kWitnessLines - kFirstLines);
  std::vector<std::string> lines(begin, begin + kFirst);
  lines.push_back("... " + std::to_string(count - kWitnessLines) + " more lines ...");
  lines.insert(lines.end(), end - kLast, end);
  return lines;
}

/// Positions, ascending, of the violations that get a witness.
std::vector<std::size_t> choose(const std::vector<Violation>& violations) {
  std::vector<std::size_t> chosen;
  std::vector<std::string> promises;
  const auto can = [&](std::size_t i) {
    return chosen.size() < kWitnesses && violations[i].subject.kind != Subject::Kind::nothing;
  };
  for (std::size_t i = 0; i < violations.size(); ++i) {
    const std::string& promise = violations[i].promise;
    if (!can(i) || std::find(promises.begin(), promises.end(), promise) != promises.end()) continue;
    promises.push_back(promise);
    chosen.push_back(i);
  }
  for (std::size_t i = 0; i < violations.size(); ++i)
    if (can(i) && std::find(chosen.begin(), chosen.end(), i) == chosen.end()) chosen.push_back(i);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

std::vector<Trail> follow(const Scenario& scenario, const World& reached, const std::vector<Subject>& subjects,
                          Time until) {
  World world = make_world(reached.setup, scenario, reached.rules.active());
  Tracer tracer(world, subjects, currency_exponent(scenario.chain.currency));
  Dispatcher<Tracer> dispatcher(world, tracer);
  run(world.kernel, dispatcher, until);
  return tracer.trails();
}

}  // namespace

std::shared_ptr<const Scenario> without_recording(const Scenario& scenario) {
  auto copy = std::make_shared<Scenario>(scenario);
  copy->record = {};
  return copy;
}

std::string add_witnesses(const Scenario& scenario, const World& reached, WitnessCache& cache,
                          std::vector<Violation>& violations) {
  const std::vector<std::size_t> chosen = choose(violations);
  if (chosen.empty()) return {};
  if (reached.kernel.dispatched > kLongestWitnessRun)
    return "the run had more than " + std::to_string(kLongestWitnessRun / 1'000'000) +
           " million events and was not made again for witnesses; the replay commands show them";
  if (chosen != cache.chosen) {
    std::vector<Subject> subjects;
    Time until{};
    cache.found.clear();
    for (const std::size_t i : chosen) {
      cache.found.push_back(violations[i]);
      until = std::max(until, violations[i].at + kMicrosecond);
      if (std::find(subjects.begin(), subjects.end(), violations[i].subject) == subjects.end())
        subjects.push_back(violations[i].subject);
    }
    const std::vector<Trail> trails = follow(scenario, reached, subjects, until);
    for (Violation& violation : cache.found)
      for (std::size_t i = 0; i < subjects.size(); ++i) {
        if (!(subjects[i] == violation.subject)) continue;
        violation.witness = shortened(trails[i], violation.at);
        violation.explain = trails[i].filter;
      }
    cache.chosen = chosen;
  }
  for (std::size_t i = 0; i < chosen.size(); ++i) violations[chosen[i]] = cache.found[i];
  return {};
}

}  // namespace tillstorm
