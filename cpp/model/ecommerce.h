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
  /// New prices hold at once. Gives up the reference to `batch`.
  void prices_arrive(Context& c, MessageId batch);

  std::uint32_t orders() const { return orders_; }
  const Digest& facts() const { return facts_; }

 private:
  std::uint64_t key_;
  std::vector<std::int32_t> prices_;  ///< By item [minor].
  DayRates rates_;
  std::uint32_t orders_ = 0;
  LocalDates dates_;
  Digest facts_;
};

}  // namespace tillstorm::model
