#pragma once
// Bodies of Dispatcher; included by dispatch.h alone.
#include "world/faults.h"
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
    case EventKind::till_fails:
    case EventKind::till_repaired:
    case EventKind::till_restarts:
    case EventKind::trace_ticket:
      return at_store(event, kind);
    case EventKind::channel_delivers:
      return delivered(event);
    case EventKind::channel_acknowledged:
    case EventKind::acknowledges:
    case EventKind::acknowledgement_due:
    case EventKind::replay_next:
    case EventKind::flow_control:
      return at_link(event, kind);
    case EventKind::fault_changes:
      return fault(event);
    case EventKind::erp_sends:
      return erp_sends(event);
    case EventKind::posts:
      return posts(event);
    case EventKind::commit_torn:
      return commit_torn(event);
    case EventKind::reviews_stock:
    case EventKind::writes_off:
    case EventKind::day_held:
      return at_partition(event, kind);
    case EventKind::order_loaded:
    case EventKind::wait_over:
    case EventKind::masters_arrive:
    case EventKind::export_due:
      return at_waiting_room(event, kind);
    case EventKind::publishes_masters:
    case EventKind::refresh_wanted:
      return at_head_office(event, kind);
    case EventKind::masters_in_use:
    case EventKind::reference_due:
    case EventKind::withdrawal_ends:
      return at_masters(event, kind);
    case EventKind::masters_go_on:
      return pass_down(message_of(event), integration::high_of(event.payload));
    case EventKind::truck_loaded:
    case EventKind::order_packed:
    case EventKind::supplier_delivers:
    case EventKind::put_to_stock:
      return at_warehouse(event, kind);
    case EventKind::online_customer:
      w_.online[0].customer_orders(model_);
      return flush_emitted(w_.addresses().online_source());
    case EventKind::statistics_begin:
      return begin_statistics(w_);
    case EventKind::days_end:
      return end_days(w_);
    default:
      break;
  }
  if (event.site() == w_.addresses().exception_desk()) return at_desk(event, kind);
  at_bus(event, kind);
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
    case EventKind::till_fails:
      store.till_fails(c, payload32);
      break;
    case EventKind::till_repaired:
      store.till_repaired(c, payload32);
      hand_on_kept(index, [&](auto& journal) { return journal.take_any(road_, payload32); });
      break;
    case EventKind::till_restarts:
      store.till_restarts(c, payload32);
      hand_on_kept(index, [&](auto& journal) { return journal.take_any(road_, payload32); });
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

template <class Observer>
void Dispatcher<Observer>::at_bus(const Event& event, EventKind kind) {
  const integration::BusSettings& s = w_.setup->bus;
  switch (kind) {
    case EventKind::batch_due:
      w_.bus.batch_due(road_, s, event.payload);
      break;
    case EventKind::service_ends:
      w_.bus.service_ends(road_, s, event.payload);
      break;
    case EventKind::retry_due:
      w_.bus.retry_due(road_, s, event.payload);
      break;
    case EventKind::worker_returns:
      w_.bus.worker_returns(road_, s, event.payload);
      break;
    case EventKind::bus_goes_on:
      w_.bus.goes_on(road_, s, event.payload);
      break;
    case EventKind::drain_due:
      w_.bus.drain_due(road_, s, event.payload);
      break;
    case EventKind::schema_upgraded:
      schema_upgraded(PlaceId{static_cast<std::uint32_t>(event.payload)});
      break;
    case EventKind::gap_due: {
      const PlaceId place = integration::SequenceGuard::place_of(event.payload);
      w_.guards[index_of(place)].due(road_, w_.setup->sequence, event.payload);
      admit_released(place);
      break;
    }
    case EventKind::set_aside:
      w_.bus.handed_back(road_, s, message_of(event), static_cast<ExceptionType>(integration::high_of(event.payload)));
      break;
    case EventKind::repair_ordered:
      w_.bus.repair(road_, s, message_of(event));
      break;
    case EventKind::repair_known:
      w_.bus.known_to_be_posted(road_, s, event.payload);
      break;
    default:
      check(false, "this kind of event happens at the bus");
  }
  tell_aside();
}

template <class Observer>
void Dispatcher<Observer>::at_desk(const Event& event, EventKind kind) {
  switch (kind) {
    case EventKind::exception_reported:
      return w_.desk.reported(erp_, message_of(event));
    case EventKind::work_ends:
      return w_.desk.work_ends(erp_, event.payload);
    case EventKind::exception_due:
      return w_.desk.due(erp_, event.payload);
    case EventKind::exception_settles:
      return w_.desk.settles(erp_, event.payload);
    case EventKind::shift_begins:
      return w_.desk.shift_begins(erp_, event.payload);
    case EventKind::causes_rechecked:
      return w_.desk.recheck(erp_);
    default:
      check(false, "this kind of event happens at the exception desk");
  }
}

/// Who watches hears of what the bus has set aside; what it has dropped is behind no more.
template <class Observer>
void Dispatcher<Observer>::tell_aside() {
  if (w_.bus.aside().empty() && w_.bus.dropped().empty()) [[likely]]
    return;
  for (const integration::Bus::Aside& each : w_.bus.aside()) {
    w_.backlog.over(index_of(each.envelope.place), each.envelope.source_sequence, w_.kernel.now);
    observer_.set_aside(w_, each);
  }
  for (const Envelope& each : w_.bus.dropped())
    w_.backlog.over(index_of(each.place), each.source_sequence, w_.kernel.now);
  w_.bus.clear_news();
}

/// A message reaches the books of its place.
template <class Observer>
void Dispatcher<Observer>::posts(const Event& event) {
  const PlaceId place = w_.addresses().place_of_partition(event.site());
  const MessageId id = message_of(event);
  const Message message = w_.pool[id];  // a copy: posting may free it
  observer_.posting(w_, place, id);
  note_posting(place, message, w_.partitions[index_of(place)].receive(erp_, id, event.payload >> 32 != 0));
  post_ready(place);  // what has waited for this one
}

/// Who posted a message crashed between the two commits that this takes.
template <class Observer>
void Dispatcher<Observer>::commit_torn(const Event& event) {
  const PlaceId place = w_.addresses().place_of_partition(event.site());
  const MessageId id = message_of(event);
  const Message message = w_.pool[id];  // a copy: posting may free it
  observer_.posting(w_, place, id);
  const erp::Posting posting = w_.partitions[index_of(place)].commit_torn(erp_, id);
  if (erp::is_posted(posting)) note_posting(place, message, posting);
}

/// A message that was set aside has come to its end: its exception may be closed, and nobody need remember it.
template <class Observer>
void Dispatcher<Observer>::tell_repaired(const Message& message, erp::Posting posting) {
  using Repair = rule::RepairAndResubmit::Outcome;
  w_.rules.count(erp::is_posted(posting) ? Repair::resubmitted_posted : Repair::resubmitted_was_duplicate);
  ExceptionBody body;
  body.exception = static_cast<ExceptionType>(message.set_aside_as - 1);
  body.signal = ExceptionSignal::cleared;
  const Envelope about = as_it_came(message);
  body.subject = exception_subject(about);
  const Duration latency = w_.setup->bus.to_books;
  report_exception(erp_, w_.addresses(), latency, about, body);
  w_.kernel.send(w_.addresses().middleware(), w_.kernel.now + latency,
                 static_cast<std::uint16_t>(EventKind::repair_known), body.subject);
}

/// An ecommerce order goes on to the DC.
template <class Observer>
void Dispatcher<Observer>::order_to_dc(MessageId message) {
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
      sender.acknowledged(road_, integration::high_of(event.payload));
      if (channel % 2 == 0 && w_.source_logs[channel / 2] != SourceLogState::has_room) [[unlikely]]
        look_at_source_log(w_, road_, channel / 2);
      return;
    case EventKind::acknowledges:
      return w_.receivers[channel].acknowledge(road_, settings);
    case EventKind::acknowledgement_due:
      return sender.acknowledgement_due(road_, settings);
    case EventKind::replay_next:
      return sender.replay_next(road_, settings);
    case EventKind::flow_control:
      return sender.flow_control(road_, integration::high_of(event.payload) != 0);
    default:
      check(false, "this kind of event happens at a link");
  }
}

template <class Observer>
void Dispatcher<Observer>::at_partition(const Event& event, EventKind kind) {
  const PlaceId place = w_.addresses().place_of_partition(event.site());
  erp::Partition& partition = w_.partitions[index_of(place)];
  switch (kind) {
    case EventKind::reviews_stock:
      if (wait_for_erp(w_, event)) return;
      return partition.review(erp_);
    case EventKind::writes_off:
      return partition.write_off(erp_, message_of(event));
    case EventKind::day_held:
      return partition.day_held(erp_, Date{static_cast<std::int32_t>(event.payload)}, event.payload >> 32 != 0);
    default:
      check(false, "this kind of event happens at a partition");
  }
}

/// A fault begins or ends at one of the sites that it touches: a source, or the middleware. Each hears of it itself and
/// changes its own ends.
template <class Observer>
void Dispatcher<Observer>::fault(const Event& event) {
  const std::uint32_t f = integration::low_of(event.payload), source = integration::high_of(event.payload);
  const Addresses& a = w_.addresses();
  const Time now = w_.kernel.now;
  const auto knobs = [&](RoadEnd end) { return knobs_at(*w_.setup, source, end, now); };
  const std::uint32_t up = World::up_channel(source), down = World::down_channel(source);
  schedule_next_change(w_, f, source);
  if (event.site() == a.source(source)) {
    log_change(w_, f, source);
    const bool was_down = w_.senders[up].is_down();
    w_.senders[up].set_faults(road_, knobs(RoadEnd::source_sends));
    w_.receivers[down].set_faults(knobs(RoadEnd::source_receives));
    if (was_down && !w_.senders[up].is_down() && w_.senders[up].pending() != 0)
      w_.backlog.outage_ended(source, w_.senders[up].next_sequence() - 1, now);
    if (const auto& correction = w_.senders[up].faults().tender_correction_ppm; source < a.stores)
      w_.stores[source].set_tender_corrections(correction.ppm(), correction.fault);
    if (source < a.stores) {
      w_.journals[source].set_fault(knobs(RoadEnd::source_sends).stuck_ppm);
      hand_on_kept(source, [&](auto& journal) { return journal.take_due(road_); });
    }
    if (crashes_now(w_.setup->faults[f], now)) crash_tills(f, source);
    return;
  }
  w_.senders[down].set_faults(road_, knobs(RoadEnd::middleware_sends));
  w_.receivers[up].set_faults(knobs(RoadEnd::middleware_receives));
  if (source != w_.setup->faults[f].sources.front()) return;  // the bus is one for all
  const bool was_away = w_.bus.faults().is_away();
  w_.bus.set_faults(road_, w_.setup->bus, knobs(RoadEnd::bus));
  for (std::uint32_t s = 0; was_away && !w_.bus.faults().is_away() && s < a.sources(); ++s)
    w_.backlog.outage_ended(s, w_.senders[World::up_channel(s)].next_sequence() - 1, now);
  tell_aside();
}

/// Tills of a store crash, or are installed anew.
template <class Observer>
void Dispatcher<Observer>::crash_tills(std::uint32_t f, std::uint32_t store) {
  const FaultSetup& fault = w_.setup->faults[f];
  const std::uint32_t only = fault.terminal, tills = w_.stores[store].tills().servers();
  const std::uint32_t first = only == kNone ? 0 : only, end = only == kNone ? tills : std::min(tills, only + 1);
  for (std::uint32_t till = first; till < end; ++till) {
    if (fault.kind == FaultKind::terminal_reinstalled) {
      reinstall_till(f, store, till);
    } else {
      crash_till(f, store, till);
    }
  }
  if (!w_.emitted.empty()) flush_emitted(store);  // the day may have ended with a ticket that was given up
  if (!w_.lost_sales.empty()) record_lost_sales(w_);
}

/// What a till has completed is in the store's log, and is still sent.
template <class Observer>
void Dispatcher<Observer>::crash_till(std::uint32_t f, std::uint32_t store, std::uint32_t till) {
  integration::ChannelSender& log = w_.senders[World::up_channel(store)];
  std::uint64_t requeued = 0;
  for (std::uint32_t i = 0; i < log.pending(); ++i) {
    const Envelope& envelope = w_.pool[log.pending_message(i)].envelope;
    requeued += envelope.type == MessageType::ticket && envelope.terminal == till ? 1U : 0U;
  }
  w_.rules.count(rule::TerminalCrash::Outcome::committed_requeued, requeued);
  w_.faults.count(f, FaultEffect::tickets_requeued, requeued);
  const IdempotencyRule& keys = w_.setup->erp.idempotency;
  if (keys.key_source == KeySource::client_uuid && !keys.persist_before_send)
    log.mint_keys(road_, static_cast<std::uint16_t>(till));
  w_.stores[store].till_crashes(model_, till, f);
  if (w_.rules.is(Mutant::crash_empties_queue)) log.forget_log(road_);
}

/// Nobody but the old installation knew of what it had not handed on.
template <class Observer>
void Dispatcher<Observer>::reinstall_till(std::uint32_t f, std::uint32_t store, std::uint32_t till) {
  model::Store& at = w_.stores[store];
  w_.faults.count(f, FaultEffect::tills_reinstalled);
  at.till_reinstalled(model_, till, w_.journals[store].known_last(road_, till, at.epoch(till), at.last_number(till)));
}

}  // namespace tillstorm
