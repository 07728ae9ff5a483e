#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "base/error.h"
#include "base/time_zone.h"
#include "scenario/generated_ids.h"
#include "scenario/reader.h"
#include "scenario/writer.h"
#include "world/generate/generate.h"
#include "world/generate/spread.h"

namespace tillstorm {
namespace {

Scenario chain_of(std::int32_t stores, std::int32_t items, std::uint64_t seed = 1) {
  Scenario scenario;
  scenario.chain.generate = GeneratedStores{};
  scenario.chain.generate->stores = stores;
  scenario.chain.generate->seed = seed;
  scenario.catalogue.generate = GeneratedItems{};
  scenario.catalogue.generate->items = items;
  scenario.catalogue.generate->seed = seed;
  return scenario;
}

TEST(GenerateStores, MakesWhatTheDefaultsSay) {
  const Scenario chain = expand(chain_of(120, 5000));
  EXPECT_EQ(chain.chain.stores.size(), 120U);
  EXPECT_EQ(chain.chain.distribution_centres.size(), 1U);
  EXPECT_FALSE(chain.chain.generate);
  EXPECT_FALSE(chain.catalogue.generate);
  std::map<std::string, int> regions;
  int urban = 0;
  for (const Store& store : chain.chain.stores) {
    ++regions[store.region];
    const bool is_urban = store.format == StoreFormat::urban;
    urban += is_urban ? 1 : 0;
    EXPECT_EQ(store.terminals, is_urban ? 3 : 5);
    EXPECT_TRUE(TimeZone::find(store.time_zone)) << store.time_zone;
    EXPECT_FALSE(store.name.empty());
    EXPECT_EQ(store.assortment.rfind(is_urban ? "urban_" : "suburban_", 0), 0U);
  }
  EXPECT_NEAR(urban, 42, 2);  // 35 %
  EXPECT_EQ(regions.size(), kGeneratedRegions.size());
  EXPECT_EQ(chain.catalogue.assortments.size(), 10U);
}

TEST(GenerateStores, IsAcceptedByTheReadersRules) {
  EXPECT_NO_THROW(validate_scenario(chain_of(120, 500), {}));
  EXPECT_NO_THROW(validate_scenario(expand(chain_of(120, 500)), {}));
}

TEST(GenerateStores, KeepsStoreAndItemWhateverTheNumberOfOthers) {
  const Scenario small = expand(chain_of(7, 50));
  const Scenario large = expand(chain_of(300, 400));
  for (const Store& store : small.chain.stores) {
    const auto same = std::find_if(large.chain.stores.begin(), large.chain.stores.end(),
                                   [&](const Store& other) { return other.id == store.id; });
    ASSERT_NE(same, large.chain.stores.end());
    EXPECT_EQ(same->name + same->region + same->assortment, store.name + store.region + store.assortment);
    EXPECT_EQ(same->size_ppm, store.size_ppm);
    EXPECT_EQ(same->sales_tax_rate_ppm, store.sales_tax_rate_ppm);
  }
  for (const Item& item : small.catalogue.items) {
    const auto same = std::find_if(large.catalogue.items.begin(), large.catalogue.items.end(),
                                   [&](const Item& other) { return other.id == item.id; });
    ASSERT_NE(same, large.catalogue.items.end());
    EXPECT_EQ(same->name + same->gtin + same->supplier, item.name + item.gtin + item.supplier);
    EXPECT_EQ(same->price_minor, item.price_minor);
    EXPECT_EQ(same->popularity, item.popularity);
  }
  // An item that a small assortment carries is carried by the same assortment of the larger chain.
  for (const Assortment& assortment : small.catalogue.assortments) {
    const auto same = std::find_if(large.catalogue.assortments.begin(), large.catalogue.assortments.end(),
                                   [&](const Assortment& other) { return other.id == assortment.id; });
    ASSERT_NE(same, large.catalogue.assortments.end());
    EXPECT_TRUE(
        std::includes(same->items.begin(), same->items.end(), assortment.items.begin(), assortment.items.end()));
  }
}

TEST(GenerateStores, GivesTheSameChainForTheSameSeedAndAnotherForAnother) {
  EXPECT_TRUE(same_scenario(expand(chain_of(20, 100)), expand(chain_of(20, 100))));
  EXPECT_FALSE(same_scenario(expand(chain_of(20, 100)), expand(chain_of(20, 100, 2))));
  const Scenario once = expand(chain_of(20, 100));
  EXPECT_TRUE(same_scenario(expand(once), once));
}

// Sizes are log-normal of mean 1 and coefficient of variation 0.35: of 20 000, the mean lies within 5 standard errors
// (0.0124) and the coefficient within 0.015.
TEST(GenerateStores, DrawsSizesOfTheGivenLaw) {
  const Scenario chain = expand(chain_of(20'000, 1));
  double sum = 0, squares = 0, tax = 0;
  for (const Store& store : chain.chain.stores) {
    const double size = static_cast<double>(store.size_ppm) / 1e6;
    sum += size;
    squares += size * size;
    tax += static_cast<double>(store.sales_tax_rate_ppm) / 20'000;
    EXPECT_GE(store.sales_tax_rate_ppm, 30'000);
    EXPECT_LE(store.sales_tax_rate_ppm, 121'000);
  }
  const double mean = sum / 20'000;
  EXPECT_NEAR(mean, 1, 0.0124);
  EXPECT_NEAR(std::sqrt(squares / 20'000 - mean * mean) / mean, 0.35, 0.015);
  EXPECT_NEAR(tax, 75'200, 700);  // standard deviation 18 400, so 5 standard errors are 650
}

TEST(GenerateStores, KeepsATaxOfZeroAtZero) {
  Scenario scenario = chain_of(50, 1);
  scenario.finance.sales_tax_rate_ppm = 0;
  for (const Store& store : expand(scenario).chain.stores) EXPECT_EQ(store.sales_tax_rate_ppm, 0);
}

TEST(GenerateStores, KeepsTheChainsZoneOutsideTheUnitedStates) {
  Scenario scenario = chain_of(30, 1);
  scenario.chain.time_zone = "Europe/Berlin";
  for (const Store& store : expand(scenario).chain.stores) EXPECT_EQ(store.time_zone, "");
}

TEST(GenerateStores, AddsToWhatIsListed) {
  Scenario scenario = chain_of(3, 20);
  scenario.chain.stores.push_back({});
  scenario.chain.stores.back().id = "airport";
  scenario.catalogue.items.push_back({});
  scenario.catalogue.items.back().id = "voucher";
  const Scenario chain = expand(scenario);
  EXPECT_EQ(chain.chain.stores.size(), 4U);
  EXPECT_EQ(chain.catalogue.items.size(), 21U);
  for (const Assortment& assortment : chain.catalogue.assortments)
    EXPECT_TRUE(std::binary_search(assortment.items.begin(), assortment.items.end(), "voucher"));
  scenario.chain.stores.back().id = "0002";
  EXPECT_THROW(expand(scenario), InputError);
}

TEST(GenerateStores, OrdersByIdWhateverTheOrderOfTheFile) {
  Scenario scenario = chain_of(2, 5);
  for (const char* id : {"b", "a", "c"}) {
    scenario.chain.stores.push_back({});
    scenario.chain.stores.back().id = id;
  }
  const Scenario forward = expand(scenario);
  std::reverse(scenario.chain.stores.begin(), scenario.chain.stores.end());
  EXPECT_TRUE(same_scenario(forward, expand(scenario)));
  EXPECT_TRUE(std::is_sorted(forward.chain.stores.begin(), forward.chain.stores.end(),
                             [](const Store& a, const Store& b) { return a.id < b.id; }));
}

TEST(GenerateStores, CarriesTheShareOfTheCatalogueThatTheFormatHas) {
  const Scenario chain = expand(chain_of(120, 5000));
  for (const Assortment& assortment : chain.catalogue.assortments) {
    const bool is_urban = assortment.id[0] == 'u';
    EXPECT_NEAR(static_cast<double>(assortment.items.size()), is_urban ? 3000 : 4500, 150) << assortment.id;
    EXPECT_TRUE(std::is_sorted(assortment.items.begin(), assortment.items.end()));
  }
}

TEST(GenerateStores, NeverMakesAnEmptyAssortment) {
  for (const std::int32_t items : {1, 2, 5}) {
    for (const Assortment& assortment : expand(chain_of(40, items)).catalogue.assortments)
      EXPECT_FALSE(assortment.items.empty()) << items;
  }
}

// Property: any prefix of a spread fills each tenth of the unit interval to within two.
TEST(Spread, IsEvenForAnyCount) {
  std::array<int, 10> tenths{};
  for (std::int32_t k = 1; k <= 3000; ++k) {
    ++tenths[static_cast<std::size_t>(spread(k, 5, 9) * 10)];
    for (const int count : tenths) EXPECT_NEAR(count, k / 10.0, 3);
  }
}

}  // namespace
}  // namespace tillstorm
