#include <algorithm>

#include "base/nearest.h"
#include "scenario/decode_scalar.h"
#include "scenario/generated_ids.h"
#include "scenario/validate.h"

namespace tillstorm {
namespace {

bool has(const std::vector<std::string_view>& sorted, std::string_view id) {
  return std::binary_search(sorted.begin(), sorted.end(), id);
}

/// Only asked for hints: enough names for a person, and no more.
constexpr std::int32_t kMostGenerated = 10'000;

}  // namespace

KnownIds::KnownIds(const Scenario& scenario) : scenario_(scenario) {
  for (const Store& store : scenario.chain.stores) {
    stores_.emplace_back(store.id);
    regions_.emplace_back(store.region);
  }
  if (scenario.chain.generate) regions_.insert(regions_.end(), kGeneratedRegions.begin(), kGeneratedRegions.end());
  for (const Item& item : scenario.catalogue.items) items_.emplace_back(item.id);
  for (const Assortment& assortment : scenario.catalogue.assortments) assortments_.emplace_back(assortment.id);
  assortments_.emplace_back("all");
  if (scenario.demand.mode == DemandMode::trace) assortments_.emplace_back("trace");  // What the log sells in a store.
  for (auto* ids : {&stores_, &regions_, &items_, &assortments_}) {
    std::sort(ids->begin(), ids->end());
    ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
  }
}

bool KnownIds::has_store(std::string_view id) const {
  const auto& generate = scenario_.chain.generate;
  return has(stores_, id) || (generate && is_generated_store_id(id, generate->stores));
}

bool KnownIds::has_region(std::string_view id) const { return has(regions_, id); }

bool KnownIds::has_item(std::string_view id) const {
  const auto& generate = scenario_.catalogue.generate;
  return has(items_, id) || (generate && is_generated_item_id(id, generate->items));
}

bool KnownIds::has_assortment(std::string_view id) const {
  const auto& generate = scenario_.chain.generate;
  return has(assortments_, id) || (generate && is_generated_assortment_id(id, generate->assortment_clusters));
}

std::vector<std::string> KnownIds::stores() const {
  std::vector<std::string> ids(stores_.begin(), stores_.end());
  const std::int32_t count = scenario_.chain.generate ? scenario_.chain.generate->stores : 0;
  for (std::int32_t k = 1; k <= std::min(count, kMostGenerated); ++k) ids.push_back(generated_store_id(k));
  return ids;
}

std::vector<std::string> KnownIds::regions() const { return {regions_.begin(), regions_.end()}; }

std::vector<std::string> KnownIds::items() const {
  std::vector<std::string> ids(items_.begin(), items_.end());
  const std::int32_t count = scenario_.catalogue.generate ? scenario_.catalogue.generate->items : 0;
  for (std::int32_t k = 1; k <= std::min(count, kMostGenerated); ++k) ids.push_back(generated_item_id(k));
  return ids;
}

std::vector<std::string> KnownIds::assortments() const {
  std::vector<std::string> ids(assortments_.begin(), assortments_.end());
  const std::int32_t clusters = scenario_.chain.generate ? scenario_.chain.generate->assortment_clusters : 0;
  for (const StoreFormat format : {StoreFormat::urban, StoreFormat::suburban})
    for (std::int32_t k = 1; k <= clusters; ++k) ids.push_back(generated_assortment_id(format, k));
  return ids;
}

void validate_reference(const std::string& path, std::string_view id, const IdKind& kind, const Complain& complain) {
  if (kind.is_known(id)) return;
  const std::vector<std::string> names = kind.all();
  const std::vector<std::string_view> views(names.begin(), names.end());
  const std::string what(kind.name);
  complain(path, {"there is no such " + what, json_quoted(shortened(id, 60)),
                  views.empty() ? "nothing: the scenario has no such thing as a " + what : one_of(views),
                  std::string(nearest_name(id, views))});
}

void validate_references(const std::string& path, const std::vector<std::string>& ids, const IdKind& kind,
                         const Complain& complain) {
  for (std::size_t i = 0; i < ids.size(); ++i) validate_reference(entry_path(path, i), ids[i], kind, complain);
}

IdKind KnownIds::store_kind() const {
  return {"store", [this](std::string_view id) { return has_store(id); }, [this] { return stores(); }};
}
IdKind KnownIds::place_kind() const {
  const auto is_dc = [this](std::string_view id) {
    const auto& centres = scenario_.chain.distribution_centres;
    return std::any_of(centres.begin(), centres.end(), [&](const auto& centre) { return centre.id == id; });
  };
  return {"store", [this, is_dc](std::string_view id) { return has_store(id) || is_dc(id); },
          [this] {
            std::vector<std::string> ids = stores();
            for (const DistributionCentre& centre : scenario_.chain.distribution_centres) ids.push_back(centre.id);
            return ids;
          }};
}
IdKind KnownIds::region_kind() const {
  return {"region", [this](std::string_view id) { return has_region(id); }, [this] { return regions(); }};
}
IdKind KnownIds::item_kind() const {
  return {"item", [this](std::string_view id) { return has_item(id); }, [this] { return items(); }};
}
IdKind KnownIds::assortment_kind() const {
  return {"assortment", [this](std::string_view id) { return has_assortment(id); }, [this] { return assortments(); }};
}

}  // namespace tillstorm
