#include "harness/invariants/master_data_mapped.h"

#include <algorithm>

#include "base/iso8601.h"

namespace tillstorm {
namespace {

/// Longest time for which an item lies in a basket before it is paid.
constexpr Duration kLongestShopping = kDay;

const TimeZone& zone_of(const World& world, std::uint32_t source) {
  const model::Setup& model = world.setup->model;
  return source < world.addresses().stores ? model.stores[source].zone : model.chain_zone;
}

}  // namespace

/// When a batch comes into use at a place that gets it now.
Time MasterDataMapped::begins(const World& world, std::uint32_t source, const Message& batch) {
  if (source >= world.addresses().stores) return world.kernel.now;
  const std::int32_t minute = world.setup->erp.pricing.effective_minute;
  return std::max(world.kernel.now, zone_of(world, source).at(batch.envelope.business_date, minute));
}

void MasterDataMapped::taken_in(const CheckPoint& c, std::uint32_t source, MessageId id) {
  const World& world = c.world;
  const Message& batch = world.pool[id];
  if (batch.envelope.type != MessageType::item_batch) return;
  const Time from = begins(world, source, batch);
  Time until = kNever;
  if (batch.master.days != 0) {
    const Date back = batch.envelope.business_date + static_cast<std::int32_t>(batch.master.days);
    until = zone_of(world, source).at(back, world.setup->erp.pricing.effective_minute);
  }
  std::vector<Withdrawn>& known = withdrawn_[source];
  for (const Line& line : world.pool.lines(id)) {
    auto at = std::find_if(known.begin(), known.end(), [&](const Withdrawn& each) { return each.item == line.item; });
    if (at == known.end()) at = known.insert(at, {line.item, 0, {}, {}});
    if (batch.master.version <= at->version) continue;
    *at = {line.item, batch.master.version, from, line.quantity != 0 ? from : until};
  }
}

void MasterDataMapped::handed_over(const CheckPoint& c, std::uint32_t source, MessageId id) {
  const std::vector<Withdrawn>& known = withdrawn_[source];
  if (known.empty()) [[likely]]
    return;
  const Envelope& e = c.world.pool[id].envelope;
  if (e.type != MessageType::ticket && e.type != MessageType::online_order) return;
  const Time picked = e.type == MessageType::ticket ? e.event_time - kLongestShopping : e.event_time;
  for (const Line& line : c.world.pool.lines(id)) {
    const auto at =
        std::find_if(known.begin(), known.end(), [&](const Withdrawn& each) { return each.item == line.item; });
    if (at == known.end() || picked <= at->from || e.event_time >= at->until) continue;
    const Entity entity = entity_of(c.world, e);
    return c.violations.add(violation_at(c.world, text.name, e.place, entity, 0, line.quantity,
                                         entity.name + " has item " + c.world.setup->item_ids[index_of(line.item)] +
                                             ", which is off sale since " + format_moment({at->from.us, true}) +
                                             " by version " + std::to_string(at->version) + " of its records."));
  }
}

}  // namespace tillstorm
