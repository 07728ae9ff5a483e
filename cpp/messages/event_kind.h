#pragma once
// What can happen at a site. `world/dispatch.h` switches on it; payloads are named beside each kind.
#include <cstdint>

namespace tillstorm {

enum class EventKind : std::uint16_t {
  // A store.
  customer_arrives,   ///< -
  customer_at_tills,  ///< message of the basket
  checkout_ends,      ///< terminal | generation << 32
  customer_gives_up,  ///< message of the basket | customer << 32
  store_opens,        ///< business date
  store_closes,       ///< business date
  shelves_filled,     ///< -
  truck_arrives,      ///< message of the dispatch
  masters_in_use,     ///< message of the batch
  reference_due,      ///< position of the item | number of its waiting << 32
  withdrawal_ends,    ///< position of the item | version << 32
  till_fails,         ///< terminal
  till_repaired,      ///< terminal
  till_restarts,      ///< terminal
  trace_ticket,       ///< -
  // Either end of a link.
  channel_delivers,      ///< message | sequence << 32
  channel_acknowledged,  ///< channel | sequence << 32
  acknowledges,          ///< channel
  acknowledgement_due,   ///< channel
  replay_next,           ///< channel
  flow_control,          ///< channel | paused << 32
  fault_changes,         ///< fault | source << 32
  // The middleware.
  erp_sends,        ///< message | (source + 1) << 32; source + 1 = 0: to all whom it concerns
  masters_go_on,    ///< message | source << 32: was held up
  set_aside,        ///< message | ExceptionType << 32: the books could not post it
  repair_ordered,   ///< message: repair
  repair_known,     ///< subject: what was set aside has been posted
  batch_due,        ///< place | number of the batch << 32
  service_ends,     ///< job | generation << 32
  retry_due,        ///< job | generation << 32
  worker_returns,   ///< worker | generation << 32
  bus_goes_on,      ///< 0: there is a token; 1: breakers may be tried
  drain_due,        ///< number of the drain
  schema_upgraded,  ///< place
  gap_due,          ///< place | generation << 32 | terminal << 48
  // The exception desk.
  exception_reported,  ///< message: exception report
  work_ends,           ///< number of the exception | number of the work << 32
  exception_due,       ///< number of the exception | number of the due time << 32
  exception_settles,   ///< number of the exception | number of the clearing << 32
  causes_rechecked,    ///< -
  shift_begins,        ///< role
  // The ERP's partition of a place.
  posts,           ///< message | 1 << 32 if another copy was posted while this one was at work
  commit_torn,     ///< message: who posted it crashed between two commits
  writes_off,      ///< message: exception report
  order_loaded,    ///< message: dispatch
  reviews_stock,   ///< -
  wait_over,       ///< number of the waiting
  masters_arrive,  ///< number of the gap
  export_due,      ///< business date
  day_held,        ///< business date | 1 << 32 if it is let go
  // The ERP's head office.
  publishes_masters,  ///< date
  refresh_wanted,     ///< item | source << 32
  // The distribution centre.
  truck_loaded,       ///< message: store order
  order_packed,       ///< message: online order
  supplier_delivers,  ///< message: purchase receipt in the making
  put_to_stock,       ///< message: purchase receipt in the making
  // The script's control site.
  statistics_begin,  ///< - (the warm-up is over)
  days_end,          ///< - (figures stop here)
  // The ecommerce front.
  online_customer,  ///< -
};

}  // namespace tillstorm
