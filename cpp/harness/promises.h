#pragma once
// The observer that checks every promise: hands each check point to the invariants that need it.
#include <cstdint>

#include "harness/invariants/book_equals_truth.h"
#include "harness/invariants/exactly_once.h"
#include "harness/invariants/journal_balanced.h"
#include "harness/invariants/nothing_lost.h"
#include "harness/invariants/tenders_equal_ticket.h"
#include "harness/invariants/units_conserved.h"
#include "harness/violations.h"
#include "world/world.h"

namespace tillstorm {

/// Plain data: a copy goes with a snapshot of the world.
class Promises {
 public:
  explicit Promises(const World& world);

  void handed_over(const World& world, std::uint32_t source, MessageId message);
  void posted(const World& world, PlaceId place, const Message& message, erp::Posting posting);
  [[gnu::always_inline]] void ask_for_posting(const Envelope& envelope) const {
    exactly_once_.ask_for_posting(envelope);
  }
  /// The run is over: what can only be judged now.
  void finished(const World& world);

  const Violations& violations() const { return violations_; }
  /// Names of all promises, in the order in which they are checked.
  static std::vector<std::string> names();

 private:
  Violations violations_;
  ExactlyOnce exactly_once_;
  NothingLost nothing_lost_;
  TendersEqualTicket tenders_equal_ticket_;
  UnitsConserved units_conserved_;
  JournalBalanced journal_balanced_;
  BookEqualsTruth book_equals_truth_;
};

}  // namespace tillstorm
