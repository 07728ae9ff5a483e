#pragma once
// An exception desk with nothing around it: reports are handed to it by the test, and what it sends is noted.
#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "erp/exception_desk.h"
#include "messages/event_kind.h"
#include "messages/exception_report.h"
#include "record/tables.h"

namespace tillstorm::erp {

inline constexpr Time kMonday = Time{0} + 4 * kDay;  // 1970-01-05, 00:00 UTC

using Books = Setup;  // in a test, Setup is a name of the test framework

/// A desk with nothing around it: two stores in UTC, open from nine to nine; what it sends is noted.
struct Desk {
  Setup setup;
  Kernel kernel;
  MessagePool pool;
  std::vector<BookCell> cells;
  Tables tables{{}, false};
  RuleBook rules;
  FaultTally faults;
  bool is_warm = true;
  Context c{kernel, pool, setup, cells, tables.book, rules, is_warm, faults};
  ExceptionDesk desk;
  std::vector<RepairBody> repairs;
  std::vector<Minor> written_off;
  std::vector<std::uint64_t> days;  ///< Store days that were held, or let go.

  explicit Desk(const std::function<void(Books&)>& change = {}, Mutant mutant = Mutant::none) : rules(mutant) {
    setup.addresses.stores = 2;
    setup.chain_zone = *TimeZone::find("UTC");
    setup.places.resize(2);
    for (std::uint32_t i = 0; i < 2; ++i) setup.places[i].key = mix64(i + 1);
    setup.exceptions.staff.handling_mean_minutes = 10;
    setup.exceptions.staff.handling_cv_ppm = 0;
    WorkingHours manager;
    manager.zone = setup.chain_zone;
    for (WorkingHours::Day& day : manager.days) day = {9 * 60, 9 * 60 + 45};
    setup.exceptions.manager_hours = {manager, manager};
    WorkingHours open = manager;
    for (WorkingHours::Day& day : open.days) day.to = 21 * 60;
    setup.exceptions.opening_hours = {open, open};
    if (change) change(setup);
    setup.last_date = Date{1000};
    kernel = Kernel(setup.addresses.sites(), kMonday + 9 * kHour);
    desk = ExceptionDesk(setup);
    kernel.act_as(setup.addresses.exception_desk());
  }
  /// The ticket of this number, as a subject.
  static std::uint64_t ticket(std::uint64_t number) {
    Envelope e;
    e.number = static_cast<std::uint32_t>(number);
    return exception_subject(e);
  }
  void say(ExceptionBody body, std::uint64_t number = 0, Date date = {}) {
    const MessageId id = pool.create(MessageType::exception_report);
    Message& m = pool[id];
    m.envelope.number = static_cast<std::uint32_t>(number);
    m.envelope.business_date = date;
    m.exception = body;
    kernel.act_as(setup.addresses.exception_desk());
    desk.reported(c, id);
  }
  void say(ExceptionType type, ExceptionSignal signal, std::uint64_t subject = 1, Minor amount = 0) {
    say({.exception = type, .signal = signal, .subject = subject, .amount = amount});
  }
  /// Ticket `number` is set aside, or, with a code, waits because of that.
  void hold(ExceptionType type, std::uint64_t number, std::uint64_t code = 0) {
    say({.exception = type, .subject = code != 0 ? code : ticket(number), .held = 1}, number);
  }
  void raise(ExceptionType type, std::uint64_t subject = 1, Minor amount = 0) {
    say(type, ExceptionSignal::raised, subject, amount);
  }
  void clear(ExceptionType type, std::uint64_t subject = 1) { say(type, ExceptionSignal::cleared, subject); }
  void dispatch(const Event& event) {
    switch (static_cast<EventKind>(event.kind())) {
      case EventKind::work_ends:
        return desk.work_ends(c, event.payload);
      case EventKind::exception_due:
        return desk.due(c, event.payload);
      case EventKind::exception_settles:
        return desk.settles(c, event.payload);
      case EventKind::shift_begins:
        return desk.shift_begins(c, event.payload);
      case EventKind::causes_rechecked:
        return desk.recheck(c);
      case EventKind::day_held:
        return days.push_back(event.payload);
      case EventKind::repair_ordered: {
        const MessageId id{static_cast<std::uint32_t>(event.payload)};
        repairs.push_back(pool[id].repair);
        return pool.release(id);
      }
      case EventKind::writes_off: {
        const MessageId id{static_cast<std::uint32_t>(event.payload)};
        written_off.push_back(pool[id].exception.amount);
        return pool.release(id);
      }
      default:
        FAIL() << "no other event happens at the desk";
    }
  }
  void run_for(Duration length) {
    const Time until = kernel.now + length;
    run(kernel, *this, until);
    kernel.now = until;
  }
  const ExceptionItem* item(ExceptionType type, std::uint64_t subject = 1) const { return desk.find(type, subject); }
  template <class Outcome>
  std::uint64_t taken(Outcome outcome) const {
    return rules.taken(outcome);
  }
};

}  // namespace tillstorm::erp
