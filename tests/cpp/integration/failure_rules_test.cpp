// MSG-09: attempts. MSG-10: the breaker. MSG-12: what is set aside. MSG-01: what is not let in. OFFLINE-02: what the
// bus keeps while the ERP is down.
#include <algorithm>

#include "integration/retry.h"
#include "integration/small_bus.h"

namespace tillstorm::integration {
namespace {

using Retry = rule::RetryBackoff::Outcome;
using Breaks = rule::CircuitBreaker::Outcome;
using Dead = rule::DeadLetters::Outcome;
using Checked = rule::Envelope::Outcome;
using Absorbed = rule::ErpLossAbsorbed::Outcome;

void unreachable(FaultKnobs& knobs) { knobs.unreachable = {1, 0}; }
void without_breaker(BusSettings& s) { s.breaker.scope = BreakerScope::off; }

// --- MSG-09 ---

TEST(MSG_09, HappyAFailedCallIsMadeAgainAndPostsOnce) {
  SmallBus desk(without_breaker);
  desk.set(unreachable);
  desk.say(0);
  desk.run_for(kSecond);
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.posted, desk.one_to(1));
  EXPECT_EQ(desk.taken(Retry::delivered_after_retry), 1u);
  EXPECT_EQ(desk.taken(Retry::delivered_first_try), 0u);
}

TEST(MSG_09, EdgeTheLimitDoublesUpToTheCap) {
  const RetryRule rule{.base_ms = 500, .cap_ms = 3'000, .max_attempts = 8, .jitter = Jitter::none};
  const RuleBook rules;
  const auto wait = [&](std::uint32_t failed) { return wait_before_retry(rule, rules, 1, 7, failed, {}, {}); };
  EXPECT_EQ(wait(1), 500 * kMillisecond);
  EXPECT_EQ(wait(3), 2'000 * kMillisecond);
  EXPECT_EQ(wait(4), 3'000 * kMillisecond);
  EXPECT_EQ(wait(60'000), 3'000 * kMillisecond) << "no doubling without end";
  EXPECT_EQ(wait_before_retry(rule, rules, 1, 7, 1, {}, kMinute), kMinute) << "what the ERP asks for, if longer";
}

TEST(MSG_09, EdgeEachJitterStaysInItsBoundsAndFollowsTheKey) {
  const RuleBook rules;
  for (const Jitter jitter : {Jitter::full, Jitter::equal, Jitter::decorrelated}) {
    const RetryRule rule{.base_ms = 500, .cap_ms = 60'000, .max_attempts = 8, .jitter = jitter};
    Duration least = kDay, most{};
    for (std::uint64_t key = 0; key < 2'000; ++key) {
      const Duration wait = wait_before_retry(rule, rules, 1, key, 3, kSecond, {});
      EXPECT_EQ(wait, wait_before_retry(rule, rules, 1, key, 3, kSecond, {}));
      least = std::min(least, wait);
      most = std::max(most, wait);
    }
    const Duration low = jitter == Jitter::full ? kMicrosecond : jitter == Jitter::equal ? kSecond : 500 * kMillisecond;
    const Duration high = jitter == Jitter::decorrelated ? 3 * kSecond : 2 * kSecond;
    EXPECT_GE(least, low);
    EXPECT_LT(least, low + 50 * kMillisecond);
    EXPECT_LE(most, high);
    EXPECT_GT(most, high - 50 * kMillisecond);
  }
}

TEST(MSG_09, EdgeTheShareOfDeadLettersIsPToTheAttempts) {
  SmallBus desk([](BusSettings& s) {
    without_breaker(s);
    s.retry.max_attempts = 3;
    s.capacity.service_us_base = 1'000;
    s.ordering.key = OrderingKey::none;
  });
  desk.set([](FaultKnobs& knobs) { knobs.reject_ppm = {300'000, 0}; });
  const int messages = 40'000;
  for (int i = 0; i < messages; ++i) {
    desk.say(0);
    desk.run_for(kMillisecond);
  }
  desk.finish();
  // 0.3^3 = 0.027: standard deviation of the share 0.00081.
  EXPECT_NEAR(static_cast<double>(desk.reports.size()) / messages, 0.027, 4 * 0.00081);
  EXPECT_EQ(desk.posted.size() + desk.reports.size(), static_cast<std::size_t>(messages));
}

TEST(MSG_09, FailureWithoutAWaitTheSameCallIsMadeOverAndOver) {
  for (const Mutant mutant : {Mutant::none, Mutant::retry_at_once}) {
    SmallBus desk(without_breaker, mutant);
    desk.set(unreachable);
    desk.say(0);
    desk.run_for(kMillisecond);
    EXPECT_EQ(desk.taken(Retry::attempts_exhausted), mutant == Mutant::none ? 0u : 1u);
  }
}

// --- MSG-10 ---

/// Calls come in at ten a second while every call fails.
SmallBus failing_erp(const std::function<void(BusSettings&)>& change, Mutant mutant = Mutant::none) {
  SmallBus desk(
      [&](BusSettings& s) {
        s.ordering.key = OrderingKey::none;
        if (change) change(s);
      },
      mutant);
  desk.set(unreachable);
  for (int i = 0; i < 600; ++i) {
    desk.say(0);
    desk.run_for(100 * kMillisecond);
  }
  return desk;
}

TEST(MSG_10, HappyItOpensAndClosesAgainWhenProbesComeThrough) {
  SmallBus desk = failing_erp({});
  EXPECT_GE(desk.taken(Breaks::opened), 1u);
  EXPECT_GT(desk.taken(Breaks::call_held_while_open), 0u);
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.taken(Breaks::probe_succeeded_closed), 1u);
  EXPECT_EQ(desk.posted.size(), 600u);
  EXPECT_TRUE(desk.reports.empty()) << "what is held uses up no attempt";
}

TEST(MSG_10, EdgeItOpensOnTheLastOfEnoughCallsAndNotBefore) {
  RuleBook rules;
  const BreakerRule rule{.min_calls = 20};
  Breaker breaker;
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(breaker.ended(rule, rules, Time{0} + i * kSecond, false));
  for (int i = 0; i < 9; ++i) EXPECT_FALSE(breaker.ended(rule, rules, Time{0} + i * kSecond, true));
  EXPECT_TRUE(breaker.ended(rule, rules, Time{0} + 10 * kSecond, true)) << "ten of twenty";
  EXPECT_FALSE(breaker.allows());
  EXPECT_EQ(breaker.open_until(), Time{0} + 40 * kSecond);
}

TEST(MSG_10, EdgeCallsOlderThanTheWindowDoNotCount) {
  RuleBook rules;
  const BreakerRule rule{.window_seconds = 60, .min_calls = 20};
  Breaker breaker;
  for (int i = 0; i < 19; ++i) breaker.ended(rule, rules, Time{0}, true);
  EXPECT_FALSE(breaker.ended(rule, rules, Time{0} + 60 * kSecond, true));
  EXPECT_TRUE(breaker.allows());
}

TEST(MSG_10, EdgeAFailedProbeOpensItForTwiceAsLongUpToTheCap) {
  RuleBook rules;
  const BreakerRule rule{.min_calls = 1, .open_seconds = 30, .open_cap_seconds = 100};
  Breaker breaker;
  Time now{0};
  std::vector<std::int64_t> open;
  breaker.ended(rule, rules, now, true);
  for (int i = 0; i < 3; ++i) {
    open.push_back((breaker.open_until() - now).us / kSecond.us);
    now = breaker.open_until();
    breaker.half_open();
    EXPECT_TRUE(breaker.allows());
    breaker.begins();
    EXPECT_FALSE(breaker.allows()) << "one probe at a time";
    breaker.ended(rule, rules, now, true);
  }
  EXPECT_EQ(open, (std::vector<std::int64_t>{30, 60, 100}));
  EXPECT_EQ(rules.taken(Breaks::probe_failed_reopened), 3u);
}

TEST(MSG_10, EdgeByMessageTypeOneTypeDoesNotHoldAnother) {
  SmallBus desk([](BusSettings& s) { s.breaker.scope = BreakerScope::message_type; });
  desk.set(unreachable);
  for (int i = 0; i < 400; ++i) {
    desk.give(desk.message(0, MessageType::ticket));
    desk.run_for(100 * kMillisecond);
  }
  desk.mend();
  desk.give(desk.message(1, MessageType::goods_receipt));
  desk.run_for(kSecond);
  ASSERT_EQ(desk.envelopes.size(), 1u);
  EXPECT_EQ(desk.envelopes[0].type, MessageType::goods_receipt);
}

TEST(MSG_10, FailureWithoutItAnOutageUsesUpTheAttempts) {
  EXPECT_GT(failing_erp(without_breaker).taken(Retry::attempts_exhausted), 50u);
  EXPECT_GT(failing_erp({}, Mutant::refusals_use_attempts).taken(Retry::attempts_exhausted), 0u);
  EXPECT_GT(failing_erp({}, Mutant::breaker_reopens_at_once).taken(Breaks::probe_failed_reopened), 10u);
}

// --- MSG-12 ---

TEST(MSG_11, EdgeAQueueThatRefusesIsOneExceptionUntilItHasRoomAgain) {
  SmallBus bus([](BusSettings& s) { s.queue.max_messages = 4; });
  bus.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  for (int i = 0; i < 6; ++i) {
    if (!bus.bus.refuses(bus.c, bus.s, 0)) bus.say(0);
  }
  bus.run_for(kSecond);
  ASSERT_EQ(bus.reports.size(), 1U);
  EXPECT_EQ(bus.reports[0].exception, ExceptionType::queue_full);
  EXPECT_EQ(bus.reports[0].units, 4);
  bus.mend();
  bus.run_for(kMinute);
  ASSERT_EQ(bus.reports.size(), 2U);
  EXPECT_EQ(bus.reports[1].signal, ExceptionSignal::cleared);
  EXPECT_EQ(bus.reports[1].subject, bus.reports[0].subject);
}

TEST(MSG_12, HappyADeadLetterIsKeptReportedAndPassed) {
  SmallBus desk([](BusSettings& s) {
    without_breaker(s);
    s.retry.max_attempts = 2;
  });
  desk.set(unreachable);
  desk.say(0);
  desk.run_for(kMinute);
  desk.mend();
  desk.say(0);
  desk.finish();
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{2}));
  ASSERT_EQ(desk.reports.size(), 1u);
  EXPECT_EQ(desk.reports[0].exception, ExceptionType::dead_letter);
  EXPECT_EQ(desk.bus.hospital().inside(), 1u);
  EXPECT_EQ(desk.taken(Dead::dead_lettered_by_attempts), 1u);
  EXPECT_EQ(desk.taken(Dead::key_continued), 1u);
  EXPECT_EQ(desk.bus.held(), 0u);
}

TEST(MSG_12, HappyPoisonIsIsolatedAfterItsCrashes) {
  SmallBus desk;
  desk.give(poisoned(desk));
  desk.say(0, 3);
  desk.finish();
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{2, 3, 4}));
  EXPECT_EQ(desk.taken(Dead::poison_isolated), 1u);
  EXPECT_GT(desk.posted_at[0], Time{0} + 3 * 100 * kMillisecond);
}

TEST(MSG_12, EdgeManyCrashesAreCountedToo) {
  SmallBus desk([](BusSettings& s) { s.dead_letter.poison_crashes = 300; });
  desk.give(poisoned(desk));
  desk.say(0);
  desk.finish();
  EXPECT_EQ(desk.taken(Dead::poison_isolated), 1u);
  EXPECT_EQ(desk.posted.size(), 1u);
}

TEST(MSG_12, EdgeAParkedKeyWaitsForItsDeadLetterAndKeepsItsOrder) {
  SmallBus desk([](BusSettings& s) { s.dead_letter.key_policy = DeadKeyPolicy::park_key; });
  desk.give(poisoned(desk));
  desk.say(0, 3);
  desk.say(1);
  desk.run_for(kDay);
  EXPECT_EQ(desk.posted, desk.one_to(1)) << "the other place goes on";
  EXPECT_EQ(desk.taken(Dead::key_parked), 1u);
  desk.decide(RepairAction::resubmit_edited);
  desk.finish();
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{1, 1, 2, 3, 4}));
}

TEST(MSG_12, EdgeABlockedQueueWaitsWhole) {
  SmallBus desk([](BusSettings& s) { s.dead_letter.key_policy = DeadKeyPolicy::block_queue; });
  desk.give(poisoned(desk));
  desk.run_for(kMinute);
  desk.run_for(kMinute);
  desk.say(1);
  desk.run_for(kDay);
  EXPECT_TRUE(desk.posted.empty());
  EXPECT_EQ(desk.taken(Dead::queue_blocked), 1u);
  desk.decide(RepairAction::cancel);
  desk.finish();
  EXPECT_EQ(desk.posted, desk.one_to(1));
  EXPECT_EQ(desk.bus.held(), 0u);
}

TEST(MSG_12, FailureWithoutALimitPoisonStopsEverythingBehindIt) {
  SmallBus desk({}, Mutant::poison_never_isolated);
  desk.give(poisoned(desk));
  desk.say(0);
  desk.run_for(kDay);
  EXPECT_TRUE(desk.posted.empty());
}

TEST(MSG_12, FailureACrashThatCountsAsHandledLosesTheMessage) {
  SmallBus desk({}, Mutant::crash_acknowledged);
  desk.give(poisoned(desk));
  desk.finish();
  EXPECT_EQ(desk.bus.hospital().inside(), 0u);
  EXPECT_TRUE(desk.posted.empty());
}

TEST(MSG_12, FailureADeadLetterThatIsDeletedOrUnreportedIsNobodysBusiness) {
  for (const Mutant mutant : {Mutant::dead_letter_deleted, Mutant::dead_letter_unreported}) {
    SmallBus desk({}, mutant);
    desk.give(poisoned(desk));
    desk.finish();
    EXPECT_EQ(desk.bus.hospital().inside(), mutant == Mutant::dead_letter_deleted ? 0u : 1u);
    EXPECT_TRUE(desk.reports.empty());
  }
}

// --- MSG-01 ---

TEST(MSG_01, EdgeWhatWasMadeWrongIsSetAsideByItsFirstFailingCheck) {
  SmallBus desk([](BusSettings& s) { s.envelope.max_body_bytes = 512 + 3 * 128; });
  for (const Defect defect : {Defect::missing_field, Defect::unknown_type, Defect::unknown_source}) {
    const MessageId id = desk.message(0);
    desk.pool[id].defect = defect;
    desk.give(id);
  }
  const MessageId fits = desk.message(0), too_long = desk.message(0);
  for (int i = 0; i < 3; ++i) desk.pool.add_line(fits, Line{});
  for (int i = 0; i < 4; ++i) desk.pool.add_line(too_long, Line{});
  desk.pool[too_long].defect = Defect::unknown_type;
  desk.give(fits);
  desk.give(too_long);
  desk.run_for(kHour);
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{4}));
  EXPECT_EQ(desk.reports.size(), 4u);
  for (const Checked outcome :
       {Checked::missing_field, Checked::unknown_type, Checked::unknown_source, Checked::oversize})
    EXPECT_EQ(desk.taken(outcome), 1u);
  desk.decide(RepairAction::resubmit_edited);
  desk.finish();
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{4, 5})) << "sent by hand, past the limit of the interface";
}

TEST(MSG_01, FailureWhatIsDroppedWithALineInTheLogIsLost) {
  SmallBus desk({}, Mutant::invalid_dropped);
  const MessageId id = invalid(desk);
  desk.give(id);
  desk.finish();
  EXPECT_EQ(desk.bus.hospital().inside(), 0u);
  EXPECT_TRUE(desk.reports.empty());
}

// --- OFFLINE-02 ---

TEST(OFFLINE_02, HappyWhatIsAcceptedWhileTheErpIsDownIsHandedOverInOrder) {
  SmallBus desk;
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  desk.say(0, 5);
  desk.run_for(kHour);
  EXPECT_TRUE(desk.posted.empty());
  EXPECT_EQ(desk.bus.held(), 5u);
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.posted, desk.one_to(5));
  EXPECT_EQ(desk.taken(Absorbed::buffered), 5u);
  EXPECT_EQ(desk.count(FaultEffect::buffered), 5u);
}

TEST(OFFLINE_02, EdgeAServiceThatAnOutageBreaksOffBeginsAgainAndIsNoFailedAttempt) {
  SmallBus desk;
  desk.say(0);
  desk.run_for(50 * kMillisecond);
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  desk.run_for(kMinute);
  EXPECT_TRUE(desk.posted.empty());
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.posted, desk.one_to(1));
  EXPECT_EQ(desk.taken(Retry::delivered_first_try), 1u);
}

TEST(OFFLINE_02, EdgeAnAnswerThatIsLostIsAskedForAgain) {
  SmallBus desk;
  desk.set([](FaultKnobs& knobs) { knobs.answer_lost_ppm = {1'000'000, 0}; });
  desk.say(0);
  desk.run_for(150 * kMillisecond);
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{1, 1})) << "the books recognise the second";
}

TEST(OFFLINE_02, FailureABufferInMemoryIsLostAndOneReversedIsOutOfOrder) {
  for (const Mutant mutant : {Mutant::buffer_lost_with_erp, Mutant::drained_newest_first}) {
    SmallBus desk({}, mutant);
    desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
    desk.say(0, 5);
    desk.mend();
    desk.finish();
    EXPECT_EQ(desk.posted.size() < 5, mutant == Mutant::buffer_lost_with_erp);
    EXPECT_EQ(desk.posted.front() == 5, mutant == Mutant::drained_newest_first);
  }
}

}  // namespace
}  // namespace tillstorm::integration
