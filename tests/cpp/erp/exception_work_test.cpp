// EXC-06, EXC-07: who works exceptions off, and when, and what it takes to close one.
#include <gtest/gtest.h>

#include <vector>

#include "erp/small_desk.h"

namespace tillstorm::erp {
namespace {

using Staff = rule::FiniteStaff::Outcome;
using Final = rule::FinalState::Outcome;
using Repair = rule::RepairAndResubmit::Outcome;

TEST(EXC_06, HappyAFreePersonTakesTheMostSevereItem) {
  Desk d([](Books& s) { s.exceptions.staff.finance_analysts = 1; });
  d.raise(ExceptionType::recon_difference, 1);
  d.raise(ExceptionType::recon_difference, 2, 1);
  d.raise(ExceptionType::recon_difference, 3, 2'000);
  d.raise(ExceptionType::recon_difference, 4, 3'000'000);
  d.run_for(11 * kMinute);
  EXPECT_EQ(d.taken(Staff::taken_at_once), 1u);
  EXPECT_EQ(d.taken(Staff::waited_for_staff), 1u);
  EXPECT_EQ(d.taken(Staff::overtaken_by_more_severe), 1u);
  EXPECT_EQ(d.item(ExceptionType::recon_difference, 4)->state, ExceptionItem::State::in_work);
  EXPECT_EQ(d.desk.counters().worked, 20 * kMinute);
}

TEST(EXC_06, EdgeWhatIsLeftAtTheEndOfAShiftIsDoneOnTheNext) {
  Desk d([](Books& s) { s.exceptions.staff.finance_analysts = 1; });
  d.run_for(8 * kHour + 55 * kMinute);  // 17:55
  d.raise(ExceptionType::recon_difference, 1);
  d.raise(ExceptionType::recon_difference, 2);
  d.run_for(14 * kHour + 9 * kMinute);  // 08:04 on Tuesday
  EXPECT_NE(d.item(ExceptionType::recon_difference, 1), nullptr);
  d.run_for(2 * kMinute);
  EXPECT_EQ(d.item(ExceptionType::recon_difference, 1), nullptr);
  EXPECT_EQ(d.taken(Staff::carried_to_next_shift), 1u);
  d.run_for(10 * kMinute);
  EXPECT_EQ(d.item(ExceptionType::recon_difference, 2), nullptr);
}

TEST(EXC_06, FailureWorkThatTakesNoTimeMakesAnyDesignLookFree) {
  Desk d({}, Mutant::staff_without_limit);
  for (std::uint64_t subject = 1; subject <= 100; ++subject) d.raise(ExceptionType::recon_difference, subject);
  d.run_for(kSecond);
  EXPECT_TRUE(d.desk.open().empty());
}

TEST(EXC_07, HappyAHeldMessageIsOrderedBackAndClosesWhenItHasPosted) {
  Desk d;
  d.hold(ExceptionType::dead_letter, 9);
  d.run_for(kHour);
  ASSERT_EQ(d.repairs.size(), 1u);
  EXPECT_EQ(d.repairs[0].subject, Desk::ticket(9));
  EXPECT_EQ(d.repairs[0].action, RepairAction::resubmit_edited);
  EXPECT_NE(d.item(ExceptionType::dead_letter, Desk::ticket(9)), nullptr) << "done is not final";
  d.clear(ExceptionType::dead_letter, Desk::ticket(9));
  EXPECT_EQ(d.taken(Final::closed_final), 1u);
  EXPECT_TRUE(d.desk.open().empty());
}

TEST(EXC_07, EdgeTheSecondPersonIsAnotherOne) {
  Desk d([](Books& s) { s.exceptions.staff.finance_analysts = 2; });
  d.raise(ExceptionType::recon_difference, 1, 6'000);
  d.run_for(kMinute);
  const std::uint32_t first = d.item(ExceptionType::recon_difference, 1)->person;
  d.run_for(14 * kMinute);
  const ExceptionItem* const item = d.item(ExceptionType::recon_difference, 1);
  ASSERT_NE(item, nullptr);
  EXPECT_EQ(item->works, 2u);
  EXPECT_NE(item->person, first) << "the first one is free again, and has had his say";
  // While the other one is busy with something else, the second opinion waits for her, and not for the first.
  Desk busy([](Books& s) { s.exceptions.staff.finance_analysts = 2; });
  busy.raise(ExceptionType::recon_difference, 1, 6'000);
  busy.run_for(5 * kMinute);
  busy.raise(ExceptionType::recon_difference, 2, 1'000);
  busy.run_for(6 * kMinute);
  ASSERT_NE(busy.item(ExceptionType::recon_difference, 1), nullptr);
  EXPECT_EQ(busy.item(ExceptionType::recon_difference, 1)->works, 1u);
  busy.run_for(5 * kMinute);
  EXPECT_EQ(busy.item(ExceptionType::recon_difference, 1)->person, first + 1);
  busy.run_for(kHour);
  EXPECT_EQ(busy.written_off, (std::vector<Minor>{1'000, 6'000}));
}

TEST(EXC_07, EdgeWhatIsOpenedAgainNeedsANewSecondOpinion) {
  Desk d;
  d.raise(ExceptionType::recon_difference, 1, 6'000);
  d.run_for(kHour);
  ASSERT_EQ(d.written_off.size(), 1u);
  d.raise(ExceptionType::recon_difference, 1, 9'000);
  d.run_for(kHour);
  EXPECT_EQ(d.written_off, (std::vector<Minor>{6'000, 9'000}));
  EXPECT_EQ(d.taken(Final::second_person_required), 2u);
}

TEST(EXC_07, EdgeWhatIsLargerThanWhatWasAgreedToNeedsANewSecondOpinion) {
  Desk d([](Books& s) { s.exceptions.staff.finance_analysts = 2; });
  d.raise(ExceptionType::recon_difference, 1, 6'000);
  d.run_for(15 * kMinute);  // the second person is at it
  d.raise(ExceptionType::recon_difference, 1, 900'000);
  d.run_for(6 * kMinute);
  EXPECT_TRUE(d.written_off.empty()) << "nobody but the second person has seen this amount";
  d.run_for(kHour);
  EXPECT_EQ(d.written_off, (std::vector<Minor>{900'000}));
  EXPECT_EQ(d.taken(Final::second_person_required), 2u);
}

TEST(EXC_07, EdgeTheSecondPersonIsAnAnalystWhoeverItsOwnerIs) {
  for (const int analysts : {0, 1}) {
    Desk d([&](Books& s) {
      s.exceptions.rule.routing = Routing::by_store;
      s.exceptions.staff.finance_analysts = analysts;
    });
    d.raise(ExceptionType::recon_difference, 1, 6'000);
    ASSERT_EQ(d.item(ExceptionType::recon_difference, 1)->role, Role::store_manager);
    d.run_for(2 * kHour);
    EXPECT_EQ(d.written_off.size(), analysts == 1 ? 1u : 0u);
    EXPECT_EQ(d.taken(Final::second_person_refused), analysts == 1 ? 0u : 1u);
  }
}

TEST(EXC_07, EdgeALargeDifferenceNeedsASecondPersonAndWaitsForMessagesAside) {
  Desk d;
  d.raise(ExceptionType::recon_difference, 1, 5'000);
  d.raise(ExceptionType::recon_difference, 2, -5'001);
  d.run_for(15 * kMinute);
  EXPECT_EQ(d.written_off, (std::vector<Minor>{5'000}));
  d.run_for(kHour);
  EXPECT_EQ(d.written_off, (std::vector<Minor>{5'000, -5'001}));
  EXPECT_EQ(d.taken(Final::second_person_required), 1u);
  d.hold(ExceptionType::dead_letter, 9);
  d.raise(ExceptionType::recon_difference, 3, 10);
  d.run_for(kHour);
  EXPECT_EQ(d.taken(Final::close_refused), 1u) << "the difference may heal when the message posts";
  Desk alone([](Books& s) { s.exceptions.staff.finance_analysts = 1; });
  alone.raise(ExceptionType::recon_difference, 1, 6'000);
  alone.run_for(kDay);
  EXPECT_EQ(alone.taken(Final::second_person_refused), 1u);
  EXPECT_TRUE(alone.written_off.empty());
}

TEST(EXC_07, FailureWhatIsClosedWhenHandledIsForgotten) {
  Desk d({}, Mutant::closed_when_handled);
  d.hold(ExceptionType::dead_letter, 9);
  d.run_for(kHour);
  EXPECT_TRUE(d.desk.open().empty());
  EXPECT_TRUE(d.repairs.empty());
  Desk one({}, Mutant::write_off_by_one_person);
  one.raise(ExceptionType::recon_difference, 1, 1'000'000);
  one.run_for(15 * kMinute);
  EXPECT_EQ(one.written_off.size(), 1u);
}

TEST(EXC_07, EdgeWhatOnlyWaitsInTheBooksIsNotSentAgain) {
  Desk d;
  d.hold(ExceptionType::unmapped_item, 1, 77);
  d.run_for(kHour);
  EXPECT_EQ(d.taken(Final::close_refused), 1u);
  d.hold(ExceptionType::unmapped_item, 2, 77);
  d.run_for(kHour);
  EXPECT_EQ(d.item(ExceptionType::unmapped_item, 77)->works, 1u) << "nobody can do more about it";
  EXPECT_TRUE(d.repairs.empty());
}

/// Ticket 9 is set aside, and this field of it must be edited.
void lacks(Desk& d, MessageField field) {
  d.say({.exception = ExceptionType::envelope,
         .subject = Desk::ticket(9),
         .held = 1,
         .to_mend = static_cast<std::uint8_t>(static_cast<int>(field) + 1)},
        9);
}

TEST(MSG_13, HappyTheOwnerEditsWhatIsListed) {
  Desk d;
  lacks(d, MessageField::tender);
  d.run_for(kHour);
  EXPECT_EQ(d.repairs.size(), 1u);
  EXPECT_EQ(d.taken(Repair::edit_refused), 0u);
}

TEST(MSG_13, EdgeWhatIsNotListedWaitsForTheNextLevel) {
  Desk d([](Books& s) { s.exceptions.repair.editable_fields = {MessageField::item}; });
  lacks(d, MessageField::tender);
  d.run_for(23 * kHour);
  EXPECT_TRUE(d.repairs.empty());
  EXPECT_EQ(d.taken(Repair::edit_refused), 1u);
  d.run_for(2 * kHour);
  EXPECT_EQ(d.repairs.size(), 1u) << "a day later the team lead does it";
  EXPECT_EQ(d.item(ExceptionType::envelope, Desk::ticket(9))->level, 1);
  Desk alone([](Books& s) {
    s.exceptions.repair.editable_fields = {};
    s.exceptions.rule.escalation_levels = 1;
  });
  lacks(alone, MessageField::tender);
  alone.run_for(kHour);
  EXPECT_EQ(alone.repairs.size(), 1u) << "there is nobody above";
}

TEST(MSG_13, EdgeAQuantityOrAnAmountTakesAFinanceAnalystAsWell) {
  for (const MessageField field : {MessageField::quantity, MessageField::amount}) {
    Desk d([&](Books& s) { s.exceptions.repair.editable_fields = {field}; });
    lacks(d, field);
    d.run_for(15 * kMinute);
    EXPECT_TRUE(d.repairs.empty());
    EXPECT_EQ(d.item(ExceptionType::envelope, Desk::ticket(9))->role, Role::finance_analyst);
    d.run_for(15 * kMinute);
    EXPECT_EQ(d.repairs.size(), 1u);
    EXPECT_EQ(d.taken(Repair::edit_seconded), 1u);
    d.clear(ExceptionType::envelope, Desk::ticket(9));
    EXPECT_TRUE(d.desk.open().empty());
  }
}

TEST(MSG_13, FailureWithoutASecondPersonNobodyEditsAnAmount) {
  Desk d([](Books& s) {
    s.exceptions.repair.editable_fields = {MessageField::amount};
    s.exceptions.staff.finance_analysts = 0;
  });
  lacks(d, MessageField::amount);
  d.run_for(10 * kDay);
  EXPECT_TRUE(d.repairs.empty());
  EXPECT_GE(d.taken(Repair::edit_refused), 3u) << "on no level";
  Desk one([](Books& s) { s.exceptions.repair.editable_fields = {MessageField::amount}; },
           Mutant::amount_edited_by_one);
  lacks(one, MessageField::amount);
  one.run_for(15 * kMinute);
  EXPECT_EQ(one.repairs.size(), 1u);
}

TEST(WorkingTime, SkipsNightsWeekendsAndCountsADayThatEndsAfterMidnight) {
  WorkingHours late;
  late.zone = *TimeZone::find("UTC");
  late.days[0] = {20 * 60, 26 * 60};  // Monday 20:00 to Tuesday 02:00
  EXPECT_EQ(late.next_working(kMonday), kMonday + 20 * kHour);
  EXPECT_EQ(late.end_of_shift(kMonday + 25 * kHour), kMonday + 26 * kHour);
  EXPECT_EQ(late.after(kMonday, 7 * kHour), kMonday + 7 * kDay + 21 * kHour);
  EXPECT_EQ(WorkingHours{.zone = late.zone}.next_working(kMonday), kNever);
}

}  // namespace
}  // namespace tillstorm::erp
