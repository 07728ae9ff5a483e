#pragma once
// Rules of the messages' form: versions of their schema.
#include "rules/rule.h"

namespace tillstorm::rule {

struct SchemaVersions {
  static constexpr RuleText text{
      .id = "MSG-20",
      .flow = "msg",
      .title = "Schema versions side by side",
      .statement =
          "The middleware reads its own version and versions_back before it: an older body is converted up one "
          "version at a time, by pure functions that give each added field its declared default. Stores go over in "
          "the order of their ids, rollout_stores_per_day a day. A newer message, and what the same place says "
          "behind it, is parked until the middleware's upgrade; one that is too old is set aside. Key and hash are "
          "those of the body as sent.",
      .home = "integration/schema_gate.cpp",
      .parameters =
          "integration.schema.current integration.schema.rollout_from integration.schema.rollout_stores_per_day "
          "integration.schema.receiver_from integration.schema.versions_back integration.schema.newer_policy "
          "finance.bag_fee_minor",
      .guards = "nothing_lost exactly_once tenders_equal_ticket"};
  enum class Outcome : std::uint8_t {
    current_version,
    up_converted,
    newer_parked,
    newer_released,
    too_old_quarantined
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::current_version, "current_version", "Of the receiver's own version."},
        EnumName<Outcome>{Outcome::up_converted, "up_converted", "Older: converted up."},
        EnumName<Outcome>{Outcome::newer_parked, "newer_parked", "Newer, or behind a newer one: kept."},
        EnumName<Outcome>{Outcome::newer_released, "newer_released", "Goes on after the receiver's upgrade."},
        EnumName<Outcome>{Outcome::too_old_quarantined, "too_old_quarantined", "Older than what is read: set aside."}};
  }
};

}  // namespace tillstorm::rule
