#include "harness/invariants/numbers_contiguous.h"

namespace tillstorm {

void NumbersContiguous::report(const CheckPoint& c, const Envelope& e, std::uint32_t expected) {
  const Entity entity = entity_of(c.world, e);
  c.violations.add(violation_at(
      c.world, text.name, e.place, entity, expected, e.number,
      entity.name + " has number " + std::to_string(e.number) + ", the next one is " + std::to_string(expected) + "."));
}

}  // namespace tillstorm
