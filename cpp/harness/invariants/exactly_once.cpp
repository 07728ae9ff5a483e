#include "harness/invariants/exactly_once.h"

#include <utility>

namespace tillstorm {

void ExactlyOnce::begin_epoch(Source& source, std::uint32_t epoch) {
  std::vector<Source> before = std::move(source.before);
  source.before.clear();
  before.push_back(std::move(source));
  source = Source{};
  source.epoch = epoch;
  source.before = std::move(before);
}

/// What was said and posted in an epoch; of one that nobody has begun nothing was said.
ExactlyOnce::Source& ExactlyOnce::of_epoch(Source& source, std::uint32_t epoch) {
  if (epoch == source.epoch) [[likely]]
    return source;
  for (Source& each : source.before)
    if (each.epoch == epoch) return each;
  source.before.push_back({});
  source.before.back().epoch = epoch;
  return source.before.back();
}

void ExactlyOnce::report(const CheckPoint& c, const Envelope& e, std::uint32_t said, bool is_first) {
  const bool is_known = e.number <= said;
  if (!is_known && !is_first) return;  // told when it was posted
  Entity entity = entity_of(c.world, e);
  // Under a number that nobody has said only the position in the log leads to its source.
  if (!is_known) entity.subject = subject_at(e.place, e.source_sequence);
  const char* const what = !is_known  ? " was posted, and no source has ever said it."
                           : is_first ? " was posted twice, expected once."
                                      : " was answered as posted before, and never was.";
  const std::int64_t expected = is_known ? 1 : 0, actual = !is_known ? 1 : is_first ? 2 : 0;
  c.violations.add(violation_at(c.world, text.name, e.place, entity, expected, actual,
                                entity.name + what + " Happened " + local_time(c.world, e.place, e.event_time) + "."));
}

}  // namespace tillstorm
