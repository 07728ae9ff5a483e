#pragma once
// Who handles which event. The only place where model, integration and ERP meet.
#include <cstdint>
#include <span>
#include <utility>

#include "messages/event_kind.h"
#include "messages/exception_report.h"
#include "world/world.h"

namespace tillstorm {

/// Check points of a run: what an observer is told. An observer defines the same functions; none of them changes the
/// run. This one is told and does nothing, so a run without promises pays nothing.
struct NoObserver {
  /// A source has put `message` into its outgoing log: a sale, a receipt, a dispatch, a Z report...
  void handed_over(const World&, std::uint32_t /*source*/, MessageId) {}
  /// A till of `source` has done `message`, which stays in its journal; `handed_over` is told if it leaves it.
  void kept_back(const World&, std::uint32_t /*source*/, MessageId) {}
  /// An event begins, and has been handled.
  void begins(const World&, const Event&) {}
  void ended(const World&, const Event&) {}
  /// The books are about to deal with a message.
  void posting(const World&, PlaceId, MessageId) {}
  /// Head office has changed prices, or which items are on sale.
  void published(const World&) {}
  /// A message of the ERP has reached `source`.
  void taken_in(const World&, std::uint32_t /*source*/, MessageId) {}
  /// The middleware has set a message aside, or it has been cancelled.
  void set_aside(const World&, const integration::Bus::Aside&) {}
  /// Where what happens to messages on the road is noted; null: nowhere.
  integration::TransmissionLog* transmissions() { return nullptr; }
  /// The ERP has dealt with a message of `place`; `message` is a copy of its envelope and body.
  void posted(const World&, PlaceId, const Message&, erp::Posting) {}
};

template <class Observer>
class Dispatcher {
 public:
  Dispatcher(World& world, Observer& observer)
      : w_(world),
        observer_(observer),
        model_(world.model_context()),
        erp_(world.erp_context()),
        road_(world.road_context()) {
    road_.log = observer.transmissions();
  }

  void dispatch(const Event& event) {
    observer_.begins(w_, event);
    handle(event);
    observer_.ended(w_, event);
  }

 private:
  void handle(const Event& event);
  void at_store(const Event& event, EventKind kind);
  void at_warehouse(const Event& event, EventKind kind);
  void at_link(const Event& event, EventKind kind);
  void at_partition(const Event& event, EventKind kind);
  void opens(const Event& event);
  void delivered(const Event& event);
  void take_in(PlaceId place, MessageId message);
  void admit(PlaceId place, MessageId message);
  void schema_upgraded(PlaceId place);
  void enter_bus(PlaceId place, MessageId message);
  void admit_released(PlaceId place);
  void hand_to_link(std::uint32_t source, MessageId message);
  template <class Take>
  void hand_on_kept(std::uint32_t store, Take take);
  void resend(std::uint32_t store, MessageId request);
  void posts(const Event& event);
  void commit_torn(const Event& event);
  MessageId under_new_key(MessageId message);
  void at_head_office(const Event& event, EventKind kind);
  void at_masters(const Event& event, EventKind kind);
  void pass_down(MessageId message, std::uint32_t source);
  void pass_masters(MessageId message, std::uint32_t source);
  void masters_arrive(std::uint32_t source, MessageId batch);
  void masters_in_use(std::uint32_t source, MessageId batch);
  void change_masters(std::uint32_t source, std::span<const integration::MasterChange> changes);
  void from_online(MessageId message);
  void at_bus(const Event& event, EventKind kind);
  void at_desk(const Event& event, EventKind kind);
  void tell_aside();
  void tell_repaired(const Message& message, erp::Posting posting);
  void order_to_dc(MessageId message);
  void erp_sends(const Event& event);
  void flush_emitted(std::uint32_t source);
  void at_waiting_room(const Event& event, EventKind kind);
  void post_ready(PlaceId place);
  void note_posting(PlaceId place, const Message& message, erp::Posting posting);
  void fault(const Event& event);
  void crash_tills(std::uint32_t fault, std::uint32_t store);
  void crash_till(std::uint32_t fault, std::uint32_t store, std::uint32_t till);
  void reinstall_till(std::uint32_t fault, std::uint32_t store, std::uint32_t till);
  MessageId message_of(const Event& event) const { return MessageId{static_cast<std::uint32_t>(event.payload)}; }

  World& w_;
  Observer& observer_;
  model::Context model_;
  erp::Context erp_;
  integration::Context road_;
};

}  // namespace tillstorm

#include "world/dispatch_books.h"
#include "world/dispatch_impl.h"
#include "world/dispatch_masters.h"
#include "world/dispatch_road.h"
