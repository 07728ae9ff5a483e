// Overnight reviews: stores from the DC (REPL-04, REPL-05, REPL-14), the DC from its suppliers.
#include <algorithm>
#include <cmath>

#include "base/civil.h"
#include "erp/partition.h"

namespace tillstorm::erp {
namespace {

constexpr std::uint64_t kLeadTime = purpose_of("supplier.lead_time");
constexpr std::int64_t kVelocityUnit = 1024;

/// `velocity` over `cover_milli` thousandths of days, rounded up to whole base units.
std::int32_t cover(std::int32_t velocity, std::int64_t cover_milli) {
  constexpr std::int64_t kUnit = kVelocityUnit * 1000;
  return static_cast<std::int32_t>((velocity * cover_milli + kUnit - 1) / kUnit);
}

std::int32_t whole_cases(std::int32_t quantity, std::int32_t pack) { return (quantity + pack - 1) / pack * pack; }

/// REPL-04: what a review decides on [base units].
std::int32_t inventory_position(Context& c, const BookCell& cell) {
  using Outcome = rule::InventoryPosition::Outcome;
  c.rules.count(cell.inbound != 0 ? Outcome::inbound_counted : Outcome::counted);
  return std::max(cell.on_hand, 0) + (c.rules.is(Mutant::inbound_forgotten) ? 0 : cell.inbound);
}

/// REPL-05 and REPL-10: what is to be ordered of an item at this position, before packs; 0: nothing [base units].
std::int32_t min_max_need(Context& c, const BookCell& cell, const ItemMaster& item, std::int32_t available) {
  const ReplenishmentSetup& setup = c.setup.replenishment;
  const std::int32_t least =
      c.rules.is(Mutant::presentation_ignored) ? 0 : setup.presentation_minimum * item.base_units;
  const std::int32_t trigger = cover(cell.velocity, setup.min_cover_milli);
  c.rules.count(least > trigger ? rule::PresentationMinimum::Outcome::level_raised
                                : rule::PresentationMinimum::Outcome::not_binding);
  std::int32_t s = std::max(trigger, least);
  if (c.rules.is(Mutant::trigger_not_reached)) s = -1;
  const std::int32_t order_up_to = std::max(cover(cell.velocity, setup.max_cover_milli), least + item.base_units);
  if ((available > s && !c.rules.is(Mutant::orders_above_trigger)) || order_up_to <= available) {
    c.rules.count(rule::MinMaxOrders::Outcome::above_trigger);
    return 0;
  }
  c.rules.count(rule::MinMaxOrders::Outcome::ordered_up_to);
  return order_up_to - available;
}

}  // namespace

void Partition::start(Context& c) {
  expect_masters(c);
  if (!c.setup.replenishment.enabled || !c.setup.addresses.has_dc) return;
  last_review_ = c.setup.first_date;
  schedule_review(c, c.setup.first_date + 1);
}

bool Partition::reviews_on(const Context& c, Date date) const {
  if (is_dc(c)) return true;
  // Stores are spread over the week by a rotation of their own.
  const int day = (weekday_of(date) + static_cast<int>(me(c).key % 7)) % 7;
  return (c.setup.replenishment.review_weekdays >> day & 1) != 0;
}

void Partition::schedule_review(Context& c, Date from) {
  for (Date date = from; date < c.setup.last_date; date = date + 1) {
    if (!reviews_on(c, date)) continue;
    const Time at = me(c).zone.at(date, c.setup.replenishment.review_minute);
    c.kernel.schedule(std::max(at, c.kernel.now), static_cast<std::uint16_t>(EventKind::reviews_stock), 0,
                      Priority::late);
    return;
  }
}

void Partition::review(Context& c) {
  const Date date = me(c).zone.date_at(c.kernel.now);
  smooth_velocity(c, date);
  if (is_dc(c)) {
    review_dc(c, date);
  } else {
    review_store(c, date);
  }
  schedule_review(c, date + 1);
}

void Partition::smooth_velocity(Context& c, Date date) {
  const std::int64_t days = std::max(1, date - last_review_);
  last_review_ = date;
  // `days` steps of weight w at the period's mean are one step of weight 1 - (1 - w)^days.
  std::int64_t keep = kMillion;
  for (std::int64_t i = 0; i < days; ++i)
    keep = keep * (kMillion - c.setup.replenishment.velocity_weight_ppm) / kMillion;
  const std::int64_t weight = (kMillion - keep) * 1'048'576 / kMillion;  // in 2^-20
  const std::int64_t per_day = kVelocityUnit * 1'048'576 / days;
  for (BookCell& cell : c.cells.subspan(first_cell_, index(c).size())) {
    const std::int64_t sold = cell.sold * per_day / 1'048'576;
    cell.velocity += static_cast<std::int32_t>(((sold - cell.velocity) * weight) / 1'048'576);
    cell.sold = 0;
  }
}

void Partition::review_store(Context& c, Date) {
  const ItemIndex& items = index(c);
  MessageId order = kNoMessage;
  for (std::uint32_t position = 0; position < items.size(); ++position) {
    BookCell& cell = c.cells[first_cell_ + position];
    const std::int32_t available = inventory_position(c, cell);
    const ItemMaster& item = c.setup.items[index_of(items.item(position))];
    const std::int32_t need = min_max_need(c, cell, item, available);
    if (need == 0) continue;
    std::int32_t quantity = whole_cases(need, item.case_pack);
    c.rules.count(quantity == need ? rule::PackRounding::Outcome::exact_multiple
                                   : rule::PackRounding::Outcome::rounded_up);
    if (c.rules.is(Mutant::cases_ordered_as_units)) quantity /= item.case_pack;
    if (order == kNoMessage) order = c.pool.create(MessageType::store_order);
    cell.inbound += quantity;
    c.pool.add_line(order, Line{items.item(position), quantity, 0, 0});
  }
  if (order != kNoMessage) order_from_dc(c, order);
}

void Partition::order_from_dc(Context& c, MessageId order) {
  Message& message = c.pool[order];
  message.goods = {.document = ++orders_made_, .to = place_, .ordered_at = c.kernel.now};
  message.envelope.place = c.setup.addresses.dc_place();
  message.envelope.number = orders_made_;
  message.envelope.event_time = c.kernel.now;
  message.envelope.business_date = me(c).zone.date_at(c.kernel.now);
  for (const Line& line : std::as_const(c.pool).lines(order)) {
    facts_.add(static_cast<std::uint64_t>(index_of(line.item)) << 32 | static_cast<std::uint32_t>(line.quantity));
    if (c.tables.orders.wanted)
      c.tables.orders.append({place_, orders_made_, c.kernel.now, line.item, line.quantity, OrderKind::store_order});
  }
  c.pool.retain(order);  // kept until the DC says what it loaded
  orders_.push_back({orders_made_, order});
  c.kernel.send(c.setup.addresses.middleware(), c.kernel.now + c.setup.middleware_latency,
                static_cast<std::uint16_t>(EventKind::erp_sends), static_cast<std::uint32_t>(order));
}

void Partition::loaded(Context& c, MessageId dispatch) {
  const std::uint32_t document = c.pool[dispatch].goods.document;
  const auto open =
      std::find_if(orders_.begin(), orders_.end(), [&](const OpenOrder& order) { return order.document == document; });
  check(open != orders_.end(), "the DC loads only what was ordered, once");
  const std::span<const Line> ordered = std::as_const(c.pool).lines(open->order);
  const std::span<const Line> loaded = std::as_const(c.pool).lines(dispatch);
  check(ordered.size() == loaded.size(), "a dispatch answers each line of its order");
  for (std::size_t i = 0; i < ordered.size(); ++i)
    c.cells[first_cell_ + index(c).position(ordered[i].item)].inbound -= ordered[i].quantity - loaded[i].quantity;
  c.pool.release(open->order);
  orders_.erase(open);
  predecessor_arrives(c, document, c.pool[dispatch].envelope);
  c.pool.release(dispatch);
}

void Partition::review_dc(Context& c, Date date) {
  const ItemIndex& items = index(c);
  const PurchasingSetup& setup = c.setup.purchasing;
  // Each supplier has its weekday; its items are ordered together, one purchase order for each lead time.
  MessageId orders[2] = {kNoMessage, kNoMessage};
  for (std::uint32_t position = 0; position < items.size(); ++position) {
    const ItemMaster& item = c.setup.items[index_of(items.item(position))];
    if (item.supplier % 7 != weekday_of(date)) continue;
    BookCell& cell = c.cells[first_cell_ + position];
    const double days = setup.mean_lead_time_days[item.lead_time] + setup.cover_days;
    const std::int32_t trigger = cover(cell.velocity, static_cast<std::int64_t>(days * 1000));
    const std::int32_t available = cell.on_hand + cell.inbound;
    if (available > trigger) continue;
    const std::int32_t target = cover(cell.velocity, static_cast<std::int64_t>((days + 14) * 1000)) + item.case_pack;
    const std::int32_t quantity = whole_cases(target - available, item.case_pack);
    MessageId& order = orders[item.lead_time];
    if (order == kNoMessage) order = c.pool.create(MessageType::purchase_receipt);
    cell.inbound += quantity;
    c.pool.add_line(order, Line{items.item(position), quantity, 0, 0});
  }
  for (std::uint8_t lead_time = 0; lead_time < 2; ++lead_time)
    if (orders[lead_time] != kNoMessage) order_from_supplier(c, orders[lead_time], lead_time);
}

/// The supplier delivers all of it after its lead time: the order becomes the delivery's papers.
void Partition::order_from_supplier(Context& c, MessageId order, std::uint8_t lead_time) {
  Message& message = c.pool[order];
  message.goods = {.document = ++orders_made_, .to = place_, .ordered_at = c.kernel.now};
  for (const Line& line : std::as_const(c.pool).lines(order)) {
    facts_.add(static_cast<std::uint64_t>(index_of(line.item)) << 32 | static_cast<std::uint32_t>(line.quantity));
    if (c.tables.orders.wanted)
      c.tables.orders.append({place_, orders_made_, c.kernel.now, line.item, line.quantity, OrderKind::purchase_order});
  }
  RandomStream stream(c.setup.seed, kLeadTime, me(c).key, orders_made_);
  const double days = std::max(0.5, sample(c.setup.purchasing.lead_time_days[lead_time], stream));
  const Time at = c.kernel.now + Duration{static_cast<std::int64_t>(days * static_cast<double>(kDay.us))};
  c.kernel.send(c.setup.addresses.dc(), at, static_cast<std::uint16_t>(EventKind::supplier_delivers),
                static_cast<std::uint32_t>(order));
}

}  // namespace tillstorm::erp
