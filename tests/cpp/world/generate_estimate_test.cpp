#include <gtest/gtest.h>

#include <limits>

#include "base/error.h"
#include "world/generate/generate.h"

namespace tillstorm {
namespace {

Scenario chain_of(std::int32_t stores, std::int32_t items) {
  Scenario scenario;
  scenario.chain.generate = GeneratedStores{};
  scenario.chain.generate->stores = stores;
  scenario.catalogue.generate = GeneratedItems{};
  scenario.catalogue.generate->items = items;
  return scenario;
}

TEST(EstimateBytes, GrowsWithStoresAndItems) {
  const std::uint64_t small = estimate_bytes(chain_of(12, 5000));
  const std::uint64_t baseline = estimate_bytes(chain_of(120, 5000));
  EXPECT_LT(small, baseline);
  EXPECT_LT(baseline, estimate_bytes(chain_of(120, 10'000)));
  EXPECT_LT(baseline, 1ULL << 30);  // the bound of a year of the baseline
}

TEST(EstimateBytes, IsAboutTheSameBeforeAndAfterExpansion) {
  const auto before = static_cast<double>(estimate_bytes(chain_of(60, 2000)));
  const auto after = static_cast<double>(estimate_bytes(expand(chain_of(60, 2000))));
  EXPECT_GT(before / after, 0.9);
  EXPECT_LT(before / after, 1.5);  // before, a store is taken to carry everything
}

TEST(EstimateBytes, DoesNotWrapAround) {
  const std::int32_t most = std::numeric_limits<std::int32_t>::max();
  EXPECT_GT(estimate_bytes(chain_of(most, most)), 1ULL << 62);
}

TEST(RequireFits, RefusesWithTheEstimate) {
  EXPECT_NO_THROW(require_fits(chain_of(120, 5000), 1ULL << 30));
  try {
    require_fits(chain_of(100'000, 1'000'000), 16ULL << 30);
    FAIL() << "a hundred thousand million cells do not fit";
  } catch (const InputError& error) {
    ASSERT_EQ(error.problems.size(), 1U);
    EXPECT_NE(error.problems[0].message.find("100000 stores and 1000000 items need about"), std::string::npos);
    EXPECT_NE(error.problems[0].message.find("GiB"), std::string::npos);
  }
}

}  // namespace
}  // namespace tillstorm
