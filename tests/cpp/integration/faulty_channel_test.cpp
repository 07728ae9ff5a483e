// What each knob of a fault does to a link (MSG-01, MSG-06, OFFLINE-05); and that none of them loses, doubles or
// reorders what is taken in.
#include <gtest/gtest.h>

#include "integration/small_link.h"

namespace tillstorm::integration {
namespace {

FaultKnobs receiving(Knob FaultKnobs::*knob, std::int64_t value) {
  FaultKnobs knobs;
  knobs.any = true;
  knobs.*knob = {value, 0};
  return knobs;
}

void expect_all_there(const Link& link, std::uint32_t said) {
  EXPECT_EQ(link.accepted, link.one_to(said));
  EXPECT_EQ(link.sender.pending(), 0u);
  EXPECT_EQ(link.pool.live(), 0u);
}

TEST(FaultyChannel, ASlowLinkTakesTimesAsLong) {
  Link quick, slow;
  slow.set(&FaultKnobs::latency_milli, 100'000);
  quick.say(1, kMicrosecond);
  slow.say(1, kMicrosecond);
  const Time arrives = quick.kernel.queue.next_time(), later = slow.kernel.queue.next_time();
  EXPECT_EQ(later - Time{0}, 100 * (arrives - Time{0}));
  EXPECT_EQ(slow.count(FaultEffect::slowed), 1u);
  slow.finish();
  expect_all_there(slow, 1);
}

TEST(FaultyChannel, ALostCopyIsSentAgain) {
  Link link;
  link.set(&FaultKnobs::lost_ppm, 1'000'000);
  link.say(3);
  EXPECT_EQ(link.count(FaultEffect::messages_lost), 3u);
  EXPECT_TRUE(link.accepted.empty());
  link.set(&FaultKnobs::lost_ppm, 0);
  link.finish();
  expect_all_there(link, 3);
}

TEST(FaultyChannel, ALostAnswerIsLearntOfBySendingAgain) {
  Link link;
  link.receiver.set_faults(receiving(&FaultKnobs::lost_ppm, 1'000'000));
  link.say(3);
  link.receiver.set_faults({});
  EXPECT_EQ(link.count(FaultEffect::acknowledgements_lost), 3u);
  EXPECT_EQ(link.sender.pending(), 3u);
  link.finish();
  EXPECT_EQ(link.repeated, link.one_to(1)) << "the answer to the first covers all of them";
  expect_all_there(link, 3);
}

TEST(FaultyChannel, WhatIsHeldBackLeavesAHoleThatIsFilledInOrder) {
  Link link;
  link.wrong.delay = 2 * kMinute;
  link.set(&FaultKnobs::delay_ppm, 1'000'000);
  link.say(1);
  link.set(&FaultKnobs::delay_ppm, 0);
  link.say(4);
  EXPECT_EQ(link.count(FaultEffect::delayed), 1u);
  EXPECT_TRUE(link.accepted.empty()) << "all of them wait for the first";
  EXPECT_GE(link.rules.taken(rule::OrderPerSource::Outcome::held_for_predecessor), 3u);
  link.finish();
  expect_all_there(link, 5);
}

TEST(FaultyChannel, OneThatLetsItsSuccessorGoFirstIsStillTakenInFirst) {
  Link link;
  link.set(&FaultKnobs::reorder_ppm, 1'000'000);
  link.say(1);
  EXPECT_EQ(link.kernel.queue.size(), 1u) << "the time-out: nothing is on its way";
  link.say(1, 10 * kSecond);
  EXPECT_EQ(link.count(FaultEffect::reordered), 1u);
  EXPECT_EQ(link.accepted, link.one_to(1));
  EXPECT_EQ(link.rules.taken(rule::OrderPerSource::Outcome::held_for_predecessor), 1u);
  link.set(&FaultKnobs::reorder_ppm, 0);
  link.finish();
  expect_all_there(link, 2);
}

TEST(FaultyChannel, ADamagedCopyIsRefusedAndNotAcknowledged) {
  Link link;
  link.set(&FaultKnobs::corrupt_ppm, 1'000'000);
  link.say(3);
  EXPECT_EQ(link.count(FaultEffect::corrupted), 3u);
  EXPECT_EQ(link.rules.taken(rule::Envelope::Outcome::hash_mismatch), 3u);
  EXPECT_TRUE(link.accepted.empty());
  link.set(&FaultKnobs::corrupt_ppm, 0);
  link.finish();
  expect_all_there(link, 3);
}

TEST(FaultyChannel, TheMutantTakesADamagedCopyIn) {
  Link link;
  link.rules = RuleBook(Mutant::damaged_body_posted);
  link.set(&FaultKnobs::corrupt_ppm, 1'000'000);
  link.say(3);
  EXPECT_EQ(link.accepted, link.one_to(3));
}

TEST(FaultyChannel, ARefusedCopyIsSentAgainAfterSilence) {
  Link link;
  link.receiver.set_faults(receiving(&FaultKnobs::refuse_ppm, 1'000'000));
  link.say(2);
  EXPECT_EQ(link.count(FaultEffect::refused), 2u);
  link.receiver.set_faults({});
  link.finish();
  expect_all_there(link, 2);
}

TEST(FaultyChannel, AProbabilityOfNothingDrawsNothing) {
  Link sound, with;
  with.set(&FaultKnobs::lost_ppm, 0);
  with.set(&FaultKnobs::delay_ppm, 0);
  sound.say(50, kSecond / 10);
  with.say(50, kSecond / 10);
  sound.finish();
  with.finish();
  EXPECT_EQ(sound.kernel.now, with.kernel.now);
  EXPECT_EQ(with.accepted, sound.accepted);
}

TEST(FaultyChannel, AddingOneFaultMovesNoDrawOfAnother) {
  const auto lost_of = [](std::int64_t corrupt_ppm) {
    Link link;
    link.set(&FaultKnobs::corrupt_ppm, corrupt_ppm);
    link.set(&FaultKnobs::lost_ppm, 200'000);
    std::vector<bool> lost;
    for (int i = 0; i < 20; ++i) {  // before anything is sent again
      const std::uint64_t before = link.count(FaultEffect::messages_lost);
      link.say(1, kSecond);
      lost.push_back(link.count(FaultEffect::messages_lost) != before);
    }
    return lost;
  };
  EXPECT_EQ(lost_of(0), lost_of(500'000));
  EXPECT_NE(lost_of(0), std::vector<bool>(20, false));
}

TEST(FaultyChannel, TheMutantForgetsItsLogInACrash) {
  Link link;
  link.cut(kSecond);
  link.say(3);
  link.sender.forget_log(link.c);
  link.mend();
  link.finish();
  EXPECT_TRUE(link.accepted.empty());
  EXPECT_EQ(link.pool.live(), 0u);
}

// Property: whatever is wrong, in whatever combination and order, once the link is sound every message has been taken
// in exactly once and in order.
TEST(FaultyChannel, HealsFromAnyScheduleOfFaults) {
  constexpr Knob FaultKnobs::*kKnobs[] = {&FaultKnobs::lost_ppm,      &FaultKnobs::duplicate_ppm,
                                          &FaultKnobs::delay_ppm,     &FaultKnobs::reorder_ppm,
                                          &FaultKnobs::corrupt_ppm,   &FaultKnobs::acknowledgement_lost_ppm,
                                          &FaultKnobs::latency_milli, &FaultKnobs::down};
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Link link;
    RandomStream chance(seed, purpose_of("test.faulty_channel"), 0, 0);
    link.wrong.delay = Duration{static_cast<std::int64_t>(1 + chance.below(600)) * kSecond.us};
    std::uint32_t said = 0;
    for (int step = 0; step < 60; ++step) {
      Knob FaultKnobs::*knob = kKnobs[chance.below(8)];
      const bool is_on = chance.below(2) == 0;
      const std::int64_t share = 1 + chance.below(1'000'000);
      link.set(knob, !is_on ? 0 : knob == &FaultKnobs::down ? 1 : share);
      if (chance.below(4) == 0)
        link.receiver.set_faults(receiving(chance.below(2) == 0 ? &FaultKnobs::refuse_ppm : &FaultKnobs::lost_ppm,
                                           static_cast<std::int64_t>(chance.below(1'000'000))));
      const auto count = static_cast<int>(chance.below(8));
      link.say(count, Duration{static_cast<std::int64_t>(1 + chance.below(3'000'000))});
      said += static_cast<std::uint32_t>(count);
    }
    link.receiver.set_faults({});
    for (Knob FaultKnobs::*knob : kKnobs) link.set(knob, 0);
    link.finish();
    ASSERT_EQ(link.accepted, link.one_to(said)) << "seed " << seed;
    ASSERT_EQ(link.sender.pending(), 0u) << "seed " << seed;
    ASSERT_EQ(link.pool.live(), 0u) << "seed " << seed;
  }
}

}  // namespace
}  // namespace tillstorm::integration
