#include "integration/channel.h"

#include <algorithm>

#include "messages/event_kind.h"

namespace tillstorm::integration {
namespace {

constexpr std::uint16_t kind(EventKind k) { return static_cast<std::uint16_t>(k); }

/// When something sent now arrives, behind what was sent before it.
Time arrival_in_order(Time now, Duration latency, Time& last_arrival) {
  last_arrival = std::max(now + latency, last_arrival + kMicrosecond);
  return last_arrival;
}

}  // namespace

void ChannelSender::submit(Kernel& kernel, MessagePool& pool, const ChannelSettings& settings, MessageId message) {
  const std::uint32_t sequence = next_sequence();
  log_.push_back(message);
  counters_.longest_log = std::max(counters_.longest_log, log_.size());
  if (down_ != 0) {
    ++counters_.held;
    return;
  }
  if (replaying_) return;
  transmit(kernel, pool, settings, sequence);
  next_ = sequence + 1;
}

void ChannelSender::transmit(Kernel& kernel, MessagePool& pool, const ChannelSettings& settings,
                             std::uint32_t sequence) {
  const MessageId message = log_[sequence - first_];
  std::uint32_t copies = 1;
  if (duplicate_ppm_ != 0 && chance_.bernoulli_ppm(duplicate_ppm_)) {
    ++copies;
    ++counters_.duplicated;
  }
  for (; copies != 0; --copies) {
    pool.retain(message);
    const Time at = arrival_in_order(kernel.now, settings.latency.draw(latency_) + settings.beyond, last_arrival_);
    kernel.send(peer_, at, kind(EventKind::channel_delivers), pack(static_cast<std::uint32_t>(message), sequence));
  }
  ++(sequence < furthest_ ? counters_.resent : counters_.sent);
  furthest_ = std::max(furthest_, sequence + 1);
  if (sequence == first_) waiting_since_ = kernel.now;
  if (!due_pending_) {
    due_pending_ = true;
    kernel.schedule(kernel.now + std::max(settings.acknowledgement_timeout, settings.sweep),
                    kind(EventKind::acknowledgement_due), number_);
  }
}

void ChannelSender::acknowledged(Kernel& kernel, MessagePool& pool, std::uint32_t sequence) {
  if (down_ != 0 || (lost_acknowledgement_ppm_ != 0 && chance_.bernoulli_ppm(lost_acknowledgement_ppm_))) {
    ++counters_.acknowledgements_lost;
    return;
  }
  if (sequence < first_) return;
  while (first_ <= sequence) {
    pool.release(log_.pop_front());
    ++first_;
  }
  next_ = std::max(next_, first_);
  waiting_since_ = kernel.now;
}

void ChannelSender::acknowledgement_due(Kernel& kernel, MessagePool& pool, const ChannelSettings& settings) {
  due_pending_ = false;
  if (down_ != 0 || next_ == first_) return;  // coming up replays; nothing is under way
  const Time due = waiting_since_ + settings.acknowledgement_timeout;
  if (kernel.now < due) {
    due_pending_ = true;
    kernel.schedule(due, kind(EventKind::acknowledgement_due), number_);
    return;
  }
  next_ = first_;
  if (!replaying_) {
    replaying_ = true;
    replay_next(kernel, pool, settings);
  }
}

void ChannelSender::replay_next(Kernel& kernel, MessagePool& pool, const ChannelSettings& settings) {
  if (down_ != 0 || next_ == next_sequence()) {
    replaying_ = false;
    return;
  }
  transmit(kernel, pool, settings, next_);
  ++next_;
  kernel.schedule(kernel.now + settings.replay_gap, kind(EventKind::replay_next), number_);
}

void ChannelSender::come_up(Kernel& kernel) {
  if (--down_ != 0) return;
  next_ = first_;
  if (replaying_ || log_.empty()) return;
  replaying_ = true;
  kernel.schedule(kernel.now, kind(EventKind::replay_next), number_);
}

ChannelReceiver::Arrival ChannelReceiver::receive(Kernel& kernel, const ChannelSettings& settings,
                                                  std::uint32_t sequence) {
  if (down_ != 0 || sequence > received_ + 1) return Arrival::dropped;
  const Arrival arrival = sequence == received_ + 1 ? Arrival::next : Arrival::repeated;
  if (arrival == Arrival::next) received_ = sequence;
  if (settings.acknowledge_after.us == 0) {
    acknowledge(kernel, settings);
  } else if (!gathering_) {
    gathering_ = true;
    kernel.schedule(kernel.now + settings.acknowledge_after, kind(EventKind::acknowledges), number_);
  }
  return arrival;
}

void ChannelReceiver::acknowledge(Kernel& kernel, const ChannelSettings& settings) {
  gathering_ = false;
  if (down_ != 0) return;
  const Time at = arrival_in_order(kernel.now, settings.latency.draw(latency_), last_arrival_);
  kernel.send(peer_, at, kind(EventKind::channel_acknowledged), pack(number_, received_));
}

}  // namespace tillstorm::integration
