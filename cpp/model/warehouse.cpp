#include "model/warehouse.h"

#include <algorithm>
#include <utility>

#include "messages/body_hash.h"

namespace tillstorm::model {

Time Warehouse::delivery_time(const Context& c, std::uint32_t store, Time ordered) const {
  const TimeZone& zone = c.setup.stores[store].zone;
  return zone.at(zone.date_at(ordered) + c.setup.supply.store_lead_days, c.setup.supply.delivery_minute);
}

void Warehouse::order_released(Context& c, MessageId order) {
  const Message& message = c.pool[order];
  if (message.envelope.type == MessageType::online_order) {
    c.schedule(c.kernel.now + c.setup.supply.packing, EventKind::order_packed, static_cast<std::uint32_t>(order));
    return;
  }
  const Time arrives = delivery_time(c, index_of(message.goods.to), message.goods.ordered_at);
  const Time loads = std::max(c.kernel.now, arrives - c.setup.supply.loading_before_delivery);
  c.schedule(loads, EventKind::truck_loaded, static_cast<std::uint32_t>(order));
}

void Warehouse::truck_loaded(Context& c, MessageId order) {
  const MessageId dispatch = c.pool.create(MessageType::dispatch);
  c.pool[dispatch].goods = c.pool[order].goods;
  for (std::uint32_t i = 0; i < c.pool[order].lines.count; ++i) {
    const Line line = c.pool.lines(order)[i];  // a copy: adding lines to the dispatch may move the arena
    const std::int32_t loaded = std::clamp(on_hand_[index_of(line.item)], 0, line.quantity);
    on_hand_[index_of(line.item)] -= loaded;
    totals_.ordered_units += line.quantity;
    totals_.loaded_units += loaded;
    c.rules.count(loaded == line.quantity ? rule::DispatchPostsLoaded::Outcome::as_requested
                                          : rule::DispatchPostsLoaded::Outcome::short_picked);
    c.pool.add_line(dispatch, Line{line.item, loaded, 0, 0});  // a line of 0 says that nothing was there
  }
  const std::uint32_t store = index_of(c.pool[order].goods.to);
  const Time arrives = std::max(delivery_time(c, store, c.pool[order].goods.ordered_at), c.kernel.now + kHour);
  MessageId papers = dispatch;  // what the books are told
  if (c.rules.is(Mutant::dispatch_posts_ordered)) {
    papers = c.pool.copy(dispatch);
    for (std::uint32_t i = 0; i < c.pool[order].lines.count; ++i)
      c.pool.lines(papers)[i].quantity = c.pool.lines(order)[i].quantity;
  } else {
    c.pool.retain(dispatch);  // the truck carries its own copy of them
  }
  c.pool.release(order);
  c.kernel.send(c.setup.addresses.store(store), arrives, static_cast<std::uint16_t>(EventKind::truck_arrives),
                static_cast<std::uint32_t>(dispatch));
  emit(c, papers, ++dispatches_);
}

void Warehouse::order_packed(Context& c, MessageId order) {
  const MessageId shipment = c.pool.create(MessageType::online_shipment);
  OnlineBody body{
      .order = c.pool[order].online.order, .net = 0, .tax = 0, .ordered_at = c.pool[order].online.ordered_at};
  Minor taxable = 0, tax_of_lines = 0;
  for (std::uint32_t i = 0; i < c.pool[order].lines.count; ++i) {
    const Line line = c.pool.lines(order)[i];  // a copy: adding lines to the shipment may move the arena
    std::int32_t& on_hand = on_hand_[index_of(line.item)];
    if (on_hand < line.quantity) {  // a line is shipped whole or cancelled
      totals_.online_lost_units += line.quantity;
      totals_.online_lost_value += line.amount_minor;
      continue;
    }
    on_hand -= line.quantity;
    totals_.online_units += line.quantity;
    body.net += line.amount_minor;
    if (c.setup.items[index_of(line.item)].is_taxed) {
      taxable += line.amount_minor;
      if (c.setup.tax_per_line)
        tax_of_lines += share_of(line.amount_minor, c.setup.online_tax_rate, c.setup.tax_rounding);
    }
    c.pool.add_line(shipment, line);
  }
  c.pool.release(order);
  if (c.pool[shipment].lines.count == 0) {
    ++totals_.online_cancelled;
    return c.pool.release(shipment);
  }
  body.tax = c.setup.tax_per_line ? tax_of_lines : share_of(taxable, c.setup.online_tax_rate, c.setup.tax_rounding);
  c.pool[shipment].online = body;
  c.pool[shipment].envelope.causation = body.order;
  ++totals_.online_orders;
  totals_.online_net += body.net;
  emit(c, shipment, ++shipments_);
}

void Warehouse::supplier_delivers(Context& c, MessageId delivery) {
  c.schedule(c.kernel.now + c.setup.supply.dock_to_stock, EventKind::put_to_stock,
             static_cast<std::uint32_t>(delivery));
}

void Warehouse::put_to_stock(Context& c, MessageId delivery) {
  for (const Line& line : std::as_const(c.pool).lines(delivery)) on_hand_[index_of(line.item)] += line.quantity;
  emit(c, delivery, ++receipts_);
}

void Warehouse::emit(Context& c, MessageId message, std::uint32_t number) {
  Message& m = c.pool[message];
  m.envelope.place = place_;
  m.envelope.number = number;
  m.envelope.business_date = dates_.at(c.kernel.now);
  m.envelope.event_time = c.kernel.now;
  m.envelope.body_hash = body_hash(m, std::as_const(c.pool).lines(message));
  facts_.add(c.kernel.now.us);
  facts_.add(static_cast<std::uint64_t>(m.envelope.type) << 56 | number);
  facts_.add(m.envelope.body_hash);
  c.emitted.push_back(message);
}

}  // namespace tillstorm::model
