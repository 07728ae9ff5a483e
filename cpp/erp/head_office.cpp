#include "erp/head_office.h"

#include <algorithm>
#include <utility>

namespace tillstorm::erp {
namespace {

constexpr std::uint64_t kPriceChange = purpose_of("price.change");

}  // namespace

void HeadOffice::start(Context& c) {
  if (c.setup.pricing.change_ppm_per_day == 0) return;
  const Date date = c.setup.first_date + 1;
  c.kernel.schedule(std::max(c.kernel.now, c.setup.chain_zone.at(date, c.setup.pricing.publish_minute)),
                    static_cast<std::uint16_t>(EventKind::publishes_prices), static_cast<std::uint64_t>(date.days));
}

void HeadOffice::publish_prices(Context& c, Date date) {
  if (date >= c.setup.last_date) return;
  const PricingSetup& setup = c.setup.pricing;
  c.kernel.schedule(std::max(c.kernel.now, c.setup.chain_zone.at(date + 1, setup.publish_minute)),
                    static_cast<std::uint16_t>(EventKind::publishes_prices), static_cast<std::uint64_t>(date.days + 1));
  const MessageId batch = c.pool.create(MessageType::price_batch);
  for (std::uint32_t item = 0; item < prices_.size(); ++item) {
    RandomStream stream(c.setup.seed, kPriceChange, c.setup.items[item].key, static_cast<std::uint64_t>(date.days));
    if (!stream.bernoulli_ppm(setup.change_ppm_per_day)) continue;
    const bool lower = stream.bernoulli_ppm(setup.decrease_ppm);
    const Ppm factor = kMillion + (lower ? -setup.change_size_ppm : setup.change_size_ppm);
    const auto price = static_cast<std::int32_t>(
        std::clamp<Minor>(share_of(prices_[item], factor, Rounding::half_up), 1, 2'000'000'000));
    if (price == prices_[item]) continue;
    prices_[item] = price;
    c.pool.add_line(batch, Line{ItemId{item}, 1, price, 0});
    facts_.add(static_cast<std::uint64_t>(item) << 32 | static_cast<std::uint32_t>(price));
  }
  if (c.pool[batch].lines.count == 0) return c.pool.release(batch);
  Message& message = c.pool[batch];
  message.envelope.number = ++batches_;
  message.envelope.business_date = date;
  message.envelope.event_time = c.kernel.now;
  message.prices = {.version = batches_, .effective_at = c.kernel.now};
  facts_.add(c.kernel.now.us);
  c.kernel.send(c.setup.addresses.middleware(), c.kernel.now + c.setup.middleware_latency,
                static_cast<std::uint16_t>(EventKind::erp_sends), static_cast<std::uint32_t>(batch));
}

}  // namespace tillstorm::erp
