#include "messages/identities.h"

#include <algorithm>

#include "base/check.h"
#include "base/currency.h"
#include "base/error.h"
#include "base/gtin.h"

namespace tillstorm {
namespace {

using Names = std::vector<std::pair<std::string, std::uint32_t>>;

void sort_and_report_repeats(Names& names, const char* what, std::vector<Problem>& problems) {
  std::sort(names.begin(), names.end());
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (names[i].first != names[i - 1].first) continue;
    Problem problem;
    problem.found = names[i].first;
    problem.message = std::string("two ") + what + " have the same name, so a message could not say which one it means";
    problems.push_back(std::move(problem));
  }
}

}  // namespace

Identities::Identities(IdentityLists lists) : lists_(std::move(lists)) {
  check(lists_.place_zones.empty() || lists_.place_zones.size() == lists_.place_codes.size(),
        "each place has its zone");
  check(lists_.item_gtins.empty() || lists_.item_gtins.size() == lists_.item_ids.size(),
        "each item has its GTIN or none");
  for (std::uint32_t i = 0; i < lists_.place_codes.size(); ++i) places_.emplace_back(lists_.place_codes[i], i);
  for (std::uint32_t i = 0; i < lists_.item_ids.size(); ++i) {
    ids_.emplace_back(lists_.item_ids[i], i);
    if (!lists_.item_gtins.empty() && !lists_.item_gtins[i].empty()) {
      gtins_.emplace_back(gtin_key(lists_.item_gtins[i]), i);
    }
  }
  std::vector<Problem> problems;
  sort_and_report_repeats(places_, "places", problems);
  sort_and_report_repeats(ids_, "items", problems);
  sort_and_report_repeats(gtins_, "items", problems);
  // An item without a GTIN goes by its id, which must not read as another item's GTIN.
  for (std::uint32_t i = 0; i < lists_.item_ids.size(); ++i) {
    const std::optional<ItemId> meant = find_item(code_of(ItemId{i}));
    if (problems.empty() && meant != ItemId{i}) {
      Problem problem;
      problem.found = lists_.item_ids[i];
      problem.message = "the id of an item without a GTIN is the GTIN of another item: give it another id";
      problems.push_back(std::move(problem));
    }
  }
  if (!problems.empty()) throw InputError(std::move(problems));
}

std::string_view Identities::code_of(ItemId item) const {
  const std::uint32_t index = index_of(item);
  if (!lists_.item_gtins.empty() && !lists_.item_gtins[index].empty()) return lists_.item_gtins[index];
  return lists_.item_ids[index];
}

std::optional<std::uint32_t> Identities::find(const Names& names, std::string_view name) {
  const auto at = std::lower_bound(names.begin(), names.end(), name,
                                   [](const auto& each, std::string_view wanted) { return each.first < wanted; });
  if (at == names.end() || at->first != name) return std::nullopt;
  return at->second;
}

std::optional<PlaceId> Identities::find_place(std::string_view code) const {
  const std::optional<std::uint32_t> index = find(places_, code);
  return index ? std::optional(PlaceId{*index}) : std::nullopt;
}

std::optional<ItemId> Identities::find_item(std::string_view code) const {
  std::optional<std::uint32_t> index = find(gtins_, gtin_key(code));
  if (!index) index = find(ids_, code);
  return index ? std::optional(ItemId{*index}) : std::nullopt;
}

Duration Identities::offset_at(PlaceId place, Time at) const {
  return lists_.place_zones.empty() ? Duration{} : lists_.place_zones[index_of(place)].offset_at(at);
}

int Identities::currency_exponent() const { return tillstorm::currency_exponent(lists_.currency); }

}  // namespace tillstorm
