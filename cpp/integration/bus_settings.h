#pragma once
// What the bus is told by the scenario and does not change.
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "base/time_zone.h"
#include "engine/law.h"
#include "messages/addresses.h"
#include "rules/bus.h"
#include "rules/delivery.h"
#include "rules/posting.h"
#include "rules/repair.h"

namespace tillstorm::integration {

struct BusSettings {
  std::uint64_t seed = 1;
  Addresses addresses;
  std::vector<std::uint64_t> place_keys;
  TimeZone zone{};  ///< The chain's clock: cuts of mode `batch` are counted from each of its midnights.
  Duration to_books = 5 * kMillisecond;     ///< From the bus to the books of a place, and to the exception desk.
  Duration to_sources = 20 * kMillisecond;  ///< Least time from the middleware to a source.
  Topology topology = Topology::hub;
  EnvelopeRule envelope{};
  OrderingRule ordering{};
  DedupeRule dedupe{};
  PostingRule posting{};
  BatchRule batch{};
  CapacityRule capacity{};
  ThrottleRule throttle{};
  QueueRule queue{};
  RetryRule retry{};
  BreakerRule breaker{};
  DeadLetterRule dead_letter{};
  RepairRule repair{};
  Law erp_law{};  ///< [ms]; used where `capacity` names one.
  Law middleware_law{};

  bool has_middleware_work() const { return capacity.middleware_service_ms.has_value(); }
  bool is_partitioned() const { return capacity.assignment == Assignment::partitioned; }
  std::uint32_t partition_of(std::uint32_t place) const {
    return is_partitioned()
               ? static_cast<std::uint32_t>(place_keys[place] % static_cast<std::uint64_t>(capacity.partitions))
               : 0;
  }
};

}  // namespace tillstorm::integration
