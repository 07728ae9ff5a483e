// Distributions of real numbers against their theory, on 1e7 draws each (see statistics.h).
#include <gtest/gtest.h>

#include <cmath>

#include "engine/distributions.h"
#include "engine/statistics.h"

namespace tillstorm {
namespace {

using statistics::expect_real_law;
using statistics::gamma_p;
using statistics::normal_cdf;

TEST(StatisticsOfExponential, FollowsItsLaw) {
  expect_real_law([](RandomStream& s) { return exponential(s); }, [](double x) { return -std::expm1(-x); }, 1, 1, 0,
                  12);
}

// The ziggurat's tail: given x > t, x - t is exponential again, also across the edge of its lowest layer at 7.697.
TEST(StatisticsOfExponential, HasTheRightTail) {
  RandomStream stream = statistics::stream_for(1);
  int beyond_edge = 0, beyond_9 = 0;
  for (int i = 0; i < statistics::kDraws; ++i) {
    const double x = exponential(stream);
    beyond_edge += x > 7.69711747013104972;
    beyond_9 += x > 9.0;
  }
  const auto expect_count = [](int seen, double probability) {
    EXPECT_NEAR(seen, statistics::kDraws * probability,
                statistics::kSigmas * std::sqrt(statistics::kDraws * probability));
  };
  expect_count(beyond_edge, std::exp(-7.69711747013104972));
  expect_count(beyond_9, std::exp(-9.0));
}

TEST(StatisticsOfNormal, FollowsItsLaw) {
  expect_real_law([](RandomStream& s) { return normal(s); }, normal_cdf, 0, 1, -5.5, 5.5);
}

TEST(Normal, QuantileInvertsTheDistributionFunction) {
  for (double x = -8.2; x < -0.001; x += 0.01) EXPECT_NEAR(normal_quantile(normal_cdf(x)) / x, 1.0, 1e-13) << x;
  for (double p = 0x1p-20; p < 0.5; p += 0x1p-10) EXPECT_EQ(normal_quantile(1 - p), -normal_quantile(p)) << p;
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-15);
}

TEST(StatisticsOfLogNormal, FollowsItsLaw) {
  const double median = 90, sigma = 0.4;
  const double mean = median * std::exp(sigma * sigma / 2);
  expect_real_law([&](RandomStream& s) { return log_normal(median, sigma, s); },
                  [&](double x) { return x <= 0 ? 0 : normal_cdf(std::log(x / median) / sigma); }, mean,
                  mean * mean * std::expm1(sigma * sigma), 0, 700);
}

TEST(StatisticsOfGamma, FollowsItsLawForShapesBelowAtAndAboveOne) {
  std::uint64_t n = 0;
  for (const double shape : {0.3, 1.0, 4.5}) {
    expect_real_law([&](RandomStream& s) { return gamma(shape, 2.0, s); },
                    [&](double x) { return gamma_p(shape, x / 2); }, 2 * shape, 4 * shape, 0,
                    2 * (shape + 10 * std::sqrt(shape) + 5), ++n);
  }
}

TEST(StatisticsOfErlang, FollowsItsLaw) {
  expect_real_law([](RandomStream& s) { return erlang(4, 10.0, s); }, [](double x) { return gamma_p(4, x / 2.5); }, 10,
                  25, 0, 60);
}

TEST(StatisticsOfErlang, FollowsItsLawForManyStages) {
  expect_real_law([](RandomStream& s) { return erlang(40, 10.0, s); }, [](double x) { return gamma_p(40, x * 4); }, 10,
                  2.5, 0, 25);
}

TEST(StatisticsOfWeibull, FollowsItsLaw) {
  const double shape = 1.7, scale = 3;
  const double first = std::tgamma(1 + 1 / shape), second = std::tgamma(1 + 2 / shape);
  expect_real_law([&](RandomStream& s) { return weibull(shape, scale, s); },
                  [&](double x) { return -std::expm1(-std::pow(x / scale, shape)); }, scale * first,
                  scale * scale * (second - first * first), 0, 20);
}

TEST(StatisticsOfUniform, FollowsItsLaw) {
  expect_real_law([](RandomStream& s) { return uniform(-2.0, 3.0, s); },
                  [](double x) { return std::clamp((x + 2) / 5, 0.0, 1.0); }, 0.5, 25.0 / 12, -2, 3);
}

TEST(StatisticsOfTriangular, FollowsItsLaw) {
  const Law law{Law::Kind::triangular, 1, 2, 5};
  expect_real_law([&](RandomStream& s) { return sample(law, s); },
                  [](double x) { return x < 2 ? (x - 1) * (x - 1) / 4 : 1 - (5 - x) * (5 - x) / 12; }, mean(law),
                  variance(law), 1, 5);
}

// Property: the mean and variance a law states are those of its draws.
TEST(Law, StatesItsMeanAndVariance) {
  using Kind = Law::Kind;
  const Law laws[] = {{Kind::constant, 7},  {Kind::uniform, 2, 5},      {Kind::exponential, 3},
                      {Kind::normal, 5, 2}, {Kind::log_normal, 4, 0.5}, {Kind::gamma, 2.5, 3},
                      {Kind::erlang, 3, 6}, {Kind::weibull, 2.2, 3},    {Kind::triangular, 1, 2, 6}};
  std::uint64_t n = 0;
  for (const Law& law : laws) {
    RandomStream stream = statistics::stream_for(++n);
    double sum = 0, squares = 0, fourths = 0;
    constexpr int kDraws = 200000;
    for (int i = 0; i < kDraws; ++i) {
      const double d = sample(law, stream) - mean(law);
      sum += d;
      squares += d * d;
      fourths += d * d * d * d;
    }
    const double error = std::sqrt(std::max(0.0, fourths / kDraws - variance(law) * variance(law)) / kDraws);
    EXPECT_NEAR(sum / kDraws, 0, 5 * std::sqrt(variance(law) / kDraws) + 1e-12) << n;
    EXPECT_NEAR(squares / kDraws, variance(law), 5 * error + 1e-12) << n;
    EXPECT_NEAR(scv(law), variance(law) / (mean(law) * mean(law)), 1e-15) << n;
  }
}

TEST(Law, AConstantTakesNothingFromTheStream) {
  RandomStream stream(1, 2, 3, 4), untouched(1, 2, 3, 4);
  EXPECT_EQ(sample({Law::Kind::constant, 42}, stream), 42.0);
  EXPECT_EQ(stream.next64(), untouched.next64());
}

TEST(Law, DegenerateLawsAreConstants) {
  RandomStream stream(1, 2, 3, 4);
  EXPECT_EQ(sample({Law::Kind::uniform, 3, 3}, stream), 3.0);
  EXPECT_EQ(sample({Law::Kind::exponential, 0}, stream), 0.0);
  EXPECT_EQ(sample({Law::Kind::normal, 3, 0}, stream), 3.0);
  EXPECT_EQ(sample({Law::Kind::log_normal, 3, 0}, stream), 3.0);
  EXPECT_EQ(sample({Law::Kind::triangular, 3, 3, 3}, stream), 3.0);
}

}  // namespace
}  // namespace tillstorm
