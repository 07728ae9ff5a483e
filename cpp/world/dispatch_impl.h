#pragma once
// Bodies of Dispatcher; included by dispatch.h alone.
#include "world/dispatch.h"
#include "scenario/fault.h"
#include "world/recording.h"
#include "world/totals.h"
#include "world/trace_replay.h"

namespace tillstorm {

template <class Observer>
void Dispatcher<Observer>::dispatch(const Event& event) {
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
    case EventKind::trace_ticket: return at_store(event, kind);
    case EventKind::channel_delivers: return delivered(event);
    case EventKind::channel_acknowledged:
    case EventKind::acknowledgement_due:
    case EventKind::replay_next: return at_link(event, kind);
    case EventKind::fault_begins: return fault(event, true);
    case EventKind::fault_ends: return fault(event, false);
    case EventKind::erp_sends:
    case EventKind::batch_cut:
    case EventKind::micro_batch_due: return at_middleware(event, kind);
    case EventKind::posts:
    case EventKind::order_loaded:
    case EventKind::reviews_stock: return at_partition(event, kind);
    case EventKind::publishes_prices: {
      erp::Context c = w_.erp_context();
      return w_.head_office[0].publish_prices(c, Date{static_cast<std::int32_t>(event.payload)});
    }
    case EventKind::truck_loaded:
    case EventKind::order_packed:
    case EventKind::supplier_delivers:
    case EventKind::put_to_stock: return at_warehouse(event, kind);
    case EventKind::online_customer: {
      model::Context c = w_.model_context();
      w_.online[0].customer_orders(c);
      return flush_emitted(w_.addresses().online_source());
    }
    case EventKind::statistics_begin: return begin_statistics(w_);
    case EventKind::days_end: return end_days(w_);
  }
  check(false, "every kind of event is handled");
}

template <class Observer>
void Dispatcher<Observer>::at_store(const Event& event, EventKind kind) {
  const std::uint32_t index = index_of(event.site());
  if (kind == EventKind::store_opens) return opens(event);
  model::Context c = w_.model_context();
  model::Store& store = w_.stores[index];
  const auto payload32 = static_cast<std::uint32_t>(event.payload);
  switch (kind) {
    case EventKind::customer_arrives: store.customer_arrives(c); break;
    case EventKind::customer_at_tills: store.leaves_shelves(c, MessageId{payload32}); break;
    case EventKind::checkout_ends: store.checkout_ends(c, event.payload); break;
    case EventKind::customer_gives_up: store.gives_up(c, event.payload); break;
    case EventKind::store_closes:
      sample_stock(w_, index);
      store.close(c);
      break;
    case EventKind::shelves_filled: store.fill_shelves(c); break;
    case EventKind::truck_arrives: store.truck_arrives(c, MessageId{payload32}); break;
    case EventKind::prices_switch: store.prices_switch(c, MessageId{payload32}); break;
    case EventKind::till_fails: store.till_fails(c, payload32); break;
    case EventKind::till_repaired: store.till_repaired(c, payload32); break;
    case EventKind::trace_ticket: replay_next_ticket(w_, index); break;
    default: check(false, "this kind of event happens at a store");
  }
  if (!w_.emitted.empty()) flush_emitted(index);
  if (!w_.lost_sales.empty()) record_lost_sales(w_);
}

template <class Observer>
void Dispatcher<Observer>::opens(const Event& event) {
  const Date date{static_cast<std::int32_t>(event.payload)};
  model::Context c = w_.model_context();
  if (index_of(event.site()) < w_.addresses().stores) {
    w_.stores[index_of(event.site())].open(c, date);
  } else {
    w_.online[0].open(c, date);
  }
}

template <class Observer>
void Dispatcher<Observer>::at_warehouse(const Event& event, EventKind kind) {
  model::Context c = w_.model_context();
  model::Warehouse& warehouse = w_.warehouses[0];
  const MessageId message = message_of(event);
  switch (kind) {
    case EventKind::truck_loaded: warehouse.truck_loaded(c, message); break;
    case EventKind::order_packed: warehouse.order_packed(c, message); break;
    case EventKind::supplier_delivers: warehouse.supplier_delivers(c, message); break;
    case EventKind::put_to_stock: warehouse.put_to_stock(c, message); break;
    default: check(false, "this kind of event happens at the DC");
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
    sender.submit(w_.kernel, w_.pool, w_.channel_settings(channel), message);
  }
  w_.emitted.clear();
}

/// A message reaches the other end of a link: the middleware, or a source.
template <class Observer>
void Dispatcher<Observer>::delivered(const Event& event) {
  const MessageId message = message_of(event);
  const Addresses& a = w_.addresses();
  const bool is_up = event.site() == a.middleware();
  const std::uint32_t source = index_of(is_up ? event.origin() : event.site());
  const std::uint32_t channel = is_up ? World::up_channel(source) : World::down_channel(source);
  const auto arrival =
      w_.receivers[channel].receive(w_.kernel, w_.channel_settings(channel), integration::high_of(event.payload));
  using Arrival = integration::ChannelReceiver::Arrival;
  if (arrival == Arrival::dropped) return w_.pool.release(message);
  if (is_up) return route(message, arrival == Arrival::repeated);
  if (arrival == Arrival::repeated) return w_.pool.release(message);  // a source knows what it has taken in
  model::Context c = w_.model_context();
  if (source < a.stores) {
    w_.stores[source].prices_arrive(c, message);
  } else if (a.has_online && source == a.online_source()) {
    w_.online[0].prices_arrive(c, message);
  } else {
    w_.warehouses[0].order_released(c, message);
  }
}

/// The middleware passes on what a source has sent.
template <class Observer>
void Dispatcher<Observer>::route(MessageId message, bool repeated) {
  if (w_.pool[message].envelope.type != MessageType::online_order)
    return w_.middleware.take(w_.kernel, w_.pool, w_.addresses(), w_.setup->middleware, message);
  if (repeated) return w_.pool.release(message);  // the DC takes an order once
  w_.backlog.left();
  const std::uint32_t channel = World::down_channel(w_.addresses().dc_source());
  w_.senders[channel].submit(w_.kernel, w_.pool, w_.channel_settings(channel), message);
}

template <class Observer>
void Dispatcher<Observer>::at_link(const Event& event, EventKind kind) {
  const std::uint32_t channel = integration::low_of(event.payload);
  integration::ChannelSender& sender = w_.senders[channel];
  const integration::ChannelSettings& settings = w_.channel_settings(channel);
  switch (kind) {
    case EventKind::channel_acknowledged:
      return sender.acknowledged(w_.kernel, w_.pool, integration::high_of(event.payload));
    case EventKind::acknowledgement_due: return sender.acknowledgement_due(w_.kernel, w_.pool, settings);
    case EventKind::replay_next: return sender.replay_next(w_.kernel, w_.pool, settings);
    default: check(false, "this kind of event happens at a link");
  }
}

template <class Observer>
void Dispatcher<Observer>::at_middleware(const Event& event, EventKind kind) {
  const integration::MiddlewareSettings& settings = w_.setup->middleware;
  const Addresses& a = w_.addresses();
  if (kind == EventKind::batch_cut) return w_.middleware.cut(w_.kernel, w_.pool, a, settings);
  if (kind == EventKind::micro_batch_due)
    return w_.middleware.micro_batch_due(w_.kernel, w_.pool, a, settings, event.payload);
  const MessageId message = message_of(event);
  const auto pass_down = [&](std::uint32_t source) {
    const std::uint32_t channel = World::down_channel(source);
    w_.pool.retain(message);
    w_.senders[channel].submit(w_.kernel, w_.pool, w_.channel_settings(channel), message);
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
  erp::Context c = w_.erp_context();
  switch (kind) {
    case EventKind::posts: {
      const Message message = w_.pool[message_of(event)];  // a copy: posting may free it
      const erp::Posting posting = partition.receive(c, message_of(event));
      if (posting == erp::Posting::first)
        w_.backlog.posted(index_of(place), message.envelope.source_sequence, w_.kernel.now);
      return observer_.posted(w_, place, message, posting);
    }
    case EventKind::order_loaded: return partition.loaded(c, message_of(event));
    case EventKind::reviews_stock: return partition.review(c);
    default: check(false, "this kind of event happens at a partition");
  }
}

/// A fault begins or ends at one end of a link: sources and the middleware each hear of it themselves.
template <class Observer>
void Dispatcher<Observer>::fault(const Event& event, bool begins) {
  const std::uint32_t source = integration::high_of(event.payload);
  const FaultSetup& f = w_.setup->faults[integration::low_of(event.payload)];
  const bool at_source = event.site() != w_.addresses().middleware();
  const std::uint32_t sends = at_source ? World::up_channel(source) : World::down_channel(source);
  const std::uint32_t receives = at_source ? World::down_channel(source) : World::up_channel(source);
  switch (static_cast<FaultKind>(f.kind)) {
    case FaultKind::store_link_down:
      begins ? w_.senders[sends].go_down() : w_.senders[sends].come_up(w_.kernel);
      begins ? w_.receivers[receives].go_down() : w_.receivers[receives].come_up();
      if (at_source && !begins) w_.backlog.outage_ended(source, w_.senders[sends], w_.kernel.now);
      return;
    case FaultKind::lost_acknowledgement:
      if (at_source) w_.senders[sends].lose_acknowledgements(begins);
      return;
    case FaultKind::duplicate:
      if (at_source) w_.senders[sends].set_duplicate_ppm(begins ? f.share_ppm : 0);
      return;
  }
}

}  // namespace tillstorm
