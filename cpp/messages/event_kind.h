#pragma once
// What can happen at a site. `world/dispatch.h` switches on it; payloads are named beside each kind.
#include <cstdint>

namespace tillstorm {

enum class EventKind : std::uint16_t {
  // A store.
  customer_arrives,    ///< -
  customer_at_tills,   ///< message of the basket
  checkout_ends,       ///< terminal | generation << 32
  customer_gives_up,   ///< message of the basket | customer << 32
  store_opens,         ///< business date
  store_closes,        ///< business date
  shelves_filled,      ///< -
  truck_arrives,       ///< message of the dispatch
  prices_arrive,       ///< message of the batch
  prices_switch,       ///< message of the batch
  till_fails,          ///< terminal
  till_repaired,       ///< terminal
  trace_ticket,        ///< -
  // A store's link.
  acknowledged,        ///< source sequence, cumulative
  acknowledgement_due, ///< -
  replay_next,         ///< -
  link_goes_down,      ///< fault
  link_comes_up,       ///< fault
  fault_begins,        ///< fault
  fault_ends,          ///< fault
  // The middleware.
  bus_receives,        ///< message
  batch_cut,           ///< -
  micro_batch_due,     ///< batch number
  // The ERP's partition of a place.
  posts,               ///< message
  reviews_stock,       ///< -
  // The ERP's head office.
  publishes_prices,    ///< date
  // The distribution centre.
  order_released,      ///< message: store order or online order
  truck_loaded,        ///< message: store order
  order_packed,        ///< message: online order
  supplier_delivers,   ///< message: purchase receipt in the making
  // The ecommerce front.
  online_customer,     ///< -
};

}  // namespace tillstorm
