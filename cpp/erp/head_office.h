#pragma once
// The ERP's head office: the chain's price list and its changes.
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "erp/partition.h"

namespace tillstorm::erp {

class HeadOffice {
 public:
  explicit HeadOffice(std::vector<std::int32_t> prices) : prices_(std::move(prices)) {}
  void start(Context& c);
  /// Decides the day's price changes and sends them to every store and the ecommerce front.
  void publish_prices(Context& c, Date date);
  /// The list price of a sales unit [minor].
  std::int32_t price(ItemId item) const { return prices_[index_of(item)]; }
  std::uint32_t batches() const { return batches_; }
  const Digest& facts() const { return facts_; }

 private:
  std::vector<std::int32_t> prices_;
  std::uint32_t batches_ = 0;
  Digest facts_;
};

}  // namespace tillstorm::erp
