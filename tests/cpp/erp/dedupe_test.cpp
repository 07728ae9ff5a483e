// MSG-03, MSG-05: each number is new once, within the window and beyond it.
#include "erp/dedupe.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/random_stream.h"

namespace tillstorm::erp {
namespace {

TEST(MSG_05, HappyKnowsANumberOnlyAfterItWasInserted) {
  DedupeWindow window(64);
  EXPECT_FALSE(window.contains(1));
  window.insert(1);
  EXPECT_TRUE(window.contains(1));
  EXPECT_FALSE(window.contains(2));
}

TEST(MSG_05, HappyTakesNumbersOutOfOrder) {
  DedupeWindow window(64);
  window.insert(5);
  EXPECT_FALSE(window.contains(3));
  window.insert(3);
  EXPECT_TRUE(window.contains(3));
  EXPECT_FALSE(window.contains(4));
}

TEST(MSG_05, EdgeTheOldestNumberOfTheWindowIsStillKnownOneByOne) {
  DedupeWindow window(64);
  window.insert(1);
  window.insert(64);
  EXPECT_FALSE(window.contains(2));  // 64 - 2 = 62: inside
  window.insert(66);
  EXPECT_EQ(window.find(1), DedupeWindow::Outcome::late_lookup_hit) << "66 - 1 = 65: outside, and posted";
  EXPECT_EQ(window.find(2), DedupeWindow::Outcome::late_lookup_miss) << "66 - 2 = 64: outside, and never posted";
  EXPECT_EQ(window.find(3), DedupeWindow::Outcome::cache_miss_new);
}

TEST(MSG_05, EdgeByTheClockANumberIsOldAfterItsHours) {
  DedupeWindow window(64);
  window.age(100, 2);
  window.insert(1);
  window.insert(3);
  window.age(101, 2);
  window.insert(4);
  EXPECT_EQ(window.find(1), DedupeWindow::Outcome::cache_hit);
  window.age(102, 2);
  EXPECT_EQ(window.find(1), DedupeWindow::Outcome::cache_hit) << "posted up to two hours ago";
  window.age(103, 2);
  EXPECT_EQ(window.find(1), DedupeWindow::Outcome::late_lookup_hit);
  EXPECT_EQ(window.find(2), DedupeWindow::Outcome::late_lookup_miss) << "never posted, and older than what was";
  EXPECT_EQ(window.find(4), DedupeWindow::Outcome::cache_hit);
  EXPECT_EQ(window.find(5), DedupeWindow::Outcome::cache_miss_new);
  window.insert(2);
  EXPECT_EQ(window.find(2), DedupeWindow::Outcome::late_lookup_hit);
}

TEST(MSG_05, EdgeHoursOfSilenceCountToo) {
  for (const std::uint32_t hours : {5U, 6U}) {
    DedupeWindow window(64);
    window.age(100, hours);
    window.insert(1);
    window.age(101, hours);
    window.insert(2);
    window.age(107, hours);  // 1 was posted before hour 101, and 2 before hour 102
    EXPECT_EQ(window.find(1), DedupeWindow::Outcome::late_lookup_hit);
    EXPECT_EQ(window.find(2), hours == 5 ? DedupeWindow::Outcome::late_lookup_hit : DedupeWindow::Outcome::cache_hit);
  }
}

TEST(MSG_05, EdgeKeepsItsMemoryHoweverLongTheRun) {
  DedupeWindow window(4096);
  std::uint64_t bytes = 0;
  for (std::uint32_t number = 1; number < 1'000'000; ++number) {
    window.insert(number);
    if (number == 4096) bytes = window.bytes();
  }
  EXPECT_EQ(window.bytes(), bytes);
  EXPECT_EQ(bytes, 4 * 4096u);
}

TEST(MSG_05, EdgeWhatWasNeverPostedMayStillBeHoweverOldItIs) {
  DedupeWindow window(64);
  for (std::uint32_t number = 1; number <= 1000; ++number)
    if (number < 100 || number > 109) window.insert(number);
  for (const std::uint32_t number : {104U, 100U, 109U, 105U, 103U}) {
    EXPECT_EQ(window.find(number), DedupeWindow::Outcome::late_lookup_miss) << number;
    window.insert(number);
    EXPECT_EQ(window.find(number), DedupeWindow::Outcome::late_lookup_hit) << number;
  }
  for (const std::uint32_t number : {101U, 102U, 106U, 107U, 108U}) EXPECT_FALSE(window.contains(number)) << number;
  EXPECT_TRUE(window.contains(99));
  EXPECT_TRUE(window.contains(110));
}

TEST(MSG_05, FailureANumberFarAheadLeavesOneGap) {
  DedupeWindow window(64);
  window.insert(1);
  window.insert(1'000'000);
  EXPECT_TRUE(window.contains(1));
  EXPECT_FALSE(window.contains(2));
  EXPECT_FALSE(window.contains(999'999));
  EXPECT_LT(window.bytes(), 512u);
}

// Property: whatever the order and number of copies, each number is new exactly once.
TEST(MSG_05, EdgeAgreesWithASetForRandomArrivals) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    RandomStream stream(seed, purpose_of("test.dedupe"), 0, 0);
    DedupeWindow window(128);
    std::set<std::uint32_t> seen;
    std::uint32_t newest = 1;
    for (int i = 0; i < 5000; ++i) {
      newest += stream.below(3) == 0 ? stream.below(4) : 0;
      const std::uint32_t number = newest - std::min(newest - 1, stream.below(400));
      ASSERT_EQ(window.contains(number), seen.count(number) == 1) << number;
      if (!window.contains(number)) {
        window.insert(number);
        seen.insert(number);
      }
    }
  }
}

}  // namespace
}  // namespace tillstorm::erp
