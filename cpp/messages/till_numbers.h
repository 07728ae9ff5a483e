#pragma once
// How the numbers of a till are read: in order of (epoch, number), and with what the first ticket of an epoch states.
#include <cstdint>

#include "messages/message.h"
#include "rules/sequence.h"

namespace tillstorm {

constexpr std::uint64_t key_of_number(std::uint32_t epoch, std::uint32_t number) {
  return std::uint64_t{epoch} << 32 | number;
}
constexpr std::uint64_t key_of_number(const Envelope& e) { return key_of_number(e.epoch, e.number); }

/// What a message says of the epoch before its own: its last number; 0: nothing, or the rule has no handshake (MSG-08).
inline std::uint32_t stated_last(const SequenceRule& rule, const Message& message) {
  return rule.epoch_handshake && message.envelope.type == MessageType::ticket ? message.ticket.previous_last : 0;
}

}  // namespace tillstorm
