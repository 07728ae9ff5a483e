#include "world/backlog.h"

#include <gtest/gtest.h>

namespace tillstorm {
namespace {

constexpr Time at(std::int64_t s) { return Time{} + s * kSecond; }

/// Two sources; the first has handed over messages 1 to 3, the second its first.
Backlog four_behind() {
  Backlog backlog(2);
  for (int i = 0; i < 3; ++i) backlog.handed_over(0);
  backlog.handed_over(1);
  return backlog;
}

TEST(Backlog, DrainsWhenTheLastOfItIsPosted) {
  Backlog backlog = four_behind();
  backlog.outage_ended(0, 3, at(10));
  backlog.over(0, 1, at(11));
  backlog.over(1, 1, at(40));
  backlog.over(0, 3, at(12));
  EXPECT_EQ(backlog.drained(), 0u) << "the second message is still behind, whatever is posted first";
  backlog.over(0, 2, at(15));
  EXPECT_EQ(backlog.drained(), 1u);
  EXPECT_EQ(backlog.longest_drain(), 5 * kSecond);
  EXPECT_EQ(backlog.behind(), 0);
  EXPECT_EQ(backlog.most(), 4);
}

TEST(Backlog, WhatIsHandedOverAfterwardsDoesNotBelongToIt) {
  Backlog backlog = four_behind();
  backlog.outage_ended(1, 1, at(10));
  backlog.handed_over(1);
  backlog.over(1, 2, at(11));
  EXPECT_EQ(backlog.drained(), 0u);
  backlog.over(1, 1, at(13));
  EXPECT_EQ(backlog.longest_drain(), 3 * kSecond);
}

TEST(Backlog, AnOutageThatHeldNothingHasNone) {
  Backlog backlog(1);
  backlog.outage_ended(0, 7, at(10));
  backlog.handed_over(0);
  backlog.over(0, 8, at(11));
  EXPECT_EQ(backlog.drained(), 0u);
}

TEST(Backlog, ASecondOutageBeforeItIsGoneCountsFromItsOwnEnd) {
  Backlog backlog = four_behind();
  backlog.outage_ended(0, 3, at(10));
  backlog.over(0, 1, at(11));
  backlog.handed_over(0);
  backlog.outage_ended(0, 4, at(100));
  backlog.over(0, 2, at(101));
  backlog.over(0, 3, at(102));
  EXPECT_EQ(backlog.drained(), 0u);
  backlog.over(0, 4, at(103));
  EXPECT_EQ(backlog.drained(), 1u);
  EXPECT_EQ(backlog.longest_drain(), 3 * kSecond);
}

TEST(Backlog, WhatComesToItsEndTwiceCountsOnce) {
  Backlog backlog = four_behind();
  backlog.outage_ended(0, 3, at(10));
  for (const std::uint32_t sequence : {2U, 2U, 1U, 2U, 1U}) backlog.over(0, sequence, at(11));
  EXPECT_EQ(backlog.behind(), 2) << "the third of the first source, and that of the second";
  EXPECT_EQ(backlog.drained(), 0u);
  backlog.over(0, 3, at(12));
  EXPECT_EQ(backlog.drained(), 1u);
}

}  // namespace
}  // namespace tillstorm
