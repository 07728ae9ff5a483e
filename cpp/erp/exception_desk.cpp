// What becomes of problems: opened (EXC-01), owned (EXC-02), judged (EXC-03), overdue (EXC-04), gone (EXC-05).
#include "erp/exception_desk.h"

#include <algorithm>

#include "messages/event_kind.h"
#include "messages/exception_report.h"

namespace tillstorm::erp {
namespace {

using Item = rule::OneWorkItem::Outcome;
using Owner = rule::OwnerRole::Outcome;
using Judged = rule::SeverityAndDue::Outcome;
using Late = rule::OverdueEscalates::Outcome;
using Auto = rule::ResolvesItself::Outcome;

constexpr std::uint16_t kind(EventKind k) { return static_cast<std::uint16_t>(k); }
constexpr std::uint64_t pack(std::uint64_t id, std::uint32_t number) { return std::uint64_t{number} << 40 | id; }

/// How long it is remembered that a problem has been one before. Nobody recognises what is older.
constexpr Duration kRemembered = 31 * kDay;

Severity least_severity(const ExceptionRule& rule, ExceptionType type) {
  for (const TypeSeverity& each : rule.type_severities)
    if (each.type == type) return each.severity;
  return rule.base_severity;
}

/// Counts what this report says is held. A message that is its own subject is one, however often it comes back.
void note_held(ExceptionItem& item, const Message& report) {
  const ExceptionBody& body = report.exception;
  const bool is_message = body.held != 0 && !holds_no_message(item.type) && body.subject == message_of_report(report);
  item.holds_message = item.holds_message || is_message;
  if (is_message) item.to_mend = body.to_mend;
  item.held = is_message ? std::max(item.held, body.held) : item.held + body.held;
}

Severity one_up(Severity severity) {
  return severity == Severity::critical ? severity : static_cast<Severity>(static_cast<int>(severity) + 1);
}

}  // namespace

ExceptionDesk::ExceptionDesk(const Setup& setup) : team_(setup.exceptions.staff) {
  const ExceptionStaff& staff = setup.exceptions.staff;
  WorkingHours office, always;
  office.zone = always.zone = setup.chain_zone;
  always.is_round_the_clock = true;
  for (std::size_t day = 0; day < 5; ++day) office.days[day] = {staff.office_open.minute, staff.office_close.minute};
  const auto number = [](std::int32_t people) { return static_cast<std::uint32_t>(people); };
  team_.add_group(always, 0);  // store managers have a group for each store
  team_.add_group(office, number(staff.inventory_planners));
  team_.add_group(office, number(staff.finance_analysts));
  team_.add_group(always, number(staff.it_support));
  for (const WorkingHours& hours : setup.exceptions.manager_hours)
    team_.add_group(hours, staff.store_manager_minutes_per_day > 0 ? 1 : 0);
}

std::uint32_t ExceptionDesk::group_of(const ExceptionItem& item) const {
  if (item.role != Role::store_manager) return static_cast<std::uint32_t>(item.role);
  return static_cast<std::uint32_t>(kRoles) + index_of(item.place);
}

ExceptionItem* ExceptionDesk::item_of(std::uint64_t payload) {
  const auto at = items_.find(payload & ((std::uint64_t{1} << 40) - 1));
  return at == items_.end() ? nullptr : &at->second;
}

const ExceptionItem* ExceptionDesk::find(ExceptionType type, std::uint64_t subject) const {
  const auto at = problems_.lower_bound({type, subject, 0});
  return at == problems_.end() || !at->first.is_about(type, subject) ? nullptr : &items_.at(at->second);
}

std::uint32_t ExceptionDesk::count_holding(std::uint64_t subject) const {
  std::uint32_t count = 0;
  for (const ExceptionTypeText& text : kExceptionTypes)
    for (auto at = problems_.lower_bound({text.type, subject, 0});
         at != problems_.end() && at->first.is_about(text.type, subject); ++at) {
      const ExceptionItem& item = items_.at(at->second);
      count += item.holds_message && !item.is_cleared ? 1U : 0U;
    }
  return count;
}

const ExceptionItem* ExceptionDesk::find_closed(std::uint64_t id) const {
  for (const auto& [problem, closed] : closed_)
    if (closed.item.id == id) return &closed.item;
  return nullptr;
}

void ExceptionDesk::reported(Context& c, MessageId id) {
  const Message report = c.pool[id];
  c.pool.release(id);
  facts_.add(c.kernel.now.us);
  facts_.add(static_cast<std::uint64_t>(report.exception.exception) << 8 |
             static_cast<std::uint64_t>(report.exception.signal));
  forget_old(c.kernel.now, c.setup.exceptions.rule.reopen_hours * kHour);
  if (report.exception.signal == ExceptionSignal::raised) {
    raise(c, report);
  } else {
    clear(c, report);
  }
}

void ExceptionDesk::raise(Context& c, const Message& report) {
  const CoalesceBy by =
      c.rules.is(Mutant::exceptions_not_coalesced) ? CoalesceBy::none : c.setup.exceptions.rule.coalesce_by;
  Problem problem{report.exception.exception, report.exception.subject, 0};
  if (by == CoalesceBy::message) problem.part = message_of_report(report);
  if (by == CoalesceBy::none) problem.part = last_id_ + 1;  // never heard of before
  if (const auto open = problems_.find(problem); open != problems_.end()) {
    c.rules.count(Item::coalesced);
    return raise_again(c, items_.at(open->second), report);
  }
  if (const auto before = closed_.find(problem); before != closed_.end()) {
    c.rules.count(Item::reopened);
    const Closed closed = before->second;
    closed_.erase(before);
    return reopen(c, closed, report);
  }
  c.rules.count(over_.erase(problem) != 0 ? Item::opened_again : Item::opened);
  open_item(c, report, problem);
}

void ExceptionDesk::open_item(Context& c, const Message& report, const Problem& problem) {
  const ExceptionBody& body = report.exception;
  ExceptionItem item;
  item.id = ++last_id_;
  item.subject = problem.subject;
  item.part = problem.part;
  item.place = report.envelope.place;
  item.place_key = c.setup.places[index_of(item.place)].key;
  item.type = body.exception;
  item.about = body.about;
  item.terminal = report.envelope.terminal;
  item.number = report.envelope.number;
  item.cause = body.cause;
  item.business_date = report.envelope.business_date;
  item.opened_at = c.kernel.now;
  item.amount = body.amount;
  item.units = body.units;
  note_held(item, report);
  route(c, item);
  judge_severity(c, item, true);
  ++counters_.opened;
  ++by_type_[static_cast<std::size_t>(item.type)][static_cast<std::size_t>(item.role)];
  ExceptionItem& kept = items_.emplace(item.id, item).first->second;
  problems_[problem] = item.id;
  counters_.most_open = std::max<std::uint64_t>(counters_.most_open, items_.size());
  set_due(c, kept, false);
  enqueue(c, kept);
  expect_recheck(c);
  if (c.setup.exceptions.rule.auto_resolve == AutoResolve::age_out || c.rules.is(Mutant::exceptions_age_out))
    c.kernel.schedule(c.kernel.now + 7 * kDay, kind(EventKind::exception_settles), pack(kept.id, 0xffffffU));
}

/// The same problem once more while its item is open.
void ExceptionDesk::raise_again(Context& c, ExceptionItem& item, const Message& report) {
  const ExceptionBody& body = report.exception;
  ++item.occurrences;
  note_held(item, report);
  item.units = std::max(item.units, body.units);
  if (item.is_cleared) {
    item.is_cleared = false;
    c.rules.count(Auto::flapped_kept_open);
  }
  const bool is_queued = item.state == ExceptionItem::State::queued;
  if (is_queued) team_.withdraw(group_of(item), item);
  if (body.held != 0 || std::abs(body.amount) > std::abs(item.amount)) forget_consent(item);
  item.amount = std::abs(body.amount) > std::abs(item.amount) ? body.amount : item.amount;
  judge_severity(c, item, false);
  if (is_queued) team_.enqueue(group_of(item), item);
  // What was done did not help; unless there was nothing that anybody here could do, or can before its item is known.
  const bool is_too_early = holds_no_message(item.type) || item.type == ExceptionType::unmapped_item;
  if (item.state == ExceptionItem::State::awaiting && !is_too_early) enqueue(c, item);
}

void ExceptionDesk::reopen(Context& c, const Closed& closed, const Message& report) {
  ExceptionItem item = closed.item;
  ++item.reopened;
  ++item.occurrences;
  item.is_cleared = false;
  item.is_ordered = false;
  forget_consent(item);
  item.resolution = Resolution::open;
  item.amount = report.exception.amount;
  item.held = 0;
  note_held(item, report);
  ExceptionItem& kept = items_.emplace(item.id, item).first->second;
  problems_[problem_of(kept)] = kept.id;
  expect_recheck(c);
  judge_severity(c, kept, false);
  set_due(c, kept, false);
  enqueue(c, kept);
}

Role ExceptionDesk::role_of(const Context& c, const ExceptionItem& item, bool& is_fallback) const {
  const ExceptionRule& rule = c.setup.exceptions.rule;
  is_fallback = false;
  Role role = text_of(item.type).role;
  if (c.rules.is(Mutant::manager_gets_dead_letters) && role == Role::it_support) role = Role::store_manager;
  const bool is_of_a_store = index_of(item.place) < c.setup.addresses.stores && !text_of(item.type).is_of_the_chain;
  // What is about no store has no store manager.
  const Role fallback =
      rule.fallback_role == Role::store_manager && !is_of_a_store ? Role::it_support : rule.fallback_role;
  if (rule.routing == Routing::single_queue) return fallback;
  if (rule.routing == Routing::by_store && is_of_a_store) role = Role::store_manager;
  if (role != Role::store_manager) {
    is_fallback = team_.people(static_cast<std::uint32_t>(role)) == 0;
  } else {
    is_fallback = true;
    if (is_of_a_store) {
      const std::uint32_t group = static_cast<std::uint32_t>(kRoles) + index_of(item.place);
      const Time next = team_.hours(group).next_working(c.kernel.now);
      is_fallback = team_.people(group) == 0 || next == kNever || next - c.kernel.now > rule.absence_hours * kHour;
    }
  }
  return is_fallback ? fallback : role;
}

void ExceptionDesk::route(Context& c, ExceptionItem& item) const {
  bool is_fallback = false;
  item.role = role_of(c, item, is_fallback);
  if (is_fallback) return c.rules.count(Owner::fallback_used);
  c.rules.count(item.role == Role::store_manager       ? Owner::to_store_manager
                : item.role == Role::inventory_planner ? Owner::to_inventory_planner
                : item.role == Role::finance_analyst   ? Owner::to_finance_analyst
                                                       : Owner::to_it_support);
}

void ExceptionDesk::judge_severity(Context& c, ExceptionItem& item, bool is_new) {
  const ExceptionRule& rule = c.setup.exceptions.rule;
  Severity severity = is_new ? least_severity(rule, item.type) : item.severity;
  const Minor amount = std::abs(item.amount);
  if (amount >= rule.high_amount_minor) severity = std::max(severity, Severity::high);
  if (amount >= rule.critical_amount_minor) severity = Severity::critical;
  const bool is_blocking = static_cast<std::int64_t>(item.held) >= rule.critical_blocked_messages;
  if (is_blocking && !c.rules.is(Mutant::blocked_not_counted)) severity = Severity::critical;
  if (c.rules.is(Mutant::severity_ignored)) severity = Severity::low;
  const bool is_raised = !is_new && severity > item.severity;
  item.severity = severity;
  if (is_new) {
    c.rules.count(severity == Severity::low      ? Judged::low
                  : severity == Severity::medium ? Judged::medium
                  : severity == Severity::high   ? Judged::high
                                                 : Judged::critical);
  }
  if (!is_raised) return;
  c.rules.count(Judged::raised_while_open);
  set_due(c, item, true);
}

void ExceptionDesk::set_due(Context& c, ExceptionItem& item, bool only_earlier) {
  const ExceptionRule& rule = c.setup.exceptions.rule;
  const std::int32_t hours[] = {rule.sla_low_hours, rule.sla_medium_hours, rule.sla_high_hours,
                                rule.sla_critical_hours};
  const Duration sla = hours[static_cast<std::size_t>(item.severity)] * kHour;
  const bool is_managers = item.role == Role::store_manager;
  const WorkingHours& counted =
      is_managers ? c.setup.exceptions.opening_hours[index_of(item.place)] : team_.hours(group_of(item));
  Time due = counted.after(c.kernel.now, sla);
  if (c.rules.is(Mutant::due_in_calendar_hours)) due = c.kernel.now + sla;
  if (only_earlier && due >= item.due) return;
  if (only_earlier) c.rules.count(Judged::due_moved_earlier);
  item.due = due;
  ++item.due_number;
  if (due != kNever) c.kernel.schedule(due, kind(EventKind::exception_due), pack(item.id, item.due_number));
}

void ExceptionDesk::due(Context& c, std::uint64_t payload) {
  ExceptionItem* const item = item_of(payload);
  if (item == nullptr || item->due_number != payload >> 40) return;
  const ExceptionRule& rule = c.setup.exceptions.rule;
  if (!item->is_breached) ++counters_.breached;
  item->is_breached = true;
  facts_.add(item->opened_at.us);
  if (rule.escalation == Escalation::none || c.rules.is(Mutant::overdue_never_escalates)) return;
  if (rule.escalation == Escalation::remind_only || item->level + 1 >= rule.escalation_levels) {
    ++item->reminders;
    ++counters_.reminders;
    c.rules.count(Late::reminded_at_top);
    if (rule.escalation == Escalation::step_up) hold_day(c, *item, true);
    ++item->due_number;
    c.kernel.schedule(c.kernel.now + rule.reminder_hours * kHour, kind(EventKind::exception_due),
                      pack(item->id, item->due_number));
    if (item->state == ExceptionItem::State::awaiting) enqueue(c, *item);
    return;
  }
  ++item->level;
  const bool is_at_top = item->level + 1 >= rule.escalation_levels;
  c.rules.count(is_at_top ? Late::escalated_to_top : Late::escalated);
  if (is_at_top) hold_day(c, *item, true);
  const bool is_queued = item->state == ExceptionItem::State::queued;
  if (is_queued) team_.withdraw(group_of(*item), *item);
  item->severity = one_up(item->severity);
  set_due(c, *item, false);
  if (is_queued) team_.enqueue(group_of(*item), *item);
  if (item->state == ExceptionItem::State::awaiting) enqueue(c, *item);  // the next level looks at it
}

/// Cleared of one subject: all its items, whatever they are coalesced by.
void ExceptionDesk::clear(Context& c, const Message& report) {
  if (c.rules.is(Mutant::cleared_not_heard)) return;
  const ExceptionBody& body = report.exception;
  for (auto at = problems_.lower_bound({body.exception, body.subject, 0});
       at != problems_.end() && at->first.is_about(body.exception, body.subject);) {
    ExceptionItem& item = items_.at(at->second);
    ++at;  // it may close
    clear(c, item);
  }
  if (body.exception == ExceptionType::unmapped_item && body.subject != message_of_report(report)) masters_came(c);
}

/// What the books could not keep until an item is known, and has come back before, may be tried once more.
void ExceptionDesk::masters_came(Context& c) {
  std::vector<std::uint64_t> waiting;  // whoever is free takes the first at once
  for (const auto& [id, item] : items_)
    if (item.type == ExceptionType::unmapped_item && item.holds_message && !item.is_cleared &&
        item.state == ExceptionItem::State::awaiting)
      waiting.push_back(id);
  for (const std::uint64_t id : waiting) enqueue(c, items_.at(id));
}

/// The cause is gone: at once the end of an item whose message has posted, later that of others.
void ExceptionDesk::clear(Context& c, ExceptionItem& item) {
  const ExceptionRule& rule = c.setup.exceptions.rule;
  if (item.is_cleared) return;
  item.is_cleared = true;
  if (!item.holds_message) item.held = 0;
  ++item.clearing_number;
  if (item.state == ExceptionItem::State::in_work) return c.rules.count(Auto::marked_cleared_in_work);
  if (item.state == ExceptionItem::State::awaiting) return close(c, item, resolution_of_cleared(item));
  const bool never = std::find(rule.never_auto.begin(), rule.never_auto.end(), item.type) != rule.never_auto.end();
  if (never || rule.auto_resolve != AutoResolve::predicate) {
    if (never) c.rules.count(Auto::never_auto_kept);
    return;
  }
  c.kernel.schedule(c.kernel.now + rule.settle_minutes * kMinute, kind(EventKind::exception_settles),
                    pack(item.id, item.clearing_number));
}

void ExceptionDesk::settles(Context& c, std::uint64_t payload) {
  ExceptionItem* const item = item_of(payload);
  if (item == nullptr) return;
  const bool is_aged = payload >> 40 == 0xffffffU;
  if (!is_aged && (!item->is_cleared || item->clearing_number != payload >> 40)) return;
  if (item->state == ExceptionItem::State::in_work) return;
  if (item->state == ExceptionItem::State::queued) team_.withdraw(group_of(*item), *item);
  c.rules.count(Auto::auto_resolved);
  ++counters_.auto_resolved;
  close(c, *item, Resolution::auto_resolved);
}

/// One look for all that is open, until the days are over. What the desk knows of a cause is what was said of it last:
/// whoever sees it come or go says so, in the commit that sees it.
void ExceptionDesk::expect_recheck(Context& c) {
  const ExceptionRule& rule = c.setup.exceptions.rule;
  if (is_recheck_due_ || rule.auto_resolve != AutoResolve::predicate) return;
  const Time next = c.kernel.now + rule.recheck_minutes * kMinute;
  if (next >= c.setup.chain_zone.at(c.setup.last_date, 0)) return;
  is_recheck_due_ = true;
  c.kernel.schedule(next, kind(EventKind::causes_rechecked), 0);
}

void ExceptionDesk::recheck(Context& c) {
  is_recheck_due_ = false;
  const auto there =
      std::count_if(items_.begin(), items_.end(), [](const auto& each) { return !each.second.is_cleared; });
  c.rules.count(Auto::still_true, static_cast<std::uint64_t>(there));
  if (!items_.empty()) expect_recheck(c);
}

/// What was closed too long ago to be opened again is remembered by name alone, and forgotten in the end.
void ExceptionDesk::forget_old(Time now, Duration keep) {
  for (; over_until_ < closed_order_.size() && now - closed_order_[over_until_].first > keep; ++over_until_) {
    const auto& [closed_at, problem] = closed_order_[over_until_];
    const auto at = closed_.find(problem);
    if (at == closed_.end() || at->second.at != closed_at) continue;
    closed_.erase(at);
    over_[problem] = closed_at;
  }
  std::size_t old = 0;
  for (; old < over_until_ && now - closed_order_[old].first > kRemembered; ++old) {
    const auto at = over_.find(closed_order_[old].second);
    if (at != over_.end() && at->second == closed_order_[old].first) over_.erase(at);
  }
  if (old <= 64 && old != closed_order_.size()) return;
  closed_order_.erase(closed_order_.begin(), closed_order_.begin() + static_cast<std::ptrdiff_t>(old));
  over_until_ -= old;
}

std::uint64_t ExceptionDesk::state_bytes() const {
  return (items_.size() + closed_.size()) * (sizeof(ExceptionItem) + 64) + (problems_.size() + over_.size()) * 64 +
         closed_order_.capacity() * sizeof(closed_order_[0]);
}

}  // namespace tillstorm::erp
