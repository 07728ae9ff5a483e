#pragma once
// The list of rules: the one place that knows all of them.
#include <cstddef>
#include <type_traits>

#include "rules/books_rules.h"
#include "rules/bus_rules.h"
#include "rules/exception_rules.h"
#include "rules/finance_rules.h"
#include "rules/master_rules.h"
#include "rules/message_rules.h"
#include "rules/offline_rules.h"
#include "rules/pos_rules.h"
#include "rules/schema_rules.h"
#include "rules/sequence_rules.h"
#include "rules/supply_rules.h"

namespace tillstorm {

/// Rules in order; their outcomes are numbered through.
template <class... Rules>
struct RuleList {
  template <class Rule>
  static constexpr std::size_t outcomes_of = names_of(typename Rule::Outcome{}).size();
  static constexpr std::size_t kRules = sizeof...(Rules);
  static constexpr std::size_t kOutcomes = (outcomes_of<Rules> + ... + 0);

  /// Place of an outcome among all outcomes; known when it is compiled, but for the outcome's own number.
  template <class Outcome>
  static constexpr std::size_t index_of_outcome(Outcome outcome) {
    constexpr std::size_t kFirst = first_of<Outcome>();
    return kFirst + static_cast<std::size_t>(outcome);
  }
  /// Calls `visit.template operator()<Rule>()` for each rule in order.
  template <class Visit>
  static void each(Visit&& visit) {
    (visit.template operator()<Rules>(), ...);
  }

 private:
  template <class Outcome>
  static constexpr std::size_t first_of() {
    static_assert((std::is_same_v<typename Rules::Outcome, Outcome> || ...), "a rule is in the list of all rules");
    std::size_t first = 0;
    bool found = false;
    ((found = found || std::is_same_v<typename Rules::Outcome, Outcome>, first += found ? 0 : outcomes_of<Rules>), ...);
    return first;
  }
};

using AllRules = RuleList<
    // Till
    rule::ContiguousNumbers,  // SALE-09
    rule::StoreDayAndDate,    // CLOSE-05
    rule::ZReport,            // CLOSE-01
    rule::PriceVersions,      // PRICE-03
    rule::PriceSwitch,        // PRICE-04
    rule::TillPriceCopy,      // PRICE-06
    rule::TaxAddition,        // TAX-02
    rule::TaxRounding,        // TAX-06
    // Store to books
    rule::Envelope,           // MSG-01
    rule::IdempotencyKey,     // MSG-02
    rule::DedupeThenPost,     // MSG-03
    rule::KeyConflict,        // MSG-04
    rule::DedupeWindow,       // MSG-05
    rule::OrderPerSource,     // MSG-06
    rule::RetryBackoff,       // MSG-09
    rule::CircuitBreaker,     // MSG-10
    rule::BoundedQueues,      // MSG-11
    rule::DeadLetters,        // MSG-12
    rule::RepairAndResubmit,  // MSG-13
    rule::DependentWaits,     // MSG-14
    rule::LateArrival,        // MSG-15
    rule::SequenceGap,        // MSG-07
    rule::SequenceEpoch,      // MSG-08
    rule::PostingMode,        // MSG-16
    rule::BatchRestart,       // MSG-17
    rule::MasterVersions,     // MSG-18
    rule::PriorityLanes,      // MSG-19
    rule::SchemaVersions,     // MSG-20
    rule::FiniteCapacity,     // MSG-21
    rule::ErpLossAbsorbed,    // OFFLINE-02
    rule::TerminalCrash,      // OFFLINE-03
    rule::StoreAndForward,    // OFFLINE-05
    rule::PacedReplay,        // OFFLINE-08
    rule::OriginalEventTime,  // OFFLINE-09
    // Exceptions
    rule::OneWorkItem,       // EXC-01
    rule::OwnerRole,         // EXC-02
    rule::SeverityAndDue,    // EXC-03
    rule::OverdueEscalates,  // EXC-04
    rule::ResolvesItself,    // EXC-05
    rule::FiniteStaff,       // EXC-06
    rule::FinalState,        // EXC-07
    // Books
    rule::BalancedDocuments,  // FIN-01
    rule::RevenueAtHandover,  // FIN-07
    rule::AccountingPeriods,  // FIN-13
    rule::StockMovements,     // STOCK-01
    // Supply
    rule::PackConversion,       // ITEM-05
    rule::InventoryPosition,    // REPL-04
    rule::MinMaxOrders,         // REPL-05
    rule::PresentationMinimum,  // REPL-10
    rule::PackRounding,         // REPL-11
    rule::DispatchPostsLoaded   // DC-05
    >;

}  // namespace tillstorm
