#pragma once
// The ecommerce front: customers order at the front's own copy of the prices; the DC ships.
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "model/context.h"
#include "model/demand_plan.h"

namespace tillstorm::model {

class Ecommerce {
 public:
  Ecommerce(std::uint64_t key, const TimeZone& zone, std::vector<std::int32_t> prices)
      : key_(key), prices_(std::move(prices)), dates_(zone) {
    facts_.add(key);
  }
  /// Schedules the first plan of a day.
  void start(Context& c);
  /// Plans the orders of a day of the chain's clock.
  void open(Context& c, Date date);
  void customer_orders(Context& c);
  void set_price(ItemId item, std::int32_t price_minor) { prices_[index_of(item)] = price_minor; }
  /// The item is shown, or not.
  void set_on_sale(ItemId item, bool is_on_sale);
  /// Asks head office for all of an item (MSG-18).
  void request_refresh(Context& c, ItemId item);

  std::uint32_t orders() const { return orders_; }
  const Digest& facts() const { return facts_; }

 private:
  std::uint64_t key_;
  std::vector<std::int32_t> prices_;    ///< By item [minor].
  std::vector<std::uint8_t> off_sale_;  ///< By item: 1 if it is not shown; empty as long as all are.
  DayRates rates_;
  std::uint32_t visits_ = 0;  ///< Customers so far.
  std::uint32_t orders_ = 0;
  std::uint32_t refreshes_ = 0;  ///< Last number of a request for a refresh.
  LocalDates dates_;
  Digest facts_;
};

}  // namespace tillstorm::model
