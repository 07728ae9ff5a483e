#include "world/setup_demand.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tillstorm {
namespace {

constexpr double kWord = 4294967296.0;  // 2^32

std::uint32_t threshold(double probability) {
  return static_cast<std::uint32_t>(std::min(kWord - 1, std::max(0.0, probability * kWord)));
}

model::HourlyProfile profile_of(const std::vector<double>& weights, std::int32_t first_hour) {
  model::HourlyProfile profile;
  for (std::int32_t hour = 0; hour < 24; ++hour) {
    const std::int32_t entry = std::clamp(hour - first_hour, 0, static_cast<std::int32_t>(weights.size()) - 1);
    profile.weight[static_cast<std::size_t>(hour)] = weights[static_cast<std::size_t>(entry)];
  }
  return profile;
}

}  // namespace

Law law_of(const LawSpec& spec) {
  switch (spec.kind) {
    case LawKind::constant:
      return {Law::Kind::constant, spec.mean};
    case LawKind::uniform:
      return {Law::Kind::uniform, spec.low, spec.high};
    case LawKind::exponential:
      return {Law::Kind::exponential, spec.mean};
    case LawKind::normal:
      return {Law::Kind::normal, spec.mean, spec.cv * spec.mean};
    case LawKind::log_normal:
      return {Law::Kind::log_normal, spec.median, spec.sigma};
    case LawKind::gamma:
      if (spec.cv == 0 || spec.mean == 0) return {Law::Kind::constant, spec.mean};
      return {Law::Kind::gamma, 1 / (spec.cv * spec.cv), spec.mean * spec.cv * spec.cv};
    case LawKind::erlang:
      return {Law::Kind::erlang, static_cast<double>(spec.shape), spec.mean};
  }
  return {};
}

model::CountLaw one_plus_geometric(double mean) {
  model::CountLaw law;
  const double go_on = 1 - 1 / mean;
  double more = 1;
  for (int count = 1; count < 4096; ++count) {
    more *= go_on;
    if (more * kWord < 1) break;
    law.thresholds.push_back(threshold(1 - more));
  }
  return law;
}

model::CountLaw weighted_counts(const std::vector<double>& weights) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  model::CountLaw law;
  double sum = 0;
  for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
    sum += weights[i];
    law.thresholds.push_back(threshold(sum / total));
  }
  return law;
}

double mean_lines(const Demand& demand) {
  if (demand.lines_per_ticket_weights.empty()) return demand.lines_per_ticket;
  double sum = 0, weighted = 0;
  for (std::size_t i = 0; i < demand.lines_per_ticket_weights.size(); ++i) {
    sum += demand.lines_per_ticket_weights[i];
    weighted += demand.lines_per_ticket_weights[i] * static_cast<double>(i + 1);
  }
  return weighted / sum;
}

model::DemandSetup demand_setup(const Scenario& scenario) {
  const Demand& d = scenario.demand;
  model::DemandSetup setup;
  setup.is_trace = d.mode == DemandMode::trace;
  setup.weekday = profile_of(d.hourly_profile_weekday, d.hourly_profile_first_hour);
  setup.weekend = profile_of(d.hourly_profile_weekend, d.hourly_profile_first_hour);
  std::copy_n(d.weekday_index.begin(), 7, setup.weekday_index.begin());
  std::copy_n(d.month_index.begin(), 12, setup.month_index.begin());
  for (const PeakDay& peak : d.peak_days) setup.peak_days.push_back({peak.date, peak.index});
  for (const LocalEvent& event : d.events) {
    model::EventSetup e{{}, event.from, event.days, event.factor};
    const bool everywhere = event.regions.empty() && event.stores.empty();
    for (const Store& store : scenario.chain.stores)
      e.stores.push_back(everywhere ||
                         std::find(event.regions.begin(), event.regions.end(), store.region) != event.regions.end() ||
                         std::find(event.stores.begin(), event.stores.end(), store.id) != event.stores.end());
    setup.events.push_back(std::move(e));
  }
  setup.weather_effect = d.weather_effect;
  setup.day_noise_cv = d.day_noise_cv;
  if (d.rate_profile)
    for (const RatePoint& point : *d.rate_profile) setup.rate_profile.push_back({point.hour, point.per_hour});
  setup.lines = d.lines_per_ticket_weights.empty() ? one_plus_geometric(d.lines_per_ticket)
                                                   : weighted_counts(d.lines_per_ticket_weights);
  setup.units = one_plus_geometric(d.units_per_line);
  setup.substitute_ppm = static_cast<std::uint32_t>(d.stockout.substitute_ppm);
  setup.discount_ppm = d.discount_share_ppm;
  setup.shopping_minutes = law_of(d.shopping_minutes);
  if (d.online) {
    setup.online_lines = one_plus_geometric(d.online->lines_per_order);
    setup.online_units = one_plus_geometric(d.online->units_per_line);
    setup.online_orders_per_day = d.online->orders_per_store_day * static_cast<double>(scenario.chain.stores.size());
    std::copy_n(d.online->hourly_profile.begin(), 24, setup.online_hours.weight.begin());
  }
  return setup;
}

model::TillSetup till_setup(const Scenario& scenario) {
  const People& people = scenario.people;
  model::TillSetup setup;
  setup.room = static_cast<std::uint32_t>(people.till_room);
  setup.overhead_us = static_cast<std::int64_t>(people.checkout.overhead_seconds * 1e6);
  setup.scan_us = static_cast<std::int64_t>(people.checkout.scan_seconds_per_unit * 1e6);
  for (std::size_t tender = 0; tender < kTenders; ++tender)
    setup.tender_us[tender] = static_cast<std::int64_t>(people.checkout.tender_seconds[tender] * 1e6);
  if (people.checkout.law_seconds) setup.law_seconds = law_of(*people.checkout.law_seconds);
  if (people.patience_minutes) setup.patience_minutes = law_of(*people.patience_minutes);
  setup.has_balking = people.balking.has_value();
  if (people.balking) {
    setup.balk_from = static_cast<std::uint32_t>(people.balking->from_waiting);
    setup.balk_ppm = static_cast<std::uint32_t>(people.balking->ppm_per_customer);
  }
  setup.can_fail = people.till_failures.has_value();
  if (people.till_failures) {
    setup.up_hours = law_of(people.till_failures->up_hours);
    setup.repair_hours = law_of(people.till_failures->repair_hours);
  }
  const auto& mix = scenario.finance.tender_mix_ppm;
  const auto total =
      static_cast<double>(std::max<std::int64_t>(1, std::accumulate(mix.begin(), mix.end(), std::int64_t{0})));
  double sum = 0;
  for (std::size_t tender = 0; tender < kTenders; ++tender) {
    sum += static_cast<double>(mix[tender]);
    setup.tender_threshold[tender] = threshold(sum / total);
  }
  return setup;
}

}  // namespace tillstorm
