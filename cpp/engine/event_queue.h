#pragma once
// The pending events, in the total order of event.h.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/event.h"

namespace tillstorm {

/// Names a pending event that can be cancelled. Plain data; stays valid in a copy of the queue; a default one names
/// nothing.
struct EventHandle {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;  ///< 0 names nothing.
  constexpr bool operator==(const EventHandle&) const = default;
};

/// A priority queue of events. A value: a copy is a snapshot.
///
/// An event that can be cancelled costs a slot of its own; the others pay nothing for the possibility. A cancelled
/// event stays in the heap until it comes to the top, or until half of the heap is cancelled, when all such are
/// removed.
class EventQueue {
 public:
  bool empty() const { return heap_.empty(); }
  /// Number of pending events, those cancelled not counted.
  std::size_t size() const { return heap_.size() - cancelled_; }
  /// Time of the next event. Queue must not be empty.
  Time next_time() const { return heap_.front().time; }
  /// The next event. Queue must not be empty.
  Event top() const { return resolved(heap_.front()); }

  void push(const Event& event) {
    heap_.push_back(event);
    sift_up(heap_.size() - 1, event);
  }
  /// Removes and returns the next event. Queue must not be empty.
  Event pop() {
    Event event = take_top();
    if (is_cancellable(event)) [[unlikely]]
      event = release(event);
    if (cancelled_ != 0) [[unlikely]]
      drop_cancelled_tops();
    return event;
  }

  EventHandle push_cancellable(const Event& event);
  /// True if the event was still pending: it will not happen. False if it has happened or was cancelled before.
  bool cancel(EventHandle handle);
  /// True if the event has neither happened nor been cancelled.
  bool pending(EventHandle handle) const;

  void reserve(std::size_t events) { heap_.reserve(events); }
  /// Forgets all events; every handle given so far names nothing.
  void clear();

 private:
  enum class SlotState : std::uint8_t { free, pending, cancelled };
  struct Slot {
    std::uint64_t payload;
    std::uint32_t generation;
    SlotState state;
  };
  static constexpr std::uint64_t kCancellableBit = 0x8000;
  static constexpr std::size_t kArity = 4;

  static bool is_cancellable(const Event& event) { return (event.sequence_kind & kCancellableBit) != 0; }
  const Slot& slot_of(const Event& event) const { return slots_[static_cast<std::size_t>(event.payload)]; }
  Event resolved(Event event) const {
    if (is_cancellable(event)) {
      event.payload = slot_of(event).payload;
      event.sequence_kind &= ~kCancellableBit;
    }
    return event;
  }

  void sift_up(std::size_t hole, const Event& event) {
    while (hole != 0) {
      const std::size_t parent = (hole - 1) / kArity;
      if (!before(event, heap_[parent])) break;
      heap_[hole] = heap_[parent];
      hole = parent;
    }
    heap_[hole] = event;
  }
  void sift_down(std::size_t hole, const Event& event) {
    const std::size_t n = heap_.size();
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
  }
  Event take_top() {
    const Event top = heap_.front();
    const Event last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_down(0, last);
    return top;
  }
  Event release(const Event& event);
  void drop_cancelled_tops();
  void compact();

  std::vector<Event> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::size_t cancelled_ = 0;  ///< Cancelled events still in the heap.
};

}  // namespace tillstorm
