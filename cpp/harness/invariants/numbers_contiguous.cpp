#include "harness/invariants/numbers_contiguous.h"

namespace tillstorm {

void NumbersContiguous::handed_over(const CheckPoint& c, std::uint32_t, MessageId message) {
  const Envelope& e = c.world.pool[message].envelope;
  std::uint32_t& last = last_[numbers_.slot_of(e)];
  const std::uint32_t expected = last + 1;
  last = e.number;
  if (e.number == expected) [[likely]]
    return;
  const Entity entity = entity_of(c.world, e);
  c.violations.add(violation_at(
      c.world, text.name, e.place, entity, expected, e.number,
      entity.name + " has number " + std::to_string(e.number) + ", the next one is " + std::to_string(expected) + "."));
}

}  // namespace tillstorm
