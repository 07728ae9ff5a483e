// MSG-03, MSG-05: each number is new once; what is older than the window counts as posted.
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
  EXPECT_TRUE(window.contains(2)) << "66 - 2 = 64: outside, so it counts as posted";
  EXPECT_FALSE(window.contains(3));
}

TEST(MSG_05, EdgeKeepsItsMemoryWhateverComes) {
  DedupeWindow window(4096);
  const std::uint64_t bytes = window.bytes();
  for (std::uint32_t number = 1; number < 1'000'000; number += 7) window.insert(number);
  EXPECT_EQ(window.bytes(), bytes);
  EXPECT_EQ(bytes, 512u);
}

// Property: whatever the order and number of copies within the window, each number is new exactly once.
TEST(MSG_05, EdgeAgreesWithASetForRandomArrivals) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    RandomStream stream(seed, purpose_of("test.dedupe"), 0, 0);
    DedupeWindow window(128);
    std::set<std::uint32_t> seen;
    std::uint32_t newest = 1;
    for (int i = 0; i < 5000; ++i) {
      newest += stream.below(3) == 0 ? stream.below(4) : 0;
      const std::uint32_t number = newest - std::min(newest - 1, stream.below(100));
      ASSERT_EQ(window.contains(number), seen.count(number) == 1 || window.highest() >= number + 128) << number;
      if (!window.contains(number)) {
        window.insert(number);
        seen.insert(number);
      }
    }
  }
}

}  // namespace
}  // namespace tillstorm::erp
