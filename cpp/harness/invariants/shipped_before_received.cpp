#include "harness/invariants/shipped_before_received.h"

namespace tillstorm {

void ShippedBeforeReceived::judge(const CheckPoint& c, PlaceId place, const Message& receipt) const {
  const std::uint32_t document = receipt.goods.document;
  if (document == 0 || loaded_[index_of(place)].contains(document)) return;
  if (receipt.set_aside_as != 0) return;  // somebody has looked at it and sent it on
  const DependencyRule& rule = c.world.setup->erp.dependency;
  const bool has_waited = c.world.kernel.now - receipt.envelope.event_time >= rule.wait_hours * kHour;
  if (has_waited && rule.expiry_policy == ExpiryPolicy::post_unreferenced) return;
  const Entity entity = entity_of(c.world, receipt.envelope);
  c.violations.add(violation_at(
      c.world, text.name, place, entity, 1, 0,
      entity.name + " was posted, and the dispatch of its document " + std::to_string(document) + " was not."));
}

}  // namespace tillstorm
