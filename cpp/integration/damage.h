#pragma once
// What a bad line or a bad disk does to a message.
#include "engine/random_stream.h"
#include "messages/message_pool.h"

namespace tillstorm::integration {

/// A copy of `message` with one number of its body changed and the envelope, hash included, as sent. Takes over the
/// reference to `message` and gives one to the copy.
inline MessageId damaged(MessagePool& pool, MessageId message, RandomStream& chance) {
  const MessageId copy = pool.copy(message);
  pool.release(message);
  const std::uint32_t lines = pool[copy].lines.count;
  if (lines != 0) {
    pool.lines(copy)[chance.below(lines)].quantity += 1;
  } else if (pool[copy].envelope.type == MessageType::day_close) {
    pool[copy].day_close.net += 1;
  } else {
    pool[copy].goods.ordered_at += kMicrosecond;  // a truck that came empty
  }
  return copy;
}

}  // namespace tillstorm::integration
