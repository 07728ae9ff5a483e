#include "harness/invariants/units_conserved.h"

#include <cstdlib>

namespace tillstorm {
namespace {

/// Inverse of an odd number modulo 2^64 (Newton; five steps double the correct bits from 3 to 96).
std::uint64_t inverse(std::uint64_t odd) {
  std::uint64_t x = odd;
  for (int i = 0; i < 5; ++i) x *= 2 - odd * x;
  return x;
}

bool is_dc(const World& world, PlaceId place) { return index_of(place) == world.addresses().stores; }

}  // namespace

UnitsConserved::UnitsConserved(const World& world) {
  for (std::uint64_t item = 0; item < world.setup->item_ids.size(); ++item) weights_.push_back(mix64(item + 1) | 1);
  for (std::uint32_t place = 0; place < world.addresses().places(); ++place)
    expected_.push_back(fingerprint(world, PlaceId{place}));
}

std::uint64_t UnitsConserved::fingerprint(const World& world, PlaceId place) const {
  std::uint64_t sum = 0;
  if (is_dc(world, place)) {
    const std::vector<std::int32_t>& on_hand = world.warehouses[0].on_hand();
    for (std::size_t item = 0; item < on_hand.size(); ++item)
      sum += weights_[item] * static_cast<std::uint64_t>(std::int64_t{on_hand[item]});
    return sum;
  }
  const model::StoreSetup& store = world.setup->model.stores[index_of(place)];
  const std::span<const std::uint32_t> items = world.setup->model.assortments[store.assortment].index.items();
  const model::TruthCell* cells = world.truth.data() + store.first_cell;
  for (std::size_t i = 0; i < items.size(); ++i)
    sum += weights_[items[i]] * static_cast<std::uint64_t>(std::int64_t{cells[i].shelf} + cells[i].backroom);
  return sum;
}

std::uint64_t UnitsConserved::book_fingerprint(const World& world, PlaceId place) const {
  const erp::PlaceMaster& master = world.setup->erp.places[index_of(place)];
  const std::span<const std::uint32_t> items = world.setup->erp.indexes[master.index].items();
  const erp::BookCell* cells = world.book.data() + master.first_cell;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < items.size(); ++i)
    sum += weights_[items[i]] * static_cast<std::uint64_t>(std::int64_t{cells[i].on_hand});
  return sum;
}

void UnitsConserved::handed_over(const CheckPoint& c, std::uint32_t source, MessageId id) {
  const World& world = c.world;
  const Message& message = world.pool[id];
  if (message.envelope.revision != 0) return;  // how it was paid was corrected: no unit moves again
  std::int64_t sign = 0;
  switch (message.envelope.type) {
    case MessageType::ticket:
    case MessageType::dispatch:
    case MessageType::online_shipment:
      sign = -1;
      break;
    case MessageType::goods_receipt:
    case MessageType::purchase_receipt:
      sign = 1;
      break;
    default:
      return;
  }
  std::uint64_t change = 0;
  for (const Line& line : world.pool.lines(id))
    change += weights_[index_of(line.item)] * static_cast<std::uint64_t>(sign * line.quantity);
  expected_[source] += change;
}

void UnitsConserved::quiet(const CheckPoint& c, PlaceId place) {
  const World& world = c.world;
  if (!is_dc(world, place)) {
    const model::Store& store = world.stores[index_of(place)];
    if (store.tills().in_system() != 0 || store.customers_inside().value() != 0) return;  // baskets are not on shelves
  }
  const std::uint64_t actual = fingerprint(world, place);
  if (actual == expected_[index_of(place)]) [[likely]]
    return;
  report(c, place, actual - expected_[index_of(place)]);
  expected_[index_of(place)] = actual;  // said once; what happens next is judged from here
}

void UnitsConserved::finished(const CheckPoint& c) {
  for (std::uint32_t place = 0; place < c.world.addresses().places(); ++place)
    if (!c.told.is_quiet(place)) quiet(c, PlaceId{place});
}

void UnitsConserved::report(const CheckPoint& c, PlaceId place, std::uint64_t difference) const {
  const World& world = c.world;
  for (std::size_t item = 0; item < weights_.size(); ++item) {
    const auto units = static_cast<std::int64_t>(inverse(weights_[item]) * difference);
    if (std::llabs(units) > 1'000'000'000) continue;
    const std::string& id = world.setup->item_ids[item];
    c.violations.add(violation_at(
        world, text.name, place, entity_of(world, ItemId{static_cast<std::uint32_t>(item)}, place), 0, units,
        "there are " + std::to_string(std::llabs(units)) + " units of " + id + " at " + place_name(world, place) +
            (units > 0 ? " more" : " fewer") + " than opening stock, receipts and sales account for."));
    return;
  }
  report_several(c, place);
}

/// More than one item differs: the sum does not say which, but the books, which heard of every movement, do.
void UnitsConserved::report_several(const CheckPoint& c, PlaceId place) {
  const World& world = c.world;
  const erp::PlaceMaster& master = world.setup->erp.places[index_of(place)];
  const ItemIndex& items = world.setup->erp.indexes[master.index];
  for (std::uint32_t i = 0; i < items.size(); ++i) {
    const std::int32_t book = world.book[master.first_cell + i].on_hand;
    const model::TruthCell* cell = is_dc(world, place) ? nullptr : &world.truth[master.first_cell + i];
    const std::int32_t there = cell == nullptr ? world.warehouses[0].on_hand()[i] : cell->shelf + cell->backroom;
    if (book == there) continue;
    const Entity entity = entity_of(world, items.item(i), place);
    c.violations.add(violation_at(world, text.name, place, entity, book, there,
                                  "several items at " + place_name(world, place) +
                                      " differ from what opening stock, receipts and sales account for; of " +
                                      world.setup->item_ids[index_of(items.item(i))] + " there are " +
                                      std::to_string(there) + ", and the books, told of each movement, have " +
                                      std::to_string(book) + "."));
    return;
  }
  c.violations.add(violation_at(world, text.name, place, {"several items"}, 0, 1,
                                "several items at " + place_name(world, place) +
                                    " differ from what opening stock, receipts and sales account for, and the books "
                                    "do not show which: they are wrong in the same way."));
}

}  // namespace tillstorm
