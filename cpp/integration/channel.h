#pragma once
// One direction of a link: in order, at least once, cumulatively acknowledged (OFFLINE-05, OFFLINE-08).
//
// The sender keeps each message until it is acknowledged. The connection keeps order; a cut loses what is on its way.
// The receiver accepts the next sequence number, passes repeats on (who posts must recognise them), and drops what
// comes after a hole: the sender goes back to the first message without acknowledgement.
#include <cstdint>

#include "base/ids.h"
#include "base/time.h"
#include "engine/random_stream.h"
#include "integration/context.h"
#include "integration/fault_knobs.h"
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
  bool verifies_hash = true;  ///< Of what comes in.
};

/// What a channel's events carry: a channel's number, or a message, beside a sequence number.
constexpr std::uint64_t pack(std::uint32_t low, std::uint32_t high) {
  return static_cast<std::uint64_t>(high) << 32 | low;
}
constexpr std::uint32_t low_of(std::uint64_t payload) { return static_cast<std::uint32_t>(payload); }
constexpr std::uint32_t high_of(std::uint64_t payload) { return static_cast<std::uint32_t>(payload >> 32); }

struct ChannelCounters {
  std::uint64_t sent = 0;
  std::uint64_t resent = 0;       ///< Copies sent again after silence or a cut.
  std::uint32_t longest_log = 0;  ///< Most messages without acknowledgement at once.
};

class ChannelSender {
 public:
  ChannelSender(std::uint32_t number, SiteId peer, std::uint64_t seed, std::uint64_t key)
      : number_(number), peer_(peer), seed_(seed), key_(key), latency_(seed, purpose_of("channel.latency"), key, 0) {}

  /// Sequence number of the next message handed over, from 1.
  std::uint32_t next_sequence() const { return first_ + log_.size(); }
  /// Takes over the caller's reference to `message` and sends it as soon as order and link allow.
  void submit(Context& c, const ChannelSettings& settings, MessageId message);
  /// Everything up to `sequence` has arrived.
  void acknowledged(Context& c, std::uint32_t sequence);
  /// The time-out that was set is over.
  void acknowledgement_due(Context& c, const ChannelSettings& settings);
  /// It is the turn of the next message of the backlog.
  void replay_next(Context& c, const ChannelSettings& settings);

  /// What is wrong at this end from now on. A link that comes up again starts its replay.
  void set_faults(Context& c, const FaultKnobs& knobs);
  const FaultKnobs& faults() const { return knobs_; }
  /// The middleware asks for a pause, or ends it (MSG-11).
  void flow_control(Context& c, bool is_paused);
  /// The oldest message is overwritten (FullLogPolicy::drop_oldest): its sequence. The receiver is told, by the one
  /// behind it, not to wait for it; a copy that was sent before and comes late all the same is a repeat to it.
  std::uint32_t drop_oldest(Context& c);
  /// A till that has not written down its keys makes new ones for what is not acknowledged (MSG-02).
  void mint_keys(Context& c, std::uint16_t terminal);
  /// Mutant::crash_empties_queue: what was not acknowledged is forgotten, and its numbers are given again.
  void forget_log(Context& c);

  bool is_down() const { return knobs_.down.is_on(); }
  bool is_paused() const { return paused_; }
  bool is_replaying() const { return replaying_; }
  /// Sequence number of the first message without acknowledgement.
  std::uint32_t first_pending() const { return first_; }
  /// Messages handed over and not acknowledged.
  std::uint32_t pending() const { return log_.size(); }
  MessageId pending_message(std::uint32_t i) const { return log_[i]; }
  const ChannelCounters& counters() const { return counters_; }

 private:
  void transmit(Context& c, const ChannelSettings& settings, std::uint32_t sequence);
  void transmit_faulty(Context& c, const ChannelSettings& settings, std::uint32_t sequence, MessageId copy,
                       bool is_resent);
  void deliver(Context& c, MessageId copy, std::uint32_t sequence, Time at);
  /// Decides one copy's fate by a stream of its own.
  bool is_hit(const Knob& knob, std::uint64_t purpose, std::uint64_t n) const {
    return knob.is_on() && RandomStream(seed_, purpose, key_, n).bernoulli_ppm(knob.ppm());
  }
  Time in_order(Time at);
  void reuse_key(Context& c, std::uint32_t sequence);
  void drop_held_back(Context& c);
  void spoil(Context& c, std::uint32_t sequence, MessageId message);

  std::uint32_t number_;
  SiteId peer_;
  MessageIdRing log_;
  std::uint32_t first_ = 1;     ///< Sequence number of the front of the log.
  std::uint32_t begins_ = 0;    ///< What was before this one has been overwritten; 0: nothing has.
  std::uint32_t next_ = 1;      ///< Next to be sent.
  std::uint32_t furthest_ = 1;  ///< All below have been sent at least once.
  Time last_arrival_{};         ///< Order on the connection: nothing arrives before this.
  Time waiting_since_{};        ///< Last progress, or first sending, of what is not acknowledged.
  bool replaying_ = false;
  bool paused_ = false;  ///< The middleware has asked for it.
  bool due_pending_ = false;
  std::uint64_t seed_, key_;
  std::uint64_t answers_ = 0;  ///< Acknowledgements that came while some could be lost.
  RandomStream latency_;
  FaultKnobs knobs_;
  MessageId held_back_ = kNoMessage;  ///< A copy that goes behind the next one (FaultKnobs::reorder_ppm) ...
  std::uint32_t held_back_sequence_ = 0;
  ChannelCounters counters_;
};

class ChannelReceiver {
 public:
  enum class Arrival : std::uint8_t { next, repeated, dropped };
  ChannelReceiver(std::uint32_t number, SiteId peer, std::uint64_t seed, std::uint64_t key)
      : number_(number),
        peer_(peer),
        seed_(seed),
        key_(key),
        latency_(seed, purpose_of("channel.acknowledgement"), key, 0) {}

  /// A copy of a message arrives under this sequence number; it will be acknowledged, cumulatively, unless the link is
  /// cut, or the copy is refused: damaged (MSG-01), or by a fault.
  Arrival receive(Context& c, const ChannelSettings& settings, MessageId message, std::uint32_t sequence);
  /// The time of gathering is over.
  void acknowledge(Context& c, const ChannelSettings& settings);
  /// What is wrong at this end from now on.
  void set_faults(const FaultKnobs& knobs) { knobs_ = knobs; }
  const FaultKnobs& faults() const { return knobs_; }
  std::uint32_t received_up_to() const { return received_; }

 private:
  /// True if a fault keeps this copy out.
  bool is_kept_out(Context& c, std::uint32_t sequence);

  std::uint32_t number_;
  SiteId peer_;
  std::uint32_t received_ = 0;
  bool gathering_ = false;
  Time last_arrival_{};
  std::uint64_t seed_, key_;
  std::uint32_t offers_ = 0;   ///< Copies that came while some could be refused.
  std::uint32_t answers_ = 0;  ///< Acknowledgements sent while some could be lost.
  RandomStream latency_;
  FaultKnobs knobs_;
};

}  // namespace tillstorm::integration
