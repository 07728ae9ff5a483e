// MSG-15, FIN-13: which date a document posts to, and what a late one does to the export of its day.
#include <algorithm>

#include "base/civil.h"
#include "erp/partition.h"
#include "messages/exception_report.h"

namespace tillstorm::erp {
namespace {

using Outcome = rule::LateArrival::Outcome;
using Periods = rule::AccountingPeriods::Outcome;

/// Last date of the period that `date` belongs to.
Date period_end(PeriodCalendar calendar, Date date) {
  switch (calendar) {
    case PeriodCalendar::day:
      return date;
    case PeriodCalendar::week:
      return date + (6 - weekday_of(date));
    case PeriodCalendar::month: {
      const YearMonthDay civil = civil_of(date);
      return date_of(civil.month == 12 ? YearMonthDay{civil.year + 1, 1, 1}
                                       : YearMonthDay{civil.year, civil.month + 1, 1}) +
             -1;
    }
  }
  return date;
}

}  // namespace

/// When a document of this date begins to be late: the close of its date at the place, and the grace. At the DC, which
/// has no close, when its period is closed.
void Partition::look_up_close(const Context& c, Date date) {
  const int weekday = weekday_of(date);
  const std::int32_t minute = me(c).close_minute[weekday < 5 ? 0U : weekday == 5 ? 1U : 2U];
  close_date_ = date;
  closed_from_ = c.setup.chain_zone.at(period_end(c.setup.period.calendar, date) + c.setup.period.close_day, 0);
  late_after_ = closed_from_ - kMicrosecond;
  if (me(c).terminals != 0)
    late_after_ = std::min(late_after_, me(c).zone.at(date, minute) + c.setup.late.grace_minutes * kMinute);
}

/// Decides which date the message posts to. The exception under which it must be set aside instead, if any.
std::optional<ExceptionType> Partition::judge_late(Context& c, const Envelope& envelope, Time received,
                                                   std::uint8_t set_aside_as) {
  const bool is_approved = set_aside_as != 0;
  const Envelope e = envelope;  // a copy: a report may move the pool
  const Date today = c.setup.chain_zone.date_at(c.kernel.now);
  const PeriodRule& period = c.setup.period;
  const Date end = period_end(period.calendar, e.business_date);
  is_late_ = true;
  if (c.rules.is(Mutant::late_dated_on_arrival)) {
    posting_date_ = dates_.at(c.kernel.now);
    return std::nullopt;
  }
  if (c.kernel.now >= closed_from_) {
    c.rules.count(Outcome::late_period_closed);
    if (period.closed_policy == ClosedPolicy::quarantine && !is_approved) {
      c.rules.count(Periods::quarantined);
      return ExceptionType::period_closed;
    }
    c.rules.count(Periods::rolled_forward);
    if (c.rules.is(Mutant::closed_period_posted)) return std::nullopt;
    Date first = end + 1;
    while (today - period_end(period.calendar, first) >= period.close_day)
      first = period_end(period.calendar, first) + 1;
    // What somebody has sent on because its period is closed has its exception already.
    if (set_aside_as != static_cast<std::uint8_t>(ExceptionType::period_closed) + 1) report_rolled_forward(c, e);
    posting_date_ = first;
    return std::nullopt;
  }
  const LateDatePolicy policy = c.setup.late.date_policy;
  // What somebody has looked at and sent on posts on its own date.
  if (policy == LateDatePolicy::arrival_date || (policy == LateDatePolicy::quarantine && !is_approved)) {
    c.rules.count(Outcome::late_by_policy);
    if (policy == LateDatePolicy::quarantine) return ExceptionType::period_closed;
    posting_date_ = dates_.at(received);
    return std::nullopt;
  }
  c.rules.count(Outcome::late_restated);
  c.rules.count(today - end >= period.soft_close_day ? Periods::soft_closed_system_posted : Periods::posted_open);
  return std::nullopt;
}

/// A document of a closed period is news for finance, and posts in this commit: what made it news is gone with that.
void Partition::report_rolled_forward(Context& c, const Envelope& e) const {
  ExceptionBody body;
  body.exception = ExceptionType::period_closed;
  body.subject = exception_subject(e);
  report_exception(c, c.setup.addresses, c.setup.middleware_latency, e, body);
  if (c.rules.is(Mutant::rolled_forward_stays_open)) return;
  body.signal = ExceptionSignal::cleared;
  report_exception(c, c.setup.addresses, c.setup.middleware_latency, e, body);
}

void Partition::note_late(Context& c, const Envelope& e) {
  BookDay& day = journal_.day(posting_date_);
  if (posting_date_ == e.business_date) {
    if (!is_exported(e.type) || day.export_version == 0) restate(c, day);  // else its posting did
    return;
  }
  if (c.rules.is(Mutant::late_dated_on_arrival)) return;
  ++day.moved;
  ++journal_.day(e.business_date).moved;
}

/// What an export adds up.
bool Partition::is_exported(MessageType type) {
  return type == MessageType::ticket || type == MessageType::online_shipment;
}

/// A document has been posted to `day`, which is, or will have to be, exported anew.
void Partition::restate(Context& c, BookDay& day) {
  ++day.late_postings;
  if (c.rules.is(Mutant::late_not_restated)) return;
  if (day.export_due != Time{}) c.rules.count(Outcome::restatements_coalesced);
  request_export(c, day, c.kernel.now + c.setup.late.restate_delay_minutes * kMinute);
}

void Partition::request_export(Context& c, BookDay& day, Time at) {
  if (day.export_due == Time{})
    c.kernel.schedule(at, static_cast<std::uint16_t>(EventKind::export_due), static_cast<std::uint64_t>(day.date.days));
  day.export_due = std::max(day.export_due, at);
}

/// The first export of a day that has been reported: when the grace is over.
void Partition::export_after_grace(Context& c, BookDay& day) {
  request_export(c, day, std::max(c.kernel.now, late_after_));
}

void Partition::export_due(Context& c, Date date) {
  BookDay& day = journal_.day(date);
  if (c.kernel.now < day.export_due) {
    c.kernel.schedule(day.export_due, static_cast<std::uint16_t>(EventKind::export_due),
                      static_cast<std::uint64_t>(date.days));
    return;
  }
  const auto held = std::find_if(held_days_.begin(), held_days_.end(), [&](const auto& h) { return h.date == date; });
  if (held != held_days_.end()) {
    c.rules.count(rule::OverdueEscalates::Outcome::day_close_blocked);
    held->is_waiting = true;
    return;
  }
  day.export_due = Time{};
  if (++day.export_version > 1) c.rules.count(Outcome::export_replaced);
  const bool is_added = c.rules.is(Mutant::export_added) && day.export_version > 1;
  day.exported_tickets = day.tickets + (is_added ? day.exported_tickets : 0);
  day.exported_net = day.net + (is_added ? day.exported_net : 0);
  facts_.add(day.exported_net);
}

void Partition::day_held(Context& c, Date date, bool is_let_go) {
  auto held = std::find_if(held_days_.begin(), held_days_.end(), [&](const auto& h) { return h.date == date; });
  if (held == held_days_.end()) held = held_days_.insert(held, HeldDay{date});
  if (!is_let_go) {
    ++held->exceptions;
    return;
  }
  if (--held->exceptions != 0) return;
  const bool is_waiting = held->is_waiting;
  held_days_.erase(held);
  if (is_waiting)
    c.kernel.schedule(c.kernel.now, static_cast<std::uint16_t>(EventKind::export_due),
                      static_cast<std::uint64_t>(date.days));
}

}  // namespace tillstorm::erp
