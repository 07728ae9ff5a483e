#include "harness/invariants/book_equals_truth.h"

namespace tillstorm {

void BookEqualsTruth::quiet(const CheckPoint& c, PlaceId place) {
  const World& world = c.world;
  const bool is_dc = index_of(place) == world.addresses().stores;
  if (reported_[index_of(place)]) return;
  if (!is_dc) {
    const model::Store& store = world.stores[index_of(place)];
    if (store.tills().in_system() != 0 || store.customers_inside().value() != 0) return;  // baskets are not on shelves
  }
  const erp::PlaceMaster& master = world.setup->erp.places[index_of(place)];
  const ItemIndex& index = world.setup->erp.indexes[master.index];
  const erp::BookCell* book = world.book.data() + master.first_cell;
  const model::TruthCell* truth = is_dc ? nullptr : world.truth.data() + master.first_cell;
  const std::int32_t* dc = is_dc ? world.warehouses[0].on_hand().data() : nullptr;
  std::uint32_t different = 0, first = 0;
  for (std::uint32_t i = 0; i < index.size(); ++i) {
    const std::int32_t there = is_dc ? dc[i] : truth[i].shelf + truth[i].backroom;
    if (book[i].on_hand == there) [[likely]]
      continue;
    if (different++ == 0) first = i;
  }
  if (different == 0) return;
  reported_[index_of(place)] = true;
  const std::int32_t there = is_dc ? dc[first] : truth[first].shelf + truth[first].backroom;
  const ItemId id = index.item(first);
  const std::string& item = world.setup->item_ids[index_of(id)];
  c.violations.add(violation_at(world, text.name, place, entity_of(world, id, place), there, book[first].on_hand,
                                "the books say " + std::to_string(book[first].on_hand) + " units of " + item + " at " +
                                    place_name(world, place) + ", there are " + std::to_string(there) + "; " +
                                    std::to_string(different) +
                                    " items of the place differ though nothing is pending."));
}

}  // namespace tillstorm
