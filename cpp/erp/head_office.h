#pragma once
// The ERP's head office: the chain's price list, which items are on sale, and how both change.
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "erp/partition.h"

namespace tillstorm::erp {

/// Whether an item is on sale, by its newest record.
struct Listing {
  std::uint32_t version = 0;  ///< Of its newest record; 0: it has always been on sale.
  Date from{};                ///< From when on that record is used.
  Date until{};               ///< First date on which a withdrawn item is back.
  bool is_on_sale = true;
};

class HeadOffice {
 public:
  explicit HeadOffice(std::vector<std::int32_t> prices)
      : prices_(std::move(prices)), price_versions_(prices_.size()), price_dates_(prices_.size()) {}
  void start(Context& c);
  /// Decides what changes on a date, and sends it to every store and the ecommerce front.
  void publish(Context& c, Date date);
  /// A source has asked for all of an item: it is told again what is in force, with its version and date (MSG-18).
  void refresh(Context& c, ItemId item, std::uint32_t source) const;

  /// The list price of a sales unit [minor].
  std::int32_t price(ItemId item) const { return prices_[index_of(item)]; }
  /// Version of the newest batch that states it; 0: none has.
  std::uint32_t price_version(ItemId item) const { return price_versions_[index_of(item)]; }
  std::uint32_t batches() const { return batches_; }
  const Digest& facts() const { return facts_; }

 private:
  bool changes_anything(const Context& c) const {
    return c.setup.pricing.change_ppm_per_day != 0 || c.setup.pricing.withdrawal_ppm_per_day != 0;
  }
  void publish_items(Context& c, Date date);
  void publish_prices(Context& c, Date date);
  MessageId begin_batch(Context& c, MessageType type) const;
  static void send(Context& c, MessageId batch, std::uint64_t to);
  void send_batch(Context& c, MessageId batch, Date date);

  std::vector<std::int32_t> prices_;
  std::vector<std::uint32_t> price_versions_;
  std::vector<Date> price_dates_;   ///< Of those batches.
  std::vector<Listing> listings_;   ///< By item; empty as long as nothing was ever withdrawn.
  std::vector<ItemId> back_today_;  ///< Were deleted, and are created again with the batches of the day.
  std::uint32_t batches_ = 0;
  Digest facts_;
};

}  // namespace tillstorm::erp
