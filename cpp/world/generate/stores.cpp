#include "world/generate/stores.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/hash.h"
#include "engine/elementary.h"
#include "engine/normal.h"
#include "engine/random_stream.h"
#include "scenario/generated_ids.h"
#include "world/generate/spread.h"
#include "world/generate/town_names.h"

namespace tillstorm {
namespace {

struct Region {
  std::string_view id;
  std::string_view time_zone;
  std::uint32_t per_mille;  ///< Share of the stores, by judgement after the population of the United States.
};

constexpr std::array<Region, 6> kRegions{{{kGeneratedRegions[0], "America/New_York", 200},
                                          {kGeneratedRegions[1], "America/New_York", 220},
                                          {kGeneratedRegions[2], "America/Chicago", 210},
                                          {kGeneratedRegions[3], "America/Chicago", 150},
                                          {kGeneratedRegions[4], "America/Denver", 80},
                                          {kGeneratedRegions[5], "America/Los_Angeles", 140}}};

/// A chain whose own clock is in none of the regions is one of another country: its stores keep the chain's time.
bool has_regional_zones(const Chain& chain) {
  return std::any_of(kRegions.begin(), kRegions.end(),
                     [&](const Region& region) { return region.time_zone == chain.time_zone; });
}

const Region& draw_region(RandomStream stream) {
  std::uint32_t rest = stream.below(1000);
  for (const Region& region : kRegions) {
    if (rest < region.per_mille) return region;
    rest -= region.per_mille;
  }
  return kRegions.back();
}

/// Log-normal of mean 1, so that the chain's mean is right in law; a few stores together may lie beside it.
std::int64_t draw_size_ppm(std::int64_t cv_ppm, RandomStream stream) {
  const double cv = static_cast<double>(cv_ppm) / 1e6;
  const double variance = elementary::log1p(cv * cv);
  const double size = elementary::exp(std::sqrt(variance) * normal(stream) - variance / 2);
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::floor(size * 1e6 + 0.5)));
}

/// Triangular from 0.4 to 1.6 of the mean, in steps of an eighth of a percent: for the default of 7.52 % from 3 % to
/// 12 %, as between the least and the greatest combined state and local rates.
std::int64_t draw_tax_ppm(std::int64_t mean_ppm, RandomStream stream) {
  constexpr std::int64_t kStep = 1'250;
  const double around = 0.6 * (stream.uniform() + stream.uniform() - 1);
  const auto rate = static_cast<std::int64_t>(std::floor(static_cast<double>(mean_ppm) * (1 + around) / kStep + 0.5));
  return std::min<std::int64_t>(rate * kStep, 1'000'000);
}

}  // namespace

Store draw_store(const GeneratedStores& generate, const Chain& chain, const Finance& finance, std::int32_t k) {
  Store store;
  store.id = generated_store_id(k);
  const std::uint64_t key = key_of(store.id);
  const auto stream = [&](std::uint64_t purpose) { return RandomStream(generate.seed, purpose, key, 0); };

  const double place = spread(k, generate.seed, purpose_of("generate.store.format"));
  const bool is_urban = place * 1e6 < static_cast<double>(generate.urban_share_ppm);
  store.format = is_urban ? StoreFormat::urban : StoreFormat::suburban;
  store.terminals = generate.terminals[is_urban ? 0 : 1];

  RandomStream naming = stream(purpose_of("generate.store.name"));
  store.name = draw_town(naming) + (is_urban ? " Centre" : " Park");
  const Region& region = draw_region(stream(purpose_of("generate.store.region")));
  store.region = region.id;
  if (has_regional_zones(chain)) store.time_zone = region.time_zone;

  store.size_ppm = draw_size_ppm(generate.size_cv_ppm, stream(purpose_of("generate.store.size")));
  store.sales_tax_rate_ppm = draw_tax_ppm(finance.sales_tax_rate_ppm, stream(purpose_of("generate.store.tax")));
  const auto clusters = static_cast<std::uint32_t>(generate.assortment_clusters);
  const std::uint32_t cluster = stream(purpose_of("generate.store.cluster")).below(clusters);
  store.assortment = generated_assortment_id(store.format, static_cast<std::int32_t>(cluster) + 1);
  return store;
}

DistributionCentre generated_centre(const Chain& chain) {
  DistributionCentre centre;
  centre.region = kRegions[2].id;
  if (has_regional_zones(chain)) centre.time_zone = kRegions[2].time_zone;
  return centre;
}

}  // namespace tillstorm
