// Goods and prices reach the store.
#include <algorithm>
#include <utility>

#include "model/store.h"

namespace tillstorm::model {

void Store::truck_arrives(Context& c, MessageId dispatch) {
  const MessageId receipt = c.pool.create(MessageType::goods_receipt);
  c.pool[receipt].goods = c.pool[dispatch].goods;
  c.pool[receipt].envelope.causation = c.pool[dispatch].envelope.number;
  const ItemIndex& items = index_of_items(c);
  for (std::uint32_t i = 0; i < c.pool[dispatch].lines.count; ++i) {
    const Line line = c.pool.lines(dispatch)[i];  // a copy: adding lines to the receipt may move the arena
    if (line.quantity == 0) continue;
    TruthCell& at = cell(c, items.position(line.item));
    at.backroom += line.quantity;
    top_up(at);
    c.pool.add_line(receipt, Line{line.item, line.quantity, 0, 0});
  }
  c.pool.release(dispatch);
  emit(c, receipt, 0, ++receipts_);
}

void Store::prices_arrive(Context& c, MessageId batch) {
  const Message& message = c.pool[batch];
  const Date date = message.envelope.business_date;
  Time switch_at = me(c).zone.at(date, c.setup.supply.price_switch_minute);
  if (c.rules.is(Mutant::prices_switch_in_utc))
    switch_at = Time{} + date.days * kDay + c.setup.supply.price_switch_minute * kMinute;
  if (c.rules.is(Mutant::future_prices_applied_on_arrival)) switch_at = c.kernel.now;
  if (switch_at > c.kernel.now) {
    c.rules.count(rule::PriceVersions::Outcome::future_stored);
    c.rules.count(rule::PriceSwitch::Outcome::switched_at_local_time);
  } else {
    c.rules.count(rule::PriceSwitch::Outcome::switched_on_late_arrival);
  }
  c.schedule(std::max(switch_at, c.kernel.now), EventKind::prices_switch, static_cast<std::uint32_t>(batch),
             Priority::early);
}

void Store::prices_switch(Context& c, MessageId batch) {
  const Message& message = c.pool[batch];
  if (message.prices.version > price_version_) {  // an older file never overwrites a newer one (PRICE-03)
    price_version_ = message.prices.version;
    c.rules.count(rule::PriceVersions::Outcome::newer_applied);
    const ItemIndex& items = index_of_items(c);
    std::span<const Line> lines = std::as_const(c.pool).lines(batch);
    if (c.rules.is(Mutant::half_a_batch_visible)) lines = lines.first(lines.size() / 2);
    for (const Line& line : lines) {
      const std::uint32_t position = items.position(line.item);
      if (position != kNone) cell(c, position).price_minor = line.amount_minor;
    }
    facts_.add(c.kernel.now.us);
    facts_.add(std::uint64_t{price_version_});
  }
  c.pool.release(batch);
}

}  // namespace tillstorm::model
