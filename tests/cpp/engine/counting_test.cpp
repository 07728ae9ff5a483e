// Distributions of whole numbers against their theory, on 1e7 draws each (see statistics.h).
#include "engine/counting.h"

#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

#include "base/check.h"
#include "engine/statistics.h"

namespace tillstorm {
namespace {

using statistics::expect_whole_law;

double log_choose(double n, double k) { return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1); }

class Poissons : public testing::TestWithParam<double> {};
TEST_P(Poissons, FollowTheirLaw) {
  const double mean = GetParam();
  expect_whole_law([&](RandomStream& s) { return poisson(mean, s); },
                   [&](std::int64_t k) {
                     const double x = static_cast<double>(k);
                     return std::exp(x * std::log(mean) - mean - std::lgamma(x + 1));
                   },
                   mean, mean);
}
INSTANTIATE_TEST_SUITE_P(StatisticsOfPoisson, Poissons, testing::Values(0.2, 3.0, 9.9, 10.0, 40.0, 1000.0));

struct Trials {
  std::int64_t trials;
  double p;
};
void PrintTo(const Trials& t, std::ostream* out) { *out << t.trials << " trials of " << t.p; }
class Binomials : public testing::TestWithParam<Trials> {};
TEST_P(Binomials, FollowTheirLaw) {
  const std::int64_t trials = GetParam().trials;
  const double p = GetParam().p;
  const double n = static_cast<double>(trials);
  expect_whole_law([&](RandomStream& s) { return binomial(trials, p, s); },
                   [&](std::int64_t k) {
                     const double x = static_cast<double>(k);
                     return k > trials ? 0.0 : std::exp(log_choose(n, x) + x * std::log(p) + (n - x) * std::log1p(-p));
                   },
                   n * p, n * p * (1 - p));
}
INSTANTIATE_TEST_SUITE_P(StatisticsOfBinomial, Binomials,
                         testing::Values(Trials{5, 0.3}, Trials{1000, 0.004}, Trials{40, 0.25}, Trials{300, 0.5},
                                         Trials{200, 0.9}));

TEST(StatisticsOfNegativeBinomial, FollowsItsLaw) {
  const double mean = 3, k = 1.5, p = k / (k + mean);
  expect_whole_law([&](RandomStream& s) { return negative_binomial(mean, k, s); },
                   [&](std::int64_t n) {
                     const double x = static_cast<double>(n);
                     return std::exp(std::lgamma(x + k) - std::lgamma(k) - std::lgamma(x + 1) + k * std::log(p) +
                                     x * std::log1p(-p));
                   },
                   mean, mean + mean * mean / k);
}

TEST(StatisticsOfGeometric, FollowsItsLaw) {
  const double p = 0.35;
  expect_whole_law([&](RandomStream& s) { return geometric(p, s); },
                   [&](std::int64_t k) { return p * std::pow(1 - p, static_cast<double>(k)); }, (1 - p) / p,
                   (1 - p) / (p * p));
}

TEST(Counting, CertaintiesTakeNoChance) {
  RandomStream stream(1, 2, 3, 4);
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(poisson(0.0, stream), 0);
    ASSERT_EQ(binomial(0, 0.5, stream), 0);
    ASSERT_EQ(binomial(1000, 0.0, stream), 0);
    ASSERT_EQ(binomial(1000, 1.0, stream), 1000);
    ASSERT_EQ(negative_binomial(0.0, 2.0, stream), 0);
    ASSERT_EQ(geometric(1.0, stream), 0);
  }
}

TEST(Counting, RefusesWhatIsNoDistribution) {
  RandomStream stream(1, 2, 3, 4);
  EXPECT_THROW(poisson(-1.0, stream), InternalError);
  EXPECT_THROW(poisson(NAN, stream), InternalError);
  EXPECT_THROW(poisson(2e9, stream), InternalError);
  EXPECT_THROW(binomial(-1, 0.5, stream), InternalError);
  EXPECT_THROW(binomial(1, 1.5, stream), InternalError);
  EXPECT_THROW(geometric(0.0, stream), InternalError);
}

TEST(Counting, LargeMeansStayNearTheNormal) {
  RandomStream stream(1, 2, 3, 5);
  for (const double mean : {1e5, 1e7, 1e9}) {
    double sum = 0;
    for (int i = 0; i < 10000; ++i) {
      const double z = (static_cast<double>(poisson(mean, stream)) - mean) / std::sqrt(mean);
      ASSERT_LT(std::fabs(z), 6.5);
      sum += z;
    }
    EXPECT_NEAR(sum / 10000, 0, 0.05) << mean;
  }
}

}  // namespace
}  // namespace tillstorm
