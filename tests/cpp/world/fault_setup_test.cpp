// When a fault is in force, and whom it hits.
#include "world/fault_setup.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "world/generate/generate.h"

namespace tillstorm {
namespace {

constexpr Time kFrom = Time{0} + 10 * kHour;

/// All changes in order, each with whether the fault is in force from then on.
std::vector<std::pair<Duration, bool>> changes(const FaultSchedule& when) {
  std::vector<std::pair<Duration, bool>> all;
  for (Time at = when.next_change(Time{0}); at != kNever; at = when.next_change(at))
    all.emplace_back(at - kFrom, when.is_active(at));
  return all;
}

using Changes = std::vector<std::pair<Duration, bool>>;

TEST(FaultSchedule, HoldsFromItsBeginningUpToItsEnd) {
  const FaultSchedule when{.from = kFrom, .length = kHour, .every = kDay, .times = 1, .down = {}, .up = {}};
  EXPECT_EQ(changes(when), (Changes{{Duration{}, true}, {kHour, false}}));
  EXPECT_FALSE(when.is_active(kFrom + -kMicrosecond));
  EXPECT_TRUE(when.is_active(kFrom + kHour + -kMicrosecond));
  EXPECT_EQ(when.until(), kFrom + kHour);
}

TEST(FaultSchedule, ComesAgain) {
  const FaultSchedule when{.from = kFrom, .length = kHour, .every = kDay, .times = 2, .down = {}, .up = {}};
  EXPECT_EQ(changes(when), (Changes{{Duration{}, true}, {kHour, false}, {kDay, true}, {kDay + kHour, false}}));
  EXPECT_EQ(when.until(), kFrom + kDay + kHour);
}

TEST(FaultSchedule, WindowsWithoutAGapActAsOne) {
  const FaultSchedule when{.from = kFrom, .length = kHour, .every = kHour, .times = 2, .down = {}, .up = {}};
  EXPECT_EQ(changes(when), (Changes{{Duration{}, true}, {kHour, true}, {2 * kHour, false}}));
}

TEST(FaultSchedule, FlapsWithinItsWindow) {
  const FaultSchedule when{
      .from = kFrom, .length = 5 * kMinute, .every = kDay, .times = 1, .down = kMinute, .up = 2 * kMinute};
  EXPECT_EQ(
      changes(when),
      (Changes{{Duration{}, true}, {kMinute, false}, {3 * kMinute, true}, {4 * kMinute, false}, {5 * kMinute, false}}));
}

Scenario hundred_stores() {
  Scenario s;
  s.chain.generate = GeneratedStores{};
  s.chain.generate->stores = 100;
  s.catalogue.generate = GeneratedItems{};
  s.catalogue.generate->items = 5;
  return expand(s);
}

Fault of(FaultKind kind) {
  Fault fault;
  fault.kind = kind;
  return fault;
}

std::vector<std::uint32_t> hit(Scenario s, const Fault& fault) {
  s.faults = {fault};
  return fault_setups(s, *TimeZone::find("UTC"), static_cast<std::uint32_t>(s.chain.stores.size()) + 1, 1)[0].sources;
}

TEST(FaultSelection, ALargerShareOfTheStoresKeepsThoseOfASmallerOne) {
  const Scenario s = hundred_stores();
  Fault fault = of(FaultKind::store_link_down);
  EXPECT_EQ(hit(s, fault).size(), 100u);
  fault.share_of_stores_ppm = 500'000;
  const auto half = hit(s, fault);
  fault.share_of_stores_ppm = 100'000;
  const auto few = hit(s, fault);
  EXPECT_NEAR(static_cast<double>(half.size()), 50, 15);
  EXPECT_NEAR(static_cast<double>(few.size()), 10, 9);
  EXPECT_TRUE(std::includes(half.begin(), half.end(), few.begin(), few.end()));
}

TEST(FaultSelection, FormatsNarrowWhatStoresAndRegionsName) {
  const Scenario s = hundred_stores();
  Fault fault = of(FaultKind::duplicate);
  fault.stores = {s.chain.stores[0].id};
  fault.regions = {s.chain.stores[1].region};
  fault.formats = {s.chain.stores[0].format};
  const auto chosen = hit(s, fault);
  EXPECT_EQ(chosen.front(), 0u);
  for (const std::uint32_t store : chosen) {
    EXPECT_EQ(s.chain.stores[store].format, s.chain.stores[0].format);
    EXPECT_TRUE(store == 0 || s.chain.stores[store].region == s.chain.stores[1].region);
  }
}

TEST(FaultSelection, TheDcIsHitIfItIsNamedOrItsRegionIsCutOff) {
  Scenario s = hundred_stores();
  s.chain.distribution_centres[0].region = s.chain.stores[0].region;
  Fault fault = of(FaultKind::store_link_slow);
  fault.stores = {s.chain.distribution_centres[0].id};
  EXPECT_EQ(hit(s, fault), (std::vector<std::uint32_t>{100}));
  fault = of(FaultKind::region_partition);
  fault.regions = {s.chain.stores[0].region};
  EXPECT_EQ(hit(s, fault).back(), 100u);
  fault.kind = FaultKind::store_link_down;
  EXPECT_NE(hit(s, fault).back(), 100u);
  EXPECT_EQ(hit(s, of(FaultKind::erp_down)).size(), 101u);
}

}  // namespace
}  // namespace tillstorm
