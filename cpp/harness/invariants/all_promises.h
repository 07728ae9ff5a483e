#pragma once
// The list of promises: the one place that knows all of them.
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>

#include "harness/invariants/book_equals_truth.h"
#include "harness/invariants/exactly_once.h"
#include "harness/invariants/exception_owned.h"
#include "harness/invariants/journal_balanced.h"
#include "harness/invariants/master_data_mapped.h"
#include "harness/invariants/nothing_lost.h"
#include "harness/invariants/numbers_contiguous.h"
#include "harness/invariants/ordered_per_source.h"
#include "harness/invariants/period_open.h"
#include "harness/invariants/price_authorised.h"
#include "harness/invariants/promise.h"
#include "harness/invariants/shipped_before_received.h"
#include "harness/invariants/tax_exact.h"
#include "harness/invariants/tenders_equal_ticket.h"
#include "harness/invariants/units_conserved.h"
#include "harness/invariants/z_equals_ledger.h"

namespace tillstorm {

namespace promise_detail {

// clang-format off
template <class P> concept HandedOver = requires(P p, const CheckPoint& c) { p.handed_over(c, 0U, MessageId{}); };
template <class P> concept Posted = requires(P p, const CheckPoint& c, const Message& m) { p.posted(c, PlaceId{}, m, erp::Posting::first); };
template <class P> concept Quiet = requires(P p, const CheckPoint& c) { p.quiet(c, PlaceId{}); };
template <class P> concept Published = requires(P p, const CheckPoint& c) { p.published(c); };
template <class P> concept TakenIn = requires(P p, const CheckPoint& c) { p.taken_in(c, 0U, MessageId{}); };
template <class P> concept SetAside = requires(P p, const CheckPoint& c, const integration::Bus::Aside& a) { p.set_aside(c, a); };
template <class P> concept Finished = requires(P p, const CheckPoint& c) { p.finished(c); };
// clang-format on

constexpr bool has_word(std::string_view text, std::string_view word) {
  while (!text.empty()) {
    const std::size_t end = text.find(' ') == std::string_view::npos ? text.size() : text.find(' ');
    if (text.substr(0, end) == word) return true;
    text.remove_prefix(end == text.size() ? end : end + 1);
  }
  return false;
}

/// True if a promise has exactly the check points that it says: a misspelt function would never be called.
template <class P>
constexpr bool says_its_check_points() {
  constexpr std::string_view said = P::text.check_points;
  return HandedOver<P> == has_word(said, "handed_over") && Posted<P> == has_word(said, "posted") &&
         Quiet<P> == has_word(said, "quiet") && Published<P> == has_word(said, "published") &&
         TakenIn<P> == has_word(said, "taken_in") && SetAside<P> == has_word(said, "set_aside") &&
         Finished<P> == has_word(said, "finished");
}

template <class P>
P made(const World& world) {
  if constexpr (std::is_constructible_v<P, const World&>) {
    return P(world);
  } else {
    return P{};
  }
}

}  // namespace promise_detail

/// Promises in the order in which they are checked.
template <class... Each>
class PromiseList {
 public:
  static constexpr std::size_t kPromises = sizeof...(Each);
  static_assert(kPromises <= 32, "a run's choice of promises is a mask of 32 bits");
  static_assert((promise_detail::says_its_check_points<Each>() && ...),
                "a promise names the check points that it has functions for");

  explicit PromiseList(const World& world) : promises_(promise_detail::made<Each>(world)...) {}

  /// Calls `visit(promise)` for each one whose bit is in `mask`.
  template <class Visit>
  void each(std::uint32_t mask, Visit&& visit) {
    std::apply(
        [&](Each&... promise) {
          std::uint32_t bit = 1;
          ((call(mask, bit, visit, promise)), ...);
        },
        promises_);
  }
  template <class P>
  const P& get() const {
    return std::get<P>(promises_);
  }
  /// Calls `visit(text)` for each one.
  template <class Visit>
  static void texts(Visit&& visit) {
    (visit(Each::text), ...);
  }

 private:
  template <class Visit, class P>
  static void call(std::uint32_t mask, std::uint32_t& bit, Visit& visit, P& promise) {
    if ((mask & bit) != 0) visit(promise);
    bit <<= 1U;
  }
  std::tuple<Each...> promises_;
};

using AllPromises = PromiseList<ExactlyOnce, NumbersContiguous, OrderedPerSource, NothingLost, UnitsConserved,
                                BookEqualsTruth, TendersEqualTicket, TaxExact, PriceAuthorised, MasterDataMapped,
                                ZEqualsLedger, PeriodOpen, ShippedBeforeReceived, JournalBalanced, ExceptionOwned>;

}  // namespace tillstorm
