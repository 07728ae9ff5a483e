#pragma once
// Candidate: a 4-ary heap of whole events; the hole at the top walks down along the least children, chosen without
// branches, and the last event is then sifted up from there (J. Wegener's bottom-up heapsort).
#include <vector>

#include "engine/event.h"
#include "engine/philox.h"

namespace tillstorm::candidates {

inline Word128 key_of_event(const Event& e) {
  return static_cast<Word128>(static_cast<std::uint64_t>(e.time.us) ^ (std::uint64_t{1} << 63)) << 64 | e.order;
}
/// As `before`, written for conditional moves: equal times and orders are rare.
inline bool before_branchless(const Event& a, const Event& b) {
  const Word128 ka = key_of_event(a), kb = key_of_event(b);
  if (ka == kb) [[unlikely]]
    return a.sequence_kind < b.sequence_kind;
  return ka < kb;
}

class BottomUpHeap {
 public:
  void push(const Event& event) {
    heap_.push_back(event);
    sift_up(heap_.size() - 1, event);
  }
  Event pop() {
    const Event top = heap_.front();
    const Event event = heap_.back();
    heap_.pop_back();
    const std::size_t n = heap_.size();
    if (n == 0) return top;
    Event* const h = heap_.data();
    std::size_t hole = 0;
    for (;;) {
      const std::size_t first = 4 * hole + 1;
      std::size_t best = 0;
      if (first + 4 <= n) [[likely]] {
        const std::size_t left = first + (before_branchless(h[first + 1], h[first]) ? 1U : 0U);
        const std::size_t right = first + 2 + (before_branchless(h[first + 3], h[first + 2]) ? 1U : 0U);
        best = before_branchless(h[right], h[left]) ? right : left;
      } else {
        if (first >= n) break;
        best = first;
        for (std::size_t child = first + 1; child < n; ++child)
          if (before_branchless(h[child], h[best])) best = child;
      }
      h[hole] = h[best];
      hole = best;
    }
    sift_up(hole, event);
    return top;
  }

 private:
  void sift_up(std::size_t hole, const Event& event) {
    Event* const h = heap_.data();
    while (hole != 0) {
      const std::size_t parent = (hole - 1) / 4;
      if (!before_branchless(event, h[parent])) break;
      h[hole] = h[parent];
      hole = parent;
    }
    h[hole] = event;
  }
  std::vector<Event> heap_;
};

}  // namespace tillstorm::candidates
