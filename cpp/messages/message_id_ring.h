#pragma once
// A queue of message ids in contiguous memory.
#include <cstdint>
#include <vector>

#include "messages/message.h"

namespace tillstorm {

/// First in, first out, with access by position. Grows by doubling; never shrinks.
class MessageIdRing {
 public:
  std::uint32_t size() const { return tail_ - head_; }
  bool empty() const { return head_ == tail_; }
  MessageId operator[](std::uint32_t i) const { return slots_[(head_ + i) & mask()]; }
  void push_back(MessageId id) {
    if (size() == slots_.size()) grow();
    slots_[tail_++ & mask()] = id;
  }
  MessageId pop_front() { return slots_[head_++ & mask()]; }

 private:
  std::uint32_t mask() const { return static_cast<std::uint32_t>(slots_.size()) - 1; }
  void grow() {
    std::vector<MessageId> larger(slots_.size() * 2);
    const std::uint32_t count = size();
    for (std::uint32_t i = 0; i < count; ++i) larger[i] = (*this)[i];
    slots_ = std::move(larger);
    head_ = 0;
    tail_ = count;
  }
  std::vector<MessageId> slots_ = std::vector<MessageId>(16);
  std::uint32_t head_ = 0, tail_ = 0;
};

}  // namespace tillstorm
