// Messages set aside: who is (MSG-12), who hears of it, and how they come back (MSG-13).
#include "integration/hospital.h"

#include "base/hash.h"
#include "integration/bus.h"
#include "messages/exception_report.h"

namespace tillstorm::integration {
namespace {

using Dead = rule::DeadLetters::Outcome;
using Repair = rule::RepairAndResubmit::Outcome;
using What = Transmission::Kind;

/// What somebody has to edit before a message can be let in or worked on: ExceptionBody::to_mend. Which field is not
/// there follows the message alone, so that a repeat lacks the same one.
std::uint8_t to_mend(const Message& m) {
  const auto one_more = [](MessageField field) { return static_cast<std::uint8_t>(static_cast<int>(field) + 1); };
  switch (m.defect) {
    case Defect::missing_field:
      return static_cast<std::uint8_t>(mix64(m.envelope.body_hash) % names_of(MessageField{}).size() + 1);
    case Defect::unknown_source:
      return one_more(MessageField::location);
    case Defect::poison:
      return one_more(MessageField::item);
    case Defect::unknown_type:
    case Defect::none:
      break;
  }
  return 0;
}

}  // namespace

/// Another copy of what is here, was sent on from here, or was posted after that and is still kept. What was sent on
/// itself is one as soon as another copy is here again, or is known to be posted: the answer was lost.
bool Bus::is_known_repeat(const Context& c, MessageId message) const {
  const std::uint64_t subject = exception_subject(as_it_came(c.pool[message]));
  if (c.pool[message].set_aside_as == 0) return hospital_.knows(subject);
  return hospital_.is_here(subject) || hospital_.was_posted(subject);
}

/// One is enough. What had been sent on and is dropped for good takes its exception with it: the copy that has posted
/// may have been set aside under another type. False if it is no repeat.
bool Bus::drop_repeat(Context& c, const BusSettings& s, MessageId message) {
  purge(c, s);
  if (!is_known_repeat(c, message)) return false;
  const Message& m = c.pool[message];
  const Envelope envelope = as_it_came(m);
  const bool was_sent_on = m.set_aside_as != 0;
  const auto remembered = static_cast<ExceptionType>(m.set_aside_as - 1);  // if it was
  c.rules.count(Dead::repeat_dropped);
  c.pool.release(message);
  if (was_sent_on && !hospital_.is_here(exception_subject(envelope))) tell_cleared(c, s, envelope, remembered);
  return true;
}

/// True if somebody has to decide about it from now on: not if somebody does already, or it has posted. `job`, if it is
/// one, is parked for it.
bool Bus::set_aside(Context& c, const BusSettings& s, std::uint32_t place, MessageId message, ExceptionType type,
                    std::uint32_t job) {
  if (drop_repeat(c, s, message)) return false;
  const Message& m = c.pool[message];
  const Envelope envelope = as_it_came(m);
  const std::uint64_t subject = exception_subject(envelope);
  const bool was_sent_on = m.set_aside_as != 0;                            // a report may move the pool
  const auto remembered = static_cast<ExceptionType>(m.set_aside_as - 1);  // if it was
  ExceptionBody body;
  body.exception = type;
  body.subject = subject;
  body.held = 1;
  body.to_mend = to_mend(m);
  if (envelope.type == MessageType::ticket) {
    body.amount = m.ticket.tendered;
    body.units = static_cast<std::int32_t>(m.ticket.units);
  }
  c.note(What::set_aside, 2 * place, envelope.source_sequence);
  facts_.add(envelope.body_hash);
  facts_.add(static_cast<std::uint64_t>(c.kernel.now.us));
  ++set_aside_;
  aside_.push_back({envelope, type});
  if (c.rules.is(Mutant::dead_letter_deleted)) {
    c.pool.release(message);
    return false;
  }
  if (was_sent_on) {
    c.rules.count(Repair::failed_again);
    // Another copy may have been set aside since this one was sent on. It is the business of the new exception now.
    const ExceptionType open = hospital_.type_of(subject, remembered);
    if (open != type) tell_cleared(c, s, envelope, open);
  }
  if (was_sent_on && c.rules.is(Mutant::resubmit_without_end)) {
    ++held_;
    ++places_[place].held;
    add_job(c, s, new_job(c, s, place, message));
    return false;
  }
  hospital_.admit(subject, message, type, job);
  if (!c.rules.is(Mutant::dead_letter_unreported)) report_exception(c, s.addresses, s.to_books, envelope, body);
  return true;
}

/// The exception of this type about a message has come to its end.
void Bus::tell_cleared(Context& c, const BusSettings& s, const Envelope& envelope, ExceptionType type) {
  report_exception(c, s.addresses, s.to_books, envelope,
                   {.exception = type, .signal = ExceptionSignal::cleared, .subject = exception_subject(envelope)});
}

/// Nobody need look at it any more.
void Bus::discharge(Context& c, const BusSettings& s, const Hospital::Patient& patient) {
  const Envelope envelope = as_it_came(c.pool[patient.message]);
  aside_.push_back({envelope, patient.type, true});
  tell_cleared(c, s, envelope, patient.type);
}

void Bus::handed_back(Context& c, const BusSettings& s, MessageId message, ExceptionType type) {
  c.rules.count(rule::RetryBackoff::Outcome::permanent_not_retried);
  set_aside(c, s, index_of(c.pool[message].envelope.place), message, type);
  settle(c, s);
}

void Bus::quarantine(Context& c, const BusSettings& s, std::uint32_t place, MessageId message, ExceptionType type) {
  set_aside(c, s, place, message, type);
  settle(c, s);
}

void Bus::repair(Context& c, const BusSettings& s, MessageId order) {
  const RepairBody body = c.pool[order].repair;
  c.pool.release(order);
  facts_.add(body.subject);
  if (body.action == RepairAction::cancel) {
    cancel(c, s, body.subject);
  } else {
    resubmit(c, s, body.subject, body.action == RepairAction::resubmit_edited, body.level);
  }
  settle(c, s);
}

/// The message goes on under its own key, mended if it was edited.
void Bus::resubmit(Context& c, const BusSettings& s, std::uint64_t subject, bool is_edited, std::uint32_t level) {
  Hospital::Patient* const patient = hospital_.find(subject);
  if (patient == nullptr) return;
  // Each level of escalation may try so often; after that it stays an exception until the next one looks at it.
  if (patient->resubmits >= static_cast<std::uint32_t>(s.repair.max_resubmits) * (level + 1)) return;
  const MessageId original = patient->message;
  const MessageId copy = c.pool.copy(original);
  const std::uint32_t place = index_of(c.pool[copy].envelope.place);
  const std::uint32_t job = patient->job;
  c.pool[copy].set_aside_as = static_cast<std::uint8_t>(static_cast<std::uint8_t>(patient->type) + 1);
  ++c.pool[copy].repairs;
  if (is_edited) c.pool[copy].defect = Defect::none;
  const bool mints = s.repair.key_policy == RepairKey::new_key || c.rules.is(Mutant::resubmit_mints_new_key);
  if (mints) {
    c.pool[copy].own_number = as_it_came(c.pool[copy]).number;
    c.pool[copy].envelope.number += 1'000'000;
  }
  if (!mints) c.rules.count(rule::IdempotencyKey::Outcome::reused_on_resubmit);
  if (c.rules.is(Mutant::resubmit_dated_today))
    c.pool[copy].envelope.business_date = Date{static_cast<std::int32_t>(c.kernel.now.us / kDay.us)};
  c.note(What::resubmitted, 2 * place, c.pool[copy].envelope.source_sequence);
  if (!hospital_.leave(*patient)) c.pool.release(original);
  ++held_;
  ++places_[place].held;
  if (job != kNone) return decided(c, s, job, copy);
  // With a batch it takes its place in the next run: what its source said before it may still wait for that.
  if (s.posting.mode != PostingMode::realtime) {
    // If it came with this very batch, that need not fail because of it.
    std::erase_if(places_[place].invalid, [&](const Invalid& each) { return each.subject == subject; });
    return collect(c, s, place, copy);
  }
  add_job(c, s, new_job(c, s, place, copy));
}

/// The books have it. If it has been set aside once more meanwhile, because the answer was lost, nobody need wait.
void Bus::known_to_be_posted(Context& c, const BusSettings& s, std::uint64_t subject) {
  if (Hospital::Patient* const patient = hospital_.find(subject); patient != nullptr) {
    const MessageId message = patient->message;
    discharge(c, s, *patient);
    decided(c, s, patient->job);
    c.pool.release(message);
  }
  // The books know under which type this copy had been set aside; another copy, under way as well, may have been set
  // aside under another since, and that exception is open.
  if (const Hospital::Patient* const patient = hospital_.under_way(subject);
      patient != nullptr && patient->resubmits > 1)
    tell_cleared(c, s, as_it_came(c.pool[patient->original]), patient->type);
  const bool is_remembered = !c.rules.is(Mutant::mended_forgotten);
  hospital_.forget(subject, is_remembered ? Hospital::End::posted : Hospital::End::cancelled, c.kernel.now);
  purge(c, s);
  settle(c, s);
}

/// What has been closed for long enough is deleted.
void Bus::purge(Context& c, const BusSettings& s) {
  const Time until = c.kernel.now - s.dead_letter.retention_days * kDay;
  for (MessageId old = hospital_.purge(until); old != kNoMessage; old = hospital_.purge(until)) {
    c.pool.release(old);
    c.rules.count(Dead::purged_after_closing);
  }
}

void Bus::cancel(Context& c, const BusSettings& s, std::uint64_t subject) {
  Hospital::Patient* const patient = hospital_.find(subject);
  if (patient == nullptr) return;
  const MessageId message = patient->message;
  const std::uint32_t job = patient->job;
  c.rules.count(Repair::cancelled_with_reason);
  discharge(c, s, *patient);
  if (!hospital_.leave(*patient)) c.pool.release(message);
  hospital_.forget(subject, Hospital::End::cancelled, c.kernel.now);
  purge(c, s);
  decided(c, s, job);
}

}  // namespace tillstorm::integration
