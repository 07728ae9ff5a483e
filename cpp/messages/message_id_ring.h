#pragma once
// A queue of message ids in contiguous memory.
#include "base/ring.h"
#include "messages/message.h"

namespace tillstorm {

using MessageIdRing = Ring<MessageId>;

}  // namespace tillstorm
