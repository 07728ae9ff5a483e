#include "world/generate/generate.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "world/generate/assortments.h"
#include "world/generate/items.h"
#include "world/generate/stores.h"

namespace tillstorm {
namespace {

template <class Entry>
void sort_by_id(std::vector<Entry>& entries) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.id < b.id; });
}

/// After sorting: an id that occurs twice is a listed one that was generated too.
template <class Entry>
void refuse_repeated_ids(const std::vector<Entry>& entries, const char* path, std::vector<Problem>& problems) {
  const auto twice =
      std::adjacent_find(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.id == b.id; });
  if (twice == entries.end()) return;
  Problem problem;
  problem.path = path;
  problem.message = "the id is used twice, once perhaps by `generate`";
  problem.found = "\"" + twice->id + "\"";
  problem.allowed = "each id once";
  problems.push_back(std::move(problem));
}

}  // namespace

Scenario expand(Scenario scenario) {
  Chain& chain = scenario.chain;
  Catalogue& catalogue = scenario.catalogue;
  if (chain.generate) {
    for (std::int32_t k = 1; k <= chain.generate->stores; ++k)
      chain.stores.push_back(draw_store(*chain.generate, chain, scenario.finance, k));
    const bool wants_centre = chain.distribution_centres.empty() && chain.generate->distribution_centres > 0;
    if (wants_centre) chain.distribution_centres.push_back(generated_centre(chain));
    for (Assortment& assortment : draw_assortments(scenario)) catalogue.assortments.push_back(std::move(assortment));
  }
  if (catalogue.generate) {
    for (std::int32_t k = 1; k <= catalogue.generate->items; ++k)
      catalogue.items.push_back(draw_item(*catalogue.generate, k));
  }
  chain.generate.reset();
  catalogue.generate.reset();

  sort_by_id(chain.stores);
  sort_by_id(chain.distribution_centres);
  sort_by_id(catalogue.items);
  sort_by_id(catalogue.assortments);
  for (Assortment& assortment : catalogue.assortments) std::sort(assortment.items.begin(), assortment.items.end());
  std::vector<Problem> problems;
  refuse_repeated_ids(chain.stores, "chain.stores", problems);
  refuse_repeated_ids(catalogue.items, "catalogue.items", problems);
  refuse_repeated_ids(catalogue.assortments, "catalogue.assortments", problems);
  if (!problems.empty()) throw InputError(std::move(problems));
  return scenario;
}

}  // namespace tillstorm
