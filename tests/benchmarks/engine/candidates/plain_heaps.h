#pragma once
// Candidates for the event queue: heaps of whole events.
#include <queue>
#include <vector>

#include "engine/event.h"

namespace tillstorm::candidates {

/// The standard library's binary heap.
class StandardQueue {
 public:
  void push(const Event& event) { queue_.push(event); }
  Event pop() {
    const Event event = queue_.top();
    queue_.pop();
    return event;
  }

 private:
  struct Later {
    bool operator()(const Event& a, const Event& b) const { return before(b, a); }
  };
  std::priority_queue<Event, std::vector<Event>, Later> queue_;
};

/// The textbook d-ary heap: the last event is sifted down from the top, with early exit.
template <std::size_t kArity>
class TextbookHeap {
 public:
  void push(const Event& event) {
    std::size_t hole = heap_.size();
    heap_.push_back(event);
    while (hole != 0) {
      const std::size_t parent = (hole - 1) / kArity;
      if (!before(event, heap_[parent])) break;
      heap_[hole] = heap_[parent];
      hole = parent;
    }
    heap_[hole] = event;
  }
  Event pop() {
    const Event top = heap_.front();
    const Event event = heap_.back();
    heap_.pop_back();
    const std::size_t n = heap_.size();
    if (n == 0) return top;
    std::size_t hole = 0;
    for (;;) {
      const std::size_t first = kArity * hole + 1;
      if (first >= n) break;
      std::size_t best = first;
      const std::size_t end = first + kArity < n ? first + kArity : n;
      for (std::size_t child = first + 1; child < end; ++child)
        if (before(heap_[child], heap_[best])) best = child;
      if (!before(heap_[best], event)) break;
      heap_[hole] = heap_[best];
      hole = best;
    }
    heap_[hole] = event;
    return top;
  }

 private:
  std::vector<Event> heap_;
};

}  // namespace tillstorm::candidates
