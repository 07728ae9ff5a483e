#include "integration/channel.h"

#include <algorithm>
#include <utility>

#include "integration/damage.h"
#include "messages/body_hash.h"
#include "messages/event_kind.h"

namespace tillstorm::integration {
namespace {

using Key = rule::IdempotencyKey::Outcome;
using Forward = rule::StoreAndForward::Outcome;
using Replay = rule::PacedReplay::Outcome;
using Order = rule::OrderPerSource::Outcome;

using What = Transmission::Kind;

constexpr std::uint16_t kind(EventKind k) { return static_cast<std::uint16_t>(k); }

constexpr std::uint64_t kLost = purpose_of("fault.lost"), kAnswerLost = purpose_of("fault.lost_acknowledgement"),
                        kAnswerNotHeard = purpose_of("fault.acknowledgement_not_heard"),
                        kDuplicate = purpose_of("fault.duplicate"), kDelay = purpose_of("fault.delay"),
                        kReorder = purpose_of("fault.reorder"), kCorrupt = purpose_of("fault.corrupt"),
                        kRefuse = purpose_of("fault.refuse"), kMalformed = purpose_of("fault.malformed"),
                        kPoison = purpose_of("fault.poison"), kKeyReuse = purpose_of("fault.key_reuse"),
                        kExtraLatency = purpose_of("fault.duplicate.latency");

/// When something that would arrive at `at` arrives, behind what was sent before it.
Time arrival_in_order(Time at, Time& last_arrival) {
  last_arrival = std::max(at, last_arrival + kMicrosecond);
  return last_arrival;
}

/// How long something sent now travels on this day.
Duration travel(Context& c, const FaultKnobs& knobs, Duration latency) {
  if (knobs.latency_milli.is_on()) {
    latency = latency * knobs.latency_milli.value / 1000;
    c.faults.count(knobs.latency_milli.fault, FaultEffect::slowed);
  }
  if (knobs.latency_extra.is_on()) {
    latency += Duration{knobs.latency_extra.value};
    c.faults.count(knobs.latency_extra.fault, FaultEffect::slowed);
  }
  return latency;
}

/// What is really sent: the message itself, or what a mutant makes of it when it is not sent for the first time.
/// Gives a reference to the caller.
MessageId as_sent(Context& c, MessageId message, Key key) {
  const bool retried = key == Key::reused_on_retry, replayed = key == Key::reused_on_offline_replay;
  const bool new_key =
      (retried && c.rules.is(Mutant::retry_mints_new_key)) || (replayed && c.rules.is(Mutant::replay_mints_new_keys));
  const bool is_ticket = c.pool[message].envelope.type == MessageType::ticket;
  const bool no_tax = replayed && is_ticket && c.rules.is(Mutant::offline_tax_dropped);
  const bool no_quantities = replayed && is_ticket && c.rules.is(Mutant::offline_quantities_reset);
  if (!new_key && !no_tax && !no_quantities) [[likely]] {
    c.pool.retain(message);
    return message;
  }
  const MessageId changed = c.pool.copy(message);
  if (new_key) c.pool[changed].envelope.number += 1'000'000;
  if (no_tax) c.pool[changed].ticket.tax = 0;
  if (no_quantities)
    for (Line& line : c.pool.lines(changed)) line.quantity = 1;
  c.pool[changed].envelope.body_hash = body_hash(c.pool[changed], std::as_const(c.pool).lines(changed));
  return changed;
}

/// A copy that says that nothing before it will come. Takes over and gives a reference.
MessageId as_first_of_log(Context& c, MessageId message) {
  const MessageId first = c.pool.copy(message);
  c.pool[first].begins_log = 1;
  c.pool.release(message);
  return first;
}

}  // namespace

void ChannelSender::submit(Context& c, const ChannelSettings& settings, MessageId message) {
  const std::uint32_t sequence = next_sequence();
  log_.push_back(message);
  counters_.longest_log = std::max(counters_.longest_log, log_.size());
  if (knobs_.any) [[unlikely]]
    spoil(c, sequence, message);
  if (paused_ && !knobs_.down.is_on()) [[unlikely]]
    return c.note(What::held, number_, sequence);
  if (knobs_.down.is_on()) {
    c.note(What::held, number_, sequence);
    c.faults.count(knobs_.down.fault, FaultEffect::held);
    c.rules.count(Forward::held_while_down);
    return;
  }
  if (replaying_) {
    c.note(What::queued, number_, sequence);
    return c.rules.count(Replay::queued_behind);
  }
  c.rules.count(Forward::sent_in_order);
  transmit(c, settings, sequence);
  next_ = sequence + 1;
}

/// What a faulty source makes of a message: it is wrong from the beginning, whatever happens on its way.
void ChannelSender::spoil(Context& c, std::uint32_t sequence, MessageId message) {
  if (is_hit(knobs_.malformed_ppm, kMalformed, sequence)) {
    static constexpr Defect kDefects[] = {Defect::missing_field, Defect::unknown_type, Defect::unknown_source};
    RandomStream own(seed_, kMalformed, key_, ~std::uint64_t{sequence});
    c.pool[message].defect = kDefects[own.below(3)];
    c.faults.count(knobs_.malformed_ppm.fault, FaultEffect::corrupted);
  } else if (is_hit(knobs_.poison_ppm, kPoison, sequence)) {
    c.pool[message].defect = Defect::poison;
    c.faults.count(knobs_.poison_ppm.fault, FaultEffect::corrupted);
  }
}

void ChannelSender::transmit(Context& c, const ChannelSettings& settings, std::uint32_t sequence) {
  const MessageId message = log_[sequence - first_];
  const Key key = sequence < furthest_ ? Key::reused_on_retry
                  : replaying_         ? Key::reused_on_offline_replay
                                       : Key::first_send;
  MessageId copy = as_sent(c, message, key);
  if (sequence == begins_) [[unlikely]]
    copy = as_first_of_log(c, copy);
  if (knobs_.any) [[unlikely]] {
    transmit_faulty(c, settings, sequence, copy, key == Key::reused_on_retry);
  } else {
    const Duration latency = settings.latency.draw(latency_) + settings.beyond;
    deliver(c, copy, sequence, in_order(c.kernel.now + latency));
  }
  c.rules.count(key);
  ++(key == Key::reused_on_retry ? counters_.resent : counters_.sent);
  if (key == Key::reused_on_retry) c.rules.count(Forward::resent_same_key);
  furthest_ = std::max(furthest_, sequence + 1);
  if (sequence == first_) waiting_since_ = c.kernel.now;
  if (!due_pending_) {
    due_pending_ = true;
    c.kernel.schedule(c.kernel.now + std::max(settings.acknowledgement_timeout, settings.sweep),
                      kind(EventKind::acknowledgement_due), number_);
  }
}

void ChannelSender::deliver(Context& c, MessageId copy, std::uint32_t sequence, Time at) {
  c.note(sequence < furthest_ ? What::sent_again : What::sent, number_, sequence, at);
  c.kernel.send(peer_, at, kind(EventKind::channel_delivers), pack(static_cast<std::uint32_t>(copy), sequence));
}

Time ChannelSender::in_order(Time at) { return arrival_in_order(at, last_arrival_); }

/// Sends one copy through whatever is wrong. A message's first sending is hit or not by its own number, whatever else
/// happens on the link; a later one by how many were sent again before it.
void ChannelSender::transmit_faulty(Context& c, const ChannelSettings& settings, std::uint32_t sequence, MessageId copy,
                                    bool is_resent) {
  const std::uint64_t n = (is_resent ? counters_.resent + 1 : 0) << 32 | sequence;
  const MessageId before = std::exchange(held_back_, kNoMessage);
  const std::uint32_t before_sequence = held_back_sequence_;
  // Drawn whether the copy arrives or not, so that it moves no later copy's latency.
  const Duration drawn = settings.latency.draw(latency_);
  if (is_hit(knobs_.duplicate_ppm, kDuplicate, n)) {
    RandomStream own(seed_, kExtraLatency, key_, n);
    const Duration latency = travel(c, knobs_, settings.latency.draw(own)) + settings.beyond;
    c.pool.retain(copy);
    deliver(c, copy, sequence, in_order(c.kernel.now + latency));
    c.faults.count(knobs_.duplicate_ppm.fault, FaultEffect::duplicated);
  }
  if (is_hit(knobs_.lost_ppm, kLost, n)) {
    c.faults.count(knobs_.lost_ppm.fault, FaultEffect::messages_lost);
    c.note(What::lost, number_, sequence);
    c.pool.release(copy);
  } else {
    if (is_hit(knobs_.corrupt_ppm, kCorrupt, n)) {
      RandomStream own(seed_, kCorrupt, key_, ~n);
      copy = damaged(c.pool, copy, own);
      c.faults.count(knobs_.corrupt_ppm.fault, FaultEffect::corrupted);
    }
    const Time at = c.kernel.now + travel(c, knobs_, drawn) + settings.beyond;
    if (is_hit(knobs_.delay_ppm, kDelay, n)) {
      c.faults.count(knobs_.delay_ppm.fault, FaultEffect::delayed);
      deliver(c, copy, sequence, at + knobs_.delay);
    } else if (before == kNoMessage && is_hit(knobs_.reorder_ppm, kReorder, n)) {
      c.faults.count(knobs_.reorder_ppm.fault, FaultEffect::reordered);
      c.note(What::held_back, number_, sequence);
      held_back_ = copy;
      held_back_sequence_ = sequence;
    } else {
      deliver(c, copy, sequence, in_order(at));
    }
  }
  if (before != kNoMessage)
    deliver(c, before, before_sequence, in_order(c.kernel.now + settings.latency.least() + settings.beyond));
}

/// FaultKind::key_reuse: once a ticket has arrived, another one comes under its key. Not earlier: the fault shows what
/// the books make of the second body, and takes nobody's sale away.
void ChannelSender::reuse_key(Context& c, std::uint32_t sequence) {
  if (c.pool[log_[0]].envelope.type != MessageType::ticket || !is_hit(knobs_.key_reuse_ppm, kKeyReuse, sequence))
    return;
  const MessageId other = c.pool.copy(log_[0]);
  Message& message = c.pool[other];
  message.ticket.customer += 1'000'000;
  message.ticket.tendered += 1;
  message.ticket.net += 1;
  message.envelope.body_hash = body_hash(message, std::as_const(c.pool).lines(other));
  c.faults.count(knobs_.key_reuse_ppm.fault, FaultEffect::keys_reused);
  deliver(c, other, sequence, c.kernel.now + kMinute);
}

void ChannelSender::drop_held_back(Context& c) {
  if (held_back_ != kNoMessage) c.pool.release(std::exchange(held_back_, kNoMessage));
}

void ChannelSender::acknowledged(Context& c, std::uint32_t sequence) {
  if (knobs_.any) [[unlikely]] {
    const Knob& not_heard = knobs_.down.is_on() ? knobs_.down : knobs_.acknowledgement_lost_ppm;
    if (knobs_.down.is_on() || is_hit(not_heard, kAnswerNotHeard, answers_++)) {
      c.faults.count(not_heard.fault, FaultEffect::acknowledgements_lost);
      c.note(What::acknowledgement_lost, number_, sequence);
      return c.rules.count(Forward::acknowledgement_lost);
    }
  }
  if (sequence < first_) return;
  if (c.rules.is(Mutant::late_acknowledgement_covers_too_much) && sequence + 1 < next_sequence()) ++sequence;
  c.note(What::acknowledged, number_, sequence);
  while (first_ <= sequence && !log_.empty()) {
    if (knobs_.key_reuse_ppm.is_on()) [[unlikely]]
      reuse_key(c, first_);
    c.pool.release(log_.pop_front());
    ++first_;
  }
  if (held_back_ != kNoMessage && held_back_sequence_ < first_) [[unlikely]]
    drop_held_back(c);
  next_ = std::max(next_, first_);
  waiting_since_ = c.kernel.now;
}

void ChannelSender::acknowledgement_due(Context& c, const ChannelSettings& settings) {
  due_pending_ = false;
  if (is_down() || next_ == first_) return;  // coming up replays; nothing is under way
  paused_ = false;                           // nobody has said so for a while: try
  const Time due = waiting_since_ + settings.acknowledgement_timeout;
  if (c.kernel.now < due) {
    due_pending_ = true;
    c.kernel.schedule(due, kind(EventKind::acknowledgement_due), number_);
    return;
  }
  next_ = first_;
  c.rules.count(rule::DedupeThenPost::Outcome::timeout_resent);
  if (!replaying_) {
    replaying_ = true;
    replay_next(c, settings);
  }
}

void ChannelSender::replay_next(Context& c, const ChannelSettings& settings) {
  if (paused_ && !is_down()) {
    replaying_ = false;
    return;
  }
  if (is_down()) {
    c.rules.count(Replay::interrupted_by_second_outage);
    replaying_ = c.rules.is(Mutant::second_outage_ends_replay);
    return;
  }
  if (next_ == next_sequence()) {
    c.rules.count(Replay::drained);
    replaying_ = false;
    return;
  }
  transmit(c, settings, next_);
  ++next_;
  c.rules.count(Replay::throttled);
  const Duration gap = c.rules.is(Mutant::replay_unpaced) ? Duration{} : settings.replay_gap;
  c.kernel.schedule(c.kernel.now + gap, kind(EventKind::replay_next), number_);
}

void ChannelSender::set_faults(Context& c, const FaultKnobs& knobs) {
  const bool was_down = is_down();
  knobs_ = knobs;
  if (is_down()) return drop_held_back(c);
  if (!was_down) return;
  paused_ = false;
  next_ = first_;
  if (replaying_ || log_.empty()) return;
  replaying_ = true;
  c.rules.count(Replay::started);
  c.kernel.schedule(c.kernel.now, kind(EventKind::replay_next), number_);
}

void ChannelSender::flow_control(Context& c, bool is_paused) {
  if (is_down()) return;  // not heard; a link that comes up again starts its replay in any case
  paused_ = is_paused;
  if (paused_ || log_.empty()) return;
  next_ = first_;  // what was under way when the pause began may have found no room
  if (replaying_) return;
  replaying_ = true;
  c.kernel.schedule(c.kernel.now, kind(EventKind::replay_next), number_);
}

std::uint32_t ChannelSender::drop_oldest(Context& c) {
  c.note(What::dropped, number_, first_);
  c.pool.release(log_.pop_front());
  begins_ = ++first_;
  next_ = std::max(next_, first_);
  furthest_ = std::max(furthest_, first_);
  return first_ - 1;
}

void ChannelSender::mint_keys(Context& c, std::uint16_t terminal) {
  for (std::uint32_t i = 0; i < log_.size(); ++i) {
    const Envelope& e = c.pool[log_[i]].envelope;
    if (!is_of_till(e.type) || e.terminal != terminal) continue;
    const MessageId again = c.pool.copy(log_[i]);  // copies under way keep the key that they had
    ++c.pool[again].keys_minted;
    c.pool.release(log_.replace(i, again));
  }
}

void ChannelSender::forget_log(Context& c) {
  while (!log_.empty()) c.pool.release(log_.pop_front());
  drop_held_back(c);
  next_ = furthest_ = first_;
}

bool ChannelReceiver::is_kept_out(Context& c, std::uint32_t sequence) {
  if (knobs_.down.is_on()) {
    c.faults.count(knobs_.down.fault, FaultEffect::messages_lost);
    return true;
  }
  if (!knobs_.refuse_ppm.is_on()) return false;
  RandomStream own(seed_, kRefuse, key_, std::uint64_t{offers_++} << 32 | sequence);
  if (!own.bernoulli_ppm(knobs_.refuse_ppm.ppm())) return false;
  c.faults.count(knobs_.refuse_ppm.fault, FaultEffect::refused);
  return true;
}

ChannelReceiver::Arrival ChannelReceiver::receive(Context& c, const ChannelSettings& settings, MessageId message,
                                                  std::uint32_t sequence) {
  if (knobs_.any && is_kept_out(c, sequence)) [[unlikely]] {
    c.note(What::not_taken_in, number_, sequence);
    return Arrival::dropped;
  }
  const Message& m = c.pool[message];
  // Only a copy of its own can have been changed on the way: all others are what their source hashed.
  if (m.is_copy != 0 && settings.verifies_hash &&
      m.envelope.body_hash != body_hash(m, std::as_const(c.pool).lines(message))) [[unlikely]] {
    c.rules.count(rule::Envelope::Outcome::hash_mismatch);
    if (!c.rules.is(Mutant::damaged_body_posted)) {
      c.note(What::refused, number_, sequence);
      return Arrival::dropped;
    }
  }
  if (sequence > received_ + 1 && m.begins_log != 0) [[unlikely]]
    received_ = sequence - 1;  // what was before it has been overwritten
  if (sequence > received_ + 1) {
    c.rules.count(Order::held_for_predecessor);
    if (!c.rules.is(Mutant::hole_is_skipped)) {
      c.note(What::not_taken_in, number_, sequence);
      return Arrival::dropped;
    }
    received_ = sequence - 1;
  }
  const Arrival arrival = sequence == received_ + 1 ? Arrival::next : Arrival::repeated;
  c.rules.count(arrival == Arrival::next ? Order::applied_in_order : Order::repeated);
  c.rules.count(rule::Envelope::Outcome::accepted);
  c.note(arrival == Arrival::next ? What::arrived : What::arrived_again, number_, sequence);
  if (arrival == Arrival::next) received_ = sequence;
  if (settings.acknowledge_after.us == 0) {
    acknowledge(c, settings);
  } else if (!gathering_) {
    gathering_ = true;
    c.kernel.schedule(c.kernel.now + settings.acknowledge_after, kind(EventKind::acknowledges), number_);
  }
  return arrival;
}

void ChannelReceiver::acknowledge(Context& c, const ChannelSettings& settings) {
  gathering_ = false;
  if (knobs_.down.is_on()) return c.faults.count(knobs_.down.fault, FaultEffect::acknowledgements_lost);
  Duration latency = settings.latency.draw(latency_);
  if (knobs_.any) [[unlikely]] {
    if (knobs_.lost_ppm.is_on() &&
        RandomStream(seed_, kAnswerLost, key_, answers_++).bernoulli_ppm(knobs_.lost_ppm.ppm())) {
      c.rules.count(Forward::acknowledgement_lost);
      return c.faults.count(knobs_.lost_ppm.fault, FaultEffect::acknowledgements_lost);
    }
    latency = travel(c, knobs_, latency);
  }
  const Time at = arrival_in_order(c.kernel.now + latency, last_arrival_);
  c.kernel.send(peer_, at, kind(EventKind::channel_acknowledged), pack(number_, received_));
}

}  // namespace tillstorm::integration
