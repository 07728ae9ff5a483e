#include "integration/sequence_guard.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace tillstorm::integration {
namespace {

using Outcome = rule::SequenceGap::Outcome;

/// The guard of one store with two tills: what passes it, what it asks for and what it reports.
struct SmallGuard {
  SequenceSettings settings{{}, {.stores = 1}, kMillisecond};
  Kernel kernel;
  MessagePool pool;
  RuleBook rules;
  FaultTally faults;
  Context c{kernel, pool, rules, faults};
  SequenceGuard guard{PlaceId{0}, 2};
  std::vector<std::uint32_t> passed;  ///< Epoch x 1000 + number.
  std::vector<NumbersBody> asked;
  std::vector<ExceptionSignal> reported;
  std::vector<std::uint32_t> blocked;  ///< Messages held because of it, as reported.

  explicit SmallGuard(Mutant mutant = Mutant::none) : kernel(settings.addresses.sites(), Time{} + kDay), rules(mutant) {
    act();
  }
  void act() { kernel.act_as(settings.addresses.partition(PlaceId{0})); }
  void until(Duration passed_time) { run(kernel, *this, Time{} + kDay + passed_time); }

  void comes(std::uint32_t number, std::uint32_t epoch = 0, std::uint32_t previous_last = 0,
             MessageType type = MessageType::ticket) {
    act();
    const MessageId id = pool.create(type);
    pool[id].envelope.number = number;
    pool[id].envelope.epoch = epoch;
    if (type == MessageType::ticket) pool[id].ticket.previous_last = previous_last;
    if (guard.passes(c, settings, id)) note(id);
    drain();
  }
  void dispatch(const Event& event) {
    const MessageId id{static_cast<std::uint32_t>(event.payload)};
    switch (static_cast<EventKind>(event.kind())) {
      case EventKind::gap_due:
        guard.due(c, settings, event.payload);
        return drain();
      case EventKind::erp_sends:
        asked.push_back(pool[id].numbers);
        return;
      case EventKind::exception_reported:
        EXPECT_EQ(pool[id].exception.exception, ExceptionType::sequence_gap);
        reported.push_back(pool[id].exception.signal);
        blocked.push_back(pool[id].exception.held);
        return;
      default:
        ADD_FAILURE() << "no other event happens here";
    }
  }

 private:
  void note(MessageId id) { passed.push_back(pool[id].envelope.epoch * 1000 + pool[id].envelope.number); }
  void drain() {
    for (MessageId id = guard.next(); id != kNoMessage; id = guard.next()) note(id);
  }
};

using Numbers = std::vector<std::uint32_t>;

TEST(MSG_07, HappyNumbersInOrderPassAtOnce) {
  SmallGuard g;
  for (std::uint32_t number = 1; number <= 5; ++number) g.comes(number);
  EXPECT_EQ(g.passed, (Numbers{1, 2, 3, 4, 5}));
  EXPECT_EQ(g.rules.taken(Outcome::no_gap), 5U);
  EXPECT_EQ(g.guard.held(), 0U);
}

TEST(MSG_07, HappyWhatIsHeldGoesOnWhenTheMissingOneHasCome) {
  SmallGuard g;
  for (const std::uint32_t number : {1U, 3U, 4U}) g.comes(number);
  EXPECT_EQ(g.passed, (Numbers{1}));
  EXPECT_EQ(g.guard.held(), 2U);
  g.comes(2);
  EXPECT_EQ(g.passed, (Numbers{1, 2, 3, 4}));
  EXPECT_EQ(g.rules.taken(Outcome::filled_while_held), 1U);
  g.until(2 * kHour);
  EXPECT_TRUE(g.asked.empty());
  EXPECT_TRUE(g.reported.empty());
}

TEST(MSG_07, HappyTheMissingOnesAreAskedForAndFillTheGap) {
  SmallGuard g;
  for (const std::uint32_t number : {1U, 5U}) g.comes(number);
  g.until(121 * kSecond);
  ASSERT_EQ(g.asked.size(), 1U);
  EXPECT_EQ(g.asked[0].first, 2U);
  EXPECT_EQ(g.asked[0].last, 4U);
  g.comes(2);
  g.comes(3, 0, 0, MessageType::number_void);
  EXPECT_EQ(g.guard.held(), 1U) << "one is still missing";
  g.comes(4);
  EXPECT_EQ(g.passed, (Numbers{1, 2, 3, 4, 5}));
  EXPECT_EQ(g.rules.taken(Outcome::filled_by_re_request), 1U);
  EXPECT_EQ(g.rules.taken(Outcome::placeholder_received), 1U);
}

TEST(MSG_07, EdgeTheHoldEndsToTheSecondAndRequestsAreAnIntervalApart) {
  SmallGuard g;
  g.comes(2);
  g.until(119 * kSecond);
  EXPECT_TRUE(g.asked.empty());
  g.until(120 * kSecond + kSecond);
  EXPECT_EQ(g.asked.size(), 1U);
  g.until(120 * kSecond + 1199 * kSecond);
  EXPECT_EQ(g.asked.size(), 2U);
  g.until(120 * kSecond + 1799 * kSecond);
  EXPECT_EQ(g.asked.size(), 3U);
  EXPECT_TRUE(g.reported.empty());
  g.until(120 * kSecond + 1801 * kSecond);
  EXPECT_EQ(g.asked.size(), 3U);
  EXPECT_EQ(g.reported, (std::vector{ExceptionSignal::raised}));
  EXPECT_EQ(g.passed, (Numbers{2}));
  EXPECT_TRUE(g.guard.is_declared(0, 0, 1));
}

TEST(MSG_07, EdgeALateOnePassesAndClearsTheExceptionWhenItIsTheLastOfThem) {
  SmallGuard g;
  g.comes(4);
  g.until(kHour);
  g.comes(2);
  g.until(2 * kHour);
  EXPECT_EQ(g.reported, (std::vector{ExceptionSignal::raised}));
  EXPECT_FALSE(g.guard.is_declared(0, 0, 2));
  g.comes(1);
  g.comes(3);
  g.until(3 * kHour);
  EXPECT_EQ(g.reported, (std::vector{ExceptionSignal::raised, ExceptionSignal::cleared}));
  EXPECT_EQ(g.passed, (Numbers{4, 2, 1, 3}));
  EXPECT_EQ(g.rules.taken(Outcome::late_fill_posted), 3U);
}

TEST(MSG_07, EdgeBlockHoldsTheTillUntilTheGapIsFilledAndNoLonger) {
  SmallGuard g;
  g.settings.rule.gap_policy = GapPolicy::block;
  g.comes(2);
  g.until(kDay);
  EXPECT_TRUE(g.passed.empty());
  EXPECT_EQ(g.guard.held(), 0U) << "nothing more is done about it";
  EXPECT_EQ(g.guard.blocked(), 1U);
  g.comes(1);
  g.until(2 * kDay);
  EXPECT_EQ(g.passed, (Numbers{1, 2}));
  EXPECT_EQ(g.reported, (std::vector{ExceptionSignal::raised, ExceptionSignal::cleared}));
}

TEST(MSG_07, EdgeWhatABlockingGapHoldsIsReportedMessageByMessage) {
  SmallGuard g;
  g.settings.rule.gap_policy = GapPolicy::block;
  g.comes(2);
  g.comes(3);
  g.until(kDay);
  g.comes(4);
  g.comes(5);
  g.until(2 * kDay);
  EXPECT_EQ(g.blocked, (Numbers{2, 1, 1}));
  g.comes(1);
  g.until(3 * kDay);
  EXPECT_EQ(g.passed, (Numbers{1, 2, 3, 4, 5}));
  EXPECT_EQ(g.reported.back(), ExceptionSignal::cleared);
  SmallGuard released;
  released.comes(2);
  released.until(kDay);
  EXPECT_EQ(released.blocked, (Numbers{0})) << "what was held has gone on";
}

TEST(MSG_07, EdgeAnEpochThatWasSkippedAsAWholeIsMissingAsAWhole) {
  SmallGuard g;
  g.settings.rule.gap_policy = GapPolicy::block;
  g.comes(1);
  g.comes(2);
  g.comes(1, 2, 2);  // two re-installs; what the till said in between, two numbers, has not come
  g.until(2 * kHour);
  EXPECT_TRUE(g.guard.is_declared(0, 1, 1));
  EXPECT_TRUE(g.guard.is_declared(0, 1, 2));
  g.comes(2, 2);
  g.until(3 * kHour);
  EXPECT_EQ(g.blocked, (Numbers{1, 1})) << "the first of the new epoch, and the one behind it";
  g.comes(1, 1, 2);
  g.until(4 * kHour);
  EXPECT_EQ(g.blocked, (Numbers{1, 1})) << "a fill that went itself waits for nothing";
  g.comes(2, 1);
  g.until(5 * kHour);
  EXPECT_EQ(g.passed, (Numbers{1, 2, 1001, 1002, 2001, 2002}));
  EXPECT_EQ(g.reported.back(), ExceptionSignal::cleared);
  EXPECT_EQ(g.guard.held(), 0U);
}

TEST(MSG_07, EdgeAnEpochThatStatesNothingWaitsForThoseBeforeIt) {
  for (const GapPolicy policy : {GapPolicy::release, GapPolicy::block}) {
    SmallGuard g;
    g.settings.rule.gap_policy = policy;
    g.comes(1);
    g.comes(1, 3);  // two re-installs that forgot what had been said before
    EXPECT_EQ(g.passed, (Numbers{1}));
    g.until(kMinute);
    g.comes(1, 1);
    g.comes(2, 1);
    g.comes(1, 2);
    EXPECT_EQ(g.passed, (Numbers{1, 1001, 1002, 2001, 3001}));
    EXPECT_EQ(g.guard.held(), 0U);
    // Nothing was said in between: that is known when the store has been asked, and nobody has to look at it.
    g.comes(1, 5);
    g.until(kDay);
    EXPECT_FALSE(g.asked.empty());
    EXPECT_EQ(g.passed.back(), 5001U);
    EXPECT_TRUE(g.reported.empty());
    g.comes(2, 5);
    EXPECT_EQ(g.passed.back(), 5002U);
  }
}

TEST(MSG_07, EdgeTheTailOfAnEpochIsMissedBecauseTheNextOneStatesIt) {
  SmallGuard g;
  g.comes(1);
  g.comes(1, 1, 2);
  EXPECT_EQ(g.passed, (Numbers{1}));
  g.until(121 * kSecond);
  ASSERT_EQ(g.asked.size(), 1U);
  EXPECT_EQ(g.asked[0].first, 2U);
  EXPECT_EQ(g.asked[0].last_epoch, 1U);
  g.comes(2);
  EXPECT_EQ(g.passed, (Numbers{1, 2, 1001}));
}

TEST(MSG_07, EdgeWithoutTheHandshakeNobodyMissesTheTailOfAnEpoch) {
  SmallGuard g;
  g.settings.rule.epoch_handshake = false;
  g.comes(1);
  g.comes(1, 1, 2);
  EXPECT_EQ(g.passed, (Numbers{1, 1001}));
}

TEST(MSG_07, FailureIgnoredGapsLetEverythingPassAndNobodyAsks) {
  SmallGuard g(Mutant::gap_ignored);
  for (const std::uint32_t number : {1U, 4U, 5U}) g.comes(number);
  g.until(kDay);
  EXPECT_EQ(g.passed, (Numbers{1, 4, 5}));
  EXPECT_TRUE(g.asked.empty());
  EXPECT_TRUE(g.reported.empty());
}

TEST(MSG_07, FailureAGapThatNobodyAsksForBecomesWorkForAPerson) {
  SmallGuard g(Mutant::gap_never_asked_for);
  g.comes(2);
  g.until(kDay);
  EXPECT_TRUE(g.asked.empty());
  EXPECT_EQ(g.reported.size(), 1U);
}

}  // namespace
}  // namespace tillstorm::integration
