#include "world/generate/assortments.h"

#include <algorithm>

#include "base/hash.h"
#include "engine/random_stream.h"
#include "scenario/generated_ids.h"
#include "world/generate/items.h"

namespace tillstorm {
namespace {

/// What every store of any format carries: the most popular fifth of the catalogue.
constexpr double kAlwaysCarried = 0.2;

Assortment draw_assortment(const Scenario& scenario, const std::string& id, std::int64_t range_ppm) {
  Assortment assortment;
  assortment.id = id;
  // What is listed by hand is carried everywhere.
  for (const Item& item : scenario.catalogue.items) assortment.items.push_back(item.id);
  if (!scenario.catalogue.generate) return assortment;

  const GeneratedItems& generate = *scenario.catalogue.generate;
  const double range = static_cast<double>(range_ppm) / 1e6;
  const double always = std::min(kAlwaysCarried, range);
  const double chance = always < 1 ? (range - always) / (1 - always) : 1;  // of the others, so that all make `range`
  const std::size_t listed = assortment.items.size();
  for (std::int32_t k = 1; k <= generate.items; ++k) {
    std::string item = generated_item_id(k);
    RandomStream stream(scenario.chain.generate->seed, purpose_of("generate.assortment"), key_of(item), key_of(id));
    const bool is_carried = popularity_quantile(generate, k) < always || stream.uniform() < chance;
    if (is_carried) assortment.items.push_back(std::move(item));
  }
  // A store that sells nothing would be none: of a tiny catalogue it carries all.
  if (assortment.items.size() == listed && listed == 0)
    for (std::int32_t k = 1; k <= generate.items; ++k) assortment.items.push_back(generated_item_id(k));
  return assortment;
}

}  // namespace

std::vector<Assortment> draw_assortments(const Scenario& scenario) {
  const GeneratedStores& generate = *scenario.chain.generate;
  std::vector<std::string_view> named;
  for (const Store& store : scenario.chain.stores) named.push_back(store.assortment);
  std::sort(named.begin(), named.end());
  std::vector<Assortment> assortments;
  for (const StoreFormat format : {StoreFormat::urban, StoreFormat::suburban}) {
    for (std::int32_t k = 1; k <= generate.assortment_clusters; ++k) {
      const std::string id = generated_assortment_id(format, k);
      if (!std::binary_search(named.begin(), named.end(), id)) continue;
      assortments.push_back(draw_assortment(
          scenario, id, format == StoreFormat::urban ? generate.urban_range_ppm : generate.suburban_range_ppm));
    }
  }
  return assortments;
}

}  // namespace tillstorm
