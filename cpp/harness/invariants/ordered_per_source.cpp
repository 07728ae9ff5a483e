#include "harness/invariants/ordered_per_source.h"

namespace tillstorm {

OrderedPerSource::OrderedPerSource(const World& world)
    : key_(world.setup->bus.ordering.key), numbers_(world), last_of_till_(numbers_.slots()) {
  std::uint32_t keys = 0;
  for (const erp::PlaceMaster& place : world.setup->erp.places) {
    first_.push_back(keys);
    // By terminal: one for each till, and one for everything else.
    keys += is_by_place() ? 1 : static_cast<std::uint32_t>(place.terminals) + 1;
  }
  last_.assign(keys, 0);
}

/// Of a till in which something got stuck: its own numbers rise, whatever others have said in between.
bool OrderedPerSource::is_in_order_of_till(const Envelope& e) {
  Last& last = last_of_till_[numbers_.slot_of(e)];
  const bool rises = e.epoch > last.epoch || (e.epoch == last.epoch && e.number > last.number) ||
                     (e.revision != 0 && e.epoch == last.epoch && e.number == last.number);
  if (rises) last = {e.epoch, e.number};
  return rises;
}

/// Keys other than the whole place.
void OrderedPerSource::posted_by_key(const CheckPoint& c, const Message& message) {
  const Envelope& e = message.envelope;
  const std::uint32_t place = index_of(e.place);
  // A Z report does not wait for what is held for a gap in a till's numbers.
  if (e.type == MessageType::day_close && !c.told.in_tills[place].has_ever()) {
    const std::uint32_t missing = c.told.posted[place].first_missing();
    if (missing < e.source_sequence && !c.told.is_kept(place, missing)) report(c, e, missing - 1);
  }
  if (key_ != OrderingKey::terminal) return;
  const std::uint32_t end = place + 1 < first_.size() ? first_[place + 1] : static_cast<std::uint32_t>(last_.size());
  std::uint32_t& last = is_of_till(e.type) ? last_[first_[place] + e.terminal] : last_[end - 1];
  const bool was_held = c.told.in_tills[place].has_ever() && is_of_till(e.type) && is_in_order_of_till(e);
  if (e.source_sequence <= last && !was_held) return report(c, e, last);
  last = std::max(last, e.source_sequence);
}

void OrderedPerSource::report(const CheckPoint& c, const Envelope& e, std::uint32_t last) {
  Entity entity = entity_of(c.world, e);
  entity.subject = subject_at(e.place, e.source_sequence);  // whatever its number has become on the way
  c.violations.add(violation_at(c.world, text.name, e.place, entity, last + 1, e.source_sequence,
                                entity.name + ", number " + std::to_string(e.source_sequence) +
                                    " of its source's log, was posted after number " + std::to_string(last) + "."));
}

}  // namespace tillstorm
