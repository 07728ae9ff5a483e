// A customer arrives and fills a basket from the shelves.
#include <algorithm>
#include <array>
#include <utility>

#include "engine/exponential.h"
#include "model/store.h"

namespace tillstorm::model {
namespace {

constexpr std::uint64_t kCustomer = purpose_of("customer");
constexpr std::uint64_t kSubstitute = purpose_of("customer.substitute");
constexpr std::uint64_t kShopping = purpose_of("customer.shopping");

Tender tender_of(const TillSetup& tills, std::uint32_t word) {
  std::size_t tender = 0;
  while (tender + 1 < kTenders && word >= tills.tender_threshold[tender]) ++tender;
  return static_cast<Tender>(tender);
}

}  // namespace

void Store::customer_arrives(Context& c) {
  const std::uint32_t customer = customers_++;
  RandomStream person(c.setup.seed, kCustomer, key_, customer);
  const Time next = rates_.next_arrival(c.kernel.now, exponential(person));
  if (next != kNever) c.schedule(next, EventKind::customer_arrives, 0);
  ++today_.customers;

  const MessageId basket = c.pool.create(MessageType::ticket);
  TicketBody& ticket = c.pool[basket].ticket;
  ticket.customer = customer;
  ticket.tender = tender_of(c.setup.tills, person.next32());
  fill_basket(c, basket, person);
  if (c.pool[basket].lines.count == 0) return c.pool.release(basket);

  const Law& shopping = c.setup.demand.shopping_minutes;
  if (shopping.kind == Law::Kind::constant && shopping.a == 0) return at_tills(c, basket);
  RandomStream stream(c.setup.seed, kShopping, key_, customer);
  const auto stay =
      static_cast<std::int64_t>(std::max(0.0, sample(shopping, stream)) * static_cast<double>(kMinute.us));
  inside_.add(1, c.kernel.now);
  c.schedule(c.kernel.now + Duration{stay}, EventKind::customer_at_tills, static_cast<std::uint32_t>(basket));
}

void Store::fill_basket(Context& c, MessageId basket, RandomStream& person) {
  struct Want {
    std::uint32_t position;
    std::int32_t units;
  };
  constexpr std::int32_t kAtATime = 16;  // cells are asked for together, so that their cache misses overlap
  std::array<Want, kAtATime> wants;      // NOLINT(cppcoreguidelines-pro-type-member-init): set before it is read
  const DemandSetup& demand = c.setup.demand;
  const AliasTable& popularity = c.setup.assortments[assortment_].demand;
  const std::uint32_t customer = c.pool[basket].ticket.customer;
  std::int32_t left = demand.lines.draw(person.next32());
  c.pool.reserve(basket, static_cast<std::uint32_t>(left));
  for (; left > 0; left -= kAtATime) {
    const std::int32_t count = std::min(left, kAtATime);
    for (std::int32_t i = 0; i < count; ++i) {
      Want& want = wants[static_cast<std::size_t>(i)];
      want.position = popularity.draw32(person);
      want.units = demand.units.draw(person.next32());
      __builtin_prefetch(&c.cells[first_cell_ + want.position], 1);
    }
    for (std::int32_t i = 0; i < count; ++i) {
      const Want& want = wants[static_cast<std::size_t>(i)];
      take_line(c, basket, want.position, want.units, customer);
    }
  }
}

void Store::take_line(Context& c, MessageId basket, std::uint32_t position, std::int32_t units,
                      std::uint32_t customer) {
  const std::int32_t base_units = c.setup.items[index_of(index_of_items(c).item(position))].base_units;
  const std::int32_t taken = take(c, position, units, base_units);
  // Until it is priced, a line's item is its position in the assortment: that is where its cell is.
  if (taken > 0) c.pool.add_line(basket, Line{ItemId{position}, taken * base_units, 0, 0});
  if (taken == units) [[likely]]
    return;
  LostCause cause = cell(c, position).backroom > 0 ? LostCause::shelf_empty : LostCause::no_stock;
  if (!off_sale_.empty() && is_off_sale(position)) cause = LostCause::off_sale;
  std::int32_t missing = units - taken;
  RandomStream choice(c.setup.seed, kSubstitute, key_, std::uint64_t{customer} << 20 | c.pool[basket].lines.count);
  if (choice.bernoulli_ppm(c.setup.demand.substitute_ppm)) {
    const std::uint32_t other = c.setup.assortments[assortment_].demand.draw(choice);
    const std::int32_t other_base = c.setup.items[index_of(index_of_items(c).item(other))].base_units;
    const std::int32_t got = take(c, other, missing, other_base);
    if (got > 0) {
      c.pool.add_line(basket, Line{ItemId{other}, got * other_base, 0, 0});
      ++today_.substituted_lines;
      missing -= got;
    }
  }
  if (missing > 0) note_lost(c, position, missing, cause);
}

/// Takes up to `units` sales units from the shelf.
std::int32_t Store::take(Context& c, std::uint32_t position, std::int32_t units, std::int32_t base_units) {
  TruthCell& at = cell(c, position);
  const std::int32_t there = base_units == 1 ? at.shelf : at.shelf / base_units;
  const std::int32_t taken = std::min(units, there);
  const std::int32_t half = (at.shelf_capacity + 1) >> 1;
  const bool was_full_enough = at.shelf >= half;
  at.shelf -= taken * base_units;
  if (was_full_enough && at.shelf < half) [[unlikely]]
    to_refill_.push_back(position);
  return taken;
}

void Store::put_back(Context& c, MessageId basket, LostCause cause) {
  for (const Line& line : std::as_const(c.pool).lines(basket)) {
    const std::uint32_t position = index_of(line.item);
    const std::int32_t base_units = c.setup.items[index_of(index_of_items(c).item(position))].base_units;
    const bool is_withdrawn = !off_sale_.empty() && is_off_sale(position);  // while it lay in the basket
    (is_withdrawn ? cell(c, position).backroom : cell(c, position).shelf) += line.quantity;
    note_lost(c, position, line.quantity / base_units, cause);
  }
  c.pool.release(basket);
}

void Store::note_lost(Context& c, std::uint32_t position, std::int32_t units, LostCause cause) {
  const Minor value = Minor{cell(c, position).price_minor} * units;
  today_.lost_units += units;
  today_.lost_value += value;
  if (c.lost_sales != nullptr)
    c.lost_sales->push_back({index_, index_of_items(c).item(position), units, value, cause, c.kernel.now});
}

void Store::top_up(TruthCell& at) const {
  const std::int32_t moved = std::max(0, std::min(at.backroom, at.shelf_capacity - at.shelf));
  at.backroom -= moved;
  at.shelf += moved;
}

}  // namespace tillstorm::model
