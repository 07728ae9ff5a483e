#include "harness/invariants/nothing_lost.h"

namespace tillstorm {

void NothingLost::finished(const World& world, Violations& violations) const {
  for (std::uint32_t place = 0; place < said_.size(); ++place) {
    if (is_quiet(place)) continue;
    const std::uint32_t pending = world.senders[World::up_channel(place)].pending();
    violations.add(
        violation_at(world, kName, PlaceId{place}, "messages of " + place_name(world, PlaceId{place}),
                     static_cast<std::int64_t>(said_[place]), static_cast<std::int64_t>(posted_[place]),
                     place_name(world, PlaceId{place}) + " handed over " + std::to_string(said_[place]) +
                         " messages, " + std::to_string(posted_[place]) + " were posted; " + std::to_string(pending) +
                         " still wait for an acknowledgement. The rest is lost between the store and the books."));
  }
}

}  // namespace tillstorm
