#include "integration/sequence_guard.h"

#include <algorithm>

#include "messages/exception_report.h"
#include "messages/till_numbers.h"

namespace tillstorm::integration {
namespace {

using Outcome = rule::SequenceGap::Outcome;

}  // namespace

bool SequenceGuard::look_closer(Context& c, const SequenceSettings& settings, MessageId id) {
  const Message& message = c.pool[id];
  const Envelope& e = message.envelope;
  Till& till = tills_[e.terminal];
  const bool is_void = e.type == MessageType::number_void;
  if (is_void) c.rules.count(Outcome::placeholder_received);
  if (key_of_number(e) < key_of_number(till.epoch, till.next)) {
    take_late(c, settings, e);
    return true;
  }
  const bool nobody_looks = settings.rule.gap_policy == GapPolicy::ignore_gaps || c.rules.is(Mutant::gap_ignored);
  if (nobody_looks || (!till.is_gapped && is_next(settings, till, message))) {
    if (!nobody_looks && !is_void) c.rules.count(Outcome::no_gap);
    till.epoch = e.epoch;
    till.next = e.number + 1;
    return true;
  }
  held_.push_back(id);
  ++till.held;
  if (!till.is_gapped) {
    open_gap(c, settings, e.terminal);
  } else if (const std::uint32_t gone = release(c, settings, e.terminal); gone > 1) {
    filled(c, settings, e.terminal);  // it went, and something behind it
  } else if (gone == 0 && till.is_declared) {
    report_blocked(c, settings, e.terminal);
  }
  return false;
}

/// Whether nothing is missing between what a till has said last and this.
bool SequenceGuard::is_next(const SequenceSettings& settings, const Till& till, const Message& message) const {
  const Envelope& e = message.envelope;
  if (e.epoch == till.epoch) return e.number == till.next;
  // An epoch in between may have had no ticket: nobody knows before the store has been asked.
  return e.epoch == till.epoch + 1 && e.number == 1 && till.next > stated_last(settings.rule, message);
}

void SequenceGuard::open_gap(Context& c, const SequenceSettings& settings, std::uint32_t terminal) {
  Till& till = tills_[terminal];
  till.is_gapped = true;
  till.is_declared = false;
  till.requests = 0;
  ++till.generation;
  schedule(c, terminal, settings.rule.gap_hold_seconds);
}

void SequenceGuard::schedule(Context& c, std::uint32_t terminal, std::int64_t seconds) {
  const std::uint64_t who = std::uint64_t{terminal} << 48 | std::uint64_t{tills_[terminal].generation} << 32;
  c.kernel.schedule(c.kernel.now + seconds * kSecond, static_cast<std::uint16_t>(EventKind::gap_due),
                    who | index_of(place_));
}

std::uint32_t SequenceGuard::release(Context& c, const SequenceSettings& settings, std::uint32_t terminal) {
  Till& till = tills_[terminal];
  std::uint32_t count = 0;
  const auto goes = [&](MessageId id) {
    const Message& m = c.pool[id];
    if (m.envelope.terminal != terminal) return false;
    return key_of_number(m.envelope) < key_of_number(till.epoch, till.next) || is_next(settings, till, m);
  };
  for (auto at = held_.begin(); (at = std::find_if(held_.begin(), held_.end(), goes)) != held_.end(); ++count) {
    const Envelope& e = c.pool[*at].envelope;
    if (key_of_number(e) >= key_of_number(till.epoch, till.next)) {
      till.epoch = e.epoch;
      till.next = e.number + 1;
    }
    released_.push_back(*at);
    held_.erase(at);
    --till.held;
  }
  return count;
}

/// The gap of a till is closed.
void SequenceGuard::filled(Context& c, const SequenceSettings& settings, std::uint32_t terminal) {
  Till& till = tills_[terminal];
  c.rules.count(till.is_declared     ? Outcome::late_fill_posted
                : till.requests != 0 ? Outcome::filled_by_re_request
                                     : Outcome::filled_while_held);
  if (till.is_declared) {
    const auto is_of_till = [&](const Missing& missing) { return missing.terminal == terminal; };
    for (const Missing& missing : missing_)
      if (is_of_till(missing)) report(c, settings, missing, ExceptionSignal::cleared);
    missing_.erase(std::remove_if(missing_.begin(), missing_.end(), is_of_till), missing_.end());
  }
  till.is_gapped = false;
  if (till.held != 0) open_gap(c, settings, terminal);
}

void SequenceGuard::due(Context& c, const SequenceSettings& settings, std::uint64_t payload) {
  const auto terminal = static_cast<std::uint32_t>(payload >> 48);
  Till& till = tills_[terminal];
  if (!till.is_gapped || till.generation != static_cast<std::uint16_t>(payload >> 32)) return;
  if (till.requests == settings.rule.gap_requests) return declare(c, settings, terminal);
  ++till.requests;
  if (!c.rules.is(Mutant::gap_never_asked_for)) ask(c, settings, terminal);
  schedule(c, terminal, settings.rule.gap_request_interval_seconds);
}

MessageId SequenceGuard::first_held(const Context& c, std::uint32_t terminal) const {
  MessageId first = kNoMessage;
  for (const MessageId id : held_) {
    const Envelope& e = c.pool[id].envelope;
    if (e.terminal != terminal) continue;
    if (first == kNoMessage || key_of_number(e) < key_of_number(c.pool[first].envelope)) first = id;
  }
  return first;
}

/// Asks the store for what lies before the first message that is held.
void SequenceGuard::ask(Context& c, const SequenceSettings& settings, std::uint32_t terminal) {
  const Envelope until = c.pool[first_held(c, terminal)].envelope;
  const MessageId id = c.pool.create(MessageType::resend_request);
  Message& request = c.pool[id];
  request.envelope.place = place_;
  request.envelope.terminal = static_cast<std::uint16_t>(terminal);
  request.envelope.epoch = tills_[terminal].epoch;
  request.envelope.business_date = until.business_date;
  request.envelope.event_time = c.kernel.now;
  request.numbers = {.first = tills_[terminal].next, .last_epoch = until.epoch, .last = until.number - 1};
  c.kernel.send(settings.addresses.middleware(), c.kernel.now + settings.latency,
                static_cast<std::uint16_t>(EventKind::erp_sends), static_cast<std::uint32_t>(id));
}

/// Nobody has answered: a person must look at it, and the policy decides what becomes of the rest.
void SequenceGuard::declare(Context& c, const SequenceSettings& settings, std::uint32_t terminal) {
  Till& till = tills_[terminal];
  const Message& first = c.pool[first_held(c, terminal)];
  const Envelope e = first.envelope;
  const std::uint32_t stated = e.number == 1 ? stated_last(settings.rule, first) : 0;
  std::uint32_t blocked = settings.rule.gap_policy == GapPolicy::block ? till.held : 0;
  bool is_anything_missing = false;
  const auto add = [&](std::uint32_t epoch, std::uint32_t from, std::uint32_t to) {
    if (from > to) return;
    is_anything_missing = true;
    missing_.push_back({terminal, epoch, from, to, from, e.business_date});
    report(c, settings, missing_.back(), ExceptionSignal::raised, blocked);
    blocked = 0;  // they are held because of the first one
  };
  // What is stated is the end of the epoch just before; of one that was skipped as a whole, that is all of it.
  if (e.epoch == till.epoch) {
    add(till.epoch, till.next, e.number - 1);
  } else if (e.epoch == till.epoch + 1) {
    add(till.epoch, till.next, stated);
  } else {
    add(e.epoch - 1, 1, stated);
  }
  if (e.epoch != till.epoch) add(e.epoch, 1, e.number - 1);
  if (is_anything_missing) {
    c.rules.count(Outcome::gap_exception_opened);
    if (settings.rule.gap_policy == GapPolicy::block) {
      till.is_declared = true;
      return;
    }
  }
  till.epoch = e.epoch;
  till.next = e.number;
  till.is_gapped = false;
  release(c, settings, terminal);
  if (till.held != 0) open_gap(c, settings, terminal);
}

/// An earlier number: a repeat, or one of those that an exception says are missing.
void SequenceGuard::take_late(Context& c, const SequenceSettings& settings, const Envelope& e) {
  const auto found = std::find_if(missing_.begin(), missing_.end(), [&](const Missing& m) {
    return m.terminal == e.terminal && m.epoch == e.epoch && m.first <= e.number && e.number <= m.last;
  });
  if (found == missing_.end()) return;
  c.rules.count(Outcome::late_fill_posted);
  const Missing whole = *found;
  missing_.erase(found);
  if (whole.first < e.number)
    missing_.push_back({whole.terminal, whole.epoch, whole.first, e.number - 1, whole.subject, whole.business_date});
  if (e.number < whole.last)
    missing_.push_back({whole.terminal, whole.epoch, e.number + 1, whole.last, whole.subject, whole.business_date});
  const bool is_open = std::any_of(missing_.begin(), missing_.end(), [&](const Missing& m) {
    return m.terminal == whole.terminal && m.epoch == whole.epoch && m.subject == whole.subject;
  });
  if (!is_open) report(c, settings, whole, ExceptionSignal::cleared);
}

/// One more message of a till waits behind a gap that nobody fills.
void SequenceGuard::report_blocked(Context& c, const SequenceSettings& settings, std::uint32_t terminal) const {
  const auto first = std::find_if(missing_.begin(), missing_.end(),
                                  [&](const Missing& missing) { return missing.terminal == terminal; });
  report(c, settings, *first, ExceptionSignal::raised, 1);
}

void SequenceGuard::report(Context& c, const SequenceSettings& settings, const Missing& missing, ExceptionSignal signal,
                           std::uint32_t blocked) const {
  Envelope about;
  about.place = place_;
  about.terminal = static_cast<std::uint16_t>(missing.terminal);
  about.epoch = missing.epoch;
  about.number = missing.subject;
  about.business_date = missing.business_date;
  report_exception(c, settings.addresses, settings.latency, about,
                   ExceptionBody{.exception = ExceptionType::sequence_gap,
                                 .signal = signal,
                                 .subject = exception_subject(about),
                                 .held = blocked});
}

std::uint32_t SequenceGuard::blocked() const {
  std::uint32_t count = 0;
  for (const Till& till : tills_) count += till.is_blocking() ? till.held : 0;
  return count;
}

bool SequenceGuard::is_declared(std::uint32_t terminal, std::uint32_t epoch, std::uint32_t number) const {
  return std::any_of(missing_.begin(), missing_.end(), [&](const Missing& m) {
    return m.terminal == terminal && m.epoch == epoch && m.first <= number && number <= m.last;
  });
}

}  // namespace tillstorm::integration
