#pragma once
// One direction of a link: in order, at least once, cumulatively acknowledged (OFFLINE-05, OFFLINE-08).
//
// The sender keeps each message until it is acknowledged. The connection keeps order; a cut loses what is on its way.
// The receiver accepts the next sequence number, passes repeats on (who posts must recognise them), and drops what
// comes after a hole: the sender goes back to the first message without acknowledgement.
#include <cstdint>

#include "base/ids.h"
#include "base/time.h"
#include "engine/kernel.h"
#include "engine/random_stream.h"
#include "integration/latency.h"
#include "messages/message_id_ring.h"
#include "messages/message_pool.h"

namespace tillstorm::integration {

struct ChannelSettings {
  LatencyTable latency{};
  Duration acknowledgement_timeout = 30 * kSecond;
  Duration replay_gap = kSecond / 5;  ///< Between two messages of a backlog.
  /// How long the receiver gathers before it acknowledges; zero: each message at once.
  Duration acknowledge_after{};
  Duration beyond{};  ///< From the end of the link to where the message is taken in.
  /// How often the sender looks for what has been silent for too long.
  Duration sweep = 5 * kMinute;
};

/// What a channel's events carry: a channel's number, or a message, beside a sequence number.
constexpr std::uint64_t pack(std::uint32_t low, std::uint32_t high) {
  return static_cast<std::uint64_t>(high) << 32 | low;
}
constexpr std::uint32_t low_of(std::uint64_t payload) { return static_cast<std::uint32_t>(payload); }
constexpr std::uint32_t high_of(std::uint64_t payload) { return static_cast<std::uint32_t>(payload >> 32); }

/// What a fault did to a channel, so that one without effect can be told.
struct ChannelCounters {
  std::uint64_t sent = 0;
  std::uint64_t resent = 0;      ///< Copies sent again after silence or a cut.
  std::uint64_t duplicated = 0;  ///< Extra copies made by a fault.
  std::uint64_t held = 0;        ///< Handed over while the link was down.
  std::uint64_t acknowledgements_lost = 0;
  std::uint32_t longest_log = 0;  ///< Most messages without acknowledgement at once.
};

class ChannelSender {
 public:
  ChannelSender(std::uint32_t number, SiteId peer, std::uint64_t seed, std::uint64_t key)
      : number_(number),
        peer_(peer),
        latency_(seed, purpose_of("channel.latency"), key, 0),
        chance_(seed, purpose_of("fault.duplicate"), key, 0) {}

  /// Sequence number of the next message handed over, from 1.
  std::uint32_t next_sequence() const { return first_ + log_.size(); }
  /// Takes over the caller's reference to `message` and sends it as soon as order and link allow.
  void submit(Kernel& kernel, MessagePool& pool, const ChannelSettings& settings, MessageId message);
  /// Everything up to `sequence` has arrived.
  void acknowledged(Kernel& kernel, MessagePool& pool, std::uint32_t sequence);
  /// The time-out that was set is over.
  void acknowledgement_due(Kernel& kernel, MessagePool& pool, const ChannelSettings& settings);
  /// It is the turn of the next message of the backlog.
  void replay_next(Kernel& kernel, MessagePool& pool, const ChannelSettings& settings);

  void go_down() { ++down_; }
  void come_up(Kernel& kernel);
  /// From now on this share of the acknowledgements that come does not reach the sender; 0 ends it.
  void lose_acknowledgements(std::int64_t ppm) { lost_acknowledgement_ppm_ = static_cast<std::uint32_t>(ppm); }
  void set_duplicate_ppm(std::int64_t ppm) { duplicate_ppm_ = static_cast<std::uint32_t>(ppm); }

  /// Asks for the memory of the sender, and, once that is there, of the front of its log.
  [[gnu::always_inline]] void ask_for_state() const { ask_for(this, sizeof *this); }
  [[gnu::always_inline]] void ask_for_details(const MessagePool& pool) const {
    if (!log_.empty()) pool.ask_for_message(log_[0]);
  }

  bool is_down() const { return down_ != 0; }
  /// Messages handed over and not acknowledged.
  std::uint32_t pending() const { return log_.size(); }
  MessageId pending_message(std::uint32_t i) const { return log_[i]; }
  const ChannelCounters& counters() const { return counters_; }

 private:
  void transmit(Kernel& kernel, MessagePool& pool, const ChannelSettings& settings, std::uint32_t sequence);

  std::uint32_t number_;
  SiteId peer_;
  MessageIdRing log_;
  std::uint32_t first_ = 1;     ///< Sequence number of the front of the log.
  std::uint32_t next_ = 1;      ///< Next to be sent.
  std::uint32_t furthest_ = 1;  ///< All below have been sent at least once.
  Time last_arrival_{};         ///< Order on the connection: nothing arrives before this.
  Time waiting_since_{};        ///< Last progress, or first sending, of what is not acknowledged.
  std::int32_t down_ = 0;       ///< Cuts in force.
  std::uint32_t lost_acknowledgement_ppm_ = 0;
  std::uint32_t duplicate_ppm_ = 0;
  bool replaying_ = false;
  bool due_pending_ = false;
  RandomStream latency_;
  RandomStream chance_;
  ChannelCounters counters_;
};

class ChannelReceiver {
 public:
  enum class Arrival : std::uint8_t { next, repeated, dropped };
  ChannelReceiver(std::uint32_t number, SiteId peer, std::uint64_t seed, std::uint64_t key)
      : number_(number), peer_(peer), latency_(seed, purpose_of("channel.acknowledgement"), key, 0) {}

  /// A message with this sequence number arrives; it will be acknowledged, cumulatively, unless the link is cut.
  Arrival receive(Kernel& kernel, const ChannelSettings& settings, std::uint32_t sequence);
  /// The time of gathering is over.
  void acknowledge(Kernel& kernel, const ChannelSettings& settings);
  void go_down() { ++down_; }
  void come_up() { --down_; }
  std::uint32_t received_up_to() const { return received_; }

 private:
  std::uint32_t number_;
  SiteId peer_;
  std::uint32_t received_ = 0;
  std::int32_t down_ = 0;
  bool gathering_ = false;
  Time last_arrival_{};
  RandomStream latency_;
};

}  // namespace tillstorm::integration
