// Arrival rates: where the next arrival lies.
#include "model/demand_plan.h"

#include <gtest/gtest.h>

#include "engine/exponential.h"
#include "model/setup.h"

namespace tillstorm::model {
namespace {

constexpr double kPerHour = 1.0 / 3.6e9;

TEST(DayRates, AConstantRateSpacesArrivalsByItsInverse) {
  DayRates rates;
  rates.clear(Time{0} + kDay);
  rates.add({Time{0}, 2 * kPerHour, 0});
  EXPECT_EQ(rates.next_arrival(Time{0}, 1.0), Time{0} + 30 * kMinute);
}

TEST(DayRates, AHourWithoutCustomersIsPassedOver) {
  DayRates rates;
  rates.clear(Time{0} + 3 * kHour);
  rates.add({Time{0}, 1 * kPerHour, 0});
  rates.add({Time{0} + kHour, 0, 0});
  rates.add({Time{0} + 2 * kHour, 1 * kPerHour, 0});
  EXPECT_NEAR(static_cast<double>(rates.next_arrival(Time{0}, 1.5).us), 2.5 * 3.6e9, 2);
}

TEST(DayRates, NobodyComesAfterTheEnd) {
  DayRates rates;
  rates.clear(Time{0} + kHour);
  rates.add({Time{0}, 1 * kPerHour, 0});
  EXPECT_EQ(rates.next_arrival(Time{0}, 1.0), kNever);
  EXPECT_EQ(DayRates{}.next_arrival(Time{0}, 0.1), kNever);
}

TEST(DayRates, ARisingRateIsSolvedExactly) {
  DayRates rates;  // rate t per hour at t hours: mass t^2 / 2
  rates.clear(Time{0} + kDay);
  rates.add({Time{0}, 0, kPerHour / 3.6e9});
  EXPECT_NEAR(static_cast<double>(rates.next_arrival(Time{0}, 2.0).us), 2 * 3.6e9, 2);
}

// Property: the number of arrivals in a day has the mean and the variance of a Poisson count with the day's mass.
TEST(DayRates, ArrivalsArePoisson) {
  double sum = 0, squares = 0;
  constexpr int kDays = 4000;
  RandomStream stream(3, purpose_of("test.arrivals"), 0, 0);
  for (int day = 0; day < kDays; ++day) {
    DayRates rates;
    rates.clear(Time{0} + 4 * kHour);
    rates.add({Time{0}, 10 * kPerHour, 0});
    rates.add({Time{0} + kHour, 10 * kPerHour, 10 * kPerHour / 3.6e9});
    rates.add({Time{0} + 3 * kHour, 5 * kPerHour, 0});
    int count = 0;
    for (Time t = rates.next_arrival(Time{0}, exponential(stream)); t != kNever;
         t = rates.next_arrival(t, exponential(stream)))
      ++count;
    sum += count;
    squares += static_cast<double>(count) * count;
  }
  const double mean = sum / kDays, variance = squares / kDays - mean * mean;
  constexpr double kMass = 10 + (10 + 30) + 5;  // constant, linear from 10 to 30, constant
  EXPECT_NEAR(mean, kMass, 5 * 7.42 / 63.2);
  EXPECT_NEAR(variance, kMass, 8);
}

TEST(CountLaw, DrawsOneMoreForEachThresholdReached) {
  const CountLaw law{{1U << 31, 3U << 30}};
  EXPECT_EQ(law.draw(0), 1);
  EXPECT_EQ(law.draw((1U << 31) - 1), 1);
  EXPECT_EQ(law.draw(1U << 31), 2);
  EXPECT_EQ(law.draw(0xffffffffU), 3);
}

}  // namespace
}  // namespace tillstorm::model
