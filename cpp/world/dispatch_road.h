#pragma once
// Bodies of Dispatcher: from what a source has said to the bus. Included by dispatch.h alone.
//
//   a till's journal -> the source's log -> its link -> gaps looked for (MSG-07) -> read (MSG-20) -> the bus
#include "world/recording.h"
#include "world/source_log.h"

namespace tillstorm {

/// Hands what the current site has said to its link, in order.
template <class Observer>
void Dispatcher<Observer>::flush_emitted(std::uint32_t source) {
  for (const MessageId message : w_.emitted) {
    const MessageType type = w_.pool[message].envelope.type;
    if (type == MessageType::ticket) {
      const bool is_wanted = w_.tables.truth.tickets.wanted || w_.tables.truth.ticket_lines.wanted;
      if (is_wanted && w_.pool[message].envelope.revision == 0) record_sale(w_, message);
    } else if (type == MessageType::day_close) {
      record_store_day(w_, source);
      // Tills are closed before the day is: what is newest in a journal is handed on.
      hand_on_kept(source, [&](auto& journal) { return journal.take_due(road_); });
    }
    if (source < w_.addresses().stores && w_.journals[source].keeps(road_, message)) [[unlikely]] {
      observer_.kept_back(w_, source, message);
    } else {
      hand_to_link(source, message);
    }
  }
  w_.emitted.clear();
  look_at_source_log(w_, road_, source);
}

template <class Observer>
void Dispatcher<Observer>::hand_to_link(std::uint32_t source, MessageId message) {
  const std::uint32_t channel = World::up_channel(source);
  integration::ChannelSender& sender = w_.senders[channel];
  Message& m = w_.pool[message];
  m.envelope.source_sequence = sender.next_sequence();
  m.handed_over = w_.kernel.now;
  observer_.handed_over(w_, source, message);
  w_.backlog.handed_over(source);
  sender.submit(road_, w_.channel_settings(channel), message);
}

/// Hands on what `take(journal)` gives, one after another.
template <class Observer>
template <class Take>
void Dispatcher<Observer>::hand_on_kept(std::uint32_t store, Take take) {
  integration::TillJournal& journal = w_.journals[store];
  if (journal.kept() == 0) [[likely]]
    return;
  for (MessageId next = take(journal); next != kNoMessage; next = take(journal)) hand_to_link(store, next);
}

/// The store is asked for numbers that did not come.
template <class Observer>
void Dispatcher<Observer>::resend(std::uint32_t store, MessageId request) {
  w_.journals[store].ask(road_, w_.pool[request]);
  hand_on_kept(store, [&](auto& journal) { return journal.take_due(road_); });
  w_.pool.release(request);
}

/// A message reaches the other end of a link: the ingress of a place, the middleware, or a source.
template <class Observer>
void Dispatcher<Observer>::delivered(const Event& event) {
  const MessageId message = message_of(event);
  const Addresses& a = w_.addresses();
  const bool is_up = index_of(event.site()) >= a.sources();
  const std::uint32_t source = index_of(is_up ? event.origin() : event.site());
  const std::uint32_t channel = is_up ? World::up_channel(source) : World::down_channel(source);
  if (is_up && source < a.places() && w_.bus.refuses(road_, w_.setup->bus, source)) [[unlikely]]
    return w_.pool.release(message);  // not acknowledged: it stays in its source's log
  const auto arrival =
      w_.receivers[channel].receive(road_, w_.channel_settings(channel), message, integration::high_of(event.payload));
  using Arrival = integration::ChannelReceiver::Arrival;
  if (arrival == Arrival::dropped) return w_.pool.release(message);
  if (is_up && source < a.places()) {  // repeats too: the books recognise them
    if (Message& m = w_.pool[message]; m.received == Time{}) m.received = w_.kernel.now;
    const bool is_server_assigned = w_.setup->erp.idempotency.key_source == KeySource::server_assigned;
    return take_in(PlaceId{source},
                   is_server_assigned && arrival == Arrival::repeated ? under_new_key(message) : message);
  }
  if (arrival == Arrival::repeated) return w_.pool.release(message);  // a source knows what it has taken in
  if (is_up) return from_online(message);
  observer_.taken_in(w_, source, message);
  if (w_.pool[message].envelope.type == MessageType::resend_request) {
    resend(source, message);
  } else if (source < a.stores || (a.has_online && source == a.online_source())) {
    masters_arrive(source, message);
  } else {
    w_.warehouses[0].order_released(model_, message);
  }
}

/// A receiver that numbers what comes takes a copy for something new (MSG-02). Takes over and gives a reference.
template <class Observer>
MessageId Dispatcher<Observer>::under_new_key(MessageId message) {
  const MessageId again = w_.pool.copy(message);
  ++w_.pool[again].keys_minted;
  w_.pool.release(message);
  return again;
}

/// What has come in goes on unless something before it is missing.
template <class Observer>
void Dispatcher<Observer>::take_in(PlaceId place, MessageId message) {
  if (w_.guards[index_of(place)].passes(road_, w_.setup->sequence, message)) [[likely]]
    return admit(place, message);
  admit_released(place);
}

template <class Observer>
void Dispatcher<Observer>::admit_released(PlaceId place) {
  integration::SequenceGuard& guard = w_.guards[index_of(place)];
  for (MessageId next = guard.next(); next != kNoMessage; next = guard.next()) admit(place, next);
}

/// What the middleware can read goes on.
template <class Observer>
void Dispatcher<Observer>::admit(PlaceId place, MessageId message) {
  using Taken = integration::SchemaGate::Taken;
  if (index_of(place) >= w_.addresses().stores) return enter_bus(place, message);
  switch (w_.gates[index_of(place)].take(road_, w_.setup->schema, message)) {
    case Taken::goes_on:
      return enter_bus(place, message);
    case Taken::parked:
      return;
    case Taken::unreadable:
      w_.bus.quarantine(road_, w_.setup->bus, index_of(place), message, ExceptionType::schema_version);
      return tell_aside();
  }
}

template <class Observer>
void Dispatcher<Observer>::schema_upgraded(PlaceId place) {
  integration::SchemaGate& gate = w_.gates[index_of(place)];
  auto taken = integration::SchemaGate::Taken::goes_on;
  for (MessageId next = gate.next_parked(road_, w_.setup->schema, taken); next != kNoMessage;
       next = gate.next_parked(road_, w_.setup->schema, taken)) {
    if (taken == integration::SchemaGate::Taken::goes_on) {
      enter_bus(place, next);
    } else {
      w_.bus.quarantine(road_, w_.setup->bus, index_of(place), next, ExceptionType::schema_version);
      tell_aside();
    }
  }
}

/// The bus has a message of `place`.
template <class Observer>
void Dispatcher<Observer>::enter_bus(PlaceId place, MessageId message) {
  w_.bus.receive(road_, w_.setup->bus, index_of(place), message);
  tell_aside();
}

}  // namespace tillstorm
