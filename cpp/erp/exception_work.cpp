// What people do with exceptions: they take them (EXC-06), mend or decide, and close what is final (EXC-07).
#include <algorithm>
#include <cstdlib>

#include "erp/exception_desk.h"
#include "messages/event_kind.h"

namespace tillstorm::erp {
namespace {

using Staff = rule::FiniteStaff::Outcome;
using Final = rule::FinalState::Outcome;
using Repair = rule::RepairAndResubmit::Outcome;

constexpr std::uint16_t kind(EventKind k) { return static_cast<std::uint16_t>(k); }
constexpr std::uint64_t pack(std::uint64_t id, std::uint32_t number) { return std::uint64_t{number} << 40 | id; }

/// What a person does with a message that was set aside under this type.
RepairAction action_for(ExceptionType type) {
  switch (type) {
    case ExceptionType::key_conflict:
      return RepairAction::cancel;  // what was posted first stands
    default:
      return RepairAction::resubmit_edited;
  }
}

}  // namespace

/// How an item ends whose cause is gone, and that somebody has worked on.
Resolution ExceptionDesk::resolution_of_cleared(const ExceptionItem& item) {
  if (!item.holds_message || !item.is_ordered) return Resolution::matched;
  if (action_for(item.type) == RepairAction::cancel) return Resolution::cancelled;
  return item.to_mend != 0 ? Resolution::repaired : Resolution::resubmitted;
}

void ExceptionDesk::enqueue(Context& c, ExceptionItem& item) {
  item.state = ExceptionItem::State::queued;
  item.queued_since = c.kernel.now;
  const std::uint32_t group = group_of(item);
  team_.enqueue(group, item);
  give_work(c, group);
}

void ExceptionDesk::give_work(Context& c, std::uint32_t group) {
  for (;;) {
    const ExceptionTeam::Work work = team_.take(group, c.kernel.now);
    if (work.item == 0) break;
    ExceptionItem& item = items_.at(work.item);
    item.state = ExceptionItem::State::in_work;
    item.person = work.person;
    item.not_person = kNone;
    item.taken_at = c.kernel.now;
    ++item.works;
    c.rules.count(item.queued_since == c.kernel.now ? Staff::taken_at_once : Staff::waited_for_staff);
    if (work.overtakes) c.rules.count(Staff::overtaken_by_more_severe);
    const bool is_instant = c.rules.is(Mutant::staff_without_limit);
    const Duration handling = is_instant ? kMicrosecond : team_.handling(c.setup.seed, item);
    const WorkingHours& hours = team_.hours(group);
    Time end = hours.after(c.kernel.now, handling);
    if (end == kNever) end = c.kernel.now + handling;
    if (end - c.kernel.now > handling) c.rules.count(Staff::carried_to_next_shift);
    item.worked += handling;
    counters_.worked += handling;
    c.kernel.schedule(end, kind(EventKind::work_ends), pack(item.id, item.works));
  }
  const Time next = team_.call(group, c.kernel.now);
  if (next != kNever) c.kernel.schedule(next, kind(EventKind::shift_begins), group);
}

void ExceptionDesk::shift_begins(Context& c, std::uint64_t group) {
  team_.called(static_cast<std::uint32_t>(group));
  give_work(c, static_cast<std::uint32_t>(group));
}

void ExceptionDesk::work_ends(Context& c, std::uint64_t payload) {
  ExceptionItem* const item = item_of(payload);
  if (item == nullptr || item->works != payload >> 40 || item->state != ExceptionItem::State::in_work) return;
  const std::uint32_t group = group_of(*item);
  team_.free(item->person);
  work_done(c, *item);
  give_work(c, group);
}

/// Somebody has finished with an item: it closes if its subject is final, or is told what to do and waits for that.
void ExceptionDesk::work_done(Context& c, ExceptionItem& item) {
  facts_.add(item.opened_at.us);
  facts_.add(c.kernel.now.us);
  if (item.is_cleared) return close(c, item, resolution_of_cleared(item));
  const bool code_only =
      c.setup.exceptions.rule.close_requires == CloseRequires::code_only || c.rules.is(Mutant::closed_when_handled);
  if (code_only) return close(c, item, Resolution::accepted);
  if (item.holds_message) {
    if (!may_edit(c, item)) return;
    order_repair(c, item);
    item.is_ordered = true;
  } else if (item.type == ExceptionType::recon_difference) {
    if (!may_write_off(c, item)) return;
    write_off(c, item);
    return close(c, item, Resolution::written_off);
  } else if (has_cause_of_its_own(item)) {
    c.rules.count(Final::close_refused);  // it is final when the cause is gone
  } else {
    return close(c, item, Resolution::accepted);
  }
  item.state = ExceptionItem::State::awaiting;
}

/// A difference is written off when nothing of its store day is set aside, and by two people if it is large. False:
/// what comes next has been decided.
bool ExceptionDesk::may_write_off(Context& c, ExceptionItem& item) {
  if (has_message_aside(item.place, item.business_date)) {
    c.rules.count(Final::close_refused);
    item.state = ExceptionItem::State::awaiting;
    return false;
  }
  if (std::abs(item.amount) <= c.setup.exceptions.write_off_limit || item.wants_second ||
      c.rules.is(Mutant::write_off_by_one_person))
    return true;
  c.rules.count(Final::second_person_required);
  if (ask_for_consent(c, item)) return false;
  c.rules.count(Final::second_person_refused);
  item.state = ExceptionItem::State::awaiting;
  return false;
}

/// An analyst who has not looked at it must agree. False if there is none.
bool ExceptionDesk::ask_for_consent(Context& c, ExceptionItem& item) {
  const auto finance = static_cast<std::uint32_t>(Role::finance_analyst);
  if (team_.people(finance) < (item.role == Role::finance_analyst ? 2U : 1U)) return false;
  item.wants_second = true;
  item.asked_by = item.role;
  item.role = Role::finance_analyst;
  item.not_person = item.person;
  enqueue(c, item);
  return true;
}

/// What was agreed to is not what is to be decided now.
void ExceptionDesk::forget_consent(ExceptionItem& item) {
  if (item.wants_second && item.state != ExceptionItem::State::in_work) item.role = item.asked_by;
  item.wants_second = false;
  item.not_person = kNone;
}

/// MSG-13: an owner edits what is listed, the next level everything, and nobody a quantity or an amount alone. False:
/// what comes next has been decided.
bool ExceptionDesk::may_edit(Context& c, ExceptionItem& item) {
  if (item.to_mend == 0) return true;
  const auto field = static_cast<MessageField>(item.to_mend - 1);
  const ExceptionRule& rule = c.setup.exceptions.rule;
  const std::vector<MessageField>& editable = c.setup.exceptions.repair.editable_fields;
  const bool is_listed = std::find(editable.begin(), editable.end(), field) != editable.end();
  const bool has_level_above = rule.escalation == Escalation::step_up && item.level + 1 < rule.escalation_levels;
  const auto refuse = [&] {
    c.rules.count(Repair::edit_refused);
    item.state = ExceptionItem::State::awaiting;
    return false;
  };
  if (!is_listed && item.level == 0 && has_level_above) return refuse();
  if (!is_quantity_or_amount(field) || item.wants_second || c.rules.is(Mutant::amount_edited_by_one)) return true;
  if (!ask_for_consent(c, item)) return refuse();
  c.rules.count(Repair::edit_seconded);
  return false;
}

bool ExceptionDesk::has_message_aside(PlaceId place, Date date) const {
  return std::any_of(items_.begin(), items_.end(), [&](const auto& each) {
    return each.second.holds_message && each.second.place == place && each.second.business_date == date;
  });
}

void ExceptionDesk::order_repair(Context& c, const ExceptionItem& item) const {
  const MessageId id = c.pool.create(MessageType::repair);
  Message& message = c.pool[id];
  message.envelope.place = item.place;
  message.envelope.event_time = c.kernel.now;
  message.repair = {item.type, action_for(item.type), item.subject, item.level};
  c.kernel.send(c.setup.addresses.middleware(), c.kernel.now + c.setup.middleware_latency,
                kind(EventKind::repair_ordered), static_cast<std::uint32_t>(id));
}

/// The books of the place journal what was given up.
void ExceptionDesk::write_off(Context& c, const ExceptionItem& item) const {
  c.rules.count(Final::written_off);
  const MessageId id = c.pool.create(MessageType::exception_report);
  Message& message = c.pool[id];
  message.envelope.place = item.place;
  message.envelope.number = static_cast<std::uint32_t>(item.id);
  message.envelope.business_date = c.setup.chain_zone.date_at(c.kernel.now);
  message.exception.exception = item.type;
  message.exception.amount = item.amount;
  c.kernel.send(c.setup.addresses.partition(item.place), c.kernel.now + c.setup.middleware_latency,
                kind(EventKind::writes_off), static_cast<std::uint32_t>(id));
}

/// The books of the place must not export the store day that the item is about, or may do so again.
void ExceptionDesk::hold_day(Context& c, ExceptionItem& item, bool is_held) {
  const bool has_day = index_of(item.place) < c.setup.addresses.stores && item.business_date != Date{};
  if (!has_day || item.holds_day == is_held || c.rules.is(Mutant::day_exported_unsettled)) return;
  item.holds_day = is_held;
  c.kernel.send(c.setup.addresses.partition(item.place), c.kernel.now + c.setup.middleware_latency,
                kind(EventKind::day_held),
                std::uint64_t{is_held ? 0U : 1U} << 32 | static_cast<std::uint32_t>(item.business_date.days));
}

void ExceptionDesk::close(Context& c, ExceptionItem& item, Resolution resolution) {
  c.rules.count(Final::closed_final);
  if (!item.is_breached) c.rules.count(rule::OverdueEscalates::Outcome::resolved_in_time);
  item.state = ExceptionItem::State::closed;
  item.resolution = resolution;
  item.closed_at = c.kernel.now;
  ++counters_.closed;
  facts_.add(item.opened_at.us);
  facts_.add(static_cast<std::uint64_t>(resolution));
  record(c.tables.exceptions, item);
  hold_day(c, item, false);
  const Problem problem = problem_of(item);
  problems_.erase(problem);
  closed_[problem] = {item, c.kernel.now};
  closed_order_.emplace_back(c.kernel.now, problem);
  items_.erase(item.id);
}

void ExceptionDesk::record_open(Context& c) const {
  for (const auto& [id, item] : items_) record(c.tables.open_exceptions, item);
}

void ExceptionDesk::record(Table<ExceptionRow>& table, const ExceptionItem& item) {
  if (!table.wanted) return;
  const bool is_of_the_chain = text_of(item.type).is_of_the_chain;
  table.append({.id = static_cast<std::int64_t>(item.id),
                .type = item.type,
                .role = item.role,
                .severity = item.severity,
                .resolution = item.resolution,
                .place = is_of_the_chain ? PlaceId{kNone} : item.place,
                .about = is_of_the_chain ? MessageType{0xff} : item.about,
                .terminal = till_number(item.about, item.terminal),
                .number = item.number,
                .business_date = is_of_the_chain ? kNoDate : item.business_date,
                .opened_at = item.opened_at,
                .due = item.due,
                .taken_at = item.works != 0 ? item.taken_at : kNoTime,
                .closed_at = item.state == ExceptionItem::State::closed ? item.closed_at : kNoTime,
                .level = item.level,
                .occurrences = item.occurrences,
                .reopened = item.reopened,
                .works = item.works,
                .worked_us = item.worked.us,
                .amount_minor = item.amount,
                .units = item.units,
                .breached = static_cast<std::uint16_t>(item.is_breached)});
}

}  // namespace tillstorm::erp
