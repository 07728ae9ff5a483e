#include "model/ecommerce.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/civil.h"
#include "engine/exponential.h"
#include "messages/body_hash.h"

namespace tillstorm::model {
namespace {

constexpr std::uint64_t kOrder = purpose_of("online.order");
constexpr std::uint64_t kFirstOrder = purpose_of("online.first_order");

}  // namespace

void Ecommerce::start(Context& c) {
  const Time first = std::max(c.kernel.now, c.setup.chain_zone.at(c.setup.first_date, 0));
  c.schedule(first, EventKind::store_opens, static_cast<std::uint64_t>(c.setup.first_date.days), Priority::early);
}

void Ecommerce::open(Context& c, Date date) {
  if (date >= c.setup.last_date) return;
  const TimeZone& zone = c.setup.chain_zone;
  c.schedule(zone.at(date + 1, 0), EventKind::store_opens, static_cast<std::uint64_t>(date.days + 1), Priority::early);
  const DemandSetup& demand = c.setup.demand;
  double factor = demand.weekday_index[static_cast<std::size_t>(weekday_of(date))] *
                  demand.month_index[static_cast<std::size_t>(civil_of(date).month - 1)];
  for (const PeakDaySetup& peak : demand.peak_days)
    if (peak.date == date) factor = peak.index;
  rates_.clear(zone.at(date + 1, 0));
  const auto& hours = demand.online_hours.weight;
  const double total = std::accumulate(hours.begin(), hours.end(), 0.0);
  for (std::int32_t hour = 0; hour < 24; ++hour) {
    const double per_hour = demand.online_orders_per_day * factor * hours[static_cast<std::size_t>(hour)] / total;
    rates_.add({zone.at(date, hour * 60), per_hour / static_cast<double>(kHour.us), 0});
  }
  RandomStream stream(c.setup.seed, kFirstOrder, key_, static_cast<std::uint64_t>(date.days));
  const Time first = rates_.next_arrival(c.kernel.now, exponential(stream));
  if (first != kNever) c.schedule(first, EventKind::online_customer, 0);
}

void Ecommerce::customer_orders(Context& c) {
  RandomStream person(c.setup.seed, kOrder, key_, visits_++);
  const Time next = rates_.next_arrival(c.kernel.now, exponential(person));
  if (next != kNever) c.schedule(next, EventKind::online_customer, 0);
  const MessageId order = c.pool.create(MessageType::online_order);
  OnlineBody body{.order = orders_ + 1, .net = 0, .tax = 0, .ordered_at = c.kernel.now};
  const DemandSetup& demand = c.setup.demand;
  for (std::int32_t left = demand.online_lines.draw(person.next32()); left > 0; --left) {
    const ItemId item = c.setup.online.index.item(c.setup.online.demand.draw32(person));
    const std::int32_t units = demand.online_units.draw(person.next32());
    if (!off_sale_.empty() && off_sale_[index_of(item)] != 0) continue;
    const std::int32_t amount = prices_[index_of(item)] * units;
    body.net += amount;
    c.pool.add_line(order, Line{item, units * c.setup.items[index_of(item)].base_units, amount, 0});
  }
  if (c.pool[order].lines.count == 0) return c.pool.release(order);  // nothing of what was wanted is shown
  ++orders_;
  Message& m = c.pool[order];
  m.online = body;
  m.envelope.place = c.setup.addresses.dc_place();
  m.envelope.number = body.order;
  m.envelope.business_date = dates_.at(c.kernel.now);
  m.envelope.event_time = c.kernel.now;
  m.envelope.body_hash = body_hash(m, std::as_const(c.pool).lines(order));
  facts_.add(c.kernel.now.us);
  facts_.add(m.envelope.body_hash);
  c.emitted.push_back(order);
}

void Ecommerce::set_on_sale(ItemId item, bool is_on_sale) {
  if (off_sale_.empty()) off_sale_.resize(prices_.size());
  off_sale_[index_of(item)] = is_on_sale ? 0 : 1;
  facts_.add(std::uint64_t{index_of(item)} << 1 | (is_on_sale ? 1U : 0U));
}

void Ecommerce::request_refresh(Context& c, ItemId item) {
  const MessageId request = c.pool.create(MessageType::refresh_request);
  c.pool.add_line(request, Line{item, 1, 0, 0});
  Message& m = c.pool[request];
  m.envelope.place = c.setup.addresses.dc_place();
  m.envelope.number = ++refreshes_;
  m.envelope.business_date = dates_.at(c.kernel.now);
  m.envelope.event_time = c.kernel.now;
  m.envelope.body_hash = body_hash(m, std::as_const(c.pool).lines(request));
  facts_.add(c.kernel.now.us);
  facts_.add(m.envelope.body_hash);
  c.emitted.push_back(request);
}

}  // namespace tillstorm::model
