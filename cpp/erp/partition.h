#pragma once
// The ERP's partition of one place: its stock ledger, its journal, what it remembers of its sources, its orders.
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/hash.h"
#include "engine/kernel.h"
#include "engine/quantile_sketch.h"
#include "engine/running_moments.h"
#include "erp/dedupe.h"
#include "erp/epochs.h"
#include "erp/journal.h"
#include "erp/key_memory.h"
#include "erp/setup.h"
#include "erp/waiting.h"
#include "messages/event_kind.h"
#include "messages/exception_report.h"
#include "messages/message_id_ring.h"
#include "messages/message_pool.h"
#include "record/book_tables.h"
#include "rules/exception_type.h"
#include "rules/fault_tally.h"
#include "rules/rule_book.h"

namespace tillstorm::erp {

/// One item at one place, as the ERP believes. Owned by the partition.
struct BookCell {
  std::int32_t on_hand = 0;   ///< Believed to be there [base units].
  std::int32_t inbound = 0;   ///< Ordered and not yet received [base units].
  std::int32_t sold = 0;      ///< Posted as sold or sent out since the last review [base units].
  std::int32_t velocity = 0;  ///< Smoothed sales [base units / 1024 days].
};
static_assert(sizeof(BookCell) == 16);

struct Context {
  Kernel& kernel;
  MessagePool& pool;
  const Setup& setup;
  std::span<BookCell> cells;
  /// Recording of drill-down tables, where asked for.
  BookTables& tables;
  RuleBook& rules;
  const bool& is_warm;  ///< Latencies are counted.
  FaultTally& faults;
};

/// What the books have done with a message.
enum class Posting : std::uint8_t {
  first,      ///< Posted, on its arrival.
  duplicate,  ///< Posted before, with this body: answered again.
  parked,     ///< Kept in the books until what it needs is there: accounted for, not posted.
  released,   ///< Posted, after it had been parked.
  set_aside,  ///< Not posted and handed back: accounted for, and somebody has to deal with it.
  revised,    ///< Posted in place of an older version, which is reversed.
  conflict,   ///< Its key stands in the books with another body: handed back.
  ignored,    ///< Its key stands in the books with another body, which stays: dropped.
};
constexpr bool is_posted(Posting posting) {
  return posting == Posting::first || posting == Posting::released || posting == Posting::revised;
}
/// The books have it, or leave it for good: nobody need look at this message any more.
constexpr bool is_settled(Posting posting) {
  return is_posted(posting) || posting == Posting::duplicate || posting == Posting::ignored;
}

class Partition {
 public:
  Partition(const Setup& setup, PlaceId place);

  /// Books the stock that is there at the start, and its value.
  void open_books(Context& c, std::span<const std::int32_t> on_hand);
  /// Schedules the first review.
  void start(Context& c);
  /// A message reaches the books: posted, or recognised as posted before. Takes over its reference.
  /// `is_racing`: another copy of it was posted while this one was at work.
  Posting receive(Context& c, MessageId message, bool is_racing = false);
  /// Only the first of two commits was made (MSG-03): posted and not remembered, or remembered and not posted. Takes
  /// over the reference.
  Posting commit_torn(Context& c, MessageId message);
  /// Overnight review of this place's stock.
  void review(Context& c);
  /// What the DC loaded of one of this store's orders: what was not loaded is no longer on its way. Takes over a
  /// reference.
  void loaded(Context& c, MessageId dispatch);

  /// A difference that was given up is journalled; takes over a reference.
  void write_off(Context& c, MessageId report);
  // What waits (waiting.cpp).
  /// The next message that may be posted now, the earliest first; kNoMessage if there is none.
  MessageId next_ready() const;
  /// Posts it, or what else becomes of it.
  Posting release_ready(Context& c);
  /// The time is over for the waiting of this number, if it still waits.
  void wait_over(Context& c, std::uint32_t number);
  /// The items of gap number `gap` are in the masters from now on.
  void masters_arrive(Context& c, std::uint32_t gap);
  const WaitingRoom& waiting() const { return waiting_; }
  std::uint64_t waiting_bytes() const {
    return waiting_.bytes() + ready_.capacity() * sizeof(Ready) + unlinked_.capacity() * sizeof(std::uint64_t);
  }

  /// The export of a store day is due (late.cpp).
  void export_due(Context& c, Date date);
  /// An exception that nobody has ended is about this store day: it is not exported before that is closed (EXC-04).
  void day_held(Context& c, Date date, bool is_let_go);

  PlaceId place() const { return place_; }
  const Journal& journal() const { return journal_; }
  /// Value of the stock ledger [1e-6 minor].
  std::int64_t stock_value_micro() const { return stock_value_micro_; }
  std::uint64_t posted() const { return posted_; }
  std::uint64_t posted_tickets() const { return posted_tickets_; }
  std::uint64_t duplicates() const { return duplicates_; }
  std::uint32_t open_orders() const { return static_cast<std::uint32_t>(orders_.size()); }
  const QuantileSketch& latency() const { return latency_; }
  const RunningMoments& order_cycle_hours() const { return order_cycle_hours_; }
  /// Stores whose Z report did not equal the postings when it was posted [reports].
  std::uint32_t z_differences() const { return z_differences_; }
  std::uint64_t dedupe_bytes() const;
  const Digest& facts() const { return facts_; }
  void reset_statistics() { latency_ = {}; }

 private:
  /// A Z report that did not equal the ledger.
  struct Difference {
    Envelope z;
    DayCloseBody body;
  };
  /// A store day that may not be exported.
  struct HeldDay {
    Date date;
    std::uint32_t exceptions = 0;
    bool is_waiting = false;  ///< Its export has been due.
  };
  struct OpenOrder {
    std::uint32_t document = 0;
    MessageId order = kNoMessage;
  };
  const PlaceMaster& me(const Context& c) const { return c.setup.places[index_of(place_)]; }
  const ItemIndex& index(const Context& c) const { return c.setup.indexes[index_]; }
  bool is_dc(const Context& c) const { return c.setup.addresses.has_dc && place_ == c.setup.addresses.dc_place(); }
  /// Null: the message is of an epoch that is over, and not missing from it (MSG-08).
  DedupeWindow* window_of(Context& c, const Message& message);
  /// The key of a message is looked up (MSG-03): whether it has been posted.
  enum class Known : std::uint8_t { no, yes, uncertain };
  Known look_up(Context& c, const DedupeWindow& window, const Message& message) const;
  // Keys (keys.cpp).
  std::uint64_t opaque_key(const Context& c, MessageId message) const;
  Known recognise(Context& c, MessageId message, const DedupeWindow& window, bool is_racing);
  void remember_key(const Context& c, MessageId message);
  /// Deals with what has not been posted before, and needs nothing more.
  Posting post_new(Context& c, MessageId message, DedupeWindow& window, Posting as, bool is_remembered = true);
  /// Deals with a key that has been posted before.
  Posting again(Context& c, MessageId message, DedupeWindow& window);
  /// Hands a message back: somebody else has to deal with it.
  Posting set_aside(Context& c, MessageId message, ExceptionType why);
  void post(Context& c, MessageId message);

  // Another body under a known key (conflict.cpp).
  Posting conflict(Context& c, MessageId message, DedupeWindow& window, Fingerprint posted);
  Posting quarantine(Context& c, MessageId message);
  Posting ignore(Context& c, MessageId message);
  MessageId replaced_by(Context& c, MessageId revision, Fingerprint posted) const;
  Posting supersede(Context& c, MessageId before, MessageId after, DedupeWindow& window,
                    rule::KeyConflict::Outcome outcome);
  void remember_body(Context& c, MessageId message);
  MessageId recent_body(Context& c, const Envelope& envelope) const;

  // What waits (waiting.cpp).
  Need needs(Context& c, MessageId id) const {
    if (!c.setup.master_gaps.empty()) [[unlikely]]
      if (const Need item = missing_item(c, id); item.kind != Need::Kind::nothing) return item;
    return missing_predecessor(c, c.pool[id]);
  }
  Need missing_item(const Context& c, MessageId id) const;
  Need missing_predecessor(Context& c, const Message& message) const;
  Posting park(Context& c, MessageId message, Need need);
  void expect_masters(Context& c);
  bool is_there(const Dependency& dependency, std::uint64_t reference) const;
  void predecessor_arrives(Context& c, std::uint64_t reference, Envelope about);
  void report_item(Context& c, Envelope about, std::uint32_t item, ExceptionSignal signal) const;
  void report_predecessor(Context& c, Envelope about, std::uint64_t reference, ExceptionSignal signal) const;

  // What comes late (late.cpp).
  void look_up_close(const Context& c, Date date);
  std::optional<ExceptionType> judge_late(Context& c, const Envelope& envelope, Time received,
                                          std::uint8_t set_aside_as);
  void report_rolled_forward(Context& c, const Envelope& envelope) const;
  /// Decides which date a message posts to; the exception under which it is set aside instead, if any.
  std::optional<ExceptionType> date_of_posting(Context& c, const Message& message) {
    const Envelope& e = message.envelope;
    posting_date_ = e.business_date;
    is_late_ = false;
    if (e.business_date != close_date_) look_up_close(c, e.business_date);
    const Time received = message.received == Time{} ? c.kernel.now : message.received;
    const bool came_in_time =
        received <= late_after_ || received - e.event_time <= c.setup.late.grace_minutes * kMinute;
    const bool is_on_time = (came_in_time && c.kernel.now < closed_from_) || e.type == MessageType::day_close ||
                            e.type == MessageType::number_void || e.type == MessageType::refresh_request;
    if (!is_on_time) [[unlikely]]
      return judge_late(c, e, received, message.set_aside_as);
    c.rules.count(rule::LateArrival::Outcome::on_time);
    return std::nullopt;
  }
  /// A late message has been posted.
  void note_late(Context& c, const Envelope& envelope);
  static bool is_exported(MessageType type);
  void restate(Context& c, BookDay& day);
  void request_export(Context& c, BookDay& day, Time at);
  void export_after_grace(Context& c, BookDay& day);

  /// `direction` -1 takes the sale back out of the books.
  void post_sale(Context& c, MessageId message, std::int32_t direction);
  void post_online_shipment(Context& c, MessageId message);
  void ask_for_refresh(Context& c, MessageId message) const;
  void post_goods_receipt(Context& c, MessageId message);
  void post_purchase_receipt(Context& c, MessageId message);
  void post_dispatch(Context& c, MessageId message);
  void post_day_close(Context& c, MessageId message);
  void report_difference(Context& c, const Envelope& z, Minor difference, ExceptionSignal signal) const;
  void look_at_differences(Context& c, const Envelope& posted);
  void report_stock(Context& c, const Envelope& about, ItemId item, std::int32_t on_hand) const;
  /// Moves stock by `sign` x each line's quantity; returns the change of its value in whole minor units.
  Minor move_lines(Context& c, MessageId message, std::int32_t sign, MovementReason reason);
  Minor revalue(std::int64_t change_micro);
  template <std::size_t N>
  BookDay& journal_entry(Context& c, const Message& message, const std::array<JournalLine, N>& lines);
  void record_movement(Context& c, const Message& message, ItemId item, std::int32_t change,
                       MovementReason reason) const;
  void record_journal_line(Context& c, const Message& message, const JournalLine& line) const;
  void record_delivery(Context& c, const Message& message, Delivered outcome) const;

  void schedule_review(Context& c, Date from);
  void review_store(Context& c, Date date);
  void review_dc(Context& c, Date date);
  void smooth_velocity(Context& c, Date date);
  bool reviews_on(const Context& c, Date date) const;
  void order_from_dc(Context& c, MessageId order);
  void order_from_supplier(Context& c, MessageId order, std::uint8_t lead_time);

  PlaceId place_;
  std::uint32_t index_;
  std::uint32_t first_cell_;
  Time newest_event_{};                ///< Latest event time of what was posted.
  std::uint32_t hour_ = 0;             ///< Of the books' clock ...
  Time next_hour_{};                   ///< ... until then.
  KeyMemory keys_;                     ///< Of what was posted, where keys are not business identities (MSG-02).
  std::vector<DedupeWindow> windows_;  ///< One for each till, then one for each other type.
  std::uint32_t tills_;
  Epochs epochs_;
  Journal journal_;
  std::int64_t stock_value_micro_ = 0;
  Minor stock_value_ = 0;  ///< The same in whole minor units, as the journal has it.
  std::uint64_t posted_ = 0, posted_tickets_ = 0, duplicates_ = 0;
  std::uint32_t orders_made_ = 0;
  std::uint32_t z_differences_ = 0;
  std::vector<Difference> differences_;  ///< Not matched yet.
  std::vector<HeldDay> held_days_;
  std::vector<OpenOrder> orders_;  ///< Of this store, not yet loaded by the DC.
  WaitingRoom waiting_;
  std::vector<Ready> ready_;             ///< Let go and not yet posted, in order.
  std::vector<std::uint64_t> unlinked_;  ///< References whose child was posted without them.
  MessageIdRing recent_;                 ///< Newest tickets, under ConflictPolicy::last_wins.
  Date posting_date_{};                  ///< Of the message being dealt with ...
  bool is_late_ = false;                 ///< ... and whether it is late.
  Date close_date_{-1};                  ///< A business date ...
  Time late_after_{}, closed_from_{};    ///< ... when its documents begin to be late, and when its period is closed.
  Date last_review_{};
  LocalDates dates_;  ///< Of the place's clock.
  QuantileSketch latency_;
  RunningMoments order_cycle_hours_;
  Digest facts_;
};

}  // namespace tillstorm::erp
