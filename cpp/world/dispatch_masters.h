#pragma once
// Master data on its way from head office to those who use it (MSG-18); bodies of Dispatcher, included by dispatch.h
// alone.

namespace tillstorm {

template <class Observer>
void Dispatcher<Observer>::at_head_office(const Event& event, EventKind kind) {
  if (wait_for_erp(w_, event)) return;
  switch (kind) {
    case EventKind::publishes_masters:
      w_.head_office[0].publish(erp_, Date{static_cast<std::int32_t>(event.payload)});
      return observer_.published(w_);
    case EventKind::refresh_wanted:
      return w_.head_office[0].refresh(erp_, ItemId{integration::low_of(event.payload)},
                                       integration::high_of(event.payload));
    default:
      check(false, "this kind of event happens at head office");
  }
}

/// The middleware passes a message of the ERP on to a source.
template <class Observer>
void Dispatcher<Observer>::pass_down(MessageId message, std::uint32_t source) {
  const std::uint32_t channel = World::down_channel(source);
  w_.senders[channel].submit(road_, w_.channel_settings(channel), message);
}

/// Records for a source go on, unless a fault holds them up: then later ones overtake them.
template <class Observer>
void Dispatcher<Observer>::pass_masters(MessageId message, std::uint32_t source) {
  w_.pool.retain(message);
  const integration::FaultKnobs& knobs = w_.senders[World::down_channel(source)].faults();
  if (knobs.masters_delayed_ppm.is_on()) [[unlikely]] {
    constexpr std::uint64_t kHeldUp = purpose_of("fault.masters_delayed");
    const Message& batch = w_.pool[message];
    RandomStream draw(w_.setup->model.seed, kHeldUp, source,
                      std::uint64_t{batch.master.version} << 8 | static_cast<std::uint64_t>(batch.envelope.type));
    if (batch.master.kind == MasterBatchKind::change && draw.bernoulli_ppm(knobs.masters_delayed_ppm.ppm())) {
      w_.faults.count(knobs.masters_delayed_ppm.fault, FaultEffect::masters_delayed);
      return w_.kernel.schedule(w_.kernel.now + knobs.masters_delay,
                                static_cast<std::uint16_t>(EventKind::masters_go_on),
                                integration::pack(static_cast<std::uint32_t>(message), source));
    }
  }
  pass_down(message, source);
}

/// What the ERP says goes to whom it concerns.
template <class Observer>
void Dispatcher<Observer>::erp_sends(const Event& event) {
  const Addresses& a = w_.addresses();
  const MessageId message = message_of(event);
  const Envelope& e = w_.pool[message].envelope;
  if (const std::uint32_t to = integration::high_of(event.payload); to != 0) {
    pass_masters(message, to - 1);
    return w_.pool.release(message);
  }
  switch (e.type) {
    case MessageType::price_batch:
    case MessageType::item_batch:
      for (std::uint32_t store = 0; store < a.stores; ++store) pass_masters(message, store);
      if (a.has_online) pass_masters(message, a.online_source());
      return w_.pool.release(message);
    case MessageType::resend_request:
      return pass_down(message, index_of(e.place));
    default:
      return pass_down(message, a.dc_source());
  }
}

/// Records have come to a store or to the ecommerce front.
template <class Observer>
void Dispatcher<Observer>::masters_arrive(std::uint32_t source, MessageId batch) {
  if (integration::MasterCopy::arrives(road_, w_.master_receiver(source), batch)) masters_in_use(source, batch);
}

template <class Observer>
void Dispatcher<Observer>::masters_in_use(std::uint32_t source, MessageId batch) {
  const MessageType type = w_.pool[batch].envelope.type;
  const std::uint32_t version = w_.pool[batch].master.version;
  change_masters(source, w_.masters[source].come_into_use(road_, w_.master_receiver(source), batch));
  if (source < w_.addresses().stores) w_.stores[source].masters_changed(model_, type, version);
}

/// The source does what its copy of the masters says.
template <class Observer>
void Dispatcher<Observer>::change_masters(std::uint32_t source, std::span<const integration::MasterChange> changes) {
  using Kind = integration::MasterChange::Kind;
  for (const integration::MasterChange& change : changes) {
    if (source >= w_.addresses().stores) {
      const ItemId item = w_.setup->model.online.index.item(change.position);
      if (change.kind == Kind::price) {
        w_.online[0].set_price(item, change.price_minor);
      } else {
        w_.online[0].set_on_sale(item, change.kind == Kind::on_sale);
      }
      continue;
    }
    model::Store& store = w_.stores[source];
    switch (change.kind) {
      case Kind::price:
        store.set_price(model_, change.position, change.price_minor);
        break;
      case Kind::off_sale:
        store.take_off_sale(model_, change.position);
        break;
      case Kind::on_sale:
        store.put_on_sale(model_, change.position);
        break;
    }
  }
}

/// Something that a source's copy of the masters has waited for is due.
template <class Observer>
void Dispatcher<Observer>::at_masters(const Event& event, EventKind kind) {
  const std::uint32_t source = index_of(event.site());
  switch (kind) {
    case EventKind::masters_in_use:
      return masters_in_use(source, message_of(event));
    case EventKind::withdrawal_ends:
      return change_masters(source, w_.masters[source].withdrawal_ends(event.payload));
    case EventKind::reference_due: {
      const std::uint32_t position = w_.masters[source].reference_due(road_, w_.master_receiver(source), event.payload);
      if (position == kNone) return;
      if (source < w_.addresses().stores) {
        w_.stores[source].request_refresh(model_, position);
      } else {
        w_.online[0].request_refresh(model_, w_.setup->model.online.index.item(position));
      }
      return flush_emitted(source);
    }
    default:
      check(false, "this kind of event happens to a copy of the masters");
  }
}

/// The ecommerce front has said something: an order for the DC, or a question to head office.
template <class Observer>
void Dispatcher<Observer>::from_online(MessageId message) {
  const Envelope& e = w_.pool[message].envelope;
  w_.backlog.over(w_.addresses().online_source(), e.source_sequence, w_.kernel.now);  // the books never see it
  if (e.type == MessageType::online_order) return order_to_dc(message);
  for (const Line& line : std::as_const(w_.pool).lines(message))
    w_.kernel.send(w_.addresses().head_office(), w_.kernel.now + w_.setup->bus.to_books,
                   static_cast<std::uint16_t>(EventKind::refresh_wanted),
                   integration::pack(index_of(line.item), w_.addresses().online_source()));
  w_.pool.release(message);
}

}  // namespace tillstorm
