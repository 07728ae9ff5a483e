#pragma once
// MSG-07: gaps in the numbers of a place's tills, seen where its messages come in.
//
//   next number -> passes
//   later one   -> held; the missing ones are asked for; nobody answers -> exception, then as gap_policy says
//   earlier one -> passes: a repeat, which the books recognise, or a missing one that comes late
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "integration/context.h"
#include "messages/addresses.h"
#include "messages/event_kind.h"
#include "messages/message_id_ring.h"
#include "rules/sequence.h"

namespace tillstorm::integration {

struct SequenceSettings {
  SequenceRule rule{};
  Addresses addresses{};
  Duration latency{};  ///< To the exception desk and to the bus.
};

class SequenceGuard {
 public:
  SequenceGuard(PlaceId place, std::uint32_t tills) : place_(place), tills_(tills) {}

  /// `message` has come in. True: it goes on now. False: what `next` gives goes on, until it gives none.
  bool passes(Context& c, const SequenceSettings& settings, MessageId message) {
    const Envelope& e = c.pool[message].envelope;
    if (!is_of_till(e.type)) return true;
    Till& till = tills_[e.terminal];
    if (e.number != till.next || e.epoch != till.epoch || till.is_gapped || e.type != MessageType::ticket) [[unlikely]]
      return look_closer(c, settings, message);
    ++till.next;
    c.rules.count(rule::SequenceGap::Outcome::no_gap);
    return true;
  }
  MessageId next() { return released_.empty() ? kNoMessage : released_.pop_front(); }
  /// An event that was scheduled for a till has come; call `next` afterwards.
  void due(Context& c, const SequenceSettings& settings, std::uint64_t payload);
  /// The place of such an event.
  static PlaceId place_of(std::uint64_t payload) { return PlaceId{static_cast<std::uint32_t>(payload)}; }

  /// Held, and something is still done about it.
  std::uint32_t held() const { return static_cast<std::uint32_t>(held_.size()) - blocked(); }
  /// Held for good, until somebody fills the gap: an exception is open.
  std::uint32_t blocked() const;
  template <class Visit>
  void each_blocked(const MessagePool& pool, Visit visit) const {
    for (const MessageId id : held_)
      if (tills_[pool[id].envelope.terminal].is_blocking()) visit(id);
  }
  /// True if an open exception says that this number is missing.
  bool is_declared(std::uint32_t terminal, std::uint32_t epoch, std::uint32_t number) const;

 private:
  struct Till {
    std::uint32_t epoch = 0;
    std::uint32_t next = 1;  ///< The number that is expected.
    std::uint32_t held = 0;
    std::uint16_t generation = 0;  ///< Gaps so far: what was scheduled for an earlier one means nothing.
    std::uint16_t requests = 0;    ///< Made for this gap.
    bool is_gapped = false;
    bool is_declared = false;  ///< The exception is open, and the gap blocks.
    bool is_blocking() const { return is_declared && is_gapped; }
  };
  /// Numbers that an exception says are missing.
  struct Missing {
    std::uint32_t terminal = 0, epoch = 0, first = 0, last = 0;
    std::uint32_t subject = 0;  ///< First of the numbers when it was reported.
    Date business_date{};       ///< Of the first message behind them.
  };

  bool look_closer(Context& c, const SequenceSettings& settings, MessageId message);
  bool is_next(const SequenceSettings& settings, const Till& till, const Message& message) const;
  void open_gap(Context& c, const SequenceSettings& settings, std::uint32_t terminal);
  void schedule(Context& c, std::uint32_t terminal, std::int64_t seconds);
  /// Gives out what is held of a till as far as its numbers follow; how many.
  std::uint32_t release(Context& c, const SequenceSettings& settings, std::uint32_t terminal);
  void filled(Context& c, const SequenceSettings& settings, std::uint32_t terminal);
  void ask(Context& c, const SequenceSettings& settings, std::uint32_t terminal);
  void declare(Context& c, const SequenceSettings& settings, std::uint32_t terminal);
  void take_late(Context& c, const SequenceSettings& settings, const Envelope& envelope);
  void report(Context& c, const SequenceSettings& settings, const Missing& missing, ExceptionSignal signal,
              std::uint32_t blocked = 0) const;
  void report_blocked(Context& c, const SequenceSettings& settings, std::uint32_t terminal) const;
  MessageId first_held(const Context& c, std::uint32_t terminal) const;

  PlaceId place_;
  std::vector<Till> tills_;
  std::vector<MessageId> held_;   ///< In order of arrival.
  std::vector<Missing> missing_;  ///< Of open exceptions.
  MessageIdRing released_;
};

}  // namespace tillstorm::integration
