#include "erp/head_office.h"

#include <algorithm>
#include <utility>

namespace tillstorm::erp {
namespace {

constexpr std::uint64_t kPriceChange = purpose_of("price.change");
constexpr std::uint64_t kWithdrawal = purpose_of("item.withdrawal");

}  // namespace

void HeadOffice::start(Context& c) {
  if (!changes_anything(c)) return;
  if (c.setup.pricing.withdrawal_ppm_per_day != 0) listings_.resize(prices_.size());
  const Date date = c.setup.first_date + 1;
  c.kernel.schedule(std::max(c.kernel.now, c.setup.chain_zone.at(date, c.setup.pricing.publish_minute)),
                    static_cast<std::uint16_t>(EventKind::publishes_masters), static_cast<std::uint64_t>(date.days));
}

void HeadOffice::publish(Context& c, Date date) {
  if (date >= c.setup.last_date) return;
  c.kernel.schedule(std::max(c.kernel.now, c.setup.chain_zone.at(date + 1, c.setup.pricing.publish_minute)),
                    static_cast<std::uint16_t>(EventKind::publishes_masters),
                    static_cast<std::uint64_t>(date.days + 1));
  back_today_.clear();
  if (!listings_.empty()) publish_items(c, date);
  publish_prices(c, date);
}

/// Items go off sale at random; those whose days are over come back.
void HeadOffice::publish_items(Context& c, Date date) {
  const PricingSetup& setup = c.setup.pricing;
  const MessageId batch = begin_batch(c, MessageType::item_batch);
  const std::uint32_t version = batches_ + 1;
  for (std::uint32_t item = 0; item < listings_.size(); ++item) {
    Listing& listing = listings_[item];
    if (!listing.is_on_sale && date < listing.until) continue;
    if (!listing.is_on_sale) {
      listing.is_on_sale = true;
      if (setup.blocks_withdrawn) continue;  // its record has said so
      listing.version = version;
      listing.from = date;
      back_today_.push_back(ItemId{item});
    } else {
      RandomStream stream(c.setup.seed, kWithdrawal, c.setup.items[item].key, static_cast<std::uint64_t>(date.days));
      if (!stream.bernoulli_ppm(setup.withdrawal_ppm_per_day)) continue;
      listing = {version, date, date + setup.withdrawn_days, false};
    }
    c.pool.add_line(batch, Line{ItemId{item}, listing.is_on_sale ? 1 : 0, 0, 0});
    facts_.add(std::uint64_t{item} << 32 | (listing.is_on_sale ? 1U : 0U));
  }
  if (c.pool[batch].lines.count == 0) return c.pool.release(batch);
  if (setup.blocks_withdrawn) c.pool[batch].master.days = static_cast<std::uint32_t>(setup.withdrawn_days);
  send_batch(c, batch, date);
}

/// An item that was deleted has no price until it is created again, and then gets one.
void HeadOffice::publish_prices(Context& c, Date date) {
  const PricingSetup& setup = c.setup.pricing;
  const MessageId batch = begin_batch(c, MessageType::price_batch);
  const std::uint32_t version = batches_ + 1;
  const auto state = [&](std::uint32_t item) {
    price_versions_[item] = version;
    price_dates_[item] = date;
    c.pool.add_line(batch, Line{ItemId{item}, 1, prices_[item], 0});
    facts_.add(static_cast<std::uint64_t>(item) << 32 | static_cast<std::uint32_t>(prices_[item]));
  };
  for (std::uint32_t item = 0; item < prices_.size(); ++item) {
    if (!listings_.empty() && !listings_[item].is_on_sale && !setup.blocks_withdrawn) continue;
    RandomStream stream(c.setup.seed, kPriceChange, c.setup.items[item].key, static_cast<std::uint64_t>(date.days));
    if (!stream.bernoulli_ppm(setup.change_ppm_per_day)) continue;
    const bool lower = stream.bernoulli_ppm(setup.decrease_ppm);
    const Ppm factor = kMillion + (lower ? -setup.change_size_ppm : setup.change_size_ppm);
    const auto price = static_cast<std::int32_t>(
        std::clamp<Minor>(share_of(prices_[item], factor, Rounding::half_up), 1, 2'000'000'000));
    if (price == prices_[item]) continue;
    prices_[item] = price;
    state(item);
  }
  for (const ItemId item : back_today_)
    if (price_versions_[index_of(item)] != version) state(index_of(item));
  if (c.pool[batch].lines.count == 0) return c.pool.release(batch);
  send_batch(c, batch, date);
}

MessageId HeadOffice::begin_batch(Context& c, MessageType type) const {
  const MessageId batch = c.pool.create(type);
  c.pool[batch].master = {.effective_minute = static_cast<std::uint32_t>(c.setup.pricing.effective_minute)};
  return batch;
}

void HeadOffice::send_batch(Context& c, MessageId batch, Date date) {
  Message& message = c.pool[batch];
  message.master.version = message.envelope.number = ++batches_;
  message.envelope.business_date = date;
  message.envelope.event_time = c.kernel.now;
  facts_.add(c.kernel.now.us);
  send(c, batch, 0);
}

void HeadOffice::send(Context& c, MessageId batch, std::uint64_t to) {
  c.kernel.send(c.setup.addresses.middleware(), c.kernel.now + c.setup.middleware_latency,
                static_cast<std::uint16_t>(EventKind::erp_sends), to << 32 | static_cast<std::uint32_t>(batch));
}

void HeadOffice::refresh(Context& c, ItemId item, std::uint32_t source) const {
  const auto again = [&](MessageType type, std::uint32_t version, Date date, const Line& line) {
    const MessageId batch = begin_batch(c, type);
    Message& message = c.pool[batch];
    message.master.version = message.envelope.number = version;
    message.master.kind = MasterBatchKind::refresh;
    message.envelope.business_date = date;
    message.envelope.event_time = c.kernel.now;
    if (type == MessageType::item_batch && c.setup.pricing.blocks_withdrawn)
      message.master.days = static_cast<std::uint32_t>(c.setup.pricing.withdrawn_days);
    c.pool.add_line(batch, line);
    send(c, batch, std::uint64_t{source} + 1);
  };
  const std::uint32_t i = index_of(item);
  const Listing listing = listings_.empty() ? Listing{} : listings_[i];
  if (listing.version != 0)
    again(MessageType::item_batch, listing.version, listing.from, Line{item, listing.is_on_sale ? 1 : 0, 0, 0});
  if (price_versions_[i] != 0)
    again(MessageType::price_batch, price_versions_[i], price_dates_[i], Line{item, 1, prices_[i], 0});
}

}  // namespace tillstorm::erp
