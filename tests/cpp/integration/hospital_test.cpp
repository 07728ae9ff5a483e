// MSG-12, MSG-13: what is kept of a message that was set aside.
#include "integration/hospital.h"

#include <gtest/gtest.h>

#include "integration/small_bus.h"

namespace tillstorm::integration {
namespace {

using Dead = rule::DeadLetters::Outcome;
using Repair = rule::RepairAndResubmit::Outcome;

/// A message that cannot be let in, and another sale under its key that cannot be either.
struct TwoBodies {
  SmallBus desk;
  MessageId first, second, repeat_of_first, repeat_of_second;

  TwoBodies() {
    first = invalid(desk);
    second = desk.pool.copy(first);
    desk.pool[second].envelope.body_hash ^= 1;
    repeat_of_first = desk.pool.copy(first);
    repeat_of_second = desk.pool.copy(second);
  }
  void give(MessageId id) {
    desk.give(id);
    desk.run_for(kMinute);
  }
};

TEST(MSG_12, HappyAnotherBodyUnderTheKeyOfWhatIsSetAsideIsSetAsideToo) {
  TwoBodies two;
  two.give(two.first);
  two.give(two.second);
  EXPECT_EQ(two.desk.bus.hospital().inside(), 2U) << "nobody may swallow one of two sales";
  ASSERT_EQ(two.desk.reports.size(), 2U);
  EXPECT_NE(two.desk.reports[0].subject, two.desk.reports[1].subject);
  two.give(two.repeat_of_first);
  two.give(two.repeat_of_second);
  EXPECT_EQ(two.desk.bus.hospital().inside(), 2U);
  EXPECT_EQ(two.desk.taken(Dead::repeat_dropped), 2U);
}

TEST(MSG_12, EdgeEachOfTwoBodiesComesToItsOwnEnd) {
  TwoBodies two;
  two.give(two.first);
  const ExceptionBody about_first = two.desk.reports.at(0);
  two.desk.decide(RepairAction::resubmit_edited, about_first);
  two.give(two.second);  // the first is under way
  const ExceptionBody about_second = two.desk.reports.at(1);
  EXPECT_EQ(two.desk.bus.hospital().inside(), 1U);
  two.desk.bus.known_to_be_posted(two.desk.c, two.desk.s, about_first.subject);
  EXPECT_EQ(two.desk.bus.hospital().inside(), 1U) << "that one has not posted";
  two.give(two.repeat_of_first);
  EXPECT_EQ(two.desk.taken(Dead::repeat_dropped), 1U) << "it has posted, whatever waits under its key";
  two.desk.decide(RepairAction::resubmit_edited, about_second);
  two.desk.run_for(kMinute);
  two.desk.bus.known_to_be_posted(two.desk.c, two.desk.s, about_second.subject);
  two.give(two.repeat_of_second);
  EXPECT_EQ(two.desk.taken(Dead::repeat_dropped), 2U);
  EXPECT_EQ(two.desk.posted.size(), 2U);
  EXPECT_EQ(two.desk.reports.size(), 2U);
  EXPECT_EQ(two.desk.bus.hospital().inside(), 0U);
}

TEST(MSG_12, EdgeAMendedCopyThatIsKnownToBePostedIsNotSetAsideAgain) {
  for (const DeadKeyPolicy policy : {DeadKeyPolicy::proceed, DeadKeyPolicy::park_key, DeadKeyPolicy::block_queue}) {
    SmallBus desk([&](BusSettings& s) {
      s.retry.max_attempts = 2;
      s.dead_letter.key_policy = policy;
    });
    desk.give(poisoned(desk));
    desk.run_for(kMinute);
    // The books have it, the answer is lost, and then they refuse it.
    desk.set([](FaultKnobs& knobs) { knobs.answer_lost_ppm = {1'000'000, 0}; });
    desk.decide(RepairAction::resubmit_edited);
    desk.run_for(200 * kMillisecond);
    ASSERT_EQ(desk.posted.size(), 1U);
    desk.bus.known_to_be_posted(desk.c, desk.s, desk.reports[0].subject);
    desk.set([](FaultKnobs& knobs) { knobs.reject_ppm = {1'000'000, 0}; });
    desk.run_for(kHour);
    EXPECT_EQ(desk.taken(rule::RetryBackoff::Outcome::attempts_exhausted), 1U);
    EXPECT_EQ(desk.bus.hospital().inside(), 0U);
    for (std::size_t i = 1; i < desk.reports.size(); ++i)
      EXPECT_EQ(desk.reports[i].signal, ExceptionSignal::cleared) << "nothing is raised anew";
    EXPECT_EQ(desk.taken(Repair::failed_again), 0U);
    desk.mend();
    desk.say(0);
    desk.say(1);
    desk.run_for(kHour);
    EXPECT_EQ(desk.posted.size(), 3U) << "nothing waits for it";
    EXPECT_EQ(desk.bus.held(), 0U);
  }
}

// A chunk that is given up as a whole: what waits for it waits for the first of it that somebody has to look at.
TEST(MSG_12, EdgeAChunkThatBeginsWithAKnownRepeatIsStillWaitedFor) {
  for (const DeadKeyPolicy policy : {DeadKeyPolicy::park_key, DeadKeyPolicy::block_queue}) {
    for (const bool is_all_known : {false, true}) {
      SmallBus desk([&](BusSettings& s) {
        quarter_hours(s);
        s.retry.max_attempts = 1;
        s.dead_letter.key_policy = policy;
      });
      const MessageId wrong = invalid(desk);
      const MessageId repeat = desk.pool.copy(wrong);
      desk.pool[repeat].defect = Defect::none;
      desk.give(wrong);
      desk.run_for(16 * kMinute);  // nothing valid was in that batch
      const ExceptionBody about_wrong = desk.reports.at(0);
      desk.set([](FaultKnobs& knobs) { knobs.reject_ppm = {1'000'000, 0}; });
      desk.give(repeat);
      if (!is_all_known) desk.say(0, 2);
      desk.run_for(15 * kMinute);
      desk.mend();
      desk.say(0);
      desk.run_for(kHour);
      const std::uint32_t newest = is_all_known ? 2 : 4;
      EXPECT_EQ(desk.taken(Dead::repeat_dropped), 1U);
      EXPECT_EQ(desk.bus.hospital().inside(), is_all_known ? 1U : 3U);
      EXPECT_EQ(desk.posted, is_all_known ? std::vector<std::uint32_t>{newest} : std::vector<std::uint32_t>{});
      for (std::size_t i = 1; i < desk.reports.size() && !is_all_known; ++i)
        desk.decide(RepairAction::resubmit, ExceptionBody{desk.reports[i]});
      desk.decide(RepairAction::resubmit_edited, about_wrong);
      desk.run_for(kHour);
      EXPECT_EQ(desk.posted.size(), newest);
      EXPECT_EQ(desk.bus.held(), 0U);
      EXPECT_EQ(desk.bus.hospital().inside(), 0U);
    }
  }
}

TEST(MSG_12, EdgeWhatIsClosedIsKeptForItsDaysAndThenDeleted) {
  SmallBus bus([](BusSettings& s) {
    s.retry.max_attempts = 1;
    s.dead_letter.retention_days = 2;
  });
  const auto one_dies = [&] {
    bus.set([](FaultKnobs& knobs) { knobs.reject_ppm = {1'000'000, 0}; });
    bus.say(0);
    bus.run_for(kSecond);
    bus.mend();
    bus.decide(RepairAction::cancel);
  };
  one_dies();
  bus.run_for(kDay);
  one_dies();
  EXPECT_EQ(bus.bus.hospital().kept(), 2U);
  EXPECT_EQ(bus.taken(rule::DeadLetters::Outcome::purged_after_closing), 0U);
  bus.run_for(kDay);
  one_dies();
  EXPECT_EQ(bus.bus.hospital().kept(), 2U) << "the first one is two days old";
  EXPECT_EQ(bus.taken(rule::DeadLetters::Outcome::purged_after_closing), 1U);
}

TEST(MSG_13, EdgeATryThatMetAFullWaitingRoomIsNone) {
  for (const ExceptionType type : {ExceptionType::dead_letter, ExceptionType::unmapped_item}) {
    Hospital hospital;
    for (std::uint32_t time = 0; time < 3; ++time) {
      hospital.admit(7, MessageId{time}, type, kNone);
      EXPECT_EQ(hospital.find(7)->resubmits, type == ExceptionType::unmapped_item ? 0U : time);
      hospital.leave(*hospital.find(7));
    }
  }
}

/// Mended as an invalid message, posted or parked while nobody heard of it, dead in the end and sent on once more: two
/// copies that remember other exceptions.
struct TwoCopies {
  SmallBus desk{[](BusSettings& s) { s.retry.max_attempts = 2; }};
  std::uint64_t subject = 0;

  TwoCopies() {
    const MessageId id = invalid(desk);
    desk.give(id);
    desk.run_for(kMinute);
    subject = desk.reports.back().subject;
    desk.set([](FaultKnobs& knobs) { knobs.answer_lost_ppm = {1'000'000, 0}; });
    desk.decide(RepairAction::resubmit_edited);
    desk.run_for(kMinute);  // envelope is cleared, dead_letter raised
    EXPECT_EQ(desk.reports.back().exception, ExceptionType::dead_letter);
    EXPECT_EQ(desk.reports.back().signal, ExceptionSignal::raised);
    desk.set([](FaultKnobs& knobs) { knobs.reject_ppm = {1'000'000, 0}; });
    desk.decide(RepairAction::resubmit);
  }
};

TEST(MSG_13, EdgeACopyThatIsDroppedTakesItsOwnExceptionWithIt) {
  TwoCopies two;
  two.desk.bus.known_to_be_posted(two.desk.c, two.desk.s, two.subject);  // the first copy, which was an `envelope`
  two.desk.run_for(kHour);
  EXPECT_EQ(two.desk.taken(Dead::repeat_dropped), 1U);
  EXPECT_EQ(two.desk.reports.back().exception, ExceptionType::dead_letter);
  EXPECT_EQ(two.desk.reports.back().signal, ExceptionSignal::cleared);
  EXPECT_TRUE(two.desk.bus.hospital().patients().empty());
}

// The books know of the `envelope` that they have posted; the second copy would only be heard of when it is through.
TEST(MSG_13, EdgeWhatIsOpenAboutACopyUnderWayEndsWhenAnotherOneHasPosted) {
  TwoCopies two;
  two.desk.bus.known_to_be_posted(two.desk.c, two.desk.s, two.subject);
  two.desk.run_for(kMillisecond);
  EXPECT_EQ(two.desk.reports.back().exception, ExceptionType::dead_letter);
  EXPECT_EQ(two.desk.reports.back().signal, ExceptionSignal::cleared);
  EXPECT_EQ(two.desk.bus.held(), 1U) << "the second copy is still under way";
}

TEST(MSG_13, EdgeWhenAnotherCopyIsHandedBackTheOpenExceptionEnds) {
  TwoCopies two;
  const std::size_t before = two.desk.reports.size();
  const MessageId first = two.desk.message(0);  // as the books had it: sent on as an `envelope`
  two.desk.pool[first].envelope.number = two.desk.pool[first].envelope.source_sequence = 1;
  two.desk.pool[first].set_aside_as = static_cast<std::uint8_t>(ExceptionType::envelope) + 1;
  two.desk.kernel.act_as(two.desk.s.addresses.middleware());
  two.desk.bus.handed_back(two.desk.c, two.desk.s, first, ExceptionType::period_closed);
  two.desk.run_for(kHour);
  ASSERT_EQ(two.desk.reports.size(), before + 2);
  EXPECT_EQ(two.desk.reports[before].exception, ExceptionType::dead_letter);
  EXPECT_EQ(two.desk.reports[before].signal, ExceptionSignal::cleared);
  EXPECT_EQ(two.desk.reports[before + 1].exception, ExceptionType::period_closed);
  EXPECT_EQ(two.desk.bus.hospital().inside(), 1U);
}

TEST(MSG_13, EdgeTheOriginalIsKeptAndSentOnUnderItsKeyUnlessToldOtherwise) {
  for (const RepairKey key : {RepairKey::same_key, RepairKey::new_key}) {
    SmallBus bus([&](BusSettings& s) {
      s.retry.max_attempts = 1;
      s.repair.key_policy = key;
    });
    bus.set([](FaultKnobs& knobs) { knobs.reject_ppm = {1'000'000, 0}; });
    bus.say(0);
    bus.run_for(kSecond);
    bus.mend();
    const std::uint64_t subject = bus.reports.back().subject;
    bus.decide(RepairAction::resubmit_edited);
    bus.run_for(kSecond);
    ASSERT_EQ(bus.envelopes.size(), 1U);
    EXPECT_EQ(bus.envelopes[0].number, key == RepairKey::same_key ? 1U : 1'000'001U);
    EXPECT_EQ(bus.taken(rule::IdempotencyKey::Outcome::reused_on_resubmit), key == RepairKey::same_key ? 1U : 0U);
    bus.bus.known_to_be_posted(bus.c, bus.s, subject);
    EXPECT_EQ(bus.bus.hospital().kept(), 1U);
  }
}

TEST(MSG_13, EdgeUnderANewKeyItIsStillTheBusinessOfItsException) {
  SmallBus bus([](BusSettings& s) { s.repair.key_policy = RepairKey::new_key; });
  const MessageId id = poisoned(bus), repeat = bus.pool.copy(id);
  bus.give(id);
  bus.run_for(kMinute);
  const std::uint64_t subject = bus.reports.back().subject;
  bus.decide(RepairAction::resubmit);  // fails again
  bus.run_for(kMinute);
  ASSERT_EQ(bus.reports.size(), 2U);
  EXPECT_EQ(bus.reports.back().subject, subject);
  EXPECT_EQ(bus.bus.hospital().patients().size(), 1U);
  bus.decide(RepairAction::cancel);
  EXPECT_TRUE(bus.bus.hospital().patients().empty());
  bus.give(repeat);
  bus.run_for(kMinute);
  EXPECT_EQ(bus.bus.hospital().inside(), 1U) << "what was cancelled is looked at again";
}

}  // namespace
}  // namespace tillstorm::integration
