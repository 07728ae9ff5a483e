#pragma once
// The distribution centre: what is really in it, what it loads, what it packs.
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "model/context.h"

namespace tillstorm::model {

/// What the DC and its online orders came to.
struct WarehouseTotals {
  std::int64_t ordered_units = 0;   ///< Stores asked for [base units].
  std::int64_t loaded_units = 0;    ///< Was loaded for stores [base units].
  std::uint64_t online_orders = 0;  ///< Orders packed, wholly or in part.
  std::uint64_t online_cancelled = 0;
  std::int64_t online_units = 0;  ///< [base units]
  std::int64_t online_lost_units = 0;
  Minor online_net = 0;
  Minor online_lost_value = 0;
};

class Warehouse {
 public:
  explicit Warehouse(const Setup& setup, std::uint64_t key, std::vector<std::int32_t> on_hand)
      : place_(setup.addresses.dc_place()), on_hand_(std::move(on_hand)), dates_(setup.chain_zone) {
    facts_.add(key);
  }

  /// A store order or an online order comes from the middleware; takes over its reference.
  void order_released(Context& c, MessageId order);
  /// The truck for a store order leaves: loads what is there.
  void truck_loaded(Context& c, MessageId order);
  /// An online order is handed to the carrier: what is not there is cancelled.
  void order_packed(Context& c, MessageId order);
  /// A supplier's truck is at the dock; after dock-to-stock it can be picked.
  void supplier_delivers(Context& c, MessageId delivery);
  void put_to_stock(Context& c, MessageId delivery);

  std::int32_t on_hand(ItemId item) const { return on_hand_[index_of(item)]; }
  const std::vector<std::int32_t>& on_hand() const { return on_hand_; }
  const WarehouseTotals& totals() const { return totals_; }
  const Digest& facts() const { return facts_; }

 private:
  void emit(Context& c, MessageId message, std::uint32_t number);
  Time delivery_time(const Context& c, std::uint32_t store, Time ordered) const;

  PlaceId place_;
  std::vector<std::int32_t> on_hand_;  ///< By item [base units].
  std::uint32_t dispatches_ = 0, shipments_ = 0, receipts_ = 0;
  WarehouseTotals totals_;
  LocalDates dates_;
  Digest facts_;
};

}  // namespace tillstorm::model
