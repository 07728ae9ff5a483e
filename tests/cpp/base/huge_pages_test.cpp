#include "base/huge_pages.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>

namespace tillstorm {
namespace {

TEST(LargeVector, KeepsItsValuesWhileItGrowsFromSmallToLarge) {
  LargeVector<std::uint32_t> numbers;
  constexpr std::uint32_t kCount = 3 * kHugePage / sizeof(std::uint32_t);
  for (std::uint32_t i = 0; i < kCount; ++i) numbers.push_back(i);
  const LargeVector<std::uint32_t> copy = numbers;
  numbers.assign(10, 7);
  numbers.shrink_to_fit();
  EXPECT_EQ(std::accumulate(numbers.begin(), numbers.end(), 0U), 70U);
  std::uint32_t wrong = 0;
  for (std::uint32_t i = 0; i < kCount; ++i) wrong += copy[i] == i ? 0U : 1U;
  EXPECT_EQ(wrong, 0U);
}

TEST(LargeVector, BeginsOnAHugePageOnceItIsLarge) {
  const LargeVector<std::uint64_t> numbers(kHugePage / sizeof(std::uint64_t));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(numbers.data()) % kHugePage, 0U);
}

}  // namespace
}  // namespace tillstorm
