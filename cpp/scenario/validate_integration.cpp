#include "base/iso8601.h"
#include "scenario/field_traits.h"
#include "scenario/validate.h"

namespace tillstorm {
namespace {

constexpr const char* kRoad = "integration.";

/// Complains about a value that must be at least another one.
void validate_least(const std::string& path, std::int64_t value, const std::string& other, std::int64_t least,
                    const char* message, const Complain& complain) {
  if (value >= least) return;
  complain(kRoad + path, {message, std::to_string(value), "at least " + other + ", " + std::to_string(least), ""});
}

}  // namespace

void validate_integration(const Scenario& scenario, const Complain& complain) {
  const Integration& road = scenario.integration;
  if (road.topology == Topology::point_to_point && road.posting.mode != PostingMode::realtime)
    complain("integration.posting.mode",
             {"stores that call the ERP themselves (`topology` point_to_point) have nobody who collects a batch",
              "\"" + std::string(name_of(road.posting.mode)) + "\"", "realtime; or the topology hub", "realtime"});
  validate_least("queue.high_water_ppm", road.queue.high_water_ppm, "low_water_ppm", road.queue.low_water_ppm,
                 "sources would be told to pause and to go on at the same time", complain);
  validate_least("retry.cap_ms", road.retry.cap_ms, "base_ms", road.retry.base_ms,
                 "the limit of a wait begins above its cap", complain);
  validate_least("breaker.open_cap_seconds", road.breaker.open_cap_seconds, "open_seconds", road.breaker.open_seconds,
                 "the breaker would stay open for longer than its cap", complain);
  const SchemaRule& schema = road.schema;
  if (schema.receiver_from && *schema.receiver_from > scenario.start + scenario.days)
    complain("integration.schema.receiver_from",
             {"the middleware is upgraded after the run: what is parked until then would be lost with it",
              format_date(*schema.receiver_from),
              "a date up to " + format_date(scenario.start + scenario.days) + ", the day after the last one", ""});
}

}  // namespace tillstorm
