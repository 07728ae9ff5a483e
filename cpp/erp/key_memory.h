#pragma once
// MSG-02: keys that say nothing of order, remembered one by one in bounded memory: the oldest is forgotten first.
#include <bit>
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "base/ring.h"

namespace tillstorm::erp {

class KeyMemory {
 public:
  /// `key`: a hash, never 0.
  bool contains(std::uint64_t key) const { return !slots_.empty() && slots_[slot_of(key)] == key; }
  /// Remembers a key; of more than `most` the oldest is forgotten.
  void insert(std::uint64_t key, std::uint32_t most) {
    if (contains(key)) return;
    if (slots_.size() < 2 * (std::size_t{order_.size()} + 1)) grow();
    if (order_.size() >= most) erase(order_.pop_front());
    order_.push_back(key);
    slots_[slot_of(key)] = key;
  }
  std::uint32_t size() const { return order_.size(); }
  std::uint64_t bytes() const {
    return slots_.capacity() * sizeof(std::uint64_t) + order_.capacity() * sizeof(std::uint64_t);
  }

 private:
  std::size_t home(std::uint64_t key) const { return static_cast<std::size_t>(mix64(key)) & (slots_.size() - 1); }
  /// Where the key is, or would be: open addressing, one step after another.
  std::size_t slot_of(std::uint64_t key) const {
    std::size_t at = home(key);
    while (slots_[at] != 0 && slots_[at] != key) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow() {
    slots_.assign(std::max<std::size_t>(64, 2 * slots_.size()), 0);
    for (std::uint32_t i = 0; i < order_.size(); ++i) slots_[slot_of(order_[i])] = order_[i];
  }
  /// Closes the hole that a key leaves, so that those behind it are still found.
  void erase(std::uint64_t key) {
    std::size_t hole = slot_of(key);
    slots_[hole] = 0;
    for (std::size_t at = (hole + 1) & (slots_.size() - 1); slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
      const std::size_t distance_home = (at - home(slots_[at])) & (slots_.size() - 1);
      const std::size_t distance_hole = (at - hole) & (slots_.size() - 1);
      if (distance_home < distance_hole) continue;
      slots_[hole] = slots_[at];
      slots_[at] = 0;
      hole = at;
    }
  }

  std::vector<std::uint64_t> slots_;  ///< A power of two; 0: empty.
  Ring<std::uint64_t> order_;         ///< Oldest first.
};

}  // namespace tillstorm::erp
