#include "messages/message_pool.h"

#include <algorithm>
#include <bit>

namespace tillstorm {
namespace {

constexpr std::uint32_t kLeastCapacity = 4;
constexpr std::uint32_t kKeptCapacity = 16;

std::uint32_t size_class(std::uint32_t capacity) { return static_cast<std::uint32_t>(std::countr_zero(capacity)); }

/// Capacity of a new block for `count` >= 1 lines.
std::uint32_t capacity_of(std::uint32_t count) { return std::max(kLeastCapacity, std::bit_ceil(count)); }

/// Under AddressSanitizer a small pool moves whenever a larger one might, so that it sees who keeps a reference or a
/// span for too long.
template <class Vector>
void move_house([[maybe_unused]] Vector& values) {
#ifdef __SANITIZE_ADDRESS__
  if (values.size() <= 256) values = Vector(values.begin(), values.end());
#endif
}

}  // namespace

MessageId MessagePool::create(MessageType type) {
  std::uint32_t index = 0;
  if (free_.empty()) {
    index = static_cast<std::uint32_t>(messages_.size());
    messages_.emplace_back();
  } else {
    index = free_.back();
    free_.pop_back();
    const LineBlock kept = messages_[index].lines;
    messages_[index] = Message{};
    messages_[index].lines = kept;
  }
  move_house(messages_);
  Message& message = messages_[index];
  message.envelope.type = type;
  message.references = 1;
  return MessageId{index};
}

MessageId MessagePool::copy(MessageId original) {
  const MessageId id = create((*this)[original].envelope.type);
  const LineBlock from = (*this)[original].lines;
  const LineBlock own = (*this)[id].lines;
  (*this)[id] = (*this)[original];
  (*this)[id].references = 1;
  (*this)[id].is_copy = 1;
  (*this)[id].lines = own;
  reserve(id, from.count);
  for (std::uint32_t i = 0; i < from.count; ++i) add_line(id, Line{arena_[from.first + i]});
  return id;
}

void MessagePool::free(MessageId id) {
  // A slot keeps a block of a usual size for its next message, so that most messages allocate nothing.
  LineBlock& block = (*this)[id].lines;
  block.count = 0;
  if (block.capacity > kKeptCapacity) {
    free_block(block);
    block = {};
  }
  free_.push_back(static_cast<std::uint32_t>(id));
}

void MessagePool::free_block(LineBlock block) {
  if (block.capacity != 0) free_blocks_[size_class(block.capacity)].push_back(block.first);
}

void MessagePool::grow(LineBlock& block, std::uint32_t lines) {
  const std::uint32_t capacity = capacity_of(lines);
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
  move_house(arena_);
  std::copy_n(arena_.begin() + block.first, block.count, arena_.begin() + first);
  free_block(block);
  block.first = first;
  block.capacity = capacity;
}

}  // namespace tillstorm
