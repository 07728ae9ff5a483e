#pragma once
// Where messages and their lines live. Slots are reused in a fixed order, so a run allocates only until its peak.
#include <cstdint>
#include <span>
#include <vector>

#include "base/check.h"
#include "base/huge_pages.h"
#include "messages/message.h"

namespace tillstorm {

/// A value: a copy is a snapshot. A message is immutable once it has been handed over; who changes one copies it.
class MessagePool {
 public:
  /// A message of `type` with one reference and no lines. Invalidates references and spans of this pool.
  MessageId create(MessageType type);
  /// A copy with one reference and its own lines. Invalidates references and spans of this pool.
  MessageId copy(MessageId original);

  Message& operator[](MessageId id) { return messages_[static_cast<std::uint32_t>(id)]; }
  const Message& operator[](MessageId id) const { return messages_[static_cast<std::uint32_t>(id)]; }

  std::span<Line> lines(MessageId id) {
    const LineBlock block = (*this)[id].lines;
    return {arena_.data() + block.first, block.count};
  }
  std::span<const Line> lines(MessageId id) const {
    const LineBlock block = (*this)[id].lines;
    return {arena_.data() + block.first, block.count};
  }
  /// Appends a line. Invalidates spans of this pool.
  void add_line(MessageId id, const Line& line) {
    LineBlock& block = (*this)[id].lines;
    if (block.count == block.capacity) [[unlikely]]
      grow(block, block.count + 1);
    arena_[block.first + block.count++] = line;
  }

  /// Room for `lines` in all, so that adding them moves nothing. Invalidates spans of this pool.
  void reserve(MessageId id, std::uint32_t lines) {
    LineBlock& block = (*this)[id].lines;
    if (lines > block.capacity) grow(block, lines);
  }

  void retain(MessageId id) { ++(*this)[id].references; }
  /// Gives up one reference; the last one frees the slot.
  void release(MessageId id) {
    Message& message = (*this)[id];
    check(message.references > 0, "a message is released only by those who hold it");
    if (--message.references == 0) free(id);
  }

  /// Messages held by somebody.
  std::uint32_t live() const { return static_cast<std::uint32_t>(messages_.size() - free_.size()); }
  /// Bytes of both arenas.
  std::uint64_t bytes() const { return messages_.capacity() * sizeof(Message) + arena_.capacity() * sizeof(Line); }

 private:
  void free(MessageId id);
  void grow(LineBlock& block, std::uint32_t lines);
  void free_block(LineBlock block);

  LargeVector<Message> messages_;
  std::vector<std::uint32_t> free_;
  LargeVector<Line> arena_;
  std::vector<std::vector<std::uint32_t>> free_blocks_ =
      std::vector<std::vector<std::uint32_t>>(32);  ///< By log2 of capacity.
};

}  // namespace tillstorm
