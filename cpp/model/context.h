#pragma once
// What a handler of the true world works with besides its own state.
#include <cstdint>
#include <span>
#include <vector>

#include "engine/kernel.h"
#include "messages/event_kind.h"
#include "messages/message_pool.h"
#include "model/setup.h"
#include "record/truth_tables.h"
#include "rules/fault_tally.h"
#include "rules/rule_book.h"

namespace tillstorm::model {

/// One item at one store, as it really is. Owned by the store.
struct TruthCell {
  std::int32_t shelf = 0;           ///< Units a customer can take [base units].
  std::int32_t backroom = 0;        ///< Units in the store that no customer sees [base units].
  std::int32_t price_minor = 0;     ///< The tills' own copy of the price of a sales unit [minor].
  std::int32_t shelf_capacity = 0;  ///< Most units the shelf holds [base units].
};
static_assert(sizeof(TruthCell) == 16);

/// Demand that was there and was not sold.
struct LostSale {
  std::uint32_t store = 0;
  ItemId item{};
  std::int32_t units = 0;  ///< Sales units.
  Minor value = 0;
  LostCause cause = LostCause::no_stock;
  Time at{};
};

struct Context {
  Kernel& kernel;
  MessagePool& pool;
  const Setup& setup;
  std::span<TruthCell> cells;  ///< All stores' cells.
  /// Messages the handler hands to the link of the current site; the world passes them on, in order.
  std::vector<MessageId>& emitted;
  RuleBook& rules;
  FaultTally& faults;
  /// If recording was asked for: lost sales are noted here.
  std::vector<LostSale>* lost_sales = nullptr;

  void schedule(Time at, EventKind kind, std::uint64_t payload, Priority priority = Priority::normal) {
    kernel.schedule(at, static_cast<std::uint16_t>(kind), payload, priority);
  }
};

}  // namespace tillstorm::model
