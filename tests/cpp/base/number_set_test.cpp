#include "base/number_set.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/random_stream.h"

namespace tillstorm {
namespace {

TEST(NumberSet, HoldsWhatWasPutInAndZero) {
  NumberSet numbers;
  EXPECT_TRUE(numbers.contains(0));
  EXPECT_FALSE(numbers.insert(0));
  EXPECT_EQ(numbers.size(), 0u);
  EXPECT_EQ(numbers.first_missing(), 1u);
  EXPECT_TRUE(numbers.insert(1));
  EXPECT_TRUE(numbers.insert(3));
  EXPECT_FALSE(numbers.insert(3));
  EXPECT_FALSE(numbers.contains(2));
  EXPECT_EQ(numbers.first_missing(), 2u);
  EXPECT_TRUE(numbers.insert(2));
  EXPECT_EQ(numbers.first_missing(), 4u);
  EXPECT_EQ(numbers.size(), 3u);
}

TEST(NumberSet, OneThatNeverComesCostsNoMemoryForThoseAfterIt) {
  NumberSet numbers;
  for (std::uint32_t n = 2; n < 100'000; ++n) numbers.insert(n);
  EXPECT_LE(numbers.state_bytes(), 64u);
  EXPECT_EQ(numbers.size(), 99'998u);
}

// Property: whatever the order, it answers as a set does.
TEST(NumberSet, AgreesWithASet) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    RandomStream chance(seed, purpose_of("test.number_set"), 0, 0);
    const auto range = static_cast<std::uint32_t>(1 + chance.below(60));
    NumberSet numbers;
    std::set<std::uint32_t> model;
    for (int step = 0; step < 120; ++step) {
      const auto number = static_cast<std::uint32_t>(1 + chance.below(range));
      ASSERT_EQ(numbers.insert(number), model.insert(number).second) << "seed " << seed << ", number " << number;
      ASSERT_EQ(numbers.size(), model.size());
      std::uint32_t missing = 1;
      while (model.contains(missing)) ++missing;
      ASSERT_EQ(numbers.first_missing(), missing);
      for (std::uint32_t n = 1; n <= range; ++n) ASSERT_EQ(numbers.contains(n), model.contains(n)) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace tillstorm
