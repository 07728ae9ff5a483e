// OFFLINE-05, OFFLINE-08: a link delivers in order, at least once, and loses nothing that it was given.
#include "integration/channel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "integration/small_link.h"

namespace tillstorm::integration {
namespace {

TEST(OFFLINE_05, HappyDeliversInOrderAndForgetsWhatIsAcknowledged) {
  Link link;
  link.say(500, 10 * kMillisecond);  // far more often than the latency: order is the link's work
  link.finish();
  EXPECT_EQ(link.accepted, link.one_to(500));
  EXPECT_TRUE(link.repeated.empty());
  EXPECT_EQ(link.sender.pending(), 0u);
  EXPECT_EQ(link.pool.live(), 0u);
}

TEST(OFFLINE_08, HappyABacklogIsReplayedInOrderAtItsPace) {
  Link link;
  link.say(10);
  link.cut(kMinute);
  for (int i = 0; i < 40; ++i) {
    link.kernel.act_as(kStore);
    link.sender.submit(link.c, link.settings, link.ticket());
  }
  EXPECT_EQ(link.count(FaultEffect::held), 40u);
  const Time mended = link.kernel.now;
  link.mend();
  run(link.kernel, link, mended + 4 * kSecond);
  EXPECT_LT(link.accepted.size(), 10u + 4 * 5 + 1);  // five a second
  link.finish();
  EXPECT_EQ(link.accepted, link.one_to(50));
  EXPECT_EQ(link.pool.live(), 0u);
}

TEST(OFFLINE_05, EdgeSendsAgainWhenTheAnswerIsLost) {
  Link link;
  link.set(&FaultKnobs::acknowledgement_lost_ppm, 1'000'000);
  link.say(3);
  run(link.kernel, link, link.kernel.now + kMinute * 6);
  link.set(&FaultKnobs::acknowledgement_lost_ppm, 0);
  link.finish();
  EXPECT_EQ(link.accepted, link.one_to(3));
  EXPECT_GE(link.repeated.size(), 3u);
  EXPECT_GE(link.count(FaultEffect::acknowledgements_lost), 3u);
  EXPECT_EQ(link.sender.pending(), 0u);
}

TEST(MSG_06, EdgePassesARepeatOnToBeRecognised) {
  Link link;
  link.set(&FaultKnobs::duplicate_ppm, 1'000'000);
  link.say(20);
  link.finish();
  EXPECT_EQ(link.accepted, link.one_to(20));
  EXPECT_EQ(link.repeated, link.one_to(20));
  EXPECT_EQ(link.count(FaultEffect::duplicated), 20u);
}

TEST(MSG_11, EdgeAPauseEndsWithWhatFoundNoRoom) {
  Link link;
  link.settings.acknowledgement_timeout = kHour;
  link.say(2);
  link.has_room = false;
  link.say(3);
  link.sender.flow_control(link.c, true);
  link.say(2);
  EXPECT_EQ(link.accepted, link.one_to(2));
  link.has_room = true;
  link.kernel.act_as(kStore);
  link.sender.flow_control(link.c, false);
  run(link.kernel, link, link.kernel.now + kMinute);
  EXPECT_EQ(link.accepted, link.one_to(7)) << "long before anybody wonders at the silence";
  EXPECT_TRUE(link.repeated.empty());
}

TEST(OFFLINE_05, EdgeGathersAcknowledgementsWhereItIsAskedTo) {
  Link link;
  link.settings.acknowledge_after = kMinute;
  link.settings.acknowledgement_timeout = 2 * kMinute;
  link.say(30);
  link.finish();
  EXPECT_EQ(link.accepted, link.one_to(30));
  EXPECT_TRUE(link.repeated.empty());
  EXPECT_EQ(link.sender.pending(), 0u);
}

// Property: whatever the order of cuts, lost answers and duplicates, every message is accepted exactly once and in
// order, repeats are only of what was accepted before, and no message is held for ever.
TEST(OFFLINE_05, EdgeLosesNothingUnderAnyScheduleOfFaults) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Link link;
    RandomStream chance(seed, purpose_of("test.channel"), 0, 0);
    std::uint32_t said = 0;
    bool losing = false;
    for (int step = 0; step < 60; ++step) {
      switch (chance.below(5)) {
        case 0:
          link.cut(Duration{static_cast<std::int64_t>(chance.below(90)) * kSecond.us});
          for (std::uint32_t i = chance.below(5); i > 0; --i, ++said) {
            link.kernel.act_as(kStore);
            link.sender.submit(link.c, link.settings, link.ticket());
          }
          link.mend();
          break;
        case 1:
          losing = !losing;
          link.set(&FaultKnobs::acknowledgement_lost_ppm, losing ? 1'000'000 : 0);
          break;
        case 2:
          link.set(&FaultKnobs::duplicate_ppm, chance.below(2) * 300'000);
          break;
        default:
          break;
      }
      const auto count = static_cast<int>(chance.below(8));
      link.say(count, Duration{static_cast<std::int64_t>(1 + chance.below(3'000'000))});
      said += static_cast<std::uint32_t>(count);
    }
    if (losing) link.set(&FaultKnobs::acknowledgement_lost_ppm, 0);
    link.finish();
    ASSERT_EQ(link.accepted, link.one_to(said)) << "seed " << seed;
    ASSERT_EQ(link.sender.pending(), 0u) << "seed " << seed;
    ASSERT_EQ(link.pool.live(), 0u) << "seed " << seed;
  }
}

TEST(Channel, WhatIsOverwrittenIsNotWaitedFor) {
  for (const FaultEffect wrong : {FaultEffect::held, FaultEffect::messages_lost, FaultEffect::corrupted}) {
    Link link;
    link.say(2);
    link.cut(kMinute);
    link.say(5);
    link.kernel.act_as(kStore);
    EXPECT_EQ(link.sender.drop_oldest(link.c), 3u);
    EXPECT_EQ(link.sender.drop_oldest(link.c), 4u);
    if (wrong == FaultEffect::messages_lost) link.set(&FaultKnobs::lost_ppm, 500'000);
    if (wrong == FaultEffect::corrupted) link.set(&FaultKnobs::corrupt_ppm, 500'000);
    link.mend();
    link.say(2);
    link.finish();
    link.set(&FaultKnobs::lost_ppm, 0);
    link.set(&FaultKnobs::corrupt_ppm, 0);
    link.finish();
    EXPECT_EQ(link.accepted, (std::vector<std::uint32_t>{1, 2, 5, 6, 7, 8, 9}));
    EXPECT_EQ(link.sender.pending(), 0u);
    EXPECT_EQ(link.pool.live(), 0u);
  }
}

// All that had been sent has arrived, and nobody has heard of it: nothing is lost by overwriting it.
TEST(Channel, WhatIsOverwrittenAfterItHasArrivedIsNotMissed) {
  Link link;
  link.set(&FaultKnobs::acknowledgement_lost_ppm, 1'000'000);
  link.say(3);
  link.cut(kMinute);
  link.kernel.act_as(kStore);
  EXPECT_EQ(link.sender.drop_oldest(link.c), 1u);
  link.set(&FaultKnobs::acknowledgement_lost_ppm, 0);
  link.mend();
  link.finish();
  EXPECT_EQ(link.accepted, link.one_to(3));
  EXPECT_EQ(link.sender.pending(), 0u);
  EXPECT_EQ(link.pool.live(), 0u);
}

TEST(LatencyTable, HasTheMedianAndThe99thPercentileOfItsLaw) {
  const LatencyTable table(Law{Law::Kind::log_normal, 200, 0.99}, kMillisecond);
  RandomStream stream(1, purpose_of("test.latency"), 0, 0);
  std::vector<std::int64_t> draws(200'000);
  for (std::int64_t& draw : draws) draw = table.draw(stream).us;
  std::sort(draws.begin(), draws.end());
  EXPECT_NEAR(static_cast<double>(draws[100'000]), 200'000, 2'000);
  EXPECT_NEAR(static_cast<double>(draws[198'000]), 2'000'000, 80'000);
}

TEST(LatencyTable, NeverGoesBelowTheLeastLatency) {
  const LatencyTable table(Law{Law::Kind::exponential, 30}, 20 * kMillisecond);
  RandomStream stream(1, purpose_of("test.latency"), 0, 0);
  for (int i = 0; i < 10'000; ++i) ASSERT_GE(table.draw(stream), 20 * kMillisecond);
}

}  // namespace
}  // namespace tillstorm::integration
