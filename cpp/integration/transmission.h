#pragma once
// What happens to a message on the road, for whoever follows it. Noted only where somebody does.
#include <cstdint>
#include <vector>

#include "base/time.h"

namespace tillstorm::integration {

struct Transmission {
  enum class Kind : std::uint8_t {
    held,                  ///< Handed over while the link is down: kept in the log.
    queued,                ///< Takes its place behind a backlog being replayed.
    sent,                  ///< Sent for the first time.
    sent_again,            ///< Sent once more with the same key.
    lost,                  ///< Lost on its way.
    dropped,               ///< There was no room for this copy: it is lost for good.
    held_back,             ///< Lets its successor go first.
    arrived,               ///< The next of its source: taken in.
    arrived_again,         ///< Taken in before.
    not_taken_in,          ///< The link or the middleware is down, or refuses it, or a message before it is missing.
    refused,               ///< Damaged on its way.
    acknowledged,          ///< Everything up to this sequence has arrived, and the sender knows.
    attempt_failed,        ///< The ERP did not take it: the bus will try again.
    set_aside,             ///< Kept by the middleware for somebody to look at.
    resubmitted,           ///< Sent on after a repair.
    acknowledgement_lost,  ///< The answer for everything up to this sequence did not reach the sender.
  };
  Kind kind = Kind::sent;
  std::uint32_t channel = 0;
  std::uint32_t sequence = 0;
  Time arrives{};  ///< Of `sent` and `sent_again`.
};

using TransmissionLog = std::vector<Transmission>;

}  // namespace tillstorm::integration
