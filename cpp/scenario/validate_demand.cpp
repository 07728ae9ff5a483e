#include <algorithm>
#include <filesystem>

#include "base/iso8601.h"
#include "scenario/json_write.h"
#include "scenario/validate.h"

namespace tillstorm {
namespace {

void validate_trace(const Demand& demand, const Complain& complain) {
  if (demand.mode != DemandMode::trace) return;
  if (demand.trace.empty()) {
    complain("demand.trace", {"mode `trace` needs a trace", "", "the file that `tillstorm import` wrote", ""});
    return;
  }
  std::error_code error;
  if (!std::filesystem::exists(demand.trace, error))
    complain("demand.trace",
             {"there is no such file", json_quoted(demand.trace), "the file that `tillstorm import` wrote", ""});
}

void validate_profiles(const Demand& demand, const Complain& complain) {
  validate_weights("demand.hourly_profile_weekday", demand.hourly_profile_weekday, complain);
  validate_weights("demand.hourly_profile_weekend", demand.hourly_profile_weekend, complain);
  if (!demand.lines_per_ticket_weights.empty())
    validate_weights("demand.lines_per_ticket_weights", demand.lines_per_ticket_weights, complain);
  validate_weights("demand.weekday_index", demand.weekday_index, complain);
  validate_weights("demand.month_index", demand.month_index, complain);
  if (demand.online) validate_weights("demand.online.hourly_profile", demand.online->hourly_profile, complain);
  const auto longest = std::max(demand.hourly_profile_weekday.size(), demand.hourly_profile_weekend.size());
  const std::size_t last = static_cast<std::size_t>(demand.hourly_profile_first_hour) + longest;
  constexpr std::size_t kLastHour = 30;  // a day may close at 30:00
  if (last > kLastHour)
    complain("demand.hourly_profile_first_hour",
             {"the hourly profiles end after 30:00", std::to_string(demand.hourly_profile_first_hour),
              "0 to " + std::to_string(kLastHour - longest), ""});
  if (!demand.rate_profile) return;
  const auto& points = *demand.rate_profile;
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (points[i].hour > points[i - 1].hour) continue;
    complain(entry_path("demand.rate_profile", i) + ".hour",
             {"the points of a rate profile stand in the order of their hours", json_number(points[i].hour).text,
              "more than " + json_number(points[i - 1].hour).text, ""});
  }
}

void validate_peak_days(const std::vector<PeakDay>& days, const Complain& complain) {
  for (std::size_t i = 0; i < days.size(); ++i) {
    const bool is_repeated = std::any_of(days.begin(), days.begin() + static_cast<std::ptrdiff_t>(i),
                                         [&](const PeakDay& earlier) { return earlier.date == days[i].date; });
    if (is_repeated)
      complain(entry_path("demand.peak_days", i) + ".date",
               {"the date has an index already", format_date(days[i].date), "each date once", ""});
  }
}

}  // namespace

void validate_weights(const std::string& path, const std::vector<double>& weights, const Complain& complain) {
  if (std::any_of(weights.begin(), weights.end(), [](double weight) { return weight > 0; })) return;
  complain(path, {"all weights are 0", "", "at least one above 0", ""});
}

void validate_demand(const Scenario& scenario, const KnownIds& known, const Complain& complain) {
  const Demand& demand = scenario.demand;
  validate_trace(demand, complain);
  validate_profiles(demand, complain);
  validate_peak_days(demand.peak_days, complain);
  for (std::size_t i = 0; i < demand.events.size(); ++i) {
    const std::string path = entry_path("demand.events", i);
    validate_references(path + ".regions", demand.events[i].regions, known.region_kind(), complain);
    validate_references(path + ".stores", demand.events[i].stores, known.store_kind(), complain);
  }
  const bool has_centre = !scenario.chain.distribution_centres.empty() ||
                          (scenario.chain.generate && scenario.chain.generate->distribution_centres > 0);
  if (demand.online && !has_centre)
    complain("demand.online", {"online orders ship from a distribution centre, and there is none", "",
                               "`chain.distribution_centres`, like [{\"id\": \"DC1\"}]", ""});
}

}  // namespace tillstorm
