// EXC-01 to EXC-05: problems as owned work items, how bad they are, and how they end by themselves.
#include <gtest/gtest.h>

#include <vector>

#include "erp/small_desk.h"

namespace tillstorm::erp {
namespace {

using Item = rule::OneWorkItem::Outcome;
using Owner = rule::OwnerRole::Outcome;
using Judged = rule::SeverityAndDue::Outcome;
using Late = rule::OverdueEscalates::Outcome;
using Auto = rule::ResolvesItself::Outcome;

TEST(EXC_01, HappyAProblemOpensOneItemAndARepeatRaisesItsCount) {
  Desk d;
  for (int i = 0; i < 400; ++i) d.raise(ExceptionType::sequence_gap);
  ASSERT_EQ(d.desk.open().size(), 1u);
  EXPECT_EQ(d.item(ExceptionType::sequence_gap)->occurrences, 400u);
  EXPECT_EQ(d.taken(Item::coalesced), 399u);
}

TEST(EXC_01, EdgeSoonAfterItsClosingTheItemIsOpenedAgainAndLaterANewOneIs) {
  Desk d;
  for (const Duration later : {23 * kHour, 60 * kHour}) {
    d.raise(ExceptionType::backlog_overdue);
    d.clear(ExceptionType::backlog_overdue);
    d.run_for(kHour);
    EXPECT_TRUE(d.desk.open().empty());
    d.run_for(later);
  }
  d.raise(ExceptionType::backlog_overdue);
  EXPECT_EQ(d.taken(Item::opened), 1u);
  EXPECT_EQ(d.taken(Item::reopened), 1u);
  EXPECT_EQ(d.taken(Item::opened_again), 1u);
}

TEST(EXC_01, EdgeExactlyAtReopenHoursItIsTheOldItemAndAMonthLaterNobodyKnowsIt) {
  Desk d([](Books& s) { s.exceptions.staff.it_support = 0; });
  const auto heals = [&] {
    d.raise(ExceptionType::till_log);
    d.clear(ExceptionType::till_log);
    d.run_for(30 * kMinute);
    d.run_for(kMicrosecond);
    EXPECT_TRUE(d.desk.open().empty());
  };
  heals();
  d.run_for(24 * kHour - kMicrosecond);
  heals();
  EXPECT_EQ(d.taken(Item::reopened), 1u);
  d.run_for(24 * kHour);
  heals();
  EXPECT_EQ(d.taken(Item::reopened), 1u);
  EXPECT_EQ(d.taken(Item::opened_again), 1u) << "a microsecond too late: a new item";
  EXPECT_EQ(d.taken(Item::opened), 1u);
  EXPECT_EQ(d.desk.counters().opened, 2u);
  d.run_for(32 * kDay);
  heals();
  EXPECT_EQ(d.taken(Item::opened), 2u);
}

TEST(EXC_01, EdgeByMessageEachTicketOfACodeIsAnItemAndAllEndWithTheirCause) {
  Desk d([](Books& s) {
    s.exceptions.rule.coalesce_by = CoalesceBy::message;
    s.exceptions.staff.inventory_planners = s.exceptions.staff.it_support = 0;
  });
  for (std::uint64_t number = 1; number <= 3; ++number) d.hold(ExceptionType::unmapped_item, number, 77);
  d.hold(ExceptionType::unmapped_item, 3, 77);
  EXPECT_EQ(d.desk.open().size(), 3u);
  EXPECT_EQ(d.taken(Item::coalesced), 1u) << "ticket 3 once more";
  d.hold(ExceptionType::unmapped_item, 3, 78);
  d.clear(ExceptionType::unmapped_item, 77);
  d.run_for(kHour);
  EXPECT_EQ(d.desk.open().size(), 1u);
  EXPECT_NE(d.item(ExceptionType::unmapped_item, 78), nullptr);
}

TEST(EXC_01, FailureWithoutCoalescingEachOccurrenceIsWork) {
  Desk d({}, Mutant::exceptions_not_coalesced);
  for (int i = 0; i < 5; ++i) d.raise(ExceptionType::sequence_gap);
  EXPECT_EQ(d.desk.open().size(), 5u);
}

TEST(EXC_02, HappyEachTypeHasItsRole) {
  Desk d;
  d.raise(ExceptionType::dead_letter);
  d.raise(ExceptionType::recon_difference);
  d.raise(ExceptionType::negative_stock);
  EXPECT_EQ(d.item(ExceptionType::dead_letter)->role, Role::it_support);
  EXPECT_EQ(d.item(ExceptionType::recon_difference)->role, Role::finance_analyst);
  EXPECT_EQ(d.item(ExceptionType::negative_stock)->role, Role::inventory_planner);
}

TEST(EXC_02, EdgeWhoeverIsNotThereIsReplacedByTheFallbackRole) {
  Desk nobody([](Books& s) { s.exceptions.staff.finance_analysts = 0; });
  nobody.raise(ExceptionType::recon_difference);
  EXPECT_EQ(nobody.item(ExceptionType::recon_difference)->role, Role::it_support);
  EXPECT_EQ(nobody.taken(Owner::fallback_used), 1u);
  Desk by_store([](Books& s) {
    s.exceptions.rule.routing = Routing::by_store;
    s.exceptions.rule.absence_hours = 3;
  });
  by_store.raise(ExceptionType::negative_stock, 1);
  by_store.run_for(2 * kHour);  // eleven: the manager is in again tomorrow at nine
  by_store.raise(ExceptionType::negative_stock, 2);
  EXPECT_EQ(by_store.taken(Owner::to_store_manager), 1u);
  EXPECT_EQ(by_store.taken(Owner::fallback_used), 1u);
}

TEST(EXC_02, EdgeWhatIsAboutTheChainIsNoStoreManagers) {
  Desk d([](Books& s) { s.exceptions.rule.routing = Routing::by_store; });
  for (const ExceptionType type : {ExceptionType::backlog_overdue, ExceptionType::queue_full}) {
    d.raise(type);
    EXPECT_EQ(d.item(type)->role, Role::it_support);
  }
  d.raise(ExceptionType::till_log);
  EXPECT_EQ(d.item(ExceptionType::till_log)->role, Role::store_manager);
}

TEST(EXC_02, FailureADeadLetterLandsWithWhoCannotMendIt) {
  Desk d({}, Mutant::manager_gets_dead_letters);
  d.raise(ExceptionType::dead_letter);
  EXPECT_EQ(d.item(ExceptionType::dead_letter)->role, Role::store_manager);
}

TEST(EXC_03, HappySeverityFollowsTypeAndAmount) {
  Desk d;
  d.raise(ExceptionType::negative_stock);
  d.raise(ExceptionType::dead_letter, 1, 99'999);
  d.raise(ExceptionType::dead_letter, 2, -100'000);
  d.raise(ExceptionType::dead_letter, 3, 1'000'000);
  EXPECT_EQ(d.taken(Judged::low), 1u);
  EXPECT_EQ(d.taken(Judged::medium), 1u);
  EXPECT_EQ(d.taken(Judged::high), 1u);
  EXPECT_EQ(d.taken(Judged::critical), 1u);
}

TEST(EXC_03, EdgeWhatABlockingGapHoldsMakesItWorseAndIsNotSentAgain) {
  Desk d([](Books& s) { s.exceptions.rule.critical_blocked_messages = 3; });
  const auto gap = [&](std::uint32_t held) {
    d.say({.exception = ExceptionType::sequence_gap, .subject = Desk::ticket(7), .held = held}, 7);
  };
  gap(2);
  EXPECT_EQ(d.item(ExceptionType::sequence_gap, Desk::ticket(7))->severity, Severity::medium);
  gap(1);
  EXPECT_EQ(d.item(ExceptionType::sequence_gap, Desk::ticket(7))->held, 3u);
  EXPECT_EQ(d.item(ExceptionType::sequence_gap, Desk::ticket(7))->severity, Severity::critical);
  d.run_for(kHour);
  EXPECT_TRUE(d.repairs.empty()) << "nobody has the message that is missing";
}

TEST(EXC_03, EdgeDueTimeIsWorkingTimeAndMovesEarlierOnly) {
  Desk d;
  d.run_for(4 * kDay + 8 * kHour);  // Friday, 17:00
  d.raise(ExceptionType::recon_difference);
  // 72 working hours of ten a day: one on Friday, fifty in the week after, twenty-one from Monday on.
  EXPECT_EQ(d.item(ExceptionType::recon_difference)->due, kMonday + 16 * kDay + 9 * kHour);
  d.raise(ExceptionType::recon_difference, 1, 2'000'000);
  EXPECT_EQ(d.taken(Judged::raised_while_open), 1u);
  EXPECT_EQ(d.taken(Judged::due_moved_earlier), 1u);
  EXPECT_EQ(d.item(ExceptionType::recon_difference)->due, kMonday + 7 * kDay + 9 * kHour);
}

TEST(EXC_03, EdgeAManagersDueTimeIsCountedInOpeningHours) {
  Desk d([](Books& s) { s.exceptions.rule.routing = Routing::by_store; });
  d.raise(ExceptionType::dead_letter);
  ASSERT_EQ(d.item(ExceptionType::dead_letter)->role, Role::store_manager);
  EXPECT_EQ(d.item(ExceptionType::dead_letter)->severity, Severity::medium);
  // 24 hours of twelve a day, from Monday at nine: his 45 minutes a day would take a month.
  EXPECT_EQ(d.item(ExceptionType::dead_letter)->due, kMonday + kDay + 21 * kHour);
}

TEST(EXC_03, EdgeItIsCriticalOnceSoManyMessagesAreHeldBecauseOfIt) {
  for (const Mutant mutant : {Mutant::none, Mutant::blocked_not_counted}) {
    Desk d([](Books& s) { s.exceptions.rule.critical_blocked_messages = 3; }, mutant);
    for (std::uint64_t number = 1; number <= 2; ++number) d.hold(ExceptionType::unmapped_item, number, 77);
    EXPECT_EQ(d.item(ExceptionType::unmapped_item, 77)->severity, Severity::medium);
    d.hold(ExceptionType::unmapped_item, 3, 77);
    EXPECT_EQ(d.item(ExceptionType::unmapped_item, 77)->held, 3u);
    EXPECT_EQ(d.item(ExceptionType::unmapped_item, 77)->severity,
              mutant == Mutant::none ? Severity::critical : Severity::medium);
  }
}

TEST(EXC_03, EdgeOneMessageThatComesBackIsOneAndWhatIsClearedHoldsNothing) {
  Desk d([](Books& s) { s.exceptions.rule.critical_blocked_messages = 3; });
  for (int i = 0; i < 5; ++i) d.hold(ExceptionType::dead_letter, 9);
  EXPECT_EQ(d.item(ExceptionType::dead_letter, Desk::ticket(9))->held, 1u);
  EXPECT_EQ(d.item(ExceptionType::dead_letter, Desk::ticket(9))->severity, Severity::medium);
  for (std::uint64_t number = 1; number <= 4; ++number) {
    if (number == 3) d.clear(ExceptionType::unmapped_item, 77);
    d.hold(ExceptionType::unmapped_item, number, 77);
  }
  EXPECT_EQ(d.item(ExceptionType::unmapped_item, 77)->held, 2u);
  EXPECT_EQ(d.item(ExceptionType::unmapped_item, 77)->severity, Severity::medium);
}

TEST(EXC_03, EdgeATypeMayBeWorseThanTheBase) {
  Desk d([](Books& s) {
    s.exceptions.rule.base_severity = Severity::low;
    s.exceptions.rule.type_severities = {{ExceptionType::dead_letter, Severity::critical}};
  });
  d.raise(ExceptionType::dead_letter);
  d.raise(ExceptionType::till_log);
  EXPECT_EQ(d.item(ExceptionType::dead_letter)->severity, Severity::critical);
  EXPECT_EQ(d.item(ExceptionType::till_log)->severity, Severity::low);
}

TEST(EXC_03, FailureCalendarHoursMakeEveryFridayEveningOverdueOnMonday) {
  Desk d({}, Mutant::due_in_calendar_hours);
  d.run_for(4 * kDay + 8 * kHour);
  d.raise(ExceptionType::recon_difference);
  EXPECT_EQ(d.item(ExceptionType::recon_difference)->due, kMonday + 7 * kDay + 17 * kHour);
  Desk flat({}, Mutant::severity_ignored);
  flat.raise(ExceptionType::dead_letter, 1, 5'000'000);
  EXPECT_EQ(flat.taken(Judged::low), 1u);
}

TEST(EXC_04, HappyAnOverdueItemGoesUpALevelAndASeverity) {
  Desk d;
  d.raise(ExceptionType::sequence_gap);
  d.run_for(24 * kHour + kMinute);
  EXPECT_EQ(d.item(ExceptionType::sequence_gap)->level, 1);
  EXPECT_EQ(d.item(ExceptionType::sequence_gap)->severity, Severity::high);
  EXPECT_EQ(d.taken(Late::escalated), 1u);
  EXPECT_EQ(d.desk.counters().breached, 1u);
}

TEST(EXC_04, EdgeAtTheTopRemindersAreCounted) {
  Desk d;
  d.raise(ExceptionType::sequence_gap);
  d.run_for(5 * kDay);
  EXPECT_EQ(d.taken(Late::escalated_to_top), 1u);
  EXPECT_GE(d.taken(Late::reminded_at_top), 2u);
  EXPECT_EQ(d.item(ExceptionType::sequence_gap)->level, 2);
  Desk none([](Books& s) { s.exceptions.rule.escalation = Escalation::none; });
  none.raise(ExceptionType::sequence_gap);
  none.run_for(5 * kDay);
  EXPECT_EQ(none.item(ExceptionType::sequence_gap)->level, 0);
}

TEST(EXC_04, EdgeAtTheTopItsStoreDayIsHeldUntilItIsClosed) {
  for (const Mutant mutant : {Mutant::none, Mutant::day_exported_unsettled}) {
    Desk d({}, mutant);
    const Date today{4};
    d.say({.exception = ExceptionType::sequence_gap, .subject = 1}, 0, today);
    d.run_for(24 * kHour + kMinute);
    EXPECT_TRUE(d.days.empty()) << "one level up is not the top";
    d.run_for(5 * kDay);
    if (mutant != Mutant::none) {
      EXPECT_TRUE(d.days.empty());
      continue;
    }
    EXPECT_EQ(d.days, (std::vector<std::uint64_t>{4})) << "once, whatever the reminders";
    d.clear(ExceptionType::sequence_gap);
    d.run_for(kHour);
    EXPECT_TRUE(d.desk.open().empty());
    EXPECT_EQ(d.days, (std::vector<std::uint64_t>{4, std::uint64_t{1} << 32 | 4}));
  }
}

TEST(EXC_04, EdgeWithoutLevelsOrADayNoStoreDayIsHeld) {
  Desk reminded([](Books& s) { s.exceptions.rule.escalation = Escalation::remind_only; });
  reminded.say({.exception = ExceptionType::sequence_gap, .subject = 1}, 0, Date{4});
  reminded.run_for(5 * kDay);
  EXPECT_GE(reminded.taken(Late::reminded_at_top), 2u);
  EXPECT_TRUE(reminded.days.empty());
  Desk timeless;
  timeless.raise(ExceptionType::till_log);
  timeless.run_for(5 * kDay);
  EXPECT_EQ(timeless.taken(Late::escalated_to_top), 1u);
  EXPECT_TRUE(timeless.days.empty());
}

TEST(EXC_04, FailureWithoutItAnOverdueItemStaysWhereItIs) {
  Desk d({}, Mutant::overdue_never_escalates);
  d.raise(ExceptionType::sequence_gap);
  d.run_for(5 * kDay);
  EXPECT_EQ(d.item(ExceptionType::sequence_gap)->level, 0);
}

TEST(EXC_05, HappyAnItemClosesWhenItsCauseHasBeenGone) {
  Desk d([](Books& s) { s.exceptions.staff.it_support = 1; });
  d.raise(ExceptionType::till_log, 7);  // keeps the one person busy
  d.raise(ExceptionType::backlog_overdue);
  d.clear(ExceptionType::backlog_overdue);
  d.run_for(31 * kMinute);
  EXPECT_EQ(d.item(ExceptionType::backlog_overdue), nullptr);
}

TEST(EXC_05, EdgeACauseThatComesBackKeepsItOpen) {
  Desk d([](Books& s) {
    s.exceptions.staff.inventory_planners = 0;
    s.exceptions.staff.it_support = 0;
  });
  d.raise(ExceptionType::negative_stock);
  d.clear(ExceptionType::negative_stock);
  d.run_for(29 * kMinute);
  d.raise(ExceptionType::negative_stock);
  d.run_for(kHour);
  EXPECT_NE(d.item(ExceptionType::negative_stock), nullptr);
  EXPECT_EQ(d.taken(Auto::flapped_kept_open), 1u);
  d.clear(ExceptionType::negative_stock);
  d.run_for(kHour);
  EXPECT_EQ(d.taken(Auto::auto_resolved), 1u);
}

TEST(EXC_05, EdgeAllOpenCausesAreLookedAtEveryQuarterOfAnHour) {
  const auto idle = [](Books& s) { s.exceptions.staff.it_support = 0; };
  Desk d(idle);
  d.raise(ExceptionType::till_log, 1);
  d.run_for(5 * kMinute);
  d.raise(ExceptionType::till_log, 2);
  d.run_for(10 * kMinute);
  EXPECT_EQ(d.taken(Auto::still_true), 0u);
  d.run_for(kMicrosecond);
  EXPECT_EQ(d.taken(Auto::still_true), 2u);
  d.clear(ExceptionType::till_log, 1);
  d.run_for(15 * kMinute);
  EXPECT_EQ(d.taken(Auto::still_true), 3u);
  d.clear(ExceptionType::till_log, 2);
  d.run_for(kDay);
  EXPECT_EQ(d.taken(Auto::still_true), 3u);
  EXPECT_TRUE(d.kernel.queue.empty()) << "nobody looks at nothing";
  for (const AutoResolve other : {AutoResolve::off, AutoResolve::age_out}) {
    Desk never([&](Books& s) {
      idle(s);
      s.exceptions.rule.auto_resolve = other;
    });
    never.raise(ExceptionType::till_log);
    never.run_for(kDay);
    EXPECT_EQ(never.taken(Auto::still_true), 0u);
  }
}

TEST(EXC_05, EdgeAnItemInWorkIsMarkedAndOneOfItsKindNeverClosesAlone) {
  Desk d;
  d.raise(ExceptionType::sequence_gap);
  d.clear(ExceptionType::sequence_gap);
  EXPECT_EQ(d.taken(Auto::marked_cleared_in_work), 1u);
  d.run_for(kHour);
  EXPECT_TRUE(d.desk.open().empty());
  Desk never([](Books& s) { s.exceptions.staff.it_support = 0; });
  never.raise(ExceptionType::key_conflict);
  never.clear(ExceptionType::key_conflict);
  never.run_for(kDay);
  EXPECT_EQ(never.taken(Auto::never_auto_kept), 1u);
  EXPECT_NE(never.item(ExceptionType::key_conflict), nullptr);
}

TEST(EXC_05, FailureAnItemThatAgesOutIsGoneWhateverItsCause) {
  const auto idle = [](Books& s) { s.exceptions.staff.it_support = 0; };
  Desk d(idle, Mutant::exceptions_age_out);
  d.raise(ExceptionType::sequence_gap);
  d.run_for(8 * kDay);
  EXPECT_TRUE(d.desk.open().empty());
  Desk deaf(idle, Mutant::cleared_not_heard);
  deaf.raise(ExceptionType::sequence_gap);
  deaf.clear(ExceptionType::sequence_gap);
  deaf.run_for(8 * kDay);
  EXPECT_FALSE(deaf.desk.open().empty());
}

}  // namespace
}  // namespace tillstorm::erp
