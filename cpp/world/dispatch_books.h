#pragma once
// Bodies of Dispatcher: what the books do later with what they have received. Included by dispatch.h alone.
#include "messages/exception_report.h"
#include "world/faults.h"

namespace tillstorm {

/// Tells everybody what the books have done with a message.
template <class Observer>
void Dispatcher<Observer>::note_posting(PlaceId place, const Message& message, erp::Posting posting) {
  // A revision is a message of its own, whatever the books say of it; what is set aside is somebody else's from now on.
  if (erp::is_settled(posting) || posting == erp::Posting::set_aside)
    w_.backlog.over(index_of(place), message.envelope.source_sequence, w_.kernel.now);
  if (message.set_aside_as != 0 && erp::is_settled(posting)) [[unlikely]]
    tell_repaired(message, posting);
  observer_.posted(w_, place, message, posting);
}

/// Posts what no longer has to wait, in order.
template <class Observer>
void Dispatcher<Observer>::post_ready(PlaceId place) {
  erp::Partition& partition = w_.partitions[index_of(place)];
  for (MessageId id = partition.next_ready(); id != kNoMessage; id = partition.next_ready()) {
    const Message message = w_.pool[id];  // a copy: posting may free it
    observer_.posting(w_, place, id);
    note_posting(place, message, partition.release_ready(erp_));
  }
}

/// Something that messages in the books wait for has happened, or has not happened in time.
template <class Observer>
void Dispatcher<Observer>::at_waiting_room(const Event& event, EventKind kind) {
  const PlaceId place = w_.addresses().place_of_partition(event.site());
  erp::Partition& partition = w_.partitions[index_of(place)];
  if (kind != EventKind::order_loaded && wait_for_erp(w_, event)) return;
  switch (kind) {
    case EventKind::order_loaded:
      partition.loaded(erp_, message_of(event));
      break;
    case EventKind::wait_over:
      partition.wait_over(erp_, static_cast<std::uint32_t>(event.payload));
      break;
    case EventKind::masters_arrive:
      partition.masters_arrive(erp_, static_cast<std::uint32_t>(event.payload));
      break;
    case EventKind::export_due:
      return partition.export_due(erp_, Date{static_cast<std::int32_t>(event.payload)});
    default:
      check(false, "this kind of event is about what waits");
  }
  post_ready(place);
}

}  // namespace tillstorm
