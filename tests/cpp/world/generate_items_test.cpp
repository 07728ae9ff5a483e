#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "base/gtin.h"
#include "world/generate/items.h"
#include "world/generate/price_points.h"
#include "world/generate/product_names.h"

namespace tillstorm {
namespace {

std::vector<Item> items_of(const GeneratedItems& generate) {
  std::vector<Item> items;
  for (std::int32_t k = 1; k <= generate.items; ++k) items.push_back(draw_item(generate, k));
  return items;
}

double share_of_top_fifth(const std::vector<Item>& items) {
  std::vector<double> weights;
  for (const Item& item : items) weights.push_back(item.popularity);
  std::sort(weights.rbegin(), weights.rend());
  const auto fifth = weights.begin() + static_cast<std::ptrdiff_t>(weights.size() / 5);
  return std::accumulate(weights.begin(), fifth, 0.0) / std::accumulate(weights.begin(), weights.end(), 0.0);
}

// The calibration of catalogue.popularity_zipf_exponent: 80 % of the units from 20 % of 5000 items. The best few items
// weigh so much that it matters where exactly they lie, which the seed decides.
TEST(GenerateItems, LetsTheTopFifthMakeFourFifthsOfTheUnits) {
  double mean = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    GeneratedItems generate;
    generate.seed = seed;
    const double share = share_of_top_fifth(items_of(generate));
    EXPECT_NEAR(share, 0.80, 0.025) << seed;
    mean += share / 20;
  }
  EXPECT_NEAR(mean, 0.80, 0.01);
}

TEST(GenerateItems, SpreadsSalesLessWithASmallerExponent) {
  GeneratedItems generate;
  generate.zipf_exponent = 0.9;
  EXPECT_NEAR(share_of_top_fifth(items_of(generate)), 0.75, 0.02);
  generate.zipf_exponent = 0;
  EXPECT_NEAR(share_of_top_fifth(items_of(generate)), 0.20, 1e-9);
}

TEST(GenerateItems, GivesEachItemAGtinOfItsOwn) {
  std::set<std::string> gtins;
  for (const Item& item : items_of({})) {
    EXPECT_TRUE(is_gtin(item.gtin)) << item.gtin;
    EXPECT_EQ(item.gtin.size(), 13U);
    gtins.insert(item.gtin);
  }
  EXPECT_EQ(gtins.size(), 5000U);
}

// Mean 12.00 and sigma of the logarithm 0.9. The standard error of the mean of 20 000 prices is about 0.095.
TEST(GenerateItems, DrawsPricesOfTheGivenLaw) {
  GeneratedItems generate;
  generate.items = 20'000;
  double sum = 0, logs = 0, log_squares = 0;
  const std::vector<Item> items = items_of(generate);
  for (const Item& item : items) {
    const auto price = static_cast<double>(item.price_minor);
    sum += price;
    logs += std::log(price);
    log_squares += std::log(price) * std::log(price);
    EXPECT_EQ(item.price_minor % 10, 9);
  }
  const double n = 20'000;
  EXPECT_NEAR(sum / n, 1200, 50);
  EXPECT_NEAR(std::sqrt(log_squares / n - logs / n * (logs / n)), 0.9, 0.03);
}

// A unit sold costs 12.00 on average, so that an average ticket costs about 44: over 40 seeds the standard deviation of
// the mean, which a few best sellers decide, is 0.55.
TEST(GenerateItems, SellsUnitsAtTheMeanPrice) {
  double mean = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    GeneratedItems generate;
    generate.seed = seed;
    double value = 0, weight = 0;
    for (const Item& item : items_of(generate)) {
      value += item.popularity * static_cast<double>(item.price_minor);
      weight += item.popularity;
    }
    EXPECT_NEAR(value / weight, 1200, 250) << seed;
    mean += value / weight / 40;
  }
  EXPECT_NEAR(mean, 1200, 45);
}

TEST(GenerateItems, LetsNoItemMakeMoreThanAnEighthOfTheUnits) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    GeneratedItems generate;
    generate.seed = seed;
    double greatest = 0, weight = 0;
    for (const Item& item : items_of(generate)) {
      greatest = std::max(greatest, item.popularity);
      weight += item.popularity;
    }
    EXPECT_LT(greatest / weight, 0.135) << seed;
  }
}

TEST(GenerateItems, KeepsTheMargin) {
  double price = 0, cost = 0;
  for (const Item& item : items_of({})) {
    price += static_cast<double>(item.price_minor);
    cost += static_cast<double>(item.cost_minor);
    EXPECT_GT(item.cost_minor, 0);
    EXPECT_LT(item.cost_minor, item.price_minor);
  }
  EXPECT_NEAR(1 - cost / price, 0.38, 0.005);
}

TEST(GenerateItems, HasDepartmentsSuppliersAndOrigins) {
  std::set<std::string> departments, suppliers;
  int domestic = 0;
  for (const Item& item : items_of({})) {
    departments.insert(item.department.substr(0, item.department.find(" > ")));
    EXPECT_EQ(std::count(item.department.begin(), item.department.end(), '>'), 2) << item.department;
    suppliers.insert(item.supplier);
    domestic += item.origin == Origin::domestic ? 1 : 0;
    EXPECT_EQ(item.tax_class, TaxClass::standard);
    EXPECT_GE(item.case_pack, 1);
    EXPECT_FALSE(item.name.empty());
  }
  EXPECT_EQ(departments.size(), kDepartments);
  EXPECT_EQ(suppliers.size(), 150U);
  EXPECT_NEAR(domestic, 3500, 600);  // 70 % of 150 suppliers: standard deviation 3.7 % of the items
}

TEST(GenerateItems, LetsDepartmentsExplainAPartOfThePrices) {
  double sum = 0, squares = 0;
  for (const Department& department : kDepartmentTable) {
    sum += department.price_offset;
    squares += department.price_offset * department.price_offset / kDepartments;
  }
  EXPECT_NEAR(sum, 0, 1e-9);
  EXPECT_NEAR(squares, 0.41, 1e-9);
}

TEST(PricePoints, EndLikePricesInShops) {
  EXPECT_EQ(price_point(0), 9);
  EXPECT_EQ(price_point(123), 119);
  EXPECT_EQ(price_point(126), 129);
  EXPECT_EQ(price_point(1'310), 1'299);
  EXPECT_EQ(price_point(1'330), 1'349);
  EXPECT_EQ(price_point(4'320), 4'299);
  EXPECT_EQ(price_point(12'700), 12'499);
  EXPECT_EQ(price_point(61'234), 60'999);
}

// Property: the price point lies within half a step of the price, and never decreases as the price grows.
TEST(PricePoints, StayNearThePrice) {
  std::int64_t last = 0;
  for (std::int64_t price = 1; price < 120'000; price += 7) {
    const std::int64_t point = price_point(price);
    EXPECT_GE(point, last);
    EXPECT_LE(std::abs(point - price), std::max<std::int64_t>(9, price / 10)) << price;
    last = point;
  }
}

}  // namespace
}  // namespace tillstorm
