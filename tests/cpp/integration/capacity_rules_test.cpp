// MSG-21: workers, service times, drains. MSG-19: quota and lanes. MSG-06: ordering keys.
#include <algorithm>

#include "integration/small_bus.h"

namespace tillstorm::integration {
namespace {

using Capacity = rule::FiniteCapacity::Outcome;
using Lanes = rule::PriorityLanes::Outcome;
using Order = rule::OrderPerSource::Outcome;

constexpr Duration kWork = 100 * kMillisecond;

TEST(MSG_21, HappyAMessageTakesItsWorkAndThenPosts) {
  SmallBus desk([](BusSettings& s) { s.capacity.service_us_per_line = 10'000; });
  const MessageId id = desk.message(0);
  for (int i = 0; i < 4; ++i) desk.pool.add_line(id, Line{});
  desk.give(id);
  desk.finish();
  ASSERT_EQ(desk.posted.size(), 1u);
  EXPECT_EQ(desk.posted_at[0], Time{0} + 140 * kMillisecond + kMicrosecond);
  EXPECT_EQ(desk.taken(Capacity::served_without_wait), 1u);
  EXPECT_EQ(desk.pool.live(), 0u);
}

TEST(MSG_21, HappyWhoFindsAllWorkersTakenWaitsForTheFirstFreeOne) {
  SmallBus desk([](BusSettings& s) { s.capacity.erp_workers = 2; }, Mutant::none, 5);
  for (std::uint32_t place = 0; place < 5; ++place) desk.say(place);
  desk.finish();
  ASSERT_EQ(desk.posted_at.size(), 5u);
  EXPECT_EQ(desk.posted_at[4], Time{0} + 3 * kWork + kMicrosecond);
  EXPECT_EQ(desk.taken(Capacity::waited_for_server), 3u);
  EXPECT_EQ(desk.bus.station(Job::Phase::erp).wait_us, (kWork + kWork + 2 * kWork).us);
}

TEST(MSG_21, EdgeInfiniteCapacityTakesNoTime) {
  SmallBus desk([](BusSettings& s) { s.capacity.mode = CapacityMode::infinite; });
  desk.say(0, 5'000);  // one after another, without recursion
  desk.finish();
  EXPECT_EQ(desk.posted, desk.one_to(5'000));
  EXPECT_EQ(desk.posted_at.back(), Time{0} + kMicrosecond);
}

TEST(MSG_21, EdgeASlowdownStretchesTheWorkThatIsNotDone) {
  SmallBus desk;
  desk.say(0);
  desk.run_for(kWork / 2);
  desk.set([](FaultKnobs& knobs) { knobs.erp_slow_milli = {4'000, 0}; });
  desk.run_for(kWork);  // a quarter of a unit of work in this time
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.posted_at.at(0), Time{0} + kWork / 2 + kWork + kWork / 4 + kMicrosecond);
  EXPECT_GT(desk.count(FaultEffect::slowed), 0u);
}

TEST(MSG_21, HappyABacklogThatIsGoneWhenItMustBeIsDrainedInTime) {
  SmallBus desk([](BusSettings& s) { s.capacity.erp_workers = 2; }, Mutant::none, 40);
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  for (std::uint32_t place = 0; place < 40; ++place) {
    desk.run_for(kSecond);
    desk.say(place);
  }
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.posted.size(), 40u);
  EXPECT_EQ(desk.taken(Capacity::drained_in_time), 1u);
  EXPECT_TRUE(desk.reports.empty());
}

TEST(MSG_21, EdgeMessagesOfOneStoreHaveOneWorkerHoweverManyThereAre) {
  SmallBus desk([](BusSettings& s) { s.capacity.erp_workers = 8; }, Mutant::none, 2);
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  for (int i = 0; i < 60; ++i) {
    desk.run_for(kSecond);
    desk.say(0);
  }
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.posted.size(), 60u);
  EXPECT_EQ(desk.taken(Capacity::drained_in_time), 1u) << "in 60 x 0.1 s: eight workers would be idle but for one";
  EXPECT_TRUE(desk.reports.empty());
}

TEST(MSG_21, FailureABacklogThatTakesTooLongIsReportedUntilItIsGone) {
  SmallBus desk([](BusSettings& s) { s.capacity.erp_workers = 2; }, Mutant::none, 40);
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  for (std::uint32_t place = 0; place < 40; ++place) {
    desk.run_for(kSecond);
    desk.say(place);
  }
  desk.set([](FaultKnobs& knobs) { knobs.erp_slow_milli = {20'000, 0}; });  // back, and far slower than it was
  desk.finish();
  EXPECT_EQ(desk.taken(Capacity::drain_overdue), 1u);
  ASSERT_EQ(desk.reports.size(), 2u);
  EXPECT_EQ(desk.reports[0].exception, ExceptionType::backlog_overdue);
  EXPECT_EQ(desk.reports[1].signal, ExceptionSignal::cleared);
}

TEST(MSG_21, EdgeABacklogThatArrivalsKeepAliveIsOverdueToo) {
  SmallBus desk([](BusSettings& s) { s.capacity.erp_workers = 1; }, Mutant::none, 40);
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  for (std::uint32_t place = 0; place < 40; ++place) {
    desk.run_for(kWork / 2);  // twice as much as one worker can do
    desk.say(place);
  }
  desk.mend();
  for (std::uint32_t place = 0; place < 40; ++place) {
    desk.run_for(kWork / 2);
    desk.say(place);
  }
  desk.run_for(45 * kWork);
  EXPECT_EQ(desk.taken(Capacity::drain_overdue), 1u) << "40 messages alone are given 48 units of work and a second";
  desk.finish();
  ASSERT_EQ(desk.reports.size(), 2u);
  EXPECT_EQ(desk.reports[1].signal, ExceptionSignal::cleared);
}

TEST(MSG_21, EdgeABacklogIsOverdueUntilItIsGoneWhateverComesInBetween) {
  SmallBus desk([](BusSettings& s) { s.capacity.erp_workers = 2; }, Mutant::none, 40);
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  for (std::uint32_t place = 0; place < 40; ++place) {
    desk.run_for(kSecond);
    desk.say(place);
  }
  desk.set([](FaultKnobs& knobs) { knobs.erp_slow_milli = {20'000, 0}; });
  desk.run_for(20 * kSecond);
  ASSERT_EQ(desk.reports.size(), 1u);
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  desk.run_for(kMinute);
  desk.mend();
  desk.finish();
  ASSERT_EQ(desk.reports.size(), 2u);
  EXPECT_EQ(desk.reports[1].signal, ExceptionSignal::cleared);
  EXPECT_EQ(desk.reports[1].subject, desk.reports[0].subject);
  EXPECT_EQ(desk.taken(Capacity::drain_overdue), 1u);
}

TEST(MSG_21, EdgeAnHourOfAllAtWorkIsASaturatedHour) {
  SmallBus desk(
      [](BusSettings& s) {
        s.capacity.erp_workers = 1;
        s.capacity.service_us_base = 600'000'000;  // ten minutes each
      },
      Mutant::none, 20);
  for (std::uint32_t place = 0; place < 20; ++place) desk.say(place);
  desk.finish();
  EXPECT_EQ(desk.taken(Capacity::saturated_hour), 3u);  // the last one waits for nobody
}

TEST(MSG_21, EdgePartitionsOfALostWorkerGoToAnother) {
  SmallBus desk(
      [](BusSettings& s) {
        s.capacity.assignment = Assignment::partitioned;
        s.capacity.erp_workers = 3;
        s.capacity.partitions = 6;
        s.capacity.rebalance_seconds = 10;
      },
      Mutant::none, 12);
  for (std::uint32_t place = 0; place < 12; ++place) desk.say(place);
  desk.run_for(kWork / 2);
  desk.set([](FaultKnobs& knobs) { knobs.workers_lost = {1, 0}; });
  desk.finish();
  EXPECT_EQ(desk.posted.size(), 12u) << "what the lost worker had in hand begins again at another";
  EXPECT_GT(desk.taken(Capacity::rebalanced), 0u);
  EXPECT_GT(desk.posted_at[2], Time{0} + 10 * kSecond) << "nobody begins while partitions are given out";
}

TEST(MSG_21, EdgeASlowWorkerHoldsItsPartitionsBackAlone) {
  const auto shape = [](Assignment assignment) {
    SmallBus desk(
        [&](BusSettings& s) {
          s.capacity.assignment = assignment;
          s.capacity.erp_workers = 2;
          s.capacity.partitions = 2;
          s.place_keys = {2, 4, 1, 3};  // two places for each partition
        },
        Mutant::none, 4);
    desk.s.place_keys.resize(4);
    desk.set([](FaultKnobs& knobs) { knobs.slow_worker_milli = {100'000, 0}; });
    for (std::uint32_t place = 0; place < 4; ++place) desk.say(place);
    desk.finish();
    std::sort(desk.posted_at.begin(), desk.posted_at.end());
    return desk.posted_at;
  };
  EXPECT_LT(shape(Assignment::shared)[2], Time{0} + kSecond) << "the other worker takes what is there";
  EXPECT_LT(shape(Assignment::partitioned)[1], Time{0} + kSecond);
  EXPECT_GT(shape(Assignment::partitioned)[2], Time{0} + 10 * kSecond) << "its partition has nobody else";
}

TEST(MSG_21, FailureWithoutALimitABacklogIsGoneAtOnce) {
  for (const Mutant mutant : {Mutant::none, Mutant::workers_without_limit}) {
    SmallBus desk([](BusSettings& s) { s.capacity.erp_workers = 1; }, mutant, 30);
    for (std::uint32_t place = 0; place < 30; ++place) desk.say(place);
    desk.finish();
    EXPECT_EQ(desk.posted_at.back() > Time{0} + 2 * kSecond, mutant == Mutant::none);
  }
}

TEST(MSG_19, HappyACallWithATokenGoesAtOnce) {
  SmallBus desk([](BusSettings& s) {
    s.throttle.rate_per_second = 10;
    s.throttle.burst = 2;
  });
  desk.say(0);
  desk.say(1);
  EXPECT_EQ(desk.taken(Lanes::sent_at_once), 2u);
  EXPECT_EQ(desk.taken(Lanes::delayed_for_token), 0u);
}

TEST(MSG_19, EdgeWithoutATokenItWaitsForTheNextOne) {
  SmallBus desk(
      [](BusSettings& s) {
        s.throttle.rate_per_second = 10;
        s.throttle.burst = 2;
      },
      Mutant::none, 5);
  for (std::uint32_t place = 0; place < 5; ++place) desk.say(place);
  desk.finish();
  EXPECT_EQ(desk.taken(Lanes::delayed_for_token), 3u);
  // Two at once, then one each tenth of a second.
  EXPECT_EQ(desk.posted_at[2], Time{0} + 100 * kMillisecond + kWork + kMicrosecond);
  EXPECT_EQ(desk.posted_at[4], Time{0} + 300 * kMillisecond + kWork + kMicrosecond);
}

/// Live sales of place 1 behind a replayed backlog of places 2 and on, at one worker.
SmallBus replay_beside_live(const std::function<void(BusSettings&)>& change, Mutant mutant = Mutant::none) {
  SmallBus desk(
      [&](BusSettings& s) {
        s.capacity.erp_workers = 1;
        s.throttle.floor_every = 0;
        if (change) change(s);
      },
      mutant, 30);
  desk.run_for(kHour);
  for (std::uint32_t place = 2; place < 30; ++place) {
    const MessageId old = desk.message(place);
    desk.pool[old].envelope.event_time = Time{0};
    desk.give(old);
  }
  desk.run_for(kMillisecond);
  desk.say(1);
  desk.finish();
  return desk;
}

Time when_live(const SmallBus& desk) {
  for (std::size_t i = 0; i < desk.envelopes.size(); ++i)
    if (desk.envelopes[i].place == PlaceId{1}) return desk.posted_at[i];
  return kNever;
}

TEST(MSG_19, HappyLiveSalesOvertakeAReplay) {
  const SmallBus desk = replay_beside_live({});
  EXPECT_EQ(when_live(desk), Time{0} + kHour + 2 * kWork + kMicrosecond);
  EXPECT_EQ(desk.taken(Lanes::overtook_lower_lane), 1u);
}

TEST(MSG_19, EdgeInASingleQueueNobodyOvertakes) {
  const SmallBus desk = replay_beside_live([](BusSettings& s) { s.throttle.discipline = LaneDiscipline::single_fifo; });
  EXPECT_EQ(when_live(desk), desk.posted_at.back());
}

TEST(MSG_19, EdgeTheFloorGivesALowerLaneItsShare) {
  SmallBus desk(
      [](BusSettings& s) {
        s.capacity.erp_workers = 1;
        s.throttle.floor_every = 5;
      },
      Mutant::none, 30);
  desk.run_for(kHour);
  const MessageId old = desk.message(29);
  desk.pool[old].envelope.event_time = Time{0};
  desk.say(28);  // at work
  desk.give(old);
  desk.run_for(kMillisecond);
  for (std::uint32_t place = 0; place < 28; ++place) desk.say(place);
  desk.finish();
  EXPECT_EQ(desk.taken(Lanes::floor_token_used), 1u);
  EXPECT_EQ(desk.envelopes[4].place, PlaceId{29}) << "the fifth token is the replay's";
}

TEST(MSG_19, EdgeTheHighestLaneGoesFirstWhereverItStands) {
  const SmallBus partitioned = replay_beside_live([](BusSettings& s) {
    s.capacity.assignment = Assignment::partitioned;
    s.capacity.partitions = 7;
  });
  EXPECT_EQ(when_live(partitioned), Time{0} + kHour + 2 * kWork + kMicrosecond);
  EXPECT_EQ(partitioned.taken(Lanes::overtook_lower_lane), 1u);
  // By type of message, too: a Z report of the replay stands beside the sales.
  for (const LaneDiscipline discipline : {LaneDiscipline::strict_priority, LaneDiscipline::single_fifo}) {
    SmallBus desk([&](BusSettings& s) {
      s.capacity.erp_workers = 1;
      s.breaker.scope = BreakerScope::message_type;
      s.throttle.discipline = discipline;
    });
    desk.run_for(kHour);
    desk.say(0);  // at work
    const MessageId old = desk.message(0, MessageType::goods_receipt);
    desk.pool[old].envelope.event_time = Time{0};
    desk.give(old);
    desk.run_for(kMillisecond);
    desk.say(1);
    desk.finish();
    EXPECT_EQ(desk.envelopes[1].place, PlaceId{discipline == LaneDiscipline::single_fifo ? 0U : 1U});
  }
}

TEST(MSG_19, EdgeTheFloorIsOfAllQueues) {
  SmallBus desk(
      [](BusSettings& s) {
        s.capacity.erp_workers = 1;
        s.capacity.assignment = Assignment::partitioned;
        s.capacity.partitions = 7;
        s.throttle.floor_every = 5;
      },
      Mutant::none, 30);
  desk.run_for(kHour);
  desk.say(28);  // at work
  const MessageId old = desk.message(29);
  desk.pool[old].envelope.event_time = Time{0};
  desk.give(old);
  desk.run_for(kMillisecond);
  for (std::uint32_t place = 0; place < 28; ++place) desk.say(place);
  desk.finish();
  EXPECT_EQ(desk.taken(Lanes::floor_token_used), 1u);
  EXPECT_EQ(desk.envelopes[4].place, PlaceId{29});
}

TEST(MSG_10, EdgeAnOpenBreakerHoldsItsTypeAndNoOtherOfThePartition) {
  SmallBus desk([](BusSettings& s) {
    s.capacity.erp_workers = 1;
    s.capacity.assignment = Assignment::partitioned;
    s.capacity.partitions = 1;
    s.breaker = {.scope = BreakerScope::message_type, .min_calls = 1, .failure_ppm = 1, .open_seconds = 3600};
    s.retry.max_attempts = 100;
    s.retry.base_ms = s.retry.cap_ms = 1;
  });
  desk.set([](FaultKnobs& knobs) { knobs.unreachable.raise(1, 0); });
  desk.say(0);  // fails, and opens the breaker of tickets
  desk.mend();
  desk.run_for(kSecond);
  ASSERT_TRUE(desk.posted.empty());
  desk.give(desk.message(1, MessageType::goods_receipt));
  desk.run_for(kSecond);
  EXPECT_EQ(desk.posted.size(), 1u);
}

TEST(MSG_19, FailureAMessageThatOvertakesOneOfItsOwnKeyBreaksTheOrder) {
  for (const Mutant mutant : {Mutant::none, Mutant::lane_breaks_order}) {
    SmallBus desk([](BusSettings& s) { s.capacity.erp_workers = 1; }, mutant);
    desk.run_for(kHour);
    for (int i = 0; i < 3; ++i) {
      const MessageId old = desk.message(0);
      desk.pool[old].envelope.event_time = Time{0};
      desk.give(old);
    }
    desk.say(0);
    desk.finish();
    EXPECT_EQ(std::is_sorted(desk.posted.begin(), desk.posted.end()), mutant == Mutant::none);
  }
}

TEST(MSG_19, FailureAQuotaThatNobodyKeepsIsNone) {
  for (const Mutant mutant : {Mutant::none, Mutant::quota_ignored}) {
    SmallBus desk(
        [](BusSettings& s) {
          s.throttle.rate_per_second = 1;
          s.throttle.burst = 1;
        },
        mutant, 5);
    for (std::uint32_t place = 0; place < 5; ++place) desk.say(place);
    desk.finish();
    EXPECT_EQ(desk.posted_at.back() > Time{0} + 3 * kSecond, mutant == Mutant::none);
  }
}

TEST(MSG_06, HappyAPlaceIsAppliedOneByOneAndOthersDoNotWait) {
  SmallBus desk;
  desk.say(0, 3);
  desk.say(1);
  desk.finish();
  EXPECT_EQ(desk.posted_at.back(), Time{0} + 3 * kWork + kMicrosecond);
  EXPECT_EQ(desk.taken(Order::waited_for_key), 2u);
  EXPECT_EQ(desk.envelopes[1].place, PlaceId{1}) << "the other place is done with the first";
}

TEST(MSG_06, EdgeByTerminalTillsDoNotWaitForEachOtherButTheirZReportForAll) {
  SmallBus desk([](BusSettings& s) { s.ordering.key = OrderingKey::terminal; });
  for (const std::uint16_t till : {std::uint16_t{0}, std::uint16_t{0}, std::uint16_t{1}})
    desk.give(desk.message(0, MessageType::ticket, till));
  desk.give(desk.message(0, MessageType::day_close));
  desk.give(desk.message(0, MessageType::ticket, 1));
  desk.finish();
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{1, 3, 2, 4, 5}));
}

TEST(MSG_06, EdgeByItemOnlyThoseThatShareOneWait) {
  SmallBus desk([](BusSettings& s) { s.ordering.key = OrderingKey::item; });
  for (const std::uint32_t item : {7U, 8U, 7U}) {
    const MessageId id = desk.message(0);
    desk.pool.add_line(id, Line{ItemId{item}, 1, 100, 0});
    desk.give(id);
  }
  desk.finish();
  EXPECT_EQ(desk.posted_at[1], desk.posted_at[0]);
  EXPECT_EQ(desk.posted_at[2], desk.posted_at[0] + kWork);
}

TEST(MSG_06, EdgeWithoutAKeyAllGoAtOnce) {
  SmallBus desk([](BusSettings& s) { s.ordering.key = OrderingKey::none; });
  desk.say(0, 10);
  desk.finish();
  EXPECT_EQ(desk.posted_at.back(), Time{0} + kWork + kMicrosecond);
}

TEST(MSG_06, EdgeWithOneKeyForAllEverybodyWaitsForWhoCameFirst) {
  SmallBus desk([](BusSettings& s) { s.ordering.key = OrderingKey::global; }, Mutant::none, 3);
  for (const std::uint32_t place : {2U, 0U, 1U, 0U}) desk.say(place);
  EXPECT_EQ(desk.bus.first_open(1)->place, 1U) << "its own, not the one that it waits for";
  desk.finish();
  ASSERT_EQ(desk.posted_at.size(), 4u);
  for (std::uint32_t i = 0; i < 4; ++i) {
    EXPECT_EQ(desk.posted_at[i], Time{0} + (i + 1) * kWork + kMicrosecond);
    EXPECT_EQ(index_of(desk.envelopes[i].place), (std::vector{2U, 0U, 1U, 0U})[i]);
  }
  EXPECT_EQ(desk.taken(Order::waited_for_key), 3u);
  EXPECT_EQ(desk.taken(Order::parallel_with_other_key), 0u);
  EXPECT_EQ(desk.bus.first_open(1), nullptr);
}

TEST(MSG_06, FailureWithOneKeyForAllOneMessageStopsEveryPlace) {
  for (const OrderingKey key : {OrderingKey::store, OrderingKey::global}) {
    SmallBus desk([&](BusSettings& s) {
      s.ordering.key = key;
      s.dead_letter.key_policy = DeadKeyPolicy::park_key;
    });
    const MessageId poisoned = desk.message(0);
    desk.pool[poisoned].defect = Defect::poison;
    desk.give(poisoned);
    desk.say(1, 5);
    desk.run_for(kDay);
    EXPECT_EQ(desk.posted.size(), key == OrderingKey::store ? 5u : 0u);
    desk.decide(RepairAction::resubmit_edited);
    desk.finish();
    EXPECT_EQ(desk.posted.size(), 6u);
    EXPECT_EQ(desk.bus.held(), 0u);
  }
}

TEST(MSG_06, EdgeTillsOfAPlaceGoBesideEachOther) {
  SmallBus desk([](BusSettings& s) { s.ordering.key = OrderingKey::terminal; });
  for (const std::uint16_t till : {std::uint16_t{0}, std::uint16_t{1}, std::uint16_t{1}})
    desk.give(desk.message(0, MessageType::ticket, till));
  EXPECT_EQ(desk.taken(Order::parallel_with_other_key), 1u);
  EXPECT_EQ(desk.taken(Order::waited_for_key), 1u);
}

/// Five messages of a place of which the third says that it is older than the second, and the fifth that it is oldest.
std::vector<std::uint32_t> posted_sorted_by(SortBy sort_by) {
  SmallBus desk([&](BusSettings& s) { s.ordering.sort_by = sort_by; });
  desk.run_for(kHour);
  for (const std::int64_t minutes : {0, 10, 5, 20, -1}) {
    const MessageId id = desk.message(0);
    desk.pool[id].envelope.event_time = desk.kernel.now + minutes * kMinute;
    desk.give(id);
  }
  desk.finish();
  return desk.posted;
}

TEST(MSG_06, HappyTheSequenceDecidesWhateverAClockSays) {
  EXPECT_EQ(posted_sorted_by(SortBy::sequence), (std::vector<std::uint32_t>{1, 2, 3, 4, 5}));
}

TEST(MSG_06, FailureSortedByEventTimeAWrongClockDecides) {
  EXPECT_EQ(posted_sorted_by(SortBy::event_time), (std::vector<std::uint32_t>{1, 5, 3, 2, 4}))
      << "what is at work is not overtaken, what waits is";
}

}  // namespace
}  // namespace tillstorm::integration
