#include <algorithm>

#include "base/gtin.h"
#include "scenario/decode_scalar.h"
#include "scenario/generated_ids.h"
#include "scenario/validate.h"

namespace tillstorm {
namespace {

void validate_gtin(const std::string& path, const std::string& gtin, const Complain& complain) {
  if (gtin.empty() || is_gtin(gtin)) return;
  if (!has_gtin_form(gtin)) {
    complain(path, {"this is no GTIN", json_quoted(shortened(gtin, 60)), "8, 12, 13 or 14 digits", ""});
    return;
  }
  const std::string body = gtin.substr(0, gtin.size() - 1);
  complain(path, {"the check digit of the GTIN is wrong", json_quoted(gtin),
                  body + gtin_check_digit(body) + ", if the other digits are right", ""});
}

void validate_gtins(const std::vector<Item>& items, const Complain& complain) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < items.size(); ++i) {
    validate_gtin(entry_path("catalogue.items", i) + ".gtin", items[i].gtin, complain);
    if (!items[i].gtin.empty()) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return items[a].gtin < items[b].gtin; });
  for (std::size_t k = 1; k < order.size(); ++k) {
    if (items[order[k]].gtin != items[order[k - 1]].gtin) continue;
    complain(entry_path("catalogue.items", order[k]) + ".gtin",
             {"another item has the same GTIN: " + entry_path("catalogue.items", order[k - 1]),
              json_quoted(items[order[k]].gtin), "each GTIN once", ""});
  }
}

/// Whether a basket could be filled: generated items always sell, listed ones as they say.
bool sells_nothing(const Assortment& assortment, const Catalogue& catalogue) {
  const auto& items = catalogue.items;
  return std::all_of(assortment.items.begin(), assortment.items.end(), [&](const std::string& id) {
    const auto item = std::find_if(items.begin(), items.end(), [&](const Item& each) { return each.id == id; });
    return item != items.end() && item->popularity <= 0;
  });
}

void validate_assortment(const Assortment& assortment, const std::string& path, const Scenario& scenario,
                         const KnownIds& known, const Complain& complain) {
  validate_references(path + ".items", assortment.items, known.item_kind(), complain);
  if (assortment.items.empty()) {
    complain(path + ".items", {"the assortment is empty", "", "at least one item", ""});
  } else if (sells_nothing(assortment, scenario.catalogue)) {
    complain(path + ".items",
             {"no item of the assortment has a popularity above 0: no basket could be filled", "", "", ""});
  }
  if (assortment.id == "all")
    complain(path + ".id", {"`all` is the name of the assortment of all items", "\"all\"", "another id", ""});
  const auto& generate = scenario.chain.generate;
  if (generate && is_generated_assortment_id(assortment.id, generate->assortment_clusters))
    complain(path + ".id",
             {"`chain.generate` makes an assortment with this id", json_quoted(assortment.id), "another id", ""});
  std::vector<std::string_view> sorted(assortment.items.begin(), assortment.items.end());
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end())
    complain(path + ".items",
             {"an item stands in the list twice", json_quoted(shortened(*twice, 60)), "each item once", ""});
}

}  // namespace

void validate_catalogue(const Scenario& scenario, const KnownIds& known, const Complain& complain) {
  const Catalogue& catalogue = scenario.catalogue;
  const std::int32_t generated = catalogue.generate ? catalogue.generate->items : 0;
  if (catalogue.items.empty() && generated == 0)
    complain("catalogue", {"there are no items", "", "`items`, a list, or `generate`, like {\"items\": 500}", ""});
  for (std::size_t i = 0; i < catalogue.items.size(); ++i) {
    if (is_generated_item_id(catalogue.items[i].id, generated))
      complain(entry_path("catalogue.items", i) + ".id", {"`catalogue.generate` makes an item with this id",
                                                          json_quoted(catalogue.items[i].id), "another id", ""});
  }
  validate_gtins(catalogue.items, complain);
  const bool sells =
      std::any_of(catalogue.items.begin(), catalogue.items.end(), [](const Item& item) { return item.popularity > 0; });
  if (!catalogue.items.empty() && generated == 0 && !sells)
    complain("catalogue.items", {"no item has a popularity above 0: no basket could be filled", "", "", ""});
  for (std::size_t i = 0; i < catalogue.assortments.size(); ++i)
    validate_assortment(catalogue.assortments[i], entry_path("catalogue.assortments", i), scenario, known, complain);
}

}  // namespace tillstorm
