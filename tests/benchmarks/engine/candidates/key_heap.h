#pragma once
// Candidate: a 4-ary heap of 16-byte keys (time, slot); the events themselves stay where they were put. Four children
// fill one cache line. Equal times are told apart by looking at the events.
#include <cstddef>
#include <new>
#include <vector>

#include "engine/event.h"

namespace tillstorm::candidates {

class KeyHeap {
 public:
  void push(const Event& event) {
    std::uint32_t slot = 0;
    if (free_.empty()) {
      slot = static_cast<std::uint32_t>(events_.size());
      events_.push_back(event);
    } else {
      slot = free_.back();
      free_.pop_back();
      events_[slot] = event;
    }
    const Key key{event.time.us, slot};
    heap_.push_back(key);
    sift_up(heap_.size() - 1, key);
  }
  Event pop() {
    const std::uint32_t slot = static_cast<std::uint32_t>(heap_.front().slot);
    free_.push_back(slot);
    const Key key = heap_.back();
    heap_.pop_back();
    const std::size_t n = heap_.size();
    if (n == 0) return events_[slot];
    Key* const h = heap_.data();
    std::size_t hole = 0;
    for (;;) {
      const std::size_t first = 4 * hole + 1;
      std::size_t best = 0;
      if (first + 4 <= n) [[likely]] {
        const std::size_t left = first + (less(h[first + 1], h[first]) ? 1U : 0U);
        const std::size_t right = first + 2 + (less(h[first + 3], h[first + 2]) ? 1U : 0U);
        best = less(h[right], h[left]) ? right : left;
      } else {
        if (first >= n) break;
        best = first;
        for (std::size_t child = first + 1; child < n; ++child)
          if (less(h[child], h[best])) best = child;
      }
      h[hole] = h[best];
      hole = best;
    }
    sift_up(hole, key);
    return events_[slot];
  }

 private:
  struct Key {
    std::int64_t time;
    std::uint64_t slot;
  };
  bool less(const Key& a, const Key& b) const {
    if (a.time == b.time) [[unlikely]]
      return before(events_[a.slot], events_[b.slot]);
    return a.time < b.time;
  }
  void sift_up(std::size_t hole, const Key& key) {
    Key* const h = heap_.data();
    while (hole != 0) {
      const std::size_t parent = (hole - 1) / 4;
      if (!less(key, h[parent])) break;
      h[hole] = h[parent];
      hole = parent;
    }
    h[hole] = key;
  }
  std::vector<Key> heap_;
  std::vector<Event> events_;
  std::vector<std::uint32_t> free_;
};

}  // namespace tillstorm::candidates
