#pragma once
// `catalogue`: items and which stores carry them.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"

namespace tillstorm {

enum class TaxClass : std::uint8_t { standard, exempt };
constexpr auto names_of(TaxClass) {
  return std::array{EnumName<TaxClass>{TaxClass::standard, "standard", "Taxed at the store's rate."},
                    EnumName<TaxClass>{TaxClass::exempt, "exempt", "Not taxed."}};
}

enum class Origin : std::uint8_t { domestic, import };
constexpr auto names_of(Origin) {
  return std::array{EnumName<Origin>{Origin::domestic, "domestic", "Short lead time from the supplier."},
                    EnumName<Origin>{Origin::import, "import", "Long lead time from the supplier."}};
}

struct Item {
  std::string id;
  std::string gtin;
  std::string name;
  std::string department = "general";
  std::string supplier = "supplier";
  std::int64_t price_minor = 1000;
  std::int64_t cost_minor = 620;
  TaxClass tax_class = TaxClass::standard;
  Origin origin = Origin::domestic;
  std::int32_t case_pack = 1;
  double popularity = 1;
  std::int32_t initial_units = -1;
  std::int32_t base_units_per_sale = 1;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Item::id, Field("id", "Stable id; its hash keys the item's random streams.").identifies());
    visit(&Item::gtin,
          Field("gtin", "GTIN of 8, 12, 13 or 14 digits with a valid check digit; empty if the item has none."));
    visit(&Item::name, Field("name", "What people call it."));
    visit(&Item::department, Field("department", "Hierarchy above the item, root first, separated by ` > `."));
    visit(&Item::supplier, Field("supplier", "Who delivers it to the distribution centre."));
    visit(&Item::price_minor,
          Field("price_minor", "List price of one sales unit at the start, before tax.").in("minor").range(0, 2e9));
    visit(&Item::cost_minor,
          Field("cost_minor", "Cost of one sales unit: what stock is valued at.").in("minor").range(0, 2e9));
    visit(&Item::tax_class, Field("tax_class", "How it is taxed."));
    visit(&Item::origin, Field("origin", "Which supplier lead time applies."));
    visit(&Item::case_pack, Field("case_pack", "Base units of one case: replenishment orders whole cases.")
                                .in("base units")
                                .range(1, 1e6)
                                .from("rule REPL-11"));
    visit(&Item::popularity,
          Field("popularity", "Weight of being the next item in a basket, relative to the others of the assortment.")
              .range(0, 1e12));
    visit(&Item::initial_units,
          Field("initial_units", "Stock of each store at the start; -1 means that the replenishment levels decide.")
              .in("base units")
              .range(-1, 2e9));
    visit(&Item::base_units_per_sale, Field("base_units_per_sale",
                                            "Base units that one sales unit takes from stock: 1 for pieces, for "
                                            "example 454 for an item sold by the pound and kept in grams.")
                                          .in("base units")
                                          .range(1, 1e6)
                                          .from("rule ITEM-05"));
  }
};

struct Assortment {
  std::string id;
  std::vector<std::string> items;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Assortment::id, Field("id", "What a store's `assortment` names.").identifies());
    visit(&Assortment::items, Field("items", "Ids of the items carried."));
  }
};

struct GeneratedItems {
  std::int32_t items = 5000;
  double zipf_exponent = 0.97;
  std::int64_t unit_price_mean_minor = 1200;
  double unit_price_sigma = 0.9;
  std::int64_t gross_margin_ppm = 380'000;
  std::int32_t suppliers = 150;
  std::int64_t domestic_share_ppm = 700'000;
  std::int64_t exempt_share_ppm = 0;
  std::uint64_t seed = 1;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&GeneratedItems::items,
          Field("items", "How many items.").in("items").range(0, 1'000'000).from("parameters: catalogue.items"));
    visit(&GeneratedItems::zipf_exponent, Field("zipf_exponent", "Exponent of sales over popularity rank.")
                                              .range(0, 5)
                                              .from("parameters: catalogue.popularity_zipf_exponent"));
    visit(&GeneratedItems::unit_price_mean_minor,
          Field("unit_price_mean_minor", "Mean list price of the log-normal prices.")
              .in("minor")
              .range(1, 1e8)
              .from("parameters: catalogue.unit_price"));
    visit(&GeneratedItems::unit_price_sigma, Field("unit_price_sigma", "Sigma of the log-normal prices.")
                                                 .range(0, 3)
                                                 .from("parameters: catalogue.unit_price"));
    visit(&GeneratedItems::gross_margin_ppm, Field("gross_margin_ppm", "Margin of list price over cost.")
                                                 .in("ppm")
                                                 .range(0, 1e6)
                                                 .from("parameters: catalogue.gross_margin"));
    visit(&GeneratedItems::suppliers, Field("suppliers", "How many suppliers.")
                                          .in("suppliers")
                                          .range(1, 100'000)
                                          .from("parameters: supply.lead_time_days (note)"));
    visit(&GeneratedItems::domestic_share_ppm, Field("domestic_share_ppm", "Share of items bought at home.")
                                                   .in("ppm")
                                                   .range(0, 1e6)
                                                   .from("parameters: supply.lead_time_days (note)"));
    visit(&GeneratedItems::exempt_share_ppm,
          Field("exempt_share_ppm", "Share of items without sales tax.").in("ppm").range(0, 1e6));
    visit(&GeneratedItems::seed, Field("seed", "Draws the catalogue; apart from the run's seed."));
  }
};

/// How a withdrawal says that it is over.
enum class WithdrawalRecord : std::uint8_t { deleted, blocked };
constexpr auto names_of(WithdrawalRecord) {
  return std::array{EnumName<WithdrawalRecord>{WithdrawalRecord::deleted, "deleted",
                                               "The item is deleted, and created again with a price when it is over."},
                    EnumName<WithdrawalRecord>{WithdrawalRecord::blocked, "blocked",
                                               "The item is blocked for a stated number of days."}};
}

/// Items that head office takes off sale for some days.
struct Withdrawals {
  std::int64_t per_item_month_ppm = 0;
  std::int32_t days = 7;
  WithdrawalRecord record = WithdrawalRecord::deleted;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Withdrawals::per_item_month_ppm,
          Field("per_item_month_ppm", "Share of items that are taken off sale in a month.").in("ppm").range(0, 1e6));
    visit(&Withdrawals::days, Field("days", "How many days each stays off sale.")
                                  .in("days")
                                  .range(1, 3650)
                                  .from("assumption: a quality hold that is lifted after a test"));
    visit(&Withdrawals::record, Field("record", "What stores are told."));
  }
};

struct Catalogue {
  std::optional<GeneratedItems> generate;
  std::vector<Item> items;
  std::vector<Assortment> assortments;
  Withdrawals withdrawals{};
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Catalogue::generate, Field("generate", "Items drawn beside the listed ones."));
    visit(&Catalogue::items, Field("items", "Items, in any order: order changes nothing."));
    visit(&Catalogue::assortments, Field("assortments", "Named lists of items; `all` is always there."));
    visit(&Catalogue::withdrawals, Field("withdrawals", "Items that are taken off sale for some days."));
  }
};

}  // namespace tillstorm
