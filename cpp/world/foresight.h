#pragma once
// What the next events will touch. The state of many stores is larger than the caches, and each event is another
// store's: asked for some events ahead, it is there in time. Changes no result.
#include <cstdint>

#include "base/prefetch.h"
#include "messages/event_kind.h"
#include "world/world.h"

namespace tillstorm {

/// Guesses from the queue which events are near, and asks for their memory in steps, each of which looks only at what
/// the step before has asked for.
template <class Observer>
class Foresight {
 public:
  Foresight(const World& world, const Observer& observer)
      : w_(world), observer_(observer), is_useful_(world.stores.size() >= kLeastStores) {}

  /// To be called when an event has been taken from the queue and before it is dispatched.
  [[gnu::always_inline]] void look(const EventQueue& queue) {
    if (!is_useful_) return;
    if (queue.stretch() != stretch_) [[unlikely]] {  // what is near was far a moment ago
      stretch_ = queue.stretch();
      for (std::size_t behind = 0; behind < kFar; ++behind)
        if (const Event* event = queue.guess(behind)) first_step(*event);
    }
    if (const Event* event = queue.guess(kFar)) first_step(*event);
    if (const Event* event = queue.guess(1)) second_step(*event);
    if (const Event* event = queue.guess(0)) third_step(*event);
  }

 private:
  static constexpr std::uint32_t kLeastStores = 24;  ///< Of fewer, the state stays in the caches by itself.
  static constexpr std::size_t kFar = 4;             ///< How far behind the next event the first step looks.

  static MessageId message_of(const Event& event) { return MessageId{static_cast<std::uint32_t>(event.payload)}; }

  /// What is found by index.
  [[gnu::always_inline]] void first_step(const Event& event) const {
    const std::uint32_t site = index_of(event.site());
    const auto kind = static_cast<EventKind>(event.kind());
    const auto low = static_cast<std::uint32_t>(event.payload);
    if (kind == EventKind::channel_delivers) {
      w_.pool.ask_for_message(message_of(event));
      const std::uint32_t source = index_of(event.origin());
      if (source >= w_.partitions.size()) return;
      ask_for(&w_.receivers[World::up_channel(source)], sizeof(integration::ChannelReceiver));
      ask_for(&w_.partitions[source], sizeof(erp::Partition));
      ask_for(&w_.ingress[source]);
    } else if (kind == EventKind::channel_acknowledged) {
      if (low < w_.senders.size()) w_.senders[low].ask_for_state();
    } else if (site < w_.stores.size()) {
      w_.stores[site].ask_for_state();
      if (kind == EventKind::customer_at_tills) w_.pool.ask_for_message(message_of(event));
      if (kind == EventKind::checkout_ends) w_.senders[World::up_channel(site)].ask_for_state();
    }
  }

  /// What is found by way of that.
  [[gnu::always_inline]] void second_step(const Event& event) const {
    const std::uint32_t site = index_of(event.site());
    const auto kind = static_cast<EventKind>(event.kind());
    const auto low = static_cast<std::uint32_t>(event.payload);
    if (kind == EventKind::channel_delivers) {
      w_.pool.ask_for_lines(message_of(event));
      const std::uint32_t source = index_of(event.origin());
      if (source >= w_.partitions.size() || low >= w_.pool.slots()) return;
      const Envelope& envelope = w_.pool[message_of(event)].envelope;
      w_.partitions[source].ask_for_details(envelope, event.time);
      observer_.ask_for_posting(envelope);
    } else if (kind == EventKind::channel_acknowledged) {
      if (low < w_.senders.size()) w_.senders[low].ask_for_details(w_.pool);
    } else if (site < w_.stores.size()) {
      w_.stores[site].ask_for_details();
      if (kind == EventKind::customer_at_tills) w_.pool.ask_for_lines(message_of(event));
    }
  }

  /// Who is served at the till that will be free.
  [[gnu::always_inline]] void third_step(const Event& event) const {
    const std::uint32_t site = index_of(event.site());
    if (static_cast<EventKind>(event.kind()) != EventKind::checkout_ends || site >= w_.stores.size()) return;
    const ServerGroup& tills = w_.stores[site].tills();
    const auto terminal = static_cast<std::uint32_t>(event.payload);
    if (terminal >= tills.servers()) return;
    const std::uint32_t basket = tills.customer_at(terminal);
    if (basket < w_.pool.slots()) w_.pool.ask_for_message(MessageId{basket});
  }

  const World& w_;
  const Observer& observer_;
  bool is_useful_;
  std::uint32_t stretch_ = 0;
};

}  // namespace tillstorm
