#include "harness/invariants/journal_balanced.h"

namespace tillstorm {

void JournalBalanced::report(const CheckPoint& c, PlaceId place, const Envelope& envelope, Minor imbalance) {
  const World& world = c.world;
  Minor& known = known_[index_of(place)];
  const Entity entity = entity_of(world, envelope);
  c.violations.add(violation_at(world, text.name, place, entity, 0, imbalance - known,
                                "the entry of " + entity.name + " does not balance: debits exceed credits by " +
                                    std::to_string(imbalance - known) + " minor units."));
  known = imbalance;
}

void JournalBalanced::quiet(const CheckPoint& c, PlaceId place) const {
  const World& world = c.world;
  const erp::Setup& setup = world.setup->erp;
  const std::span<const std::uint32_t> items = setup.indexes[setup.places[index_of(place)].index].items();
  const erp::BookCell* cells = world.book.data() + setup.places[index_of(place)].first_cell;
  std::int64_t value_micro = 0;
  for (std::size_t i = 0; i < items.size(); ++i)
    value_micro += cells[i].on_hand * setup.items[items[i]].unit_cost_micro;
  const Minor expected = divide_rounded(value_micro, 1'000'000, Rounding::half_up);
  const Minor actual = world.partitions[index_of(place)].journal().balance(Account::inventory);
  if (actual == expected) [[likely]]
    return;
  c.violations.add(violation_at(world, text.name, place, {"account inventory"}, expected, actual,
                                "the inventory account of " + place_name(world, place) + " stands at " +
                                    std::to_string(actual) + " minor units, its stock ledger is worth " +
                                    std::to_string(expected) + "."));
}

}  // namespace tillstorm
