// MSG-16: when what has arrived is posted. MSG-17: how a batch is posted although something breaks. MSG-11: bounded
// queues.
#include <algorithm>

#include "integration/small_bus.h"

namespace tillstorm::integration {
namespace {

using Posted = rule::PostingMode::Outcome;
using Batch = rule::BatchRestart::Outcome;
using Pressure = rule::BoundedQueues::Outcome;

// --- MSG-16 ---

TEST(MSG_16, HappyRealTimePostsOnArrival) {
  SmallBus desk;
  desk.say(0);
  desk.finish();
  EXPECT_EQ(desk.posted.size(), 1u);
  EXPECT_EQ(desk.taken(Posted::posted_on_arrival), 1u);
}

TEST(MSG_16, HappyBatchWaitsForTheNextCut) {
  SmallBus desk(quarter_hours);
  desk.run_for(20 * kMinute);
  desk.say(0, 3);
  EXPECT_EQ(desk.bus.collected(0).size(), 3u);
  desk.finish();
  EXPECT_EQ(desk.posted, desk.one_to(3));
  EXPECT_EQ(desk.posted_at[0], Time{0} + 30 * kMinute + 100 * kMillisecond + kMicrosecond);
  EXPECT_EQ(desk.taken(Posted::batch_cut), 1u);
}

TEST(MSG_16, EdgeMidnightIsACutAlsoOfADayOf25Hours) {
  const TimeZone zone = *TimeZone::find("America/New_York");
  SmallBus desk([&](BusSettings& s) {
    s.posting.mode = PostingMode::batch;
    s.posting.interval_minutes = 600;
    s.zone = zone;
  });
  // Clocks go back in the night of the 1st of November 2026.
  const Date date = date_of({2026, 10, 31});
  std::vector<Time> cuts;
  for (int day = 0; day < 3; ++day) {
    for (const int hour : {1, 11, 21}) {
      desk.run_for(zone.at(date + day, hour * 60) - desk.kernel.now);
      desk.say(0);
    }
    for (const int hour : {10, 20, 24}) cuts.push_back(zone.at(date + day, 0) + hour * kHour);
    if (day == 1) cuts.back() = zone.at(date + 2, 0);
  }
  desk.finish();
  ASSERT_EQ(desk.posted_at.size(), cuts.size());
  for (std::size_t i = 0; i < cuts.size(); ++i)
    EXPECT_EQ(desk.posted_at[i], cuts[i] + 100 * kMillisecond + kMicrosecond) << i;
}

TEST(MSG_16, EdgeAMessageReceivedExactlyAtACutBelongsToIt) {
  SmallBus desk(quarter_hours);
  desk.run_for(30 * kMinute);
  desk.say(0);
  desk.finish();
  EXPECT_LT(desk.posted_at.at(0), Time{0} + 31 * kMinute);
}

TEST(MSG_16, EdgeARunIsInOrderOfTheSource) {
  SmallBus desk(quarter_hours);
  const MessageId first = desk.message(0), second = desk.message(0);
  desk.give(second);
  desk.give(first);
  desk.finish();
  EXPECT_EQ(desk.posted, desk.one_to(2));
}

TEST(MSG_16, HappyMicroBatchIsFlushedByCountOrByAge) {
  SmallBus desk([](BusSettings& s) {
    s.posting.mode = PostingMode::microbatch;
    s.posting.micro_batch_max_messages = 3;
    s.posting.micro_batch_max_seconds = 30;
  });
  desk.say(0, 4);
  desk.finish();
  EXPECT_EQ(desk.posted, desk.one_to(4));
  EXPECT_LT(desk.posted_at[2], Time{0} + kSecond);
  EXPECT_EQ(desk.posted_at[3], Time{0} + 30 * kSecond + 100 * kMillisecond + kMicrosecond);
  EXPECT_EQ(desk.taken(Posted::flushed_by_count), 1u);
  EXPECT_EQ(desk.taken(Posted::flushed_by_time), 1u);
}

TEST(MSG_16, EdgeARunThatIsDueWaitsForTheOneBeforeIt) {
  for (const Mutant mutant : {Mutant::none, Mutant::runs_overlap}) {
    SmallBus desk(
        [](BusSettings& s) {
          quarter_hours(s);
          s.capacity.service_us_base = 1'200'000'000;  // twenty minutes for a chunk
        },
        mutant);
    desk.say(0);
    desk.run_for(5 * kMinute);
    desk.say(0);
    desk.run_for(13 * kMinute);
    desk.say(0);  // the run of 15 min waits until the first one ends at 20 min: taken along
    desk.run_for(16 * kMinute);
    desk.say(0);
    desk.finish();
    EXPECT_EQ(desk.taken(Posted::run_delayed_by_previous), mutant == Mutant::none ? 1u : 0u);
    EXPECT_EQ(desk.posted, desk.one_to(4));
    EXPECT_EQ(desk.posted_at[2] == desk.posted_at[1], mutant == Mutant::none);
  }
}

TEST(MSG_16, FailureTheMessageThatFillsABatchMustNotFallBetweenTwo) {
  for (const Mutant mutant : {Mutant::none, Mutant::full_batch_drops_last}) {
    SmallBus desk(
        [](BusSettings& s) {
          s.posting.mode = PostingMode::microbatch;
          s.posting.micro_batch_max_messages = 2;
        },
        mutant);
    desk.say(0, 2);
    desk.finish();
    EXPECT_EQ(desk.posted.size(), mutant == Mutant::none ? 2u : 1u);
    EXPECT_EQ(desk.bus.held(), 0u);
  }
}

TEST(MSG_16, FailureARunStampedWithOneDateMovesTheSalesOfTheNextDay) {
  for (const Mutant mutant : {Mutant::none, Mutant::batch_stamps_one_date}) {
    SmallBus desk(quarter_hours, mutant);
    desk.say(0);
    const MessageId next_day = desk.message(0);
    desk.pool[next_day].envelope.business_date = Date{20'001};
    desk.give(next_day);
    desk.finish();
    EXPECT_EQ(desk.envelopes.at(1).business_date, Date{mutant == Mutant::none ? 20'001 : 20'000});
  }
}

TEST(MSG_16, FailureABatchOfWhatWasPostedOneByOnePostsItTwice) {
  for (const Mutant mutant : {Mutant::none, Mutant::batch_posts_singles_again}) {
    SmallBus desk(quarter_hours, mutant);
    desk.say(0, 2);
    desk.finish();
    EXPECT_EQ(desk.posted.size(), mutant == Mutant::none ? 2u : 4u);
  }
}

// --- MSG-17 ---

/// A run of ten messages in chunks of four; `wrong` is wrong with the ERP.
SmallBus run_of_ten(const std::function<void(FaultKnobs&)>& wrong, const std::function<void(BusSettings&)>& change = {},
                    Mutant mutant = Mutant::none) {
  SmallBus desk(
      [&](BusSettings& s) {
        quarter_hours(s);
        s.batch.commit_chunk_messages = 4;
        if (change) change(s);
      },
      mutant);
  desk.say(0, 10);
  if (wrong) desk.set(wrong);
  desk.run_for(16 * kMinute);
  desk.mend();
  desk.finish();
  return desk;
}

TEST(MSG_17, HappyARunCommitsInChunks) {
  const SmallBus desk = run_of_ten({});
  EXPECT_EQ(desk.posted, desk.one_to(10));
  EXPECT_EQ(desk.taken(Batch::chunk_committed), 3u);
  EXPECT_EQ(desk.taken(Batch::run_complete), 1u);
  EXPECT_EQ(desk.posted_at[3], desk.posted_at[0]);
  EXPECT_GT(desk.posted_at[4], desk.posted_at[3]);
}

TEST(MSG_17, EdgeACrashRollsBackItsChunkOnlyOrGoesOnBehindIt) {
  // Some commits crash before, some after: whatever happens, each message posts, in order, and none twice.
  const SmallBus desk = run_of_ten([](FaultKnobs& knobs) { knobs.commit_crash_ppm = {700'000, 0}; });
  EXPECT_EQ(desk.posted, desk.one_to(10));
  EXPECT_GT(desk.taken(Batch::chunk_rolled_back) + desk.taken(Batch::restarted_from_checkpoint), 0u);
}

TEST(MSG_17, EdgeACheckpointWrittenAfterwardsPostsTheChunkAgain) {
  const SmallBus desk = run_of_ten(
      [](FaultKnobs& knobs) {
        knobs.commit_crash_ppm = {1'000'000, 0};
      },
      [](BusSettings& s) { s.batch.checkpoint = Checkpoint::after_commit; });
  EXPECT_GT(desk.posted.size(), 10u) << "the books must recognise them";
}

TEST(MSG_17, EdgeAFileSentTwiceIsDeliveredTwice) {
  const SmallBus desk = run_of_ten([](FaultKnobs& knobs) { knobs.file_twice_ppm = {1'000'000, 0}; });
  EXPECT_EQ(desk.posted.size(), 20u) << "the books must recognise them";
  EXPECT_EQ(desk.pool.live(), 0u);
}

TEST(MSG_17, EdgeTheMissingHalfOfAFileIsFetched) {
  const SmallBus desk = run_of_ten([](FaultKnobs& knobs) { knobs.file_truncated_ppm = {1'000'000, 0}; });
  EXPECT_EQ(desk.posted, desk.one_to(10));
  EXPECT_EQ(desk.taken(Batch::missing_tail_fetched), 1u);
}

TEST(MSG_17, EdgePoisonInAChunkIsFoundAndTheOthersPost) {
  SmallBus desk([](BusSettings& s) { quarter_hours(s); });
  desk.say(0, 3);
  desk.give(poisoned(desk));
  desk.say(0, 3);
  desk.finish();
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{1, 2, 3, 5, 6, 7}));
  EXPECT_EQ(desk.bus.hospital().inside(), 1u);
  EXPECT_EQ(desk.bus.held(), 0u);
}

TEST(MSG_17, FailureARunThatSkipsOrDoesNotCountLosesMessages) {
  EXPECT_LT(run_of_ten(
                [](FaultKnobs& knobs) {
                  knobs.commit_crash_ppm = {1'000'000, 0};
                },
                {}, Mutant::restart_skips_chunk)
                .posted.size(),
            10u);
  EXPECT_EQ(run_of_ten(
                [](FaultKnobs& knobs) {
                  knobs.file_truncated_ppm = {1'000'000, 0};
                },
                {}, Mutant::run_not_counted)
                .posted.size(),
            5u);
}

// --- MSG-11 ---

void small_queue(BusSettings& s) {
  s.queue.max_messages = 10;
  s.queue.high_water_ppm = 800'000;
  s.queue.low_water_ppm = 400'000;
}

TEST(MSG_11, HappySourcesPauseAtHighWaterAndGoOnAtLowWater) {
  SmallBus desk(small_queue);
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  desk.say(0, 7);
  desk.run_for(kSecond);
  EXPECT_TRUE(desk.paused.empty());
  desk.say(0);
  desk.run_for(kSecond);
  EXPECT_EQ(desk.paused, (std::vector<std::uint32_t>{1, 1})) << "both sources, once";
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.paused, (std::vector<std::uint32_t>{1, 1, 0, 0}));
  EXPECT_EQ(desk.taken(Pressure::sources_resumed), 1u);
}

TEST(MSG_11, EdgeAFullQueueRefusesAndKeepsWhatItHas) {
  SmallBus desk(small_queue);
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  desk.say(0, 9);
  EXPECT_FALSE(desk.bus.refuses(desk.c, desk.s, 0));
  desk.say(0);
  EXPECT_TRUE(desk.bus.refuses(desk.c, desk.s, 0));
  EXPECT_EQ(desk.taken(Pressure::refused_held_upstream), 1u);
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.posted, desk.one_to(10));
}

TEST(MSG_11, EdgeDroppingTheNewestIsALossSystem) {
  SmallBus desk([](BusSettings& s) {
    small_queue(s);
    s.queue.full_policy = FullQueuePolicy::drop_newest;
  });
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  desk.say(0, 15);
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.posted, desk.one_to(10));
  EXPECT_EQ(desk.pool.live(), 0u);
}

TEST(MSG_11, EdgePointToPointTakesNothingThatNobodyCanWorkOn) {
  SmallBus desk([](BusSettings& s) { s.topology = Topology::point_to_point; });
  EXPECT_FALSE(desk.bus.refuses(desk.c, desk.s, 0));
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  EXPECT_TRUE(desk.bus.refuses(desk.c, desk.s, 0));
}

TEST(MSG_11, FailureAQueueThatDropsItsOldestLosesWhatWasAcknowledged) {
  SmallBus desk(small_queue, Mutant::full_queue_drops_oldest, 20);
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  for (std::uint32_t place = 0; place < 15; ++place) desk.say(place);
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.posted.size(), 10u);
  EXPECT_NE(desk.envelopes[0].place, PlaceId{0});
}

TEST(MSG_11, FailureRunsLoseTheirOldestToo) {
  SmallBus desk([](BusSettings& s) {
    small_queue(s);
    s.queue.full_policy = FullQueuePolicy::drop_oldest;
    quarter_hours(s);
    s.batch.commit_chunk_messages = 4;
  });
  desk.run_for(kMinute);
  desk.say(0, 12);
  EXPECT_EQ(desk.bus.counters().dropped, 2u) << "collected, and gone before the cut";
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  desk.run_for(15 * kMinute);
  desk.say(1, 3);
  EXPECT_EQ(desk.bus.counters().dropped, 5u) << "of a chunk that waits for the ERP";
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{6, 7, 8, 9, 10, 11, 12, 1, 2, 3}));
  EXPECT_EQ(desk.bus.held(), 0u);
}

TEST(MSG_11, EdgeWhatADropLeavesOfAChunkStandsInTheQueueOfItsOwnType) {
  for (const int drops : {1, 2}) {
    SmallBus desk([](BusSettings& s) {
      small_queue(s);
      s.queue.full_policy = FullQueuePolicy::drop_oldest;
      s.breaker.scope = BreakerScope::message_type;
      quarter_hours(s);
    });
    desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
    desk.run_for(kMinute);
    desk.give(desk.message(0));
    desk.give(desk.message(0, MessageType::goods_receipt));
    desk.run_for(15 * kMinute);
    desk.say(1, 8 + drops);
    EXPECT_EQ(desk.bus.counters().dropped, static_cast<std::uint64_t>(drops));
    desk.mend();
    desk.finish();
    EXPECT_EQ(desk.posted.size(), 10u);
    EXPECT_EQ(desk.bus.held(), 0u);
  }
}

TEST(MSG_11, EdgeWhatWaitsForAnotherAttemptIsDroppedTooAndWhatWasMendedIsNot) {
  SmallBus desk(
      [](BusSettings& s) {
        small_queue(s);
        s.queue.full_policy = FullQueuePolicy::drop_oldest;
        s.breaker.scope = BreakerScope::off;
        s.retry.max_attempts = 1000;
      },
      Mutant::none, 20);
  desk.set([](FaultKnobs& knobs) { knobs.unreachable = {1, 0}; });
  const MessageId mended = desk.message(0);
  desk.pool[mended].set_aside_as = 1;
  desk.give(mended);
  for (std::uint32_t place = 1; place < 12; ++place) desk.say(place);
  EXPECT_EQ(desk.bus.counters().dropped, 2u);
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.posted.size(), 10u);
  EXPECT_TRUE(std::any_of(desk.envelopes.begin(), desk.envelopes.end(),
                          [](const Envelope& e) { return e.place == PlaceId{0}; }));
}

TEST(MSG_11, EdgeADropBeforeALateCutLeavesNoBacklog) {
  SmallBus desk([](BusSettings& s) {
    s.queue.max_messages = 3;
    s.queue.high_water_ppm = 2'000'000;
    s.queue.full_policy = FullQueuePolicy::drop_oldest;
    quarter_hours(s);
    s.capacity.erp_workers = 1;
    s.capacity.service_us_base = 20 * kMinute.us;
  });
  desk.run_for(kMinute);
  desk.say(0, 1);  // its run lasts until 00:35
  desk.run_for(15 * kMinute);
  desk.say(0, 1);
  desk.run_for(15 * kMinute);  // and this one's cut is late
  desk.say(1, 2);              // it is dropped for them
  ASSERT_EQ(desk.bus.counters().dropped, 1u);
  desk.run_for(6 * kMinute);
  desk.say(0);  // due at 00:45
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  desk.run_for(kSecond);
  desk.mend();
  desk.run_for(5 * kMinute);
  for (const ExceptionBody& report : desk.reports) EXPECT_NE(report.exception, ExceptionType::backlog_overdue);
  desk.finish();
  EXPECT_EQ(desk.posted.size(), 4u);
}

TEST(MSG_11, FailureSourcesThatAreNeverToldToGoOnWait) {
  SmallBus desk(small_queue, Mutant::sources_never_resume);
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  desk.say(0, 9);
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.paused, (std::vector<std::uint32_t>{1, 1}));
}

}  // namespace
}  // namespace tillstorm::integration
