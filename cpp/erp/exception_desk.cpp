// What becomes of problems: opened (EXC-01), owned (EXC-02), judged (EXC-03), overdue (EXC-04), gone (EXC-05).
#include "erp/exception_desk.h"

#include <algorithm>

#include "messages/event_kind.h"

namespace tillstorm::erp {
namespace {

using Item = rule::OneWorkItem::Outcome;
using Owner = rule::OwnerRole::Outcome;
using Judged = rule::SeverityAndDue::Outcome;
using Late = rule::OverdueEscalates::Outcome;
using Auto = rule::ResolvesItself::Outcome;

constexpr std::uint16_t kind(EventKind k) { return static_cast<std::uint16_t>(k); }
constexpr std::uint64_t pack(std::uint64_t id, std::uint32_t number) { return std::uint64_t{number} << 40 | id; }

Severity base_severity(ExceptionType type) {
  switch (type) {
    case ExceptionType::negative_stock:
    case ExceptionType::recon_difference:
      return Severity::low;  // the amount decides
    case ExceptionType::backlog_overdue:
    case ExceptionType::till_log:
    case ExceptionType::queue_full:
      return Severity::high;
    default:
      return Severity::medium;
  }
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
  const auto at = subjects_.find({type, subject});
  return at == subjects_.end() ? nullptr : &items_.at(at->second);
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
  const ExceptionRule& rule = c.setup.exceptions.rule;
  const ExceptionBody& body = report.exception;
  const Subject subject{body.exception, body.subject};
  const bool coalesces = rule.coalesce_by == CoalesceBy::subject && !c.rules.is(Mutant::exceptions_not_coalesced);
  const auto open = subjects_.find(subject);
  if (open != subjects_.end() && coalesces) {
    c.rules.count(Item::coalesced);
    return raise_again(c, items_.at(open->second), body);
  }
  const auto before = closed_.find(subject);
  if (before != closed_.end() && coalesces) {
    c.rules.count(Item::reopened);
    const Closed closed = before->second;
    closed_.erase(before);
    return reopen(c, closed, body);
  }
  c.rules.count(Item::opened);
  ExceptionItem item;
  item.id = ++last_id_;
  item.subject = body.subject;
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
  item.holds_message = body.held != 0;
  route(c, item);
  judge_severity(c, item, true);
  ++counters_.opened;
  ++by_type_[static_cast<std::size_t>(item.type)][static_cast<std::size_t>(item.role)];
  ExceptionItem& kept = items_.emplace(item.id, item).first->second;
  subjects_[subject] = item.id;
  counters_.most_open = std::max<std::uint64_t>(counters_.most_open, items_.size());
  set_due(c, kept, false);
  enqueue(c, kept);
  if (rule.auto_resolve == AutoResolve::age_out || c.rules.is(Mutant::exceptions_age_out))
    c.kernel.schedule(c.kernel.now + 7 * kDay, kind(EventKind::exception_settles), pack(kept.id, 0xffffffU));
}

/// The same problem once more while its item is open.
void ExceptionDesk::raise_again(Context& c, ExceptionItem& item, const ExceptionBody& body) {
  ++item.occurrences;
  item.holds_message = item.holds_message || body.held != 0;
  item.units = std::max(item.units, body.units);
  if (item.is_cleared) {
    item.is_cleared = false;
    c.rules.count(Auto::flapped_kept_open);
  }
  const bool is_queued = item.state == ExceptionItem::State::queued;
  if (is_queued) team_.withdraw(group_of(item), item);
  item.amount = std::abs(body.amount) > std::abs(item.amount) ? body.amount : item.amount;
  judge_severity(c, item, false);
  if (is_queued) team_.enqueue(group_of(item), item);
  if (item.state == ExceptionItem::State::awaiting) enqueue(c, item);  // what was done did not help
}

void ExceptionDesk::reopen(Context& c, const Closed& closed, const ExceptionBody& body) {
  ExceptionItem item = closed.item;
  ++item.reopened;
  ++item.occurrences;
  item.is_cleared = false;
  item.resolution = Resolution::open;
  item.amount = body.amount;
  ExceptionItem& kept = items_.emplace(item.id, item).first->second;
  subjects_[{kept.type, kept.subject}] = kept.id;
  judge_severity(c, kept, false);
  set_due(c, kept, false);
  enqueue(c, kept);
}

Role ExceptionDesk::role_of(const Context& c, const ExceptionItem& item, bool& is_fallback) const {
  const ExceptionRule& rule = c.setup.exceptions.rule;
  is_fallback = false;
  Role role = text_of(item.type).role;
  if (c.rules.is(Mutant::manager_gets_dead_letters) && role == Role::it_support) role = Role::store_manager;
  if (rule.routing == Routing::single_queue) return rule.fallback_role;
  if (rule.routing == Routing::by_store && index_of(item.place) < c.setup.addresses.stores) role = Role::store_manager;
  if (role != Role::store_manager) {
    is_fallback = team_.people(static_cast<std::uint32_t>(role)) == 0;
  } else {
    is_fallback = true;
    if (index_of(item.place) < c.setup.addresses.stores) {
      const std::uint32_t group = static_cast<std::uint32_t>(kRoles) + index_of(item.place);
      const Time next = team_.hours(group).next_working(c.kernel.now);
      is_fallback = team_.people(group) == 0 || next == kNever || next - c.kernel.now > rule.absence_hours * kHour;
    }
  }
  return is_fallback ? rule.fallback_role : role;
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
  Severity severity = is_new ? base_severity(item.type) : item.severity;
  const Minor amount = std::abs(item.amount);
  if (amount >= rule.high_amount_minor) severity = std::max(severity, Severity::high);
  if (amount >= rule.critical_amount_minor) severity = Severity::critical;
  if (static_cast<std::int64_t>(item.occurrences) >= rule.critical_occurrences) severity = Severity::critical;
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
  Time due = team_.hours(group_of(item)).after(c.kernel.now, sla);
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
    ++item->due_number;
    c.kernel.schedule(c.kernel.now + rule.reminder_hours * kHour, kind(EventKind::exception_due),
                      pack(item->id, item->due_number));
    if (item->state == ExceptionItem::State::awaiting) enqueue(c, *item);
    return;
  }
  ++item->level;
  c.rules.count(item->level + 1 >= rule.escalation_levels ? Late::escalated_to_top : Late::escalated);
  const bool is_queued = item->state == ExceptionItem::State::queued;
  if (is_queued) team_.withdraw(group_of(*item), *item);
  item->severity = one_up(item->severity);
  set_due(c, *item, false);
  if (is_queued) team_.enqueue(group_of(*item), *item);
  if (item->state == ExceptionItem::State::awaiting) enqueue(c, *item);  // the next level looks at it
}

/// The cause is gone: at once the end of an item whose message has posted, later that of others.
void ExceptionDesk::clear(Context& c, const Message& report) {
  const auto at = subjects_.find({report.exception.exception, report.exception.subject});
  if (at == subjects_.end() || c.rules.is(Mutant::cleared_not_heard)) return;
  const ExceptionRule& rule = c.setup.exceptions.rule;
  ExceptionItem& item = items_.at(at->second);
  if (item.is_cleared) return;
  item.is_cleared = true;
  ++item.clearing_number;
  if (item.state == ExceptionItem::State::in_work) return c.rules.count(Auto::marked_cleared_in_work);
  if (item.state == ExceptionItem::State::awaiting)
    return close(c, item, item.holds_message ? Resolution::resubmitted : Resolution::matched);
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

void ExceptionDesk::forget_old(Time now, Duration keep) {
  std::size_t old = 0;
  while (old < closed_order_.size() && now - closed_order_[old].first > keep) {
    const auto at = closed_.find(closed_order_[old].second);
    if (at != closed_.end() && at->second.at == closed_order_[old].first) closed_.erase(at);
    ++old;
  }
  if (old > 64 || old == closed_order_.size())
    closed_order_.erase(closed_order_.begin(), closed_order_.begin() + static_cast<std::ptrdiff_t>(old));
}

std::uint64_t ExceptionDesk::state_bytes() const {
  return (items_.size() + closed_.size()) * (sizeof(ExceptionItem) + 64) + subjects_.size() * 64;
}

}  // namespace tillstorm::erp
