#include "harness/invariants/ordered_per_source.h"

namespace tillstorm {

void OrderedPerSource::posted(const CheckPoint& c, PlaceId place, const Message& message, erp::Posting posting) {
  if (posting != erp::Posting::first || c.is_repeat) return;
  const std::uint32_t sequence = message.envelope.source_sequence;
  std::uint32_t& last = last_[index_of(place)];
  if (sequence > last) [[likely]] {
    last = sequence;
    return;
  }
  const Entity entity = entity_of(c.world, message.envelope);
  c.violations.add(violation_at(c.world, text.name, place, entity, last + 1, sequence,
                                entity.name + ", number " + std::to_string(sequence) +
                                    " of its source's log, was "
                                    "posted after number " +
                                    std::to_string(last) + "."));
}

}  // namespace tillstorm
