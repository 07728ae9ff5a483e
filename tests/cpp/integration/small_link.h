#pragma once
// One direction of a link between two sites with nothing around it.
#include <gtest/gtest.h>

#include <vector>

#include "integration/channel.h"
#include "messages/body_hash.h"
#include "messages/event_kind.h"

namespace tillstorm::integration {

inline constexpr SiteId kStore{0}, kIngress{1};

/// A sender and a receiver with nothing around them: what arrives is noted.
struct Link {
  Kernel kernel{2, Time{0}};
  MessagePool pool;
  RuleBook rules;
  FaultTally faults{1};
  Context c{kernel, pool, rules, faults};
  ChannelSettings settings;
  ChannelSender sender{0, kIngress, 1, 7};
  ChannelReceiver receiver{0, kStore, 1, 7};
  FaultKnobs wrong;  ///< At the sender.
  std::vector<std::uint32_t> accepted, repeated;
  bool has_room = true;  ///< Behind the receiver.

  Link() { settings.latency = LatencyTable(Law{Law::Kind::log_normal, 200, 0.99}, 20 * kMillisecond); }

  void dispatch(const Event& event) {
    const auto low = low_of(event.payload), high = high_of(event.payload);
    switch (static_cast<EventKind>(event.kind())) {
      case EventKind::channel_delivers: {
        if (!has_room) return pool.release(MessageId{low});
        const auto arrival = receiver.receive(c, settings, MessageId{low}, high);
        if (arrival == ChannelReceiver::Arrival::next) accepted.push_back(high);
        if (arrival == ChannelReceiver::Arrival::repeated) repeated.push_back(high);
        pool.release(MessageId{low});
        return;
      }
      case EventKind::channel_acknowledged:
        return sender.acknowledged(c, high);
      case EventKind::acknowledges:
        return receiver.acknowledge(c, settings);
      case EventKind::acknowledgement_due:
        return sender.acknowledgement_due(c, settings);
      case EventKind::replay_next:
        return sender.replay_next(c, settings);
      default:
        FAIL() << "no other event happens at a link";
    }
  }
  /// A message of one line with the hash of its body.
  MessageId ticket() {
    const MessageId id = pool.create(MessageType::ticket);
    pool.add_line(id, Line{ItemId{3}, 2, 598, 0});
    pool[id].envelope.body_hash = body_hash(pool[id], std::as_const(pool).lines(id));
    return id;
  }
  void say(int messages, Duration apart = kSecond) {
    for (int i = 0; i < messages; ++i) {
      kernel.act_as(kStore);
      sender.submit(c, settings, ticket());
      run(kernel, *this, kernel.now + apart);
    }
  }
  /// The sender's end has this wrong from now on, by fault 0.
  void set(Knob FaultKnobs::*knob, std::int64_t value) {
    wrong.*knob = {value, 0};
    wrong.any = true;
    kernel.act_as(kStore);
    sender.set_faults(c, wrong);
  }
  void cut(Duration length) {
    FaultKnobs down;
    down.any = true;
    down.down = {1, 0};
    receiver.set_faults(down);
    set(&FaultKnobs::down, 1);
    run(kernel, *this, kernel.now + length);
  }
  void mend() {
    receiver.set_faults({});
    set(&FaultKnobs::down, 0);
  }
  std::uint64_t count(FaultEffect effect) const { return faults.of(0, effect); }
  void finish() { run(kernel, *this, kernel.now + kDay); }
  std::vector<std::uint32_t> one_to(std::uint32_t n) const {
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 1; i <= n; ++i) all.push_back(i);
    return all;
  }
};

}  // namespace tillstorm::integration
