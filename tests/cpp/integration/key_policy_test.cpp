// MSG-12: what those behind a message that is given up do, alone or in a batch.
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/random_stream.h"
#include "integration/small_bus.h"

namespace tillstorm::integration {
namespace {

using Dead = rule::DeadLetters::Outcome;
using Numbers = std::vector<std::uint32_t>;

constexpr DeadKeyPolicy kWaiting[] = {DeadKeyPolicy::park_key, DeadKeyPolicy::block_queue};

SmallBus desk_with(DeadKeyPolicy policy) {
  return SmallBus([&](BusSettings& s) {
    quarter_hours(s);
    s.batch.commit_chunk_messages = 4;
    s.retry.max_attempts = 1;
    s.dead_letter.key_policy = policy;
  });
}
void refuse(SmallBus& desk) {
  desk.set([](FaultKnobs& knobs) { knobs.reject_ppm = {1'000'000, 0}; });
}
/// Each message as it was first posted, in that order.
Numbers first_posts(const SmallBus& desk) {
  Numbers firsts;
  for (const std::uint32_t each : desk.posted)
    if (std::find(firsts.begin(), firsts.end(), each) == firsts.end()) firsts.push_back(each);
  return firsts;
}

TEST(MSG_12, HappyAChunkGivenUpIsWaitedForUntilAllOfItIsDecided) {
  for (const DeadKeyPolicy policy : kWaiting) {
    SmallBus desk = desk_with(policy);
    refuse(desk);
    desk.say(0, 4);
    desk.run_for(kMinute);
    desk.mend();
    desk.say(0, 3);
    desk.run_for(kHour);
    ASSERT_EQ(desk.reports.size(), 4U);
    const std::vector<ExceptionBody> about(desk.reports);
    for (const std::size_t i : {2U, 0U, 3U}) {
      desk.decide(i == 3 ? RepairAction::cancel : RepairAction::resubmit, about[i]);
      desk.run_for(kHour);
      EXPECT_TRUE(desk.posted.empty()) << "the second is still with somebody";
    }
    desk.decide(RepairAction::resubmit, about[1]);
    desk.run_for(kHour);
    EXPECT_EQ(desk.posted, (Numbers{1, 2, 3, 5, 6, 7})) << "in the order of their source, whoever was decided first";
    EXPECT_EQ(desk.bus.held(), 0U);
    EXPECT_EQ(desk.taken(policy == DeadKeyPolicy::park_key ? Dead::key_parked : Dead::queue_blocked), 1U);
  }
}

TEST(MSG_12, EdgePoisonInAChunkIsWaitedForWhereTheOrderIsAskedFor) {
  for (const DeadKeyPolicy policy : kWaiting) {
    for (const RepairAction action : {RepairAction::resubmit_edited, RepairAction::cancel}) {
      SmallBus desk = desk_with(policy);
      desk.say(0);
      desk.give(poisoned(desk));
      desk.say(0, 4);
      desk.run_for(kHour);
      EXPECT_TRUE(desk.posted.empty());
      EXPECT_EQ(desk.bus.held(), 5U);
      ASSERT_EQ(desk.reports.size(), 1U);
      desk.decide(action);
      desk.run_for(kHour);
      const bool is_cancelled = action == RepairAction::cancel;
      EXPECT_EQ(desk.posted, is_cancelled ? (Numbers{1, 3, 4, 5, 6}) : (Numbers{1, 2, 3, 4, 5, 6}));
      EXPECT_EQ(desk.bus.held(), 0U);
    }
  }
}

TEST(MSG_12, EdgeWhatComesBackHasAllItsAttempts) {
  SmallBus desk([](BusSettings& s) {
    quarter_hours(s);
    s.retry.max_attempts = 2;
    s.retry.base_ms = 1000;
    s.retry.jitter = Jitter::decorrelated;
    s.dead_letter.key_policy = DeadKeyPolicy::park_key;
    s.dead_letter.poison_crashes = 1;
  });
  refuse(desk);
  desk.say(0);
  const MessageId last = desk.message(0);
  desk.give(last);
  desk.run_for(250 * kMillisecond);
  ASSERT_EQ(desk.count(FaultEffect::refused), 1U);
  desk.mend();
  desk.pool[last].defect = Defect::poison;  // from now on
  desk.run_for(kMinute);
  ASSERT_EQ(desk.bus.hospital().inside(), 1U);
  refuse(desk);
  ASSERT_NE(desk.bus.first_open(0), nullptr);
  EXPECT_GT(desk.bus.first_open(0)->last_wait, Duration{});
  desk.decide(RepairAction::resubmit_edited);
  ASSERT_NE(desk.bus.first_open(0), nullptr);
  EXPECT_EQ(desk.bus.first_open(0)->last_wait, Duration{}) << "its waits begin anew";
  desk.run_for(kMinute);
  EXPECT_EQ(desk.count(FaultEffect::refused), 3U) << "two attempts before it is given up";
}

TEST(MSG_12, EdgePoisonInAChunkStopsNobodyOtherwise) {
  SmallBus desk = desk_with(DeadKeyPolicy::proceed);
  desk.say(0);
  desk.give(poisoned(desk));
  desk.say(0, 4);
  desk.run_for(kHour);
  EXPECT_EQ(desk.posted, (Numbers{1, 3, 4, 5, 6}));
  EXPECT_EQ(desk.taken(Dead::key_continued), 1U);
}

TEST(MSG_12, EdgeWhatAParkedChunkWaitsForIsPostedByAnotherCopy) {
  SmallBus desk = desk_with(DeadKeyPolicy::park_key);
  desk.give(poisoned(desk));
  desk.say(0);
  desk.run_for(kHour);
  desk.bus.known_to_be_posted(desk.c, desk.s, desk.reports.at(0).subject);
  desk.run_for(kHour);
  EXPECT_EQ(desk.posted, (Numbers{2}));
  EXPECT_EQ(desk.bus.held(), 0U);
  EXPECT_EQ(desk.pool.live(), 0U);
}

// Property: whatever fails and however people decide, nothing posts before what its source said earlier, unless that
// was cancelled; and in the end nothing is held, set aside or still referred to.
TEST(MSG_12, EdgeNothingEverOvertakesWhereTheOrderIsAskedFor) {
  std::uint64_t parked = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    RandomStream chance(seed, purpose_of("test.key_policy"), 0, 0);
    SmallBus desk([&](BusSettings& s) {
      constexpr PostingMode kModes[] = {PostingMode::realtime, PostingMode::microbatch, PostingMode::batch};
      s.posting.mode = kModes[chance.below(3)];
      s.posting.interval_minutes = 15;
      s.posting.micro_batch_max_messages = 7;
      s.batch.commit_chunk_messages = static_cast<std::int32_t>(1 + chance.below(6));
      s.retry.max_attempts = static_cast<std::int32_t>(1 + chance.below(2));
      s.dead_letter.key_policy = kWaiting[chance.below(2)];
      s.dead_letter.poison_crashes = static_cast<std::int32_t>(1 + chance.below(2));
      s.dead_letter.retention_days = 0;
      s.repair.max_resubmits = 1000;
    });
    std::size_t decided = 0;
    std::uint32_t said = 0;
    for (int step = 0; step < 40; ++step) {
      if (chance.below(3) == 0) {
        desk.set([&](FaultKnobs& knobs) {
          knobs.reject_ppm = {static_cast<std::int64_t>(chance.below(1'000'001)), 0};
          if (chance.below(2) == 0) knobs.answer_lost_ppm = {static_cast<std::int64_t>(chance.below(600'000)), 0};
        });
      }
      for (std::uint32_t n = chance.below(6); n > 0; --n, ++said)
        desk.give(chance.below(4) == 0 ? poisoned(desk) : desk.message(0));
      desk.run_for(Duration{static_cast<std::int64_t>(chance.below(1'200'000'000))});
      if (decided < desk.reports.size() && chance.below(2) == 0)
        desk.decide(chance.below(3) == 0 ? RepairAction::resubmit : RepairAction::resubmit_edited,
                    ExceptionBody{desk.reports[decided++]});
    }
    desk.mend();
    for (int round = 0; round < 400 && (desk.bus.held() != 0 || desk.bus.hospital().inside() != 0); ++round) {
      const auto& inside = desk.bus.hospital().patients();
      std::vector<ExceptionBody> open;
      for (const auto& [subject, patient] : inside)
        if (patient.is_inside) open.push_back({.exception = patient.type, .subject = subject});
      if (!open.empty())
        desk.decide(RepairAction::resubmit_edited, open[chance.below(static_cast<std::uint32_t>(open.size()))]);
      desk.run_for(kHour);
    }
    const Numbers firsts = first_posts(desk);
    ASSERT_TRUE(std::is_sorted(firsts.begin(), firsts.end())) << "seed " << seed;
    ASSERT_EQ(firsts.size(), said) << "seed " << seed;
    ASSERT_EQ(desk.bus.held(), 0U) << "seed " << seed;
    ASSERT_EQ(desk.bus.hospital().inside(), 0U) << "seed " << seed;
    parked += desk.taken(Dead::key_parked) + desk.taken(Dead::queue_blocked);
  }
  EXPECT_GT(parked, 1000U);
}

}  // namespace
}  // namespace tillstorm::integration
