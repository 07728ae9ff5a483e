#include "harness/invariants/nothing_lost.h"

namespace tillstorm {

void NothingLost::finished(const CheckPoint& c) const {
  for (std::uint32_t index = 0; index < c.told.said.size(); ++index) {
    const std::uint32_t said = c.told.said[index], posted = c.told.posted[index].size();
    NumberSet numbers_kept;  // of two bodies under one key the source has said one
    std::uint32_t kept = 0;
    for (const KeptMessage& each : c.told.kept[index]) kept += numbers_kept.insert(each.sequence) ? 1U : 0U;
    check_stuck(c, index);
    // Copies of what has been accounted for elsewhere are not counted once more.
    NumberSet counted;
    const auto is_news = [&](MessageId id) {
      const std::uint32_t sequence = c.world.pool[id].envelope.source_sequence;
      return !c.told.posted[index].contains(sequence) && !c.told.is_kept(index, sequence) && counted.insert(sequence);
    };
    std::uint32_t blocked = 0, collected = 0;
    c.world.guards[index].each_blocked(c.world.pool, [&](MessageId id) { blocked += is_news(id) ? 1U : 0U; });
    // What came in just before the end of the drain may still wait for its batch.
    for (const MessageId id : c.world.bus.collected(index)) collected += is_news(id) ? 1U : 0U;
    if (said == posted + kept + blocked + collected) continue;
    const PlaceId place{index};
    const std::string name = place_name(c.world, place);
    const std::uint32_t pending = c.world.senders[World::up_channel(index)].pending();
    const std::uint32_t first = c.told.posted[index].first_missing();
    c.violations.add(violation_at(
        c.world, text.name, place, {"messages of " + name, subject_at(place, first)}, said, posted,
        name + " handed over " + std::to_string(said) + " messages, " + std::to_string(posted) + " were posted" +
            (kept != 0 ? " and " + std::to_string(kept) + " parked or set aside" : "") +
            (blocked != 0 ? " and " + std::to_string(blocked) + " held behind a gap" : "") +
            (collected != 0 ? " and " + std::to_string(collected) + " collected for a batch" : "") + "; " +
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
