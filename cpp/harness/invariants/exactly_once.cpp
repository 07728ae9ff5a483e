#include "harness/invariants/exactly_once.h"

namespace tillstorm {

void ExactlyOnce::handed_over(const CheckPoint& c, std::uint32_t, MessageId message) {
  const Envelope& e = c.world.pool[message].envelope;
  Source& source = sources_[numbers_.slot_of(e)];
  source.said = std::max(source.said, e.number);
}

void ExactlyOnce::posted(const CheckPoint& c, PlaceId, const Message& message, erp::Posting posting) {
  const Envelope& e = message.envelope;
  Source& source = sources_[numbers_.slot_of(e)];
  const bool first = posting == erp::Posting::first;
  const auto report = [&](std::int64_t expected, std::int64_t actual, const std::string& what) {
    // Under a number that nobody has said only the position in the log leads to its source.
    Entity entity = entity_of(c.world, e);
    if (e.number > source.said) entity.subject = subject_at(e.place, e.source_sequence);
    c.violations.add(
        violation_at(c.world, text.name, e.place, entity, expected, actual,
                     entity.name + what + " Happened " + local_time(c.world, e.place, e.event_time) + "."));
  };
  if (e.number > source.said) [[unlikely]] {
    if (first) report(0, 1, " was posted, and no source has ever said it.");
  } else if (first && !source.posted.insert(e.number)) [[unlikely]] {
    report(1, 2, " was posted twice, expected once.");
  } else if (!first && !source.posted.contains(e.number)) [[unlikely]] {
    report(1, 0, " was answered as posted before, and never was.");
  }
}

}  // namespace tillstorm
