#pragma once
// Bodies of Dispatcher; included by dispatch.h alone.
#include "scenario/fault.h"
#include "world/recording.h"
#include "world/totals.h"
#include "world/trace_replay.h"

namespace tillstorm {

template <class Observer>
void Dispatcher<Observer>::handle(const Event& event) {
  const auto kind = static_cast<EventKind>(event.kind());
  switch (kind) {
    case EventKind::customer_arrives:
    case EventKind::customer_at_tills:
    case EventKind::checkout_ends:
    case EventKind::customer_gives_up:
    case EventKind::store_opens:
    case EventKind::store_closes:
    case EventKind::shelves_filled:
    case EventKind::truck_arrives:
    case EventKind::prices_switch:
    case EventKind::till_fails:
    case EventKind::till_repaired:
    case EventKind::trace_ticket:
      return at_store(event, kind);
    case EventKind::channel_delivers:
      return delivered(event);
    case EventKind::channel_acknowledged:
    case EventKind::acknowledges:
    case EventKind::acknowledgement_due:
    case EventKind::replay_next:
      return at_link(event, kind);
    case EventKind::fault_begins:
      return fault(event, true);
    case EventKind::fault_ends:
      return fault(event, false);
    case EventKind::erp_sends:
      return erp_sends(event);
    case EventKind::batch_due:
    case EventKind::order_loaded:
    case EventKind::reviews_stock:
      return at_partition(event, kind);
    case EventKind::publishes_prices:
      w_.head_office[0].publish_prices(erp_, Date{static_cast<std::int32_t>(event.payload)});
      return observer_.published(w_);
    case EventKind::truck_loaded:
    case EventKind::order_packed:
    case EventKind::supplier_delivers:
    case EventKind::put_to_stock:
      return at_warehouse(event, kind);
    case EventKind::online_customer: {
      w_.online[0].customer_orders(model_);
      return flush_emitted(w_.addresses().online_source());
    }
    case EventKind::statistics_begin:
      return begin_statistics(w_);
    case EventKind::days_end:
      return end_days(w_);
  }
  check(false, "every kind of event is handled");
}

template <class Observer>
void Dispatcher<Observer>::at_store(const Event& event, EventKind kind) {
  const std::uint32_t index = index_of(event.site());
  if (kind == EventKind::store_opens) return opens(event);
  model::Context& c = model_;
  model::Store& store = w_.stores[index];
  const auto payload32 = static_cast<std::uint32_t>(event.payload);
  switch (kind) {
    case EventKind::customer_arrives:
      store.customer_arrives(c);
      break;
    case EventKind::customer_at_tills:
      store.leaves_shelves(c, MessageId{payload32});
      break;
    case EventKind::checkout_ends:
      store.checkout_ends(c, event.payload);
      break;
    case EventKind::customer_gives_up:
      store.gives_up(c, event.payload);
      break;
    case EventKind::store_closes:
      sample_stock(w_, index);
      store.close(c);
      break;
    case EventKind::shelves_filled:
      store.fill_shelves(c);
      break;
    case EventKind::truck_arrives:
      store.truck_arrives(c, MessageId{payload32});
      break;
    case EventKind::prices_switch:
      store.prices_switch(c, MessageId{payload32});
      break;
    case EventKind::till_fails:
      store.till_fails(c, payload32);
      break;
    case EventKind::till_repaired:
      store.till_repaired(c, payload32);
      break;
    case EventKind::trace_ticket:
      replay_next_ticket(w_, index);
      break;
    default:
      check(false, "this kind of event happens at a store");
  }
  if (!w_.emitted.empty()) flush_emitted(index);
  if (!w_.lost_sales.empty()) record_lost_sales(w_);
}

template <class Observer>
void Dispatcher<Observer>::opens(const Event& event) {
  const Date date{static_cast<std::int32_t>(event.payload)};
  model::Context& c = model_;
  if (index_of(event.site()) < w_.addresses().stores) {
    w_.stores[index_of(event.site())].open(c, date);
  } else {
    w_.online[0].open(c, date);
  }
}

template <class Observer>
void Dispatcher<Observer>::at_warehouse(const Event& event, EventKind kind) {
  model::Context& c = model_;
  model::Warehouse& warehouse = w_.warehouses[0];
  const MessageId message = message_of(event);
  switch (kind) {
    case EventKind::truck_loaded:
      warehouse.truck_loaded(c, message);
      break;
    case EventKind::order_packed:
      warehouse.order_packed(c, message);
      break;
    case EventKind::supplier_delivers:
      warehouse.supplier_delivers(c, message);
      break;
    case EventKind::put_to_stock:
      warehouse.put_to_stock(c, message);
      break;
    default:
      check(false, "this kind of event happens at the DC");
  }
  flush_emitted(w_.addresses().dc_source());
}

/// Hands what the current site has said to its link, in order.
template <class Observer>
void Dispatcher<Observer>::flush_emitted(std::uint32_t source) {
  const std::uint32_t channel = World::up_channel(source);
  integration::ChannelSender& sender = w_.senders[channel];
  for (const MessageId message : w_.emitted) {
    Message& m = w_.pool[message];
    m.envelope.source_sequence = sender.next_sequence();
    m.handed_over = w_.kernel.now;
    observer_.handed_over(w_, source, message);
    w_.backlog.handed_over();
    if (m.envelope.type == MessageType::ticket) {
      if (w_.tables.truth.tickets.wanted || w_.tables.truth.ticket_lines.wanted) record_sale(w_, message);
    } else if (m.envelope.type == MessageType::day_close) {
      record_store_day(w_, source);
    }
    sender.submit(road_, w_.channel_settings(channel), message);
  }
  w_.emitted.clear();
}

/// A message reaches the other end of a link: the ingress of a place, the middleware, or a source.
template <class Observer>
void Dispatcher<Observer>::delivered(const Event& event) {
  const MessageId message = message_of(event);
  const Addresses& a = w_.addresses();
  const bool is_up = index_of(event.site()) >= a.sources();
  const std::uint32_t source = index_of(is_up ? event.origin() : event.site());
  const std::uint32_t channel = is_up ? World::up_channel(source) : World::down_channel(source);
  const auto arrival =
      w_.receivers[channel].receive(road_, w_.channel_settings(channel), integration::high_of(event.payload));
  using Arrival = integration::ChannelReceiver::Arrival;
  if (arrival == Arrival::dropped) return w_.pool.release(message);
  if (is_up && source < a.places()) return take_in(PlaceId{source}, message);  // repeats too: the books recognise them
  if (arrival == Arrival::repeated) return w_.pool.release(message);           // a source knows what it has taken in
  if (is_up) return order_to_dc(message);
  observer_.taken_in(w_, source, message);
  if (source < a.stores) {
    w_.stores[source].prices_arrive(model_, message);
  } else if (a.has_online && source == a.online_source()) {
    w_.online[0].prices_arrive(model_, message);
  } else {
    w_.warehouses[0].order_released(model_, message);
  }
}

/// The place's ingress posts the message now, or holds it for its batch.
template <class Observer>
void Dispatcher<Observer>::take_in(PlaceId place, MessageId message) {
  integration::Ingress& ingress = w_.ingress[index_of(place)];
  if (!ingress.take(road_, w_.setup->ingress, message)) return;
  if (ingress.held() == 0) return post(place, message);
  for (const MessageId held : ingress.release(road_)) post(place, held);  // it completes a micro-batch
}

template <class Observer>
void Dispatcher<Observer>::post(PlaceId place, MessageId id) {
  const Message message = w_.pool[id];  // a copy: posting may free it
  observer_.posting(w_, place, id);
  const erp::Posting posting = w_.partitions[index_of(place)].receive(erp_, id);
  if (posting == erp::Posting::first)
    w_.backlog.posted(index_of(place), message.envelope.source_sequence, w_.kernel.now);
  observer_.posted(w_, place, message, posting);
}

/// An ecommerce order goes on to the DC.
template <class Observer>
void Dispatcher<Observer>::order_to_dc(MessageId message) {
  w_.backlog.left();
  const std::uint32_t channel = World::down_channel(w_.addresses().dc_source());
  w_.senders[channel].submit(road_, w_.channel_settings(channel), message);
}

template <class Observer>
void Dispatcher<Observer>::at_link(const Event& event, EventKind kind) {
  const std::uint32_t channel = integration::low_of(event.payload);
  integration::ChannelSender& sender = w_.senders[channel];
  const integration::ChannelSettings& settings = w_.channel_settings(channel);
  switch (kind) {
    case EventKind::channel_acknowledged:
      return sender.acknowledged(road_, integration::high_of(event.payload));
    case EventKind::acknowledges:
      return w_.receivers[channel].acknowledge(road_, settings);
    case EventKind::acknowledgement_due:
      return sender.acknowledgement_due(road_, settings);
    case EventKind::replay_next:
      return sender.replay_next(road_, settings);
    default:
      check(false, "this kind of event happens at a link");
  }
}

/// The middleware passes on what the ERP says to sources.
template <class Observer>
void Dispatcher<Observer>::erp_sends(const Event& event) {
  const Addresses& a = w_.addresses();
  const MessageId message = message_of(event);
  const auto pass_down = [&](std::uint32_t source) {
    const std::uint32_t channel = World::down_channel(source);
    w_.pool.retain(message);
    w_.senders[channel].submit(road_, w_.channel_settings(channel), message);
  };
  if (w_.pool[message].envelope.type == MessageType::price_batch) {
    for (std::uint32_t store = 0; store < a.stores; ++store) pass_down(store);
    if (a.has_online) pass_down(a.online_source());
  } else {
    pass_down(a.dc_source());
  }
  w_.pool.release(message);
}

template <class Observer>
void Dispatcher<Observer>::at_partition(const Event& event, EventKind kind) {
  const PlaceId place = w_.addresses().place_of_partition(event.site());
  erp::Partition& partition = w_.partitions[index_of(place)];
  switch (kind) {
    case EventKind::batch_due: {
      integration::Ingress& ingress = w_.ingress[index_of(place)];
      if (!ingress.is_due(event.payload)) return;
      w_.rules.count(w_.setup->ingress.posting.mode == PostingMode::batch
                         ? rule::PostingMode::Outcome::batch_cut
                         : rule::PostingMode::Outcome::flushed_by_time);
      for (const MessageId held : ingress.release(road_)) post(place, held);
      return;
    }
    case EventKind::order_loaded:
      return partition.loaded(erp_, message_of(event));
    case EventKind::reviews_stock:
      return partition.review(erp_);
    default:
      check(false, "this kind of event happens at a partition");
  }
}

/// A fault begins or ends at one of the sites that a link touches: its source, where its messages come in, and the
/// middleware, which sends to the source. Each hears of it itself and changes its own ends.
template <class Observer>
void Dispatcher<Observer>::fault(const Event& event, bool begins) {
  const std::uint32_t source = integration::high_of(event.payload);
  const FaultSetup& f = w_.setup->faults[integration::low_of(event.payload)];
  const bool at_source = index_of(event.site()) == source;
  const bool at_middleware = event.site() == w_.addresses().middleware();
  const std::uint32_t up = World::up_channel(source), down = World::down_channel(source);
  switch (static_cast<FaultKind>(f.kind)) {
    case FaultKind::store_link_down:
      if (at_source || at_middleware) {
        integration::ChannelSender& sender = w_.senders[at_source ? up : down];
        begins ? sender.go_down() : sender.come_up(road_);
      }
      if (!at_middleware) {
        integration::ChannelReceiver& receiver = w_.receivers[at_source ? down : up];
        begins ? receiver.go_down() : receiver.come_up();
      }
      if (at_source && !begins) w_.backlog.outage_ended(source, w_.senders[up], w_.kernel.now);
      return;
    case FaultKind::lost_acknowledgement:
      if (at_source) w_.senders[up].lose_acknowledgements(begins ? f.share_ppm : 0);
      return;
    case FaultKind::duplicate:
      if (at_source) w_.senders[up].set_duplicate_ppm(begins ? f.share_ppm : 0);
      return;
  }
}

}  // namespace tillstorm
