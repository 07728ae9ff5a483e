#pragma once
// The pending events, in the total order of event.h.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/ladder.h"

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
/// event stays where it is until its time comes, or until more than half of what is stored is cancelled, when all such
/// go.
class EventQueue {
 public:
  bool empty() const { return ladder_.empty(); }
  /// Number of pending events, those cancelled not counted.
  std::size_t size() const { return ladder_.size() - cancelled_; }
  /// Number of events in memory, those cancelled included.
  std::size_t stored() const { return ladder_.size(); }
  /// Time of the next event. Queue must not be empty.
  Time next_time() const { return ladder_.head().time; }
  /// The next event. Queue must not be empty.
  Event top() const { return resolved(ladder_.head()); }

  void push(const Event& event) { ladder_.push(event); }
  /// Removes and returns the next event. Queue must not be empty.
  Event pop() {
    Event event = ladder_.pop();
    if (is_cancellable(event)) [[unlikely]]
      event = release(event);
    if (cancelled_ != 0) [[unlikely]]
      drop_cancelled_heads();
    return event;
  }

  EventHandle push_cancellable(const Event& event);
  /// True if the event was still pending: it will not happen. False if it has happened or was cancelled before.
  bool cancel(EventHandle handle);
  /// True if the event has neither happened nor been cancelled.
  bool pending(EventHandle handle) const;

  void reserve(std::size_t events) { ladder_.reserve(events); }
  /// Forgets all events; every handle given so far names nothing.
  void clear();

 private:
  enum class SlotState : std::uint8_t { free, pending, cancelled };
  /// What belongs to an event that can be cancelled; the event itself carries the slot's number as its payload.
  struct Slot {
    std::uint64_t payload;
    std::uint32_t generation;
    SlotState state;
  };
  static constexpr std::uint64_t kCancellableBit = 0x8000;

  static bool is_cancellable(const Event& event) { return (event.sequence_kind & kCancellableBit) != 0; }
  const Slot& slot_of(const Event& event) const { return slots_[static_cast<std::size_t>(event.payload)]; }
  bool is_cancelled(const Event& event) const {
    return is_cancellable(event) && slot_of(event).state == SlotState::cancelled;
  }
  Event resolved(Event event) const {
    if (is_cancellable(event)) {
      event.payload = slot_of(event).payload;
      event.sequence_kind &= ~kCancellableBit;
    }
    return event;
  }
  /// Frees the slot of an event that has left the ladder; returns the event as it was pushed.
  Event release(const Event& event);
  void drop_cancelled_heads();

  Ladder ladder_;  ///< Its head is never cancelled.
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::size_t cancelled_ = 0;  ///< Cancelled events still in the ladder.
};

}  // namespace tillstorm
