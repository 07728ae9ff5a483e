#pragma once
// The product's front door in C++: a scenario in, a run that can be advanced, looked at, copied and read out.
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analytics/kpis/kpi.h"
#include "base/time.h"
#include "engine/kernel.h"
#include "harness/explain/trail.h"
#include "harness/fault_report.h"
#include "harness/violations.h"
#include "record/table.h"
#include "rules/rule_book.h"
#include "scenario/scenario.h"
#include "world/trace.h"

namespace tillstorm {

/// How the run went, beside its figures.
struct RunCounters {
  std::uint64_t events = 0;
  std::uint64_t tickets = 0;
  std::uint64_t lines = 0;
  std::uint64_t messages_pending = 0;
  std::int64_t messages_behind = 0;    ///< Handed over, and not come to an end in the books or elsewhere (Backlog).
  std::uint64_t messages_aside = 0;    ///< Set aside, and waiting for somebody to mend or cancel them.
  std::uint64_t messages_sent_on = 0;  ///< Of those that were: sent on, and not heard of since.
  std::uint64_t state_bytes = 0;       ///< Memory held by the simulated world.
  std::uint64_t trace_outside = 0;     ///< Tickets of the replayed log outside the run's days: left out.
  std::uint64_t store_items = 0;       ///< Pairs of store and item carried.
};

/// How many exceptions of a type a role had.
struct ExceptionCount {
  std::string type;
  std::string role;
  std::uint64_t opened = 0;
  std::uint64_t open = 0;     ///< Still.
  std::uint64_t overdue = 0;  ///< Of those.
};

struct RunResult {
  bool is_partial = false;               ///< Stopped before its end: figures are of what was reached.
  Time reached{};                        ///< Simulated moment reached.
  std::string digest;                    ///< 32 hexadecimal digits over all facts.
  std::vector<Kpi> kpis;                 ///< In a fixed order.
  std::vector<Violation> violations;     ///< The first kViolationsKept of each promise.
  std::uint64_t violations_counted = 0;  ///< All of them.
  /// Promises that were broken and how often; those that are not here were kept.
  std::vector<Violations::Count> violations_by_promise;
  /// Why violations come without a witness; empty if they have one.
  std::string no_witness;
  std::vector<Trail> trails;  ///< Of RunOptions::explain, in its order.
  RunCounters counters;
  RuleBook rules;                          ///< How often each outcome of each rule was taken.
  std::vector<ExceptionCount> exceptions;  ///< In the order of types and roles.
  std::vector<FaultOutcome> faults;        ///< In the order of the scenario.
  std::optional<Time> healed;              ///< When the last fault is over, if there is one.
  std::optional<Time> converged;  ///< When books and truth agreed again everywhere; only where promises are checked.
  std::vector<std::string> not_converged;  ///< Places that have not.
  std::vector<std::string> stuck;          ///< What a run that is over has left pending, where and why; a line each.
};

struct RunOptions {
  std::uint64_t seed = 1;
  bool promises = true;          ///< Check the invariants; off only to measure what they cost.
  Mutant mutant = Mutant::none;  ///< A rule broken on purpose.
  /// Whose stories to tell, as `--explain` takes them: `ticket=0117-03-004211`.
  std::vector<std::string> explain{};
  /// Where promises are broken, run again up to there to tell what led to it.
  bool witness = true;
  /// A bit for each promise (Promises::bit_of): which of them, if any.
  std::uint32_t which_promises = ~std::uint32_t{0};
};

/// A run. Copying it takes a snapshot: both copies then go the same way.
class Simulation {
 public:
  /// `scenario` is expanded (world/generate). Throws InputError for what cannot be simulated or explained.
  Simulation(const Scenario& scenario, const Trace* trace, const RunOptions& options);
  Simulation(const Simulation&);
  Simulation(Simulation&&) noexcept;
  Simulation& operator=(const Simulation&);
  Simulation& operator=(Simulation&&) noexcept;
  ~Simulation();

  /// Dispatches events strictly before `until` (kNever: to the end of the drain), at most `max_events` of them.
  StopReason advance(Time until, std::uint64_t max_events, const std::atomic<bool>* stop = nullptr);

  Time now() const;
  Time start() const;
  /// When the last customer may come: start + days, midnight in chain.time_zone.
  Time end() const;
  /// Nothing is pending after `end`, or the drain's seven days are over, or the run made no progress and was stopped.
  bool finished() const;

  /// Stores then DCs, in the order of the on-hand matrices.
  const std::vector<std::string>& place_ids() const;
  const std::vector<std::string>& item_ids() const;
  /// Units really there, row-major places x items; -1 where the item is not carried [base units].
  std::vector<std::int32_t> truth_on_hand() const;
  /// Units the ERP believes to be there, the same shape [base units].
  std::vector<std::int32_t> book_on_hand() const;

  /// What was done so far; cheap enough to ask between slices of a run.
  RunCounters counters() const;
  /// Figures so far; checks what can only be judged at the end if the run is finished.
  RunResult result();
  /// Names of the tables that have been written, and their columns, valid until the run goes on.
  std::vector<std::string> table_names() const;
  TableView table(const std::string& name) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tillstorm
