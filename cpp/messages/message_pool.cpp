#include "messages/message_pool.h"

#include <algorithm>
#include <bit>

namespace tillstorm {
namespace {

constexpr std::uint32_t kLeastCapacity = 4;

std::uint32_t size_class(std::uint32_t capacity) { return static_cast<std::uint32_t>(std::countr_zero(capacity)); }

/// Capacity of the block that holds `count` >= 1 lines.
std::uint32_t capacity_of(std::uint32_t count) { return std::max(kLeastCapacity, std::bit_ceil(count)); }

}  // namespace

MessageId MessagePool::create(MessageType type) {
  std::uint32_t index = 0;
  if (free_.empty()) {
    index = static_cast<std::uint32_t>(messages_.size());
    messages_.emplace_back();
  } else {
    index = free_.back();
    free_.pop_back();
    messages_[index] = Message{};
  }
  Message& message = messages_[index];
  message.envelope.type = type;
  message.references = 1;
  return MessageId{index};
}

MessageId MessagePool::copy(MessageId original) {
  const MessageId id = create((*this)[original].envelope.type);
  const LineBlock from = (*this)[original].lines;
  (*this)[id] = (*this)[original];
  (*this)[id].references = 1;
  (*this)[id].lines = {};
  for (std::uint32_t i = 0; i < from.count; ++i) add_line(id, Line{arena_[from.first + i]});
  return id;
}

void MessagePool::free(MessageId id) {
  free_block((*this)[id].lines);
  free_.push_back(static_cast<std::uint32_t>(id));
}

void MessagePool::free_block(LineBlock block) {
  if (block.count != 0) free_blocks_[size_class(capacity_of(block.count))].push_back(block.first);
}

void MessagePool::grow(LineBlock& block) {
  const std::uint32_t capacity = capacity_of(block.count + 1);
  std::vector<std::uint32_t>& free = free_blocks_[size_class(capacity)];
  std::uint32_t first = 0;
  if (free.empty()) {
    check(arena_.size() + capacity < kNone, "lines in flight fit 32-bit indices");
    first = static_cast<std::uint32_t>(arena_.size());
    arena_.resize(arena_.size() + capacity);
  } else {
    first = free.back();
    free.pop_back();
  }
  std::copy_n(arena_.begin() + block.first, block.count, arena_.begin() + first);
  free_block(block);
  block.first = first;
}

}  // namespace tillstorm
