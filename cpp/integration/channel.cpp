#include "integration/channel.h"

#include <algorithm>

#include "messages/event_kind.h"

namespace tillstorm::integration {
namespace {

using Key = rule::IdempotencyKey::Outcome;
using Forward = rule::StoreAndForward::Outcome;
using Replay = rule::PacedReplay::Outcome;
using Order = rule::OrderPerSource::Outcome;

using What = Transmission::Kind;

constexpr std::uint16_t kind(EventKind k) { return static_cast<std::uint16_t>(k); }

/// When something sent now arrives, behind what was sent before it.
Time arrival_in_order(Time now, Duration latency, Time& last_arrival) {
  last_arrival = std::max(now + latency, last_arrival + kMicrosecond);
  return last_arrival;
}

/// What is really sent: the message itself, or what a mutant makes of it when it is not sent for the first time.
/// Gives a reference to the caller.
MessageId as_sent(Context& c, MessageId message, Key key) {
  const bool retried = key == Key::reused_on_retry, replayed = key == Key::reused_on_offline_replay;
  const bool new_key =
      (retried && c.rules.is(Mutant::retry_mints_new_key)) || (replayed && c.rules.is(Mutant::replay_mints_new_keys));
  const bool no_tax =
      replayed && c.rules.is(Mutant::offline_tax_dropped) && c.pool[message].envelope.type == MessageType::ticket;
  if (!new_key && !no_tax) [[likely]] {
    c.pool.retain(message);
    return message;
  }
  const MessageId changed = c.pool.copy(message);
  if (new_key) c.pool[changed].envelope.number += 1'000'000;
  if (no_tax) c.pool[changed].ticket.tax = 0;
  return changed;
}

}  // namespace

void ChannelSender::submit(Context& c, const ChannelSettings& settings, MessageId message) {
  const std::uint32_t sequence = next_sequence();
  log_.push_back(message);
  counters_.longest_log = std::max(counters_.longest_log, log_.size());
  if (down_ != 0) {
    ++counters_.held;
    c.note(What::held, number_, sequence);
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

void ChannelSender::transmit(Context& c, const ChannelSettings& settings, std::uint32_t sequence) {
  const MessageId message = log_[sequence - first_];
  const Key key = sequence < furthest_ ? Key::reused_on_retry
                  : replaying_         ? Key::reused_on_offline_replay
                                       : Key::first_send;
  std::uint32_t copies = 1;
  if (duplicate_ppm_ != 0 && chance_.bernoulli_ppm(duplicate_ppm_)) {
    ++copies;
    ++counters_.duplicated;
  }
  for (; copies != 0; --copies) {
    const MessageId copy = as_sent(c, message, key);
    const Time at = arrival_in_order(c.kernel.now, settings.latency.draw(latency_) + settings.beyond, last_arrival_);
    c.note(key == Key::reused_on_retry ? What::sent_again : What::sent, number_, sequence, at);
    c.kernel.send(peer_, at, kind(EventKind::channel_delivers), pack(static_cast<std::uint32_t>(copy), sequence));
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

void ChannelSender::acknowledged(Context& c, std::uint32_t sequence) {
  if (down_ != 0 || (lost_acknowledgement_ppm_ != 0 && chance_.bernoulli_ppm(lost_acknowledgement_ppm_))) {
    ++counters_.acknowledgements_lost;
    c.note(What::acknowledgement_lost, number_, sequence);
    return c.rules.count(Forward::acknowledgement_lost);
  }
  if (sequence < first_) return;
  if (c.rules.is(Mutant::late_acknowledgement_covers_too_much) && sequence + 1 < next_sequence()) ++sequence;
  c.note(What::acknowledged, number_, sequence);
  while (first_ <= sequence) {
    c.pool.release(log_.pop_front());
    ++first_;
  }
  next_ = std::max(next_, first_);
  waiting_since_ = c.kernel.now;
}

void ChannelSender::acknowledgement_due(Context& c, const ChannelSettings& settings) {
  due_pending_ = false;
  if (down_ != 0 || next_ == first_) return;  // coming up replays; nothing is under way
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
  if (down_ != 0) {
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

void ChannelSender::come_up(Context& c) {
  if (--down_ != 0) return;
  next_ = first_;
  if (replaying_ || log_.empty()) return;
  replaying_ = true;
  c.rules.count(Replay::started);
  c.kernel.schedule(c.kernel.now, kind(EventKind::replay_next), number_);
}

ChannelReceiver::Arrival ChannelReceiver::receive(Context& c, const ChannelSettings& settings, std::uint32_t sequence) {
  if (down_ != 0) {
    c.note(What::not_taken_in, number_, sequence);
    return Arrival::dropped;
  }
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
  if (down_ != 0) return;
  const Time at = arrival_in_order(c.kernel.now, settings.latency.draw(latency_), last_arrival_);
  c.kernel.send(peer_, at, kind(EventKind::channel_acknowledged), pack(number_, received_));
}

}  // namespace tillstorm::integration
