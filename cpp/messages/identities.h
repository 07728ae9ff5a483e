#pragma once
// What places and items are called outside: indices mean nothing to another system.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/time_zone.h"

namespace tillstorm {

/// Names of a run, by index.
struct IdentityLists {
  std::vector<std::string> place_codes;
  std::vector<TimeZone> place_zones;  ///< As many as places; empty: times are written in UTC.
  std::vector<std::string> item_ids;
  std::vector<std::string>
      item_gtins;                ///< As many as items, empty text where an item has none; empty: no item has one.
  std::string currency = "USD";  ///< ISO 4217.
};

/// The lists with look-up in both directions.
class Identities {
 public:
  /// Throws InputError if two places or two items would have the same name on the wire.
  explicit Identities(IdentityLists lists);

  std::string_view code_of(PlaceId place) const { return lists_.place_codes[index_of(place)]; }
  /// The item's GTIN; its id if it has none.
  std::string_view code_of(ItemId item) const;
  std::optional<PlaceId> find_place(std::string_view code) const;
  /// By GTIN (leading zeros do not count) or by id.
  std::optional<ItemId> find_item(std::string_view code) const;

  /// East of Greenwich is positive; 0 where the place's zone is not known.
  Duration offset_at(PlaceId place, Time at) const;

  std::size_t places() const { return lists_.place_codes.size(); }
  std::size_t items() const { return lists_.item_ids.size(); }
  const std::string& currency() const { return lists_.currency; }
  /// Decimals of the currency: amounts on the wire are whole minor units.
  int currency_exponent() const;

  const std::vector<std::string>& place_codes() const { return lists_.place_codes; }
  const std::vector<std::string>& item_ids() const { return lists_.item_ids; }

 private:
  using Names = std::vector<std::pair<std::string, std::uint32_t>>;
  static std::optional<std::uint32_t> find(const Names& names, std::string_view name);

  IdentityLists lists_;
  Names places_;  ///< Sorted by name.
  Names gtins_;   ///< Sorted by 14-digit form.
  Names ids_;     ///< Sorted by name.
};

}  // namespace tillstorm
