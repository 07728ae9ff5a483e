#pragma once
// A delivery under way in the bus: one message, or a chunk of a batch.
#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "messages/message.h"

namespace tillstorm::integration {

using JobIndex = std::uint32_t;

/// Which messages go first (MSG-19), the highest first.
enum class Lane : std::uint8_t {
  authorisation,  ///< Somebody waits at a till: cards, gift cards, returns.
  control,        ///< Prices and promotions.
  sales,          ///< Tickets and stock.
  bulk,           ///< Refreshes, and what is replayed after an outage.
};
inline constexpr std::size_t kLanes = 4;
/// Where a message of this type stands as long as it is fresh.
constexpr Lane lane_of(MessageType type) { return type == MessageType::refresh_request ? Lane::control : Lane::sales; }

struct Job {
  enum class State : std::uint8_t {
    waiting,      ///< Something of its ordering key is before it.
    ready,        ///< In a lane.
    in_service,   ///< At a worker.
    backing_off,  ///< An attempt has failed, the next one is due later.
    parked,       ///< Some or all of it is set aside, and its ordering key waits for that.
    done,         ///< Delivered, or gone.
  };
  enum class Phase : std::uint8_t { middleware, erp };

  MessageId message = kNoMessage;  ///< The first; of a parked chunk nothing: it may be gone.
  std::vector<MessageId> rest;  ///< Of a chunk: the messages after the first, in order; of what is parked: all that is
                                ///< left, or has come back.
  std::uint32_t place = 0;
  std::uint32_t sequence = 0;  ///< Source sequence of the first message.
  std::uint32_t generation = 0;
  std::uint32_t worker = kNone;
  Time received{};
  Time ready_since{};
  Time ends_at{};              ///< Of the service in progress ...
  Duration work_left{};        ///< ... or what was left of it at full speed when it was last looked at.
  Duration last_wait{};        ///< Before the attempt that is due.
  std::uint16_t attempts = 0;  ///< Failed so far.
  std::uint16_t crashes = 0;
  std::uint32_t awaited = 0;  ///< Parked: messages that are set aside, and of which nothing has been decided.
  Lane lane = Lane::sales;
  State state = State::done;
  Phase phase = Phase::erp;
  bool is_chunk = false;
  bool is_racing = false;        ///< Another copy of its message has been delivered while this one was at work.
  bool ends_run = false;         ///< The last chunk of its run.
  bool is_counted_late = false;  ///< It has been counted as held by a breaker or the quota.

  std::uint32_t messages() const { return 1 + static_cast<std::uint32_t>(rest.size()); }
};

}  // namespace tillstorm::integration
