// TimeWeighted, RunningMoments and QuantileSketch.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "engine/quantile_sketch.h"
#include "engine/random_stream.h"
#include "engine/running_moments.h"
#include "engine/time_weighted.h"

namespace tillstorm {
namespace {

TEST(TimeWeighted, IntegratesExactly) {
  TimeWeighted level(Time{100}, 3);
  level.set(5, Time{110});
  level.add(-6, Time{130});
  EXPECT_EQ(level.value(), -1);
  EXPECT_EQ(static_cast<std::int64_t>(level.area(Time{140})), 3 * 10 + 5 * 20 - 10);
  EXPECT_DOUBLE_EQ(level.mean(Time{140}), 120.0 / 40);
  EXPECT_EQ(level.min(), -1);
  EXPECT_EQ(level.max(), 5);
}

TEST(TimeWeighted, ResetKeepsTheValueAndForgetsThePast) {
  TimeWeighted level(Time{0}, 0);
  level.set(9, Time{10});
  level.set(4, Time{20});
  level.reset(Time{50});
  EXPECT_DOUBLE_EQ(level.mean(Time{50}), 4.0);
  EXPECT_DOUBLE_EQ(level.mean(Time{60}), 4.0);
  EXPECT_EQ(level.max(), 4);
  EXPECT_EQ(level.since(), Time{50});
}

TEST(TimeWeighted, HoldsAMillionUnitsForAMillennium) {
  TimeWeighted level(Time{0}, 1'000'000);
  const Time end = Time{} + 365'000 * kDay;
  EXPECT_DOUBLE_EQ(level.mean(end), 1e6);
  EXPECT_GT(level.area(end), static_cast<TimeWeighted::Area>(INT64_MAX));
}

// Property: mean, variance and extremes are those of two passes over the list, also when lists are merged in any split.
TEST(RunningMoments, AreThoseOfTwoPasses) {
  RandomStream random(1, purpose_of("moments"), 0, 0);
  for (std::uint32_t n = 1; n < 60; ++n) {
    std::vector<double> numbers(n);
    for (double& x : numbers) x = 1e9 + random.uniform();
    RunningMoments all, left, right;
    const std::uint32_t split = random.below(n + 1);
    for (std::uint32_t i = 0; i < n; ++i) {
      all.add(numbers[i]);
      (i < split ? left : right).add(numbers[i]);
    }
    left.merge(right);
    double mean = 0, squares = 0;
    for (const double x : numbers) mean += (x - 1e9) / n;
    for (const double x : numbers) squares += (x - 1e9 - mean) * (x - 1e9 - mean);
    for (const RunningMoments& moments : {all, left}) {
      ASSERT_EQ(moments.count(), n);
      ASSERT_NEAR(moments.mean() - 1e9, mean, 1e-6);
      ASSERT_NEAR(moments.variance(), n == 1 ? 0 : squares / (n - 1), 1e-6);
      ASSERT_EQ(moments.min(), *std::min_element(numbers.begin(), numbers.end()));
      ASSERT_EQ(moments.max(), *std::max_element(numbers.begin(), numbers.end()));
    }
  }
}

TEST(RunningMoments, OfNothingAreZero) {
  EXPECT_EQ(RunningMoments{}.mean(), 0.0);
  EXPECT_EQ(RunningMoments{}.variance(), 0.0);
}

// Property: every quantile is within 1/128 of the value of that rank in the sorted list, whatever the scale of the
// values.
TEST(QuantileSketch, IsWithinOne128thOfTheSortedList) {
  for (std::uint64_t n = 0; n < 30; ++n) {
    RandomStream random(1, purpose_of("quantiles"), 0, n);
    std::vector<std::int64_t> values(1 + random.below(3000));
    QuantileSketch sketch;
    for (std::int64_t& value : values) {
      value = static_cast<std::int64_t>(random.next64() >> 1 >> random.below(63));
      sketch.record(value);
    }
    std::sort(values.begin(), values.end());
    ASSERT_EQ(sketch.count(), values.size());
    ASSERT_EQ(sketch.max(), values.back());
    for (const double q : {0.0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
      const double rank = std::ceil(q * static_cast<double>(values.size()));
      const auto exact = static_cast<double>(values[rank < 1 ? 0 : static_cast<std::size_t>(rank) - 1]);
      ASSERT_NEAR(static_cast<double>(sketch.quantile(q)), exact, exact / 128) << q;
      if (exact < 128) {
        ASSERT_EQ(static_cast<double>(sketch.quantile(q)), exact) << q;
      }
    }
  }
}

TEST(QuantileSketch, MergesToTheSketchOfAll) {
  RandomStream random(1, purpose_of("quantiles"), 1, 0);
  QuantileSketch all, left, right;
  for (int i = 0; i < 5000; ++i) {
    const auto value = static_cast<std::int64_t>(random.next64() >> (20 + random.below(40)));
    all.record(value);
    (i % 3 == 0 ? left : right).record(value);
  }
  QuantileSketch backwards = right;
  backwards.merge(left);
  left.merge(right);
  EXPECT_EQ(left, all);
  EXPECT_EQ(backwards, all);
}

TEST(QuantileSketch, CountsWeightsNegativesAndExtremes) {
  QuantileSketch sketch;
  EXPECT_EQ(sketch.quantile(0.5), 0);
  sketch.record(-5, 2);
  sketch.record(100, 6);
  sketch.record(INT64_MAX, 2);
  EXPECT_EQ(sketch.count(), 10U);
  EXPECT_EQ(sketch.quantile(0.2), 0);
  EXPECT_EQ(sketch.quantile(0.5), 100);
  EXPECT_EQ(sketch.quantile(1.0), INT64_MAX);
  EXPECT_EQ(sketch.count_up_to(-1), 0U);
  EXPECT_EQ(sketch.count_up_to(0), 2U);
  EXPECT_EQ(sketch.count_up_to(100), 8U);
  EXPECT_EQ(sketch.count_up_to(INT64_MAX), 10U);
  EXPECT_THROW(sketch.quantile(1.5), InternalError);
}

}  // namespace
}  // namespace tillstorm
