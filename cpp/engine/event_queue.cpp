#include "engine/event_queue.h"

namespace tillstorm {

EventHandle EventQueue::push_cancellable(const Event& event) {
  std::uint32_t slot = 0;
  if (free_slots_.empty()) {
    slot = static_cast<std::uint32_t>(slots_.size());
    slots_.push_back({0, 1, SlotState::free});
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  slots_[slot].payload = event.payload;
  slots_[slot].state = SlotState::pending;
  Event stored = event;
  stored.payload = slot;
  stored.sequence_kind |= kCancellableBit;
  push(stored);
  return {slot, slots_[slot].generation};
}

bool EventQueue::pending(EventHandle handle) const {
  return handle.slot < slots_.size() && slots_[handle.slot].generation == handle.generation &&
         slots_[handle.slot].state == SlotState::pending;
}

bool EventQueue::cancel(EventHandle handle) {
  if (!pending(handle)) return false;
  slots_[handle.slot].state = SlotState::cancelled;
  ++cancelled_;
  drop_cancelled_heads();
  if (2 * cancelled_ > ladder_.size()) {
    ladder_.remove_if([this](const Event& event) {
      const bool goes = is_cancelled(event);
      if (goes) release(event);
      return goes;
    });
    cancelled_ = 0;
  }
  return true;
}

Event EventQueue::release(const Event& event) {
  const Event original = resolved(event);
  Slot& slot = slots_[static_cast<std::size_t>(event.payload)];
  slot.state = SlotState::free;
  if (++slot.generation == 0) slot.generation = 1;
  free_slots_.push_back(static_cast<std::uint32_t>(event.payload));
  return original;
}

void EventQueue::drop_cancelled_heads() {
  while (cancelled_ != 0 && is_cancelled(ladder_.head())) {
    release(ladder_.pop());
    --cancelled_;
  }
}

void EventQueue::clear() {
  ladder_.remove_if([this](const Event& event) {
    if (is_cancellable(event)) release(event);
    return true;
  });
  cancelled_ = 0;
}

}  // namespace tillstorm
