// MSG-13: how a message that was set aside comes back, and who hears of it.
#include "integration/small_bus.h"

namespace tillstorm::integration {
namespace {

using Dead = rule::DeadLetters::Outcome;
using Repair = rule::RepairAndResubmit::Outcome;

/// Given to the bus, set aside, mended by somebody and known to be posted.
void mended_and_posted(SmallBus& desk, MessageId id) {
  desk.give(id);
  desk.run_for(kDay);
  desk.decide(RepairAction::resubmit_edited);
  desk.run_for(kDay);
  desk.bus.known_to_be_posted(desk.c, desk.s, desk.reports.at(0).subject);
}

TEST(MSG_13, HappyAMendedMessagePostsUnderItsOwnKeyAndDate) {
  SmallBus desk;
  desk.give(poisoned(desk));
  desk.run_for(3 * kDay);
  desk.decide(RepairAction::resubmit_edited);
  desk.finish();
  ASSERT_EQ(desk.envelopes.size(), 1u);
  EXPECT_EQ(desk.envelopes[0].number, 1u);
  EXPECT_EQ(desk.envelopes[0].business_date, Date{20'000});
  EXPECT_EQ(desk.bus.hospital().inside(), 0u);
}

TEST(MSG_13, EdgeWhatIsSentAgainUnmendedFailsAgain) {
  SmallBus desk;
  desk.give(poisoned(desk));
  desk.run_for(kDay);
  desk.decide(RepairAction::resubmit);
  desk.run_for(kDay);
  EXPECT_EQ(desk.taken(Repair::failed_again), 1u);
  EXPECT_EQ(desk.reports.size(), 2u);
  EXPECT_EQ(desk.bus.hospital().inside(), 1u);
}

TEST(MSG_13, EdgeWhatFailsOtherwiseTheSecondTimeIsTheBusinessOfOneItem) {
  SmallBus desk;
  const MessageId id = invalid(desk);
  desk.give(id);
  desk.run_for(kDay);
  desk.hands_back = true;  // as a conflict of keys
  desk.decide(RepairAction::resubmit_edited);
  desk.run_for(kDay);
  ASSERT_EQ(desk.reports.size(), 3u);
  EXPECT_EQ(desk.reports[1].exception, ExceptionType::envelope);
  EXPECT_EQ(desk.reports[1].signal, ExceptionSignal::cleared);
  EXPECT_EQ(desk.reports[2].exception, ExceptionType::key_conflict);
  EXPECT_EQ(desk.reports[2].signal, ExceptionSignal::raised);
  EXPECT_EQ(desk.reports[1].subject, desk.reports[2].subject);
}

TEST(MSG_13, EdgeARepeatOfWhatIsOnItsWayMendedIsNoNewProblem) {
  SmallBus desk;
  const MessageId id = invalid(desk);
  const MessageId repeat = desk.pool.copy(id);
  desk.give(id);
  desk.run_for(kDay);
  desk.set([](FaultKnobs& knobs) { knobs.stopped = {1, 0}; });
  desk.decide(RepairAction::resubmit_edited);
  desk.run_for(kMinute);
  desk.give(repeat);
  EXPECT_EQ(desk.reports.size(), 1u);
  desk.mend();
  desk.run_for(kMinute);
  EXPECT_EQ(desk.posted.size(), 1u);
  EXPECT_EQ(desk.bus.hospital().inside(), 0u);
}

TEST(MSG_12, EdgeARepeatOfWhatWasMendedAndPostedCrashesNobody) {
  SmallBus desk([](BusSettings& s) { s.dead_letter.retention_days = 30; });
  const MessageId id = poisoned(desk);
  const MessageId repeat = desk.pool.copy(id), other = desk.pool.copy(id), late = desk.pool.copy(id);
  desk.pool[other].envelope.body_hash ^= 1;
  mended_and_posted(desk, id);
  desk.give(repeat);
  desk.run_for(kDay);
  EXPECT_EQ(desk.taken(Dead::poison_isolated), 1u);
  EXPECT_EQ(desk.taken(Dead::repeat_dropped), 1u);
  EXPECT_EQ(desk.reports.size(), 1u);
  desk.give(other);  // under the same key, and not the same
  desk.run_for(kDay);
  EXPECT_EQ(desk.taken(Dead::poison_isolated), 2u);
  EXPECT_EQ(desk.reports.size(), 2u);
  desk.decide(RepairAction::cancel);
  desk.run_for(31 * kDay);
  desk.give(late);
  desk.run_for(kDay);
  EXPECT_EQ(desk.taken(Dead::poison_isolated), 3u) << "nothing is known of it any more";
}

TEST(MSG_12, FailureARepeatOfWhatIsForgottenIsANewProblem) {
  SmallBus desk({}, Mutant::mended_forgotten);
  const MessageId id = poisoned(desk);
  const MessageId repeat = desk.pool.copy(id);
  mended_and_posted(desk, id);
  desk.give(repeat);
  desk.run_for(kDay);
  EXPECT_EQ(desk.reports.size(), 2u);
  EXPECT_EQ(desk.bus.hospital().inside(), 1u);
}

TEST(MSG_12, EdgeARepeatOfWhatWasCancelledIsLookedAtAgain) {
  SmallBus desk;
  const MessageId id = poisoned(desk);
  const MessageId repeat = desk.pool.copy(id);
  desk.give(id);
  desk.run_for(kDay);
  desk.decide(RepairAction::resubmit);  // fails again
  desk.run_for(kDay);
  desk.decide(RepairAction::cancel);
  desk.give(repeat);
  desk.run_for(kDay);
  EXPECT_EQ(desk.bus.hospital().inside(), 1u);
  EXPECT_EQ(desk.taken(Dead::repeat_dropped), 0u);
}

TEST(MSG_12, EdgeAChunkWithARepeatOfWhatIsKnownGoesOnWithoutIt) {
  SmallBus desk([](BusSettings& s) {
    s.posting.mode = PostingMode::microbatch;
    s.posting.micro_batch_max_messages = 1;
  });
  const MessageId id = poisoned(desk);
  const MessageId repeat = desk.pool.copy(id);
  mended_and_posted(desk, id);
  desk.s.posting.micro_batch_max_messages = 3;
  desk.give(desk.message(0));
  desk.give(repeat);
  desk.give(desk.message(0));
  desk.run_for(kDay);
  EXPECT_EQ(desk.taken(Dead::poison_isolated), 1u);
  EXPECT_EQ(desk.posted.size(), 3u);
  EXPECT_EQ(desk.reports.size(), 1u);
  EXPECT_EQ(desk.bus.held(), 0u);
}

TEST(MSG_13, EdgeWhatHasPostedMeanwhileIsNobodysBusinessUnderAnyType) {
  SmallBus desk;
  desk.give(poisoned(desk));  // a copy of it is posted while this one is set aside
  desk.run_for(kDay);
  ASSERT_EQ(desk.reports.size(), 1u);
  desk.kernel.act_as(desk.s.addresses.middleware());
  desk.bus.known_to_be_posted(desk.c, desk.s, desk.reports[0].subject);
  desk.run_for(kDay);
  EXPECT_EQ(desk.bus.hospital().inside(), 0u);
  ASSERT_EQ(desk.reports.size(), 2u);
  EXPECT_EQ(desk.reports[1].exception, desk.reports[0].exception);
  EXPECT_EQ(desk.reports[1].signal, ExceptionSignal::cleared);
}

TEST(MSG_13, EdgeAfterTooManyRepairsItStaysWhereItIs) {
  SmallBus desk([](BusSettings& s) { s.repair.max_resubmits = 2; });
  desk.give(poisoned(desk));
  for (int i = 0; i < 5; ++i) {
    desk.run_for(kDay);
    desk.decide(RepairAction::resubmit);
  }
  EXPECT_EQ(desk.taken(Repair::failed_again), 2u);
  EXPECT_EQ(desk.bus.hospital().inside(), 1u);
}

TEST(MSG_13, EdgeADecisionAboutWhatIsNotHereChangesNothing) {
  SmallBus desk;
  desk.give(poisoned(desk));
  desk.run_for(kDay);
  desk.decide(RepairAction::cancel);
  desk.decide(RepairAction::cancel);
  desk.decide(RepairAction::resubmit);
  desk.finish();
  EXPECT_EQ(desk.taken(Repair::cancelled_with_reason), 1u);
  EXPECT_TRUE(desk.posted.empty());
}

TEST(MSG_13, FailureANewKeyOrANewDateIsAnotherMessage) {
  for (const Mutant mutant : {Mutant::resubmit_mints_new_key, Mutant::resubmit_dated_today}) {
    SmallBus desk({}, mutant);
    desk.give(poisoned(desk));
    desk.run_for(kDay);
    desk.decide(RepairAction::resubmit_edited);
    desk.finish();
    ASSERT_EQ(desk.envelopes.size(), 1u);
    EXPECT_EQ(desk.envelopes[0].number == 1, mutant != Mutant::resubmit_mints_new_key);
    EXPECT_EQ(desk.envelopes[0].business_date == Date{20'000}, mutant != Mutant::resubmit_dated_today);
  }
}

TEST(MSG_13, FailureWhatGoesBackByItselfCirculates) {
  SmallBus desk({}, Mutant::resubmit_without_end);
  desk.give(poisoned(desk));
  desk.run_for(kDay);
  desk.decide(RepairAction::resubmit);
  desk.run_for(kDay);
  EXPECT_EQ(desk.bus.hospital().inside(), 0u) << "it is always under way";
  EXPECT_GT(desk.taken(Repair::failed_again), 100u);
}

}  // namespace
}  // namespace tillstorm::integration
