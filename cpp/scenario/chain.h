#pragma once
// `chain`: places, where they are and when they are open.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/civil.h"
#include "base/fields.h"

namespace tillstorm {

/// Opening hours of one day on the place's clock; equal times mean closed, 00:00 to 24:00 means never closed.
struct OpenHours {
  TimeOfDay open{9 * 60};
  TimeOfDay close{21 * 60};  ///< May pass midnight, to 30:00.
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&OpenHours::open, Field("open", "First moment of trade."));
    visit(&OpenHours::close, Field("close", "End of trade; customers inside are still served."));
  }
};

/// Default: parameters.csv chain.opening_hours.
struct Opening {
  OpenHours weekday{};
  OpenHours saturday{};
  OpenHours sunday{TimeOfDay{11 * 60}, TimeOfDay{19 * 60}};
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Opening::weekday,
          Field("weekday", "Monday to Friday.").from("assumption: typical specialty and general merchandise hours"));
    visit(&Opening::saturday, Field("saturday", "Saturday.").from("assumption: as on weekdays"));
    visit(&Opening::sunday, Field("sunday", "Sunday.").from("assumption: eight hours"));
  }
};

enum class StoreFormat : std::uint8_t { urban, suburban };
constexpr auto names_of(StoreFormat) {
  return std::array{EnumName<StoreFormat>{StoreFormat::urban, "urban", "Small store in a town centre."},
                    EnumName<StoreFormat>{StoreFormat::suburban, "suburban", "Larger store outside the centre."}};
}

struct Store {
  std::string id;
  std::string name;
  std::string region = "main";
  StoreFormat format = StoreFormat::suburban;
  std::string time_zone;  ///< Empty: the chain's.
  std::int32_t terminals = 5;
  Opening opening{};
  std::string assortment = "all";
  std::int64_t size_ppm = 1'000'000;
  std::int64_t sales_tax_rate_ppm = -1;  ///< -1: finance.sales_tax_rate_ppm.
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Store::id, Field("id", "Stable id; its hash keys the store's random streams.").identifies());
    visit(&Store::name, Field("name", "What people call it."));
    visit(&Store::region, Field("region", "Weather, local events and regional outages select by it."));
    visit(&Store::format, Field("format", "Kind of store."));
    visit(&Store::time_zone, Field("time_zone", "IANA name; empty means the chain's zone."));
    visit(&Store::terminals, Field("terminals", "Tills.")
                                 .in("terminals")
                                 .range(1, 1000)
                                 .from("parameters: chain.terminals_per_store (3 urban, 5 suburban)"));
    visit(&Store::opening,
          Field("opening", "Opening hours on the store's clock.").from("parameters: chain.opening_hours"));
    visit(&Store::assortment,
          Field("assortment", "Id of an assortment, or `all`; in trace mode `trace`: what the log sells there."));
    visit(&Store::size_ppm, Field("size_ppm", "Demand relative to the chain's average store.").in("ppm").range(1, 1e9));
    visit(&Store::sales_tax_rate_ppm,
          Field("sales_tax_rate_ppm", "Sales tax on taxable items; -1 means finance.sales_tax_rate_ppm.")
              .in("ppm")
              .range(-1, 1e6)
              .from("rule TAX-02"));
  }
};

struct DistributionCentre {
  std::string id = "DC1";
  std::string region = "main";
  std::string time_zone;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&DistributionCentre::id, Field("id", "Stable id.").identifies());
    visit(&DistributionCentre::region, Field("region", "Regional faults select by it."));
    visit(&DistributionCentre::time_zone, Field("time_zone", "IANA name; empty means the chain's zone."));
  }
};

/// Draws stores from the shares of the baseline. Store k is the same store however many others there are.
struct GeneratedStores {
  std::int32_t stores = 120;
  std::int64_t urban_share_ppm = 350'000;
  std::vector<std::int32_t> terminals{3, 5};
  std::int64_t size_cv_ppm = 350'000;
  std::int32_t assortment_clusters = 5;
  std::int64_t urban_range_ppm = 600'000;
  std::int64_t suburban_range_ppm = 900'000;
  std::int32_t distribution_centres = 1;
  std::uint64_t seed = 1;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&GeneratedStores::stores,
          Field("stores", "How many stores.").in("stores").range(0, 100'000).from("parameters: chain.stores"));
    visit(&GeneratedStores::urban_share_ppm, Field("urban_share_ppm", "Share of urban stores.")
                                                 .in("ppm")
                                                 .range(0, 1e6)
                                                 .from("parameters: chain.urban_store_share"));
    visit(&GeneratedStores::terminals, Field("terminals", "Tills of an urban and of a suburban store.")
                                           .in("terminals")
                                           .range(1, 1000)
                                           .items(2, 2)
                                           .from("parameters: chain.terminals_per_store"));
    visit(&GeneratedStores::size_cv_ppm, Field("size_cv_ppm", "Coefficient of variation of the log-normal store size.")
                                             .in("ppm")
                                             .range(0, 2e6)
                                             .from("parameters: demand.tickets_per_store_day (note)"));
    visit(&GeneratedStores::assortment_clusters,
          Field("assortment_clusters", "Assortments a format's stores are spread over.")
              .in("clusters")
              .range(1, 1000)
              .from("rule ITEM-07"));
    visit(&GeneratedStores::urban_range_ppm, Field("urban_range_ppm", "Share of the catalogue an urban store carries.")
                                                 .in("ppm")
                                                 .range(0, 1e6)
                                                 .from("parameters: replenishment.weeks_of_supply (note)"));
    visit(&GeneratedStores::suburban_range_ppm,
          Field("suburban_range_ppm", "Share of the catalogue a suburban store carries.")
              .in("ppm")
              .range(0, 1e6)
              .from("parameters: replenishment.weeks_of_supply (note)"));
    visit(&GeneratedStores::distribution_centres,
          Field("distribution_centres", "How many distribution centres, if none is listed.")
              .in("centres")
              .range(0, 1)
              .from("assumption: one DC serves the baseline"));
    visit(&GeneratedStores::seed,
          Field("seed", "Draws the chain; apart from the run's seed, so that replications visit the same stores."));
  }
};

struct Chain {
  std::string currency = "USD";
  std::string time_zone = "America/New_York";
  std::optional<GeneratedStores> generate;
  std::vector<Store> stores;
  std::vector<DistributionCentre> distribution_centres;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Chain::currency, Field("currency", "ISO 4217 code of the one currency; amounts are in its minor unit."));
    visit(&Chain::time_zone, Field("time_zone", "The chain's own zone: times in this file are local to it."));
    visit(&Chain::generate, Field("generate", "Stores drawn beside the listed ones."));
    visit(&Chain::stores, Field("stores", "Stores, in any order: order changes nothing."));
    visit(&Chain::distribution_centres,
          Field("distribution_centres", "Distribution centres; none means that stores are never replenished.")
              .items(0, 1));
  }
};

}  // namespace tillstorm
