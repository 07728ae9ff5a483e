#include "harness/invariants/ordered_per_source.h"

namespace tillstorm {

void OrderedPerSource::report(const CheckPoint& c, const Envelope& e, std::uint32_t last) {
  const Entity entity = entity_of(c.world, e);
  c.violations.add(violation_at(c.world, text.name, e.place, entity, last + 1, e.source_sequence,
                                entity.name + ", number " + std::to_string(e.source_sequence) +
                                    " of its source's log, was posted after number " + std::to_string(last) + "."));
}

}  // namespace tillstorm
