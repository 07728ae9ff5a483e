#pragma once
// What a run notes of its rules: how often each outcome was taken, and which mutant is switched on. Plain data of fixed
// size: a copy goes with a snapshot, and noting an outcome is one addition at a constant address.
#include <array>
#include <cstdint>

#include "rules/all_rules.h"
#include "rules/mutant.h"

namespace tillstorm {

#ifdef TILLSTORM_WITHOUT_COVERAGE
inline constexpr bool kCoverage = false;  // only to measure what counting costs
#else
inline constexpr bool kCoverage = true;
#endif
#ifdef TILLSTORM_WITHOUT_MUTANTS
inline constexpr bool kMutants = false;  // only to measure what asking costs
#else
inline constexpr bool kMutants = true;
#endif

class RuleBook {
 public:
  explicit RuleBook(Mutant active = Mutant::none) : active_(active) {}

  /// A rule has come to this outcome: `rules.count(DedupeThenPost::Outcome::first_post)`.
  template <class Outcome>
  void count(Outcome outcome) {
    if constexpr (kCoverage) ++taken_[AllRules::index_of_outcome(outcome)];
  }
  /// The same, `times` over.
  template <class Outcome>
  void count(Outcome outcome, std::uint64_t times) {
    if constexpr (kCoverage) taken_[AllRules::index_of_outcome(outcome)] += times;
  }
  template <class Outcome>
  std::uint64_t taken(Outcome outcome) const {
    return taken_[AllRules::index_of_outcome(outcome)];
  }
  /// By position in the list of all outcomes, rules in the order of the list.
  const std::array<std::uint64_t, AllRules::kOutcomes>& taken() const { return taken_; }

  /// True in a run in which this rule is broken on purpose.
  bool is(Mutant mutant) const {
    if constexpr (!kMutants) return false;
    return active_ == mutant;
  }
  Mutant active() const { return active_; }

 private:
  std::array<std::uint64_t, AllRules::kOutcomes> taken_{};
  Mutant active_;
};

}  // namespace tillstorm
