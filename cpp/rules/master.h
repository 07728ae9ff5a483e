#pragma once
// MSG-18: how a receiver of master data tells a newer record from an older one.
#include <cstdint>

#include "base/fields.h"

namespace tillstorm {

enum class OrderGuard : std::uint8_t { version, event_time, last_arrival_wins };
constexpr auto names_of(OrderGuard) {
  return std::array{
      EnumName<OrderGuard>{OrderGuard::version, "version", "A record is applied if its version is higher."},
      EnumName<OrderGuard>{OrderGuard::event_time, "event_time", "If it was published later."},
      EnumName<OrderGuard>{OrderGuard::last_arrival_wins, "last_arrival_wins", "Whatever comes is applied."}};
}

struct MasterRule {
  OrderGuard order_guard = OrderGuard::version;
  std::int32_t tombstone_days = 30;
  std::int32_t reference_wait_minutes = 60;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(
        &MasterRule::order_guard,
        Field("order_guard", "What decides whether a record is newer than the one that is known.").from("rule MSG-18"));
    visit(&MasterRule::tombstone_days,
          Field("tombstone_days", "How long a receiver remembers the version of what was deleted.")
              .in("days")
              .range(0, 3650)
              .from("rule MSG-18"));
    visit(&MasterRule::reference_wait_minutes,
          Field("reference_wait_minutes",
                "How long a record waits for the item that it names before all of that item is asked for; and from "
                "one request to the next.")
              .in("min")
              .range(1, 14 * 24 * 60)
              .from("rule MSG-18"));
  }
};

}  // namespace tillstorm
