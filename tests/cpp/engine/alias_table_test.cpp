#include "engine/alias_table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/check.h"
#include "engine/statistics.h"

namespace tillstorm {
namespace {

// Property: whatever the weights, the probabilities the table implies are the weights' shares to within 2^-32, sum to
// 1, and are exactly 0 where the weight is.
TEST(AliasTable, ImpliesItsWeightsTo2ToTheMinus32) {
  RandomStream random(1, purpose_of("alias"), 0, 0);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> weights(1 + random.below(300));
    for (double& weight : weights) {
      const double u = random.uniform();
      switch (random.below(4)) {
        case 0:
          weight = 0;
          break;
        case 1:
          weight = u;
          break;
        case 2:
          weight = std::exp(60 * (u - 0.5));
          break;
        default:
          weight = 1;
          break;
      }
    }
    weights[random.below(static_cast<std::uint32_t>(weights.size()))] = 1;
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    const AliasTable table(weights);
    double total = 0;
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      const double probability = table.probability(i);
      total += probability;
      ASSERT_NEAR(probability, weights[i] / sum, 0x1p-32);
      if (weights[i] == 0) {
        ASSERT_EQ(probability, 0.0);
      }
    }
    ASSERT_NEAR(total, 1.0, 1e-13);
  }
}

TEST(AliasTable, ImpliesAZipfLawOf5000Items) {
  const std::vector<double> weights = zipf_weights(5000, 0.8);
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  const AliasTable table(weights);
  for (std::uint32_t i = 0; i < 5000; i += 49) EXPECT_NEAR(table.probability(i), weights[i] / sum, 0x1p-32);
  EXPECT_EQ(weights[0], 1.0);
  EXPECT_NEAR(weights[4999], std::pow(5000.0, -0.8), 1e-18);
}

TEST(StatisticsOfAliasTable, DrawsItsWeights) {
  std::vector<double> weights = zipf_weights(1000, 0.8);
  weights[3] = 0;
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  double mean = 0, square = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    mean += static_cast<double>(i) * weights[i] / sum;
    square += static_cast<double>(i * i) * weights[i] / sum;
  }
  const AliasTable table(weights);
  statistics::expect_whole_law([&](RandomStream& s) { return static_cast<std::int64_t>(table.draw(s)); },
                               [&](std::int64_t k) { return weights[static_cast<std::size_t>(k)] / sum; }, mean,
                               square - mean * mean);
}

TEST(StatisticsOfAliasTable, DrawsItsWeightsFromHalfAWord) {
  const std::vector<double> weights = {0, 5, 1, 2, 2, 0, 10};
  double mean = 0, square = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    mean += static_cast<double>(i) * weights[i] / 20;
    square += static_cast<double>(i * i) * weights[i] / 20;
  }
  const AliasTable table(weights);
  statistics::expect_whole_law([&](RandomStream& s) { return static_cast<std::int64_t>(table.draw32(s)); },
                               [&](std::int64_t k) { return weights[static_cast<std::size_t>(k)] / 20; }, mean,
                               square - mean * mean);
}

TEST(AliasTable, OneWeightIsAlwaysDrawn) {
  const AliasTable table(std::vector<double>{0.25});
  RandomStream stream(1, 2, 3, 4);
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(table.draw(stream), 0U);
}

TEST(AliasTable, AWeightOfZeroIsNeverDrawn) {
  const AliasTable table(std::vector<double>{0, 1, 0, 1e-9, 0});
  RandomStream stream(1, 2, 3, 4);
  for (int i = 0; i < 100000; ++i) ASSERT_EQ(table.draw(stream) % 2, 1U);
}

TEST(AliasTable, RefusesWeightsThatAreNone) {
  EXPECT_THROW(AliasTable(std::vector<double>{}), InternalError);
  EXPECT_THROW(AliasTable(std::vector<double>{0, 0}), InternalError);
  EXPECT_THROW(AliasTable(std::vector<double>{1, -1}), InternalError);
  EXPECT_THROW(AliasTable(std::vector<double>{1, NAN}), InternalError);
  EXPECT_THROW(AliasTable(std::vector<double>{1, INFINITY}), InternalError);
}

}  // namespace
}  // namespace tillstorm
