// MSG-01, MSG-02, MSG-03, MSG-06, OFFLINE-03, OFFLINE-05, OFFLINE-08, OFFLINE-09 on one link: what the rules of the
// road promise, and what becomes of it when one of them is broken.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "integration/small_link.h"

namespace tillstorm::integration {
namespace {

using Numbers = std::vector<std::uint32_t>;

/// A link on which every message takes a tenth of a second, whose messages are numbered by their place in the log.
struct Road : Link {
  explicit Road(Mutant mutant = Mutant::none) {
    rules = RuleBook(mutant);
    settings.latency = LatencyTable(Law{Law::Kind::constant, 100}, 20 * kMillisecond);
  }
  void hand_over(int messages = 1, Minor tax = 0) {
    kernel.act_as(kStore);
    for (int i = 0; i < messages; ++i) {
      const MessageId id = ticket();
      pool[id].envelope.number = sender.next_sequence();
      pool[id].ticket.tax = tax;
      pool[id].envelope.body_hash = body_hash(pool[id], std::as_const(pool).lines(id));
      sender.submit(c, settings, id);
    }
  }
  void dispatch(const Event& event) {
    if (static_cast<EventKind>(event.kind()) == EventKind::channel_delivers) {
      const Message& message = pool[MessageId{low_of(event.payload)}];
      numbers.push_back(message.envelope.number);
      tax_that_came = message.ticket.tax;
      units_that_came = pool.lines(MessageId{low_of(event.payload)})[0].quantity;
    }
    Link::dispatch(event);
  }
  void pass(Duration time) { run(kernel, *this, kernel.now + time); }
  /// What is said now does not arrive; the sender does not know.
  void deafen(bool is_deaf) {
    FaultKnobs knobs;
    knobs.any = is_deaf;
    knobs.down = {is_deaf ? 1 : 0, 0};
    receiver.set_faults(knobs);
  }
  void lose_answers(bool all) { set(&FaultKnobs::acknowledgement_lost_ppm, all ? 1'000'000 : 0); }
  template <class Outcome>
  std::uint64_t taken(Outcome outcome) const {
    return rules.taken(outcome);
  }

  Numbers numbers;  ///< Of all copies that came, accepted or not.
  Minor tax_that_came = -1;
  std::int32_t units_that_came = -1;
};

TEST(MSG_01, HappyAMessageThatHasItsHashIsAccepted) {
  Road road;
  road.hand_over(3);
  road.pass(kSecond);
  EXPECT_EQ(road.accepted, road.one_to(3));
  EXPECT_EQ(road.taken(rule::Envelope::Outcome::accepted), 3u);
}

TEST(MSG_01, EdgeADamagedCopyIsRefusedWholeAndSentAgain) {
  Road road;
  road.set(&FaultKnobs::corrupt_ppm, 1'000'000);
  road.hand_over();
  road.pass(kSecond);
  EXPECT_TRUE(road.accepted.empty());
  EXPECT_EQ(road.taken(rule::Envelope::Outcome::hash_mismatch), 1u);
  EXPECT_EQ(road.sender.pending(), 1u) << "nobody has acknowledged it";
  road.set(&FaultKnobs::corrupt_ppm, 0);
  road.pass(kDay);
  EXPECT_EQ(road.accepted, road.one_to(1));
}

TEST(MSG_01, FailureWithoutTheCheckADamagedMessageIsTakenIn) {
  Road road(Mutant::damaged_body_posted);
  road.set(&FaultKnobs::corrupt_ppm, 1'000'000);
  road.hand_over();
  road.pass(kSecond);
  EXPECT_EQ(road.accepted, road.one_to(1));
}

TEST(MSG_02, HappyARetryAfterSilenceHasTheKeyOfTheFirstSending) {
  Road road;
  road.lose_answers(true);
  road.hand_over(3);
  road.pass(6 * kMinute);
  road.lose_answers(false);
  road.pass(kDay);
  EXPECT_GE(road.numbers.size(), 6u);
  EXPECT_LE(*std::max_element(road.numbers.begin(), road.numbers.end()), 3u);
  EXPECT_GE(road.taken(rule::IdempotencyKey::Outcome::reused_on_retry), 3u);
}

TEST(MSG_02, EdgeAReplayAfterAnOutageHasTheKeysOfTheLog) {
  Road road;
  road.cut(kMinute);
  road.hand_over(5);
  road.mend();
  road.pass(kDay);
  EXPECT_EQ(road.numbers, road.one_to(5));
  EXPECT_EQ(road.taken(rule::IdempotencyKey::Outcome::reused_on_offline_replay), 5u);
}

TEST(MSG_02, FailureANewKeyOnEachRetryLooksLikeANewMessage) {
  Road road(Mutant::retry_mints_new_key);
  road.lose_answers(true);
  road.hand_over();
  road.pass(6 * kMinute);
  EXPECT_EQ(road.numbers, (Numbers{1, 1'000'001}));
}

TEST(MSG_03, EdgeSilenceMeansOutcomeUnknownAndTheSameMessageIsSentAgain) {
  Road road;
  road.lose_answers(true);
  road.hand_over();
  road.pass(6 * kMinute);
  EXPECT_EQ(road.taken(rule::DedupeThenPost::Outcome::timeout_resent), 1u);
  EXPECT_EQ(road.repeated, road.one_to(1));
}

TEST(MSG_06, HappyTakesInEachMessageAfterItsPredecessor) {
  Road road;
  road.settings.latency = LatencyTable(Law{Law::Kind::log_normal, 200, 0.99}, 20 * kMillisecond);
  for (int i = 0; i < 200; ++i) {
    road.hand_over();
    road.pass(kMillisecond);
  }
  road.pass(kDay);
  EXPECT_EQ(road.accepted, road.one_to(200));
  EXPECT_EQ(road.taken(rule::OrderPerSource::Outcome::applied_in_order), 200u);
}

/// Two messages of which the connection loses the first.
void lose_the_first_of_two(Road& road) {
  road.deafen(true);
  road.hand_over();
  road.pass(kSecond);
  road.deafen(false);
  road.hand_over();
  road.pass(kSecond);
}

TEST(MSG_06, EdgeWhatComesAfterAHoleWaitsUntilTheHoleIsFilled) {
  Road road;
  lose_the_first_of_two(road);
  EXPECT_TRUE(road.accepted.empty());
  EXPECT_EQ(road.taken(rule::OrderPerSource::Outcome::held_for_predecessor), 1u);
  road.pass(kDay);
  EXPECT_EQ(road.accepted, road.one_to(2));
}

TEST(MSG_06, FailureAHoleThatIsSkippedIsNeverFilled) {
  Road road(Mutant::hole_is_skipped);
  lose_the_first_of_two(road);
  road.pass(kDay);
  EXPECT_EQ(road.accepted, Numbers{2});
  EXPECT_EQ(road.sender.pending(), 0u) << "acknowledged, so nobody will send it again";
}

TEST(OFFLINE_03, FailureAVolatileLogLosesWhatWasPaid) {
  Road road(Mutant::crash_empties_queue);
  road.cut(kMinute);
  road.hand_over(4);
  road.sender.forget_log(road.c);  // what the mutant does when a till crashes
  road.mend();
  road.pass(kDay);
  EXPECT_TRUE(road.accepted.empty());
}

TEST(OFFLINE_05, EdgeWhatIsSaidWithoutALinkIsKept) {
  Road road;
  road.cut(kMinute);
  road.hand_over(7);
  EXPECT_EQ(road.sender.pending(), 7u);
  EXPECT_EQ(road.taken(rule::StoreAndForward::Outcome::held_while_down), 7u);
}

TEST(OFFLINE_05, FailureAnAcknowledgementThatCoversOneTooManyLosesIt) {
  for (const Mutant mutant : {Mutant::none, Mutant::late_acknowledgement_covers_too_much}) {
    Road road(mutant);
    road.hand_over();
    road.pass(150 * kMillisecond);  // the first has arrived, its answer is on its way
    road.hand_over();
    road.deafen(true);
    road.pass(kSecond);  // the second does not arrive
    road.deafen(false);
    road.pass(kDay);
    EXPECT_EQ(road.accepted, road.one_to(mutant == Mutant::none ? 2 : 1));
  }
}

TEST(OFFLINE_05, FailureKeysMadeOnReplayAreNotThoseOfTheTickets) {
  Road road(Mutant::replay_mints_new_keys);
  road.cut(kMinute);
  road.hand_over();
  road.mend();
  road.pass(kSecond);
  EXPECT_EQ(road.numbers, Numbers{1'000'001});
}

TEST(OFFLINE_08, EdgeWhatIsNewQueuesBehindTheBacklog) {
  Road road;
  road.cut(kMinute);
  road.hand_over(20);
  road.mend();
  road.pass(kSecond);
  road.hand_over(3);  // while the backlog takes four seconds
  EXPECT_EQ(road.taken(rule::PacedReplay::Outcome::queued_behind), 3u);
  road.pass(kDay);
  EXPECT_EQ(road.accepted, road.one_to(23));
  EXPECT_EQ(road.taken(rule::PacedReplay::Outcome::drained), 1u);
}

/// Forty messages kept in an outage, a replay of three seconds, and a second outage.
void interrupt_a_replay(Road& road) {
  road.cut(kMinute);
  road.hand_over(40);
  road.mend();
  road.pass(3 * kSecond);
  road.cut(kMinute);
  road.mend();
  road.pass(kDay);
}

TEST(OFFLINE_08, EdgeASecondOutageEndsTheReplayAndTheNextBeginsAtTheFirstUnacknowledged) {
  Road road;
  interrupt_a_replay(road);
  EXPECT_EQ(road.accepted, road.one_to(40));
  EXPECT_EQ(road.taken(rule::PacedReplay::Outcome::interrupted_by_second_outage), 1u);
  EXPECT_EQ(road.taken(rule::PacedReplay::Outcome::started), 2u);
}

TEST(OFFLINE_08, FailureAReplayThatIsNeverTakenUpAgainKeepsItsBacklogForEver) {
  Road road(Mutant::second_outage_ends_replay);
  interrupt_a_replay(road);
  EXPECT_GT(road.sender.pending(), 20u);
}

TEST(OFFLINE_08, FailureWithoutItsPaceTheBacklogComesInOneInstant) {
  Road road(Mutant::replay_unpaced);
  road.cut(kMinute);
  road.hand_over(40);
  road.mend();
  road.pass(kSecond);
  EXPECT_EQ(road.accepted.size(), 40u) << "at five a second it would be five";
}

TEST(OFFLINE_09, FailureAReplayThatForgetsQuantitiesMovesTooLittle) {
  for (const Mutant mutant : {Mutant::none, Mutant::offline_quantities_reset}) {
    Road road(mutant);
    road.cut(kMinute);
    road.hand_over();  // a line of two units
    road.mend();
    road.pass(kSecond);
    EXPECT_EQ(road.units_that_came, mutant == Mutant::none ? 2 : 1);
  }
}

TEST(OFFLINE_09, FailureAReplayThatDropsTheTaxIsNotWhatWasSold) {
  for (const Mutant mutant : {Mutant::none, Mutant::offline_tax_dropped}) {
    Road road(mutant);
    road.cut(kMinute);
    road.hand_over(1, 75);
    road.mend();
    road.pass(kSecond);
    EXPECT_EQ(road.tax_that_came, mutant == Mutant::none ? 75 : 0);
  }
}

}  // namespace
}  // namespace tillstorm::integration
