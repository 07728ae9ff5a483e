#include "harness/invariants/ordered_per_source.h"

namespace tillstorm {

void OrderedPerSource::report(const CheckPoint& c, const Envelope& e, std::uint32_t last) {
  Entity entity = entity_of(c.world, e);
  entity.subject = subject_at(e.place, e.source_sequence);  // whatever its number has become on the way
  c.violations.add(violation_at(c.world, text.name, e.place, entity, last + 1, e.source_sequence,
                                entity.name + ", number " + std::to_string(e.source_sequence) +
                                    " of its source's log, was posted after number " + std::to_string(last) + "."));
}

}  // namespace tillstorm
