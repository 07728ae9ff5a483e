#pragma once
// A queue in contiguous memory.
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tillstorm {

/// First in, first out, with access by position. Grows by doubling; never shrinks.
template <class Value>
class Ring {
 public:
  std::uint32_t size() const { return tail_ - head_; }
  bool empty() const { return head_ == tail_; }
  const Value& operator[](std::uint32_t i) const { return slots_[(head_ + i) & mask()]; }
  const Value& front() const { return slots_[head_ & mask()]; }
  void push_back(Value value) {
    if (size() == slots_.size()) grow();
    slots_[tail_++ & mask()] = value;
  }
  /// Puts a value in the place of another, which is given back.
  Value replace(std::uint32_t i, Value value) { return std::exchange(slots_[(head_ + i) & mask()], value); }
  std::size_t capacity() const { return slots_.size(); }
  Value pop_front() { return slots_[head_++ & mask()]; }
  Value pop_back() { return slots_[--tail_ & mask()]; }

 private:
  std::uint32_t mask() const { return static_cast<std::uint32_t>(slots_.size()) - 1; }
  void grow() {
    std::vector<Value> larger(slots_.empty() ? 16 : slots_.size() * 2);
    const std::uint32_t count = size();
    for (std::uint32_t i = 0; i < count; ++i) larger[i] = (*this)[i];
    slots_ = std::move(larger);
    head_ = 0;
    tail_ = count;
  }
  std::vector<Value> slots_;  ///< A power of two of them, or none yet.
  std::uint32_t head_ = 0, tail_ = 0;
};

}  // namespace tillstorm
