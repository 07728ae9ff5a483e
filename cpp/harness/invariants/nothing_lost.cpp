#include "harness/invariants/nothing_lost.h"

namespace tillstorm {

void NothingLost::finished(const CheckPoint& c) const {
  for (std::uint32_t index = 0; index < c.told.said.size(); ++index) {
    const std::uint32_t said = c.told.said[index], posted = c.told.posted[index].size();
    const auto kept = static_cast<std::uint32_t>(c.told.kept[index].size());
    // What came in just before the end of the drain may still wait for its batch.
    const std::uint32_t blocked = c.world.guards[index].blocked();
    check_stuck(c, index);
    if (said == posted + kept + blocked + c.world.bus.collected(index)) continue;
    const PlaceId place{index};
    const std::string name = place_name(c.world, place);
    const std::uint32_t pending = c.world.senders[World::up_channel(index)].pending();
    const std::uint32_t first = c.told.posted[index].first_missing();
    c.violations.add(violation_at(
        c.world, text.name, place, {"messages of " + name, subject_at(place, first)}, said, posted,
        name + " handed over " + std::to_string(said) + " messages, " + std::to_string(posted) + " were posted" +
            (kept != 0 ? " and " + std::to_string(kept) + " parked or set aside" : "") + "; " +
            std::to_string(pending) + " still wait for an acknowledgement. The first that is missing is number " +
            std::to_string(first) + " of its log."));
  }
}

void NothingLost::check_stuck(const CheckPoint& c, std::uint32_t place) {
  for (const Envelope& e : c.told.in_tills[place].kept()) {
    if (e.type != MessageType::ticket || c.world.guards[place].is_declared(e.terminal, e.epoch, e.number)) continue;
    const Entity entity{entity_of(c.world, e).name};  // it has never been on the road: nothing to trace
    c.violations.add(violation_at(c.world, text.name, e.place, entity, 1, 0,
                                  entity.name + " is still in the journal of its till, and nobody has missed it."));
  }
}

}  // namespace tillstorm
