#include "engine/random_stream.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <set>
#include <vector>

namespace tillstorm {
namespace {

TEST(RandomStream, IsPhiloxOfItsName) {
  RandomStream stream(11, 22, 33, 44);
  for (std::uint64_t block = 0; block < 3; ++block)
    for (const std::uint64_t word : philox4x64({block, 44, 33, 0}, {11, 22})) EXPECT_EQ(stream.next64(), word);
}

TEST(RandomStream, UsesBothHalvesOfAWordAlsoWithOtherDrawsBetween) {
  RandomStream words(1, 2, 3, 4), halves(1, 2, 3, 4);
  const std::uint64_t first = words.next64(), second = words.next64(), third = words.next64();
  EXPECT_EQ(halves.next32(), static_cast<std::uint32_t>(first));
  EXPECT_EQ(halves.next64(), second);
  EXPECT_EQ(halves.next32(), static_cast<std::uint32_t>(first >> 32));
  EXPECT_EQ(halves.next32(), static_cast<std::uint32_t>(third));
}

TEST(RandomStream, ACopyGoesOnAlike) {
  RandomStream stream(1, 2, 3, 4);
  stream.next64();
  stream.next32();
  RandomStream copy = stream;
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(stream.next32(), copy.next32());
    EXPECT_EQ(stream.next64(), copy.next64());
  }
}

TEST(RandomStream, PurposesAreHashesOfTheirNames) {
  static_assert(purpose_of("basket") != purpose_of("baskets"));
  static_assert(purpose_of("basket") == key_of("basket"));
}

// Property: streams whose names differ in one bit of one part share no word and differ in half of their bits.
TEST(RandomStream, NeighbouringNamesGiveUnrelatedWords) {
  const std::array<std::uint64_t, 4> name{17, purpose_of("test"), key_of("store-1"), 5};
  std::set<std::uint64_t> words;
  int different_bits = 0;
  RandomStream base(name[0], name[1], name[2], name[3]);
  const std::uint64_t word = base.next64();
  words.insert(word);
  for (std::size_t part = 0; part < 4; ++part) {
    for (unsigned bit = 0; bit < 64; ++bit) {
      std::array<std::uint64_t, 4> other = name;
      other[part] ^= std::uint64_t{1} << bit;
      RandomStream stream(other[0], other[1], other[2], other[3]);
      const std::uint64_t its_word = stream.next64();
      words.insert(its_word);
      different_bits += std::popcount(word ^ its_word);
    }
  }
  EXPECT_EQ(words.size(), 257U);
  EXPECT_NEAR(different_bits, 256 * 32, 5 * std::sqrt(256 * 16));
}

TEST(RandomStream, UniformsStayInTheirIntervals) {
  RandomStream stream(5, 6, 7, 8);
  double least = 1, greatest = 0;
  for (int i = 0; i < 1000000; ++i) {
    const double u = stream.uniform(), open = stream.uniform_open();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    ASSERT_GT(open, 0.0);
    ASSERT_LT(open, 1.0);
    least = std::min(least, u);
    greatest = std::max(greatest, u);
  }
  EXPECT_LT(least, 1e-5);
  EXPECT_GT(greatest, 1 - 1e-5);
}

TEST(RandomStream, BelowIsUniformAndNeverReachesItsBound) {
  RandomStream stream(1, 1, 1, 1);
  for (const std::uint32_t n : {1U, 2U, 3U, 7U, 10U, 1000U}) {
    std::vector<double> count(n);
    constexpr int kDraws = 200000;
    for (int i = 0; i < kDraws; ++i) {
      const std::uint32_t draw = stream.below(n);
      ASSERT_LT(draw, n);
      ++count[draw];
    }
    double chi_square = 0;
    for (const double c : count)
      chi_square += (c - kDraws / double(n)) * (c - kDraws / double(n)) / (kDraws / double(n));
    EXPECT_LT(chi_square, (n - 1) + 5 * std::sqrt(2.0 * n)) << n;
  }
}

// 3 * 2^30 does not divide 2^32: without rejection, multiples of 3 would come 2 times in 4, not 1 in 3.
TEST(RandomStream, BelowRejectsWhatWouldBias) {
  RandomStream stream(2, 2, 2, 2);
  constexpr int kDraws = 300000;
  int thirds = 0;
  for (int i = 0; i < kDraws; ++i) thirds += stream.below(3U << 30) % 3 == 0;
  EXPECT_NEAR(thirds, kDraws / 3.0, 5 * std::sqrt(kDraws * 2.0 / 9));
}

TEST(RandomStream, BernoulliTakesOneDrawWhateverTheProbability) {
  RandomStream stream(3, 3, 3, 3), reference(3, 3, 3, 3);
  int successes = 0;
  for (int i = 0; i < 300000; ++i) {
    ASSERT_FALSE(stream.bernoulli_ppm(0));
    ASSERT_TRUE(stream.bernoulli_ppm(1'000'000));
    successes += stream.bernoulli_ppm(250'000);
    reference.next32();
    reference.next32();
    reference.next32();
  }
  EXPECT_EQ(stream.next64(), reference.next64());
  EXPECT_NEAR(successes, 75000, 5 * std::sqrt(300000 * 0.1875));
}

}  // namespace
}  // namespace tillstorm
