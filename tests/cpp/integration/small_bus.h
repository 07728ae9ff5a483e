#pragma once
// A bus with nothing around it: messages are given to it, and what it hands to the books is noted.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "integration/bus.h"
#include "messages/event_kind.h"
#include "messages/exception_report.h"

namespace tillstorm::integration {

struct SmallBus {
  BusSettings s;
  Kernel kernel;
  MessagePool pool;
  RuleBook rules;
  FaultTally faults{1};
  Context c{kernel, pool, rules, faults};
  Bus bus;
  std::vector<std::uint32_t> posted;  ///< Source sequences, in the order in which the books hear of them ...
  std::vector<Time> posted_at;        ///< ... and when.
  std::vector<Envelope> envelopes;    ///< ... and their envelopes.
  std::vector<bool> racing;           ///< ... and whether another copy was posted while it was at work.
  std::vector<std::uint32_t> torn;    ///< Source sequences whose commit was torn.
  std::vector<ExceptionBody> reports;
  std::vector<std::uint32_t> paused;  ///< What sources are told: 1 pause, 0 go on.
  std::vector<std::uint32_t> sequences;
  bool hands_back = false;  ///< The books accept nothing.

  /// `change` makes the settings; by default ten workers, 100 ms for each message, no quota, no law.
  explicit SmallBus(const std::function<void(BusSettings&)>& change = {}, Mutant mutant = Mutant::none,
                    std::uint32_t places = 2)
      : rules(mutant) {
    s.addresses.stores = places;
    for (std::uint32_t i = 0; i < places; ++i) s.place_keys.push_back(mix64(i + 1));
    s.to_books = kMicrosecond;
    s.capacity.erp_workers = 10;
    s.capacity.service_us_base = 100'000;
    s.capacity.service_us_per_line = 0;
    s.throttle.rate_per_second = 0;
    if (change) change(s);
    kernel = Kernel(s.addresses.sites(), Time{0});
    bus = Bus(s, Time{0});
    sequences.assign(places, 0);
    kernel.act_as(s.addresses.middleware());
  }

  MessageId message(std::uint32_t place, MessageType type = MessageType::ticket, std::uint16_t terminal = 0) {
    const MessageId id = pool.create(type);
    Envelope& e = pool[id].envelope;
    e.place = PlaceId{place};
    e.terminal = terminal;
    e.number = e.source_sequence = ++sequences[place];
    e.event_time = kernel.now;
    e.business_date = Date{20'000};
    return id;
  }
  void give(MessageId id) {
    kernel.act_as(s.addresses.middleware());
    pool[id].received = kernel.now;
    bus.receive(c, s, index_of(pool[id].envelope.place), id);
  }
  void say(std::uint32_t place, int messages = 1) {
    for (int i = 0; i < messages; ++i) give(message(place));
  }
  void dispatch(const Event& event) {
    const auto low = static_cast<std::uint32_t>(event.payload);
    switch (static_cast<EventKind>(event.kind())) {
      case EventKind::batch_due:
        return bus.batch_due(c, s, event.payload);
      case EventKind::service_ends:
        return bus.service_ends(c, s, event.payload);
      case EventKind::retry_due:
        return bus.retry_due(c, s, event.payload);
      case EventKind::worker_returns:
        return bus.worker_returns(c, s, event.payload);
      case EventKind::bus_goes_on:
        return bus.goes_on(c, s, event.payload);
      case EventKind::drain_due:
        return bus.drain_due(c, s, event.payload);
      case EventKind::set_aside:
        return bus.handed_back(c, s, MessageId{low}, static_cast<ExceptionType>(event.payload >> 32));
      case EventKind::posts:
        racing.push_back(event.payload >> 32 != 0);
        return posts(MessageId{low});
      case EventKind::commit_torn:
        torn.push_back(pool[MessageId{low}].envelope.source_sequence);
        return pool.release(MessageId{low});
      case EventKind::exception_reported:
        reports.push_back(pool[MessageId{low}].exception);
        return pool.release(MessageId{low});
      case EventKind::flow_control:
        return paused.push_back(static_cast<std::uint32_t>(event.payload >> 32));
      default:
        FAIL() << "no other event happens at a bus";
    }
  }
  void posts(MessageId id) {
    if (hands_back)
      return kernel.send(s.addresses.middleware(), kernel.now + kMicrosecond,
                         static_cast<std::uint16_t>(EventKind::set_aside),
                         std::uint64_t{static_cast<std::uint32_t>(id)} |
                             std::uint64_t{static_cast<std::uint32_t>(ExceptionType::key_conflict)} << 32);
    posted.push_back(pool[id].envelope.source_sequence);
    posted_at.push_back(kernel.now);
    envelopes.push_back(pool[id].envelope);
    pool.release(id);
  }
  void run_for(Duration length) {
    const Time until = kernel.now + length;
    run(kernel, *this, until);
    kernel.now = until;  // also where nothing was pending
  }
  void finish() { run(kernel, *this, kernel.now + 30 * kDay); }
  void set(const std::function<void(FaultKnobs&)>& change) {
    FaultKnobs knobs;
    change(knobs);
    knobs.any = true;
    kernel.act_as(s.addresses.middleware());
    bus.set_faults(c, s, knobs);
  }
  void mend() {
    kernel.act_as(s.addresses.middleware());
    bus.set_faults(c, s, {});
  }
  /// Somebody has decided about the last exception reported.
  void decide(RepairAction action) {
    ASSERT_FALSE(reports.empty());
    decide(action, reports.back());
  }
  void decide(RepairAction action, const ExceptionBody& about) {
    const MessageId order = pool.create(MessageType::repair);
    pool[order].repair = {about.exception, action, about.subject, 0};
    kernel.act_as(s.addresses.middleware());
    bus.repair(c, s, order);
  }
  template <class Outcome>
  std::uint64_t taken(Outcome outcome) const {
    return rules.taken(outcome);
  }
  std::uint64_t count(FaultEffect effect) const { return faults.of(0, effect); }
  std::vector<std::uint32_t> one_to(std::uint32_t n) const {
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 1; i <= n; ++i) all.push_back(i);
    return all;
  }
};

inline MessageId with_defect(SmallBus& desk, Defect defect, std::uint32_t place = 0) {
  const MessageId id = desk.message(place);
  desk.pool[id].defect = defect;
  return id;
}
/// A message that crashes whoever works on it.
inline MessageId poisoned(SmallBus& desk, std::uint32_t place = 0) { return with_defect(desk, Defect::poison, place); }
/// A message that cannot be let in.
inline MessageId invalid(SmallBus& desk, std::uint32_t place = 0) {
  return with_defect(desk, Defect::missing_field, place);
}

/// Posted in batches, four an hour.
inline void quarter_hours(BusSettings& s) {
  s.posting.mode = PostingMode::batch;
  s.posting.interval_minutes = 15;
}

}  // namespace tillstorm::integration
