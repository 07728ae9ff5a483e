#pragma once
// Rules of master data on its way to those who use it.
#include "rules/rule.h"

namespace tillstorm::rule {

struct MasterVersions {
  static constexpr RuleText text{
      .id = "MSG-18",
      .flow = "msg",
      .title = "Master data applied by version",
      .statement =
          "A record of an item or a price is applied only if its version exceeds the one that the receiver has for "
          "the same entity, whatever came in between: lower and equal ones are acknowledged and ignored, one by one "
          "and never by the batch. A record is used from its own date on, at the store's clock, and to the end of its "
          "days, not from its arrival. A delete leaves a tombstone with its version for tombstone_days, and takes the "
          "item's price with it. A price of an item that is not there waits reference_wait_minutes; then all of the "
          "item is asked for.",
      .home = "integration/master_copy.cpp",
      .parameters =
          "integration.master.order_guard integration.master.tombstone_days "
          "integration.master.reference_wait_minutes catalogue.withdrawals.per_item_month_ppm "
          "catalogue.withdrawals.days catalogue.withdrawals.record",
      .guards = "price_authorised master_data_mapped"};
  enum class Outcome : std::uint8_t {
    applied,
    stale_ignored,
    tombstone_blocked,
    future_dated_stored,
    parked_for_reference,
    refresh_requested
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::applied, "applied", "A newer record: used from now on."},
        EnumName<Outcome>{Outcome::stale_ignored, "stale_ignored", "Not newer than what is known: ignored."},
        EnumName<Outcome>{Outcome::tombstone_blocked, "tombstone_blocked",
                          "Older than the delete of its item: ignored."},
        EnumName<Outcome>{Outcome::future_dated_stored, "future_dated_stored", "A batch that is kept until its date."},
        EnumName<Outcome>{Outcome::parked_for_reference, "parked_for_reference",
                          "A price of an item that is not there: it waits."},
        EnumName<Outcome>{Outcome::refresh_requested, "refresh_requested",
                          "The item did not come in time: all of it is asked for."}};
  }
};

}  // namespace tillstorm::rule
