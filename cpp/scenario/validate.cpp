#include "scenario/validate.h"

#include <algorithm>

#include "base/iso8601.h"
#include "base/nearest.h"
#include "scenario/decode_scalar.h"
#include "scenario/json_write.h"
#include "scenario/walk.h"

namespace tillstorm {
namespace {

constexpr Date kFirstStart = date_of({1970, 1, 1});
constexpr Date kLastEnd = date_of({2199, 12, 31});
constexpr std::int32_t kDrainDays = 7;

void validate_before_midnight(const std::string& path, TimeOfDay time, const Complain& complain) {
  if (time.minute < 24 * 60) return;
  complain(path, {"this is a time of the same day", format_time_of_day(time), "00:00 to 23:59", ""});
}

/// What a law needs so that it can be drawn from; empty if it has it.
std::string missing_from(const LawSpec& law) {
  switch (law.kind) {
    case LawKind::constant:
      return "";
    case LawKind::uniform:
      return law.low <= law.high ? "" : "`low` of at most `high`";
    case LawKind::exponential:
    case LawKind::erlang:
    case LawKind::normal:
      return law.mean > 0 ? "" : "`mean` above 0";
    case LawKind::gamma:
      return law.mean > 0 && law.cv > 0 ? "" : "`mean` and `cv` above 0";
    case LawKind::log_normal:
      return law.median > 0 ? "" : "`median` above 0";
  }
  return "";
}

}  // namespace

void validate_run(const Scenario& scenario, const std::vector<std::string>& table_names, const Complain& complain) {
  if (scenario.start < kFirstStart || scenario.start > kLastEnd)
    complain("start", {"the start is out of range", format_date(scenario.start),
                       format_date(kFirstStart) + " to " + format_date(kLastEnd), ""});
  else if (kLastEnd - scenario.start < scenario.days + kDrainDays)
    complain("start", {"the run would end too late",
                       format_date(scenario.start) + " and " + std::to_string(scenario.days) + " days",
                       "an end, seven days of drain included, by " + format_date(kLastEnd), ""});
  const auto& tables = scenario.record.tables;
  const std::vector<std::string_view> known(table_names.begin(), table_names.end());
  for (std::size_t i = 0; i < tables.size() && !known.empty(); ++i) {
    if (std::find(known.begin(), known.end(), tables[i]) == known.end())
      complain(entry_path("record.tables", i), {"there is no such table", json_quoted(shortened(tables[i], 60)),
                                                one_of(known), std::string(nearest_name(tables[i], known))});
  }
  if (scenario.record.warm_up >= scenario.days * kDay)
    complain("record.warm_up", {"the warm-up is as long as the run or longer: nothing would be counted",
                                format_duration(scenario.record.warm_up), "less than `days`", ""});
}

void validate_supply(const Scenario& scenario, const Complain& complain) {
  const Replenishment& replenishment = scenario.replenishment;
  if (replenishment.min_cover_days > replenishment.max_cover_days)
    complain("replenishment.max_cover_days",
             {"the order-up-to level S lies below the reorder level s", json_number(replenishment.max_cover_days).text,
              "at least min_cover_days, " + json_number(replenishment.min_cover_days).text, ""});
  std::vector<std::int32_t> weekdays = replenishment.review_weekdays;
  std::sort(weekdays.begin(), weekdays.end());
  if (std::adjacent_find(weekdays.begin(), weekdays.end()) != weekdays.end())
    complain("replenishment.review_weekdays", {"a weekday stands in the list twice", "", "each weekday once", ""});
  validate_before_midnight("replenishment.review_at", replenishment.review_at, complain);
  validate_before_midnight("supply.store_delivery_at", scenario.supply.store_delivery_at, complain);
  validate_before_midnight("pricing.publish_at", scenario.pricing.publish_at, complain);
  validate_before_midnight("pricing.effective_at", scenario.pricing.effective_at, complain);
  const auto& mix = scenario.finance.tender_mix_ppm;
  validate_weights("finance.tender_mix_ppm", {mix.begin(), mix.end()}, complain);
}

void validate_laws(const Scenario& scenario, const Complain& complain) {
  walk<LawSpec>(scenario, [&](const LawSpec& law, const std::string& path) {
    const std::string missing = missing_from(law);
    if (!missing.empty())
      complain(path, {"the law `" + std::string(name_of(law.kind)) + "` needs " + missing, "", missing, ""});
  });
}

void validate_all(const Scenario& scenario, const KnownNames& names, const Complain& complain) {
  const KnownIds known(scenario);
  validate_run(scenario, names.tables, complain);
  validate_chain(scenario, known, complain);
  validate_catalogue(scenario, known, complain);
  validate_demand(scenario, known, complain);
  validate_supply(scenario, complain);
  validate_integration(scenario, complain);
  validate_laws(scenario, complain);
  validate_faults(scenario, known, complain);
  validate_expect(scenario, names, complain);
}

}  // namespace tillstorm
