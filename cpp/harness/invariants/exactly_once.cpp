#include "harness/invariants/exactly_once.h"

#include <algorithm>

namespace tillstorm {

ExactlyOnce::ExactlyOnce(const World& world) {
  std::uint32_t next = 0;
  for (const erp::PlaceMaster& place : world.setup->erp.places) {
    first_.push_back(next);
    tills_.push_back(static_cast<std::uint32_t>(place.terminals));
    next += tills_.back() + static_cast<std::uint32_t>(names_of(MessageType{}).size());
  }
  sources_.resize(next);
}

bool ExactlyOnce::Posted::insert(std::uint32_t number) {
  if (number < below) return false;
  if (number == below && above.empty()) [[likely]] {
    ++below;
    return true;
  }
  const auto at = std::lower_bound(above.begin(), above.end(), number);
  if (at != above.end() && *at == number) return false;
  above.insert(at, number);
  std::size_t joined = 0;
  while (joined < above.size() && above[joined] == below) ++below, ++joined;
  above.erase(above.begin(), above.begin() + static_cast<std::ptrdiff_t>(joined));
  return true;
}

void ExactlyOnce::posted(const World& world, const Message& message, Violations& violations) {
  const Envelope& e = message.envelope;
  if (sources_[slot_of(e)].insert(e.number)) [[likely]]
    return;
  violations.add(violation_at(world, kName, e.place, message_name(world, e), 1, 2,
                              message_name(world, e) + " was posted twice, expected once. Happened " +
                                  local_time(world, e.place, e.event_time) + "."));
}

}  // namespace tillstorm
