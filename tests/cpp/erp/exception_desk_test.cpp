// EXC-01 to EXC-07: problems as owned work items, and the working time of those who own them.
#include "erp/exception_desk.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "messages/event_kind.h"
#include "record/tables.h"

namespace tillstorm::erp {
namespace {

constexpr Time kMonday = Time{0} + 4 * kDay;  // 1970-01-05, 00:00 UTC

using Books = Setup;  // in a test, Setup is a name of the test framework

/// A desk with nothing around it: two stores in UTC, open from nine to nine; what it sends is noted.
struct Desk {
  Setup setup;
  Kernel kernel;
  MessagePool pool;
  std::vector<BookCell> cells;
  Tables tables{{}, false};
  RuleBook rules;
  FaultTally faults;
  bool is_warm = true;
  Context c{kernel, pool, setup, cells, tables.book, rules, is_warm, faults};
  ExceptionDesk desk;
  std::vector<RepairBody> repairs;
  std::vector<Minor> written_off;

  explicit Desk(const std::function<void(Books&)>& change = {}, Mutant mutant = Mutant::none) : rules(mutant) {
    setup.addresses.stores = 2;
    setup.chain_zone = *TimeZone::find("UTC");
    setup.places.resize(2);
    for (std::uint32_t i = 0; i < 2; ++i) setup.places[i].key = mix64(i + 1);
    setup.exceptions.staff.handling_mean_minutes = 10;
    setup.exceptions.staff.handling_cv_ppm = 0;
    WorkingHours manager;
    manager.zone = setup.chain_zone;
    for (WorkingHours::Day& day : manager.days) day = {9 * 60, 9 * 60 + 45};
    setup.exceptions.manager_hours = {manager, manager};
    if (change) change(setup);
    kernel = Kernel(setup.addresses.sites(), kMonday + 9 * kHour);
    desk = ExceptionDesk(setup);
    kernel.act_as(setup.addresses.exception_desk());
  }
  void say(ExceptionType type, ExceptionSignal signal, std::uint64_t subject = 1, std::uint32_t held = 0,
           Minor amount = 0) {
    const MessageId id = pool.create(MessageType::exception_report);
    Message& m = pool[id];
    m.exception = {.exception = type, .signal = signal, .subject = subject, .amount = amount, .held = held};
    kernel.act_as(setup.addresses.exception_desk());
    desk.reported(c, id);
  }
  void raise(ExceptionType type, std::uint64_t subject = 1, std::uint32_t held = 0, Minor amount = 0) {
    say(type, ExceptionSignal::raised, subject, held, amount);
  }
  void clear(ExceptionType type, std::uint64_t subject = 1) { say(type, ExceptionSignal::cleared, subject); }
  void dispatch(const Event& event) {
    switch (static_cast<EventKind>(event.kind())) {
      case EventKind::work_ends:
        return desk.work_ends(c, event.payload);
      case EventKind::exception_due:
        return desk.due(c, event.payload);
      case EventKind::exception_settles:
        return desk.settles(c, event.payload);
      case EventKind::shift_begins:
        return desk.shift_begins(c, event.payload);
      case EventKind::repair_ordered: {
        const MessageId id{static_cast<std::uint32_t>(event.payload)};
        repairs.push_back(pool[id].repair);
        return pool.release(id);
      }
      case EventKind::writes_off: {
        const MessageId id{static_cast<std::uint32_t>(event.payload)};
        written_off.push_back(pool[id].exception.amount);
        return pool.release(id);
      }
      default:
        FAIL() << "no other event happens at the desk";
    }
  }
  void run_for(Duration length) {
    const Time until = kernel.now + length;
    run(kernel, *this, until);
    kernel.now = until;
  }
  const ExceptionItem* item(ExceptionType type, std::uint64_t subject = 1) const { return desk.find(type, subject); }
  template <class Outcome>
  std::uint64_t taken(Outcome outcome) const {
    return rules.taken(outcome);
  }
};

using Item = rule::OneWorkItem::Outcome;
using Owner = rule::OwnerRole::Outcome;
using Judged = rule::SeverityAndDue::Outcome;
using Late = rule::OverdueEscalates::Outcome;
using Auto = rule::ResolvesItself::Outcome;
using Staff = rule::FiniteStaff::Outcome;
using Final = rule::FinalState::Outcome;

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
  EXPECT_EQ(d.taken(Item::opened), 2u);
  EXPECT_EQ(d.taken(Item::reopened), 1u);
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

TEST(EXC_02, FailureADeadLetterLandsWithWhoCannotMendIt) {
  Desk d({}, Mutant::manager_gets_dead_letters);
  d.raise(ExceptionType::dead_letter);
  EXPECT_EQ(d.item(ExceptionType::dead_letter)->role, Role::store_manager);
}

TEST(EXC_03, HappySeverityFollowsTypeAmountAndOccurrences) {
  Desk d;
  d.raise(ExceptionType::negative_stock);
  d.raise(ExceptionType::dead_letter, 1, 1, 99'999);
  d.raise(ExceptionType::dead_letter, 2, 1, -100'000);
  d.raise(ExceptionType::dead_letter, 3, 1, 1'000'000);
  EXPECT_EQ(d.taken(Judged::low), 1u);
  EXPECT_EQ(d.taken(Judged::medium), 1u);
  EXPECT_EQ(d.taken(Judged::high), 1u);
  EXPECT_EQ(d.taken(Judged::critical), 1u);
}

TEST(EXC_03, EdgeDueTimeIsWorkingTimeAndMovesEarlierOnly) {
  Desk d;
  d.run_for(4 * kDay + 8 * kHour);  // Friday, 17:00
  d.raise(ExceptionType::recon_difference);
  // 72 working hours of ten a day: one on Friday, fifty in the week after, twenty-one from Monday on.
  EXPECT_EQ(d.item(ExceptionType::recon_difference)->due, kMonday + 16 * kDay + 9 * kHour);
  d.raise(ExceptionType::recon_difference, 1, 0, 2'000'000);
  EXPECT_EQ(d.taken(Judged::raised_while_open), 1u);
  EXPECT_EQ(d.taken(Judged::due_moved_earlier), 1u);
  EXPECT_EQ(d.item(ExceptionType::recon_difference)->due, kMonday + 7 * kDay + 9 * kHour);
}

TEST(EXC_03, FailureCalendarHoursMakeEveryFridayEveningOverdueOnMonday) {
  Desk d({}, Mutant::due_in_calendar_hours);
  d.run_for(4 * kDay + 8 * kHour);
  d.raise(ExceptionType::recon_difference);
  EXPECT_EQ(d.item(ExceptionType::recon_difference)->due, kMonday + 7 * kDay + 17 * kHour);
  Desk flat({}, Mutant::severity_ignored);
  flat.raise(ExceptionType::dead_letter, 1, 1, 5'000'000);
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

TEST(EXC_06, HappyAFreePersonTakesTheMostSevereItem) {
  Desk d([](Books& s) { s.exceptions.staff.finance_analysts = 1; });
  d.raise(ExceptionType::recon_difference, 1);
  d.raise(ExceptionType::recon_difference, 2, 0, 1);
  d.raise(ExceptionType::recon_difference, 3, 0, 2'000);
  d.raise(ExceptionType::recon_difference, 4, 0, 3'000'000);
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
  d.raise(ExceptionType::dead_letter, 9, 1);
  d.run_for(kHour);
  ASSERT_EQ(d.repairs.size(), 1u);
  EXPECT_EQ(d.repairs[0].subject, 9u);
  EXPECT_EQ(d.repairs[0].action, RepairAction::resubmit_edited);
  EXPECT_NE(d.item(ExceptionType::dead_letter, 9), nullptr) << "done is not final";
  d.clear(ExceptionType::dead_letter, 9);
  EXPECT_EQ(d.taken(Final::closed_final), 1u);
  EXPECT_TRUE(d.desk.open().empty());
}

TEST(EXC_07, EdgeALargeDifferenceNeedsASecondPersonAndWaitsForMessagesAside) {
  Desk d;
  d.raise(ExceptionType::recon_difference, 1, 0, 5'000);
  d.raise(ExceptionType::recon_difference, 2, 0, -5'001);
  d.run_for(15 * kMinute);
  EXPECT_EQ(d.written_off, (std::vector<Minor>{5'000}));
  d.run_for(kHour);
  EXPECT_EQ(d.written_off, (std::vector<Minor>{5'000, -5'001}));
  EXPECT_EQ(d.taken(Final::second_person_required), 1u);
  d.raise(ExceptionType::dead_letter, 9, 1);
  d.raise(ExceptionType::recon_difference, 3, 0, 10);
  d.run_for(kHour);
  EXPECT_EQ(d.taken(Final::close_refused), 1u) << "the difference may heal when the message posts";
  Desk alone([](Books& s) { s.exceptions.staff.finance_analysts = 1; });
  alone.raise(ExceptionType::recon_difference, 1, 0, 6'000);
  alone.run_for(kDay);
  EXPECT_EQ(alone.taken(Final::second_person_refused), 1u);
  EXPECT_TRUE(alone.written_off.empty());
}

TEST(EXC_07, FailureWhatIsClosedWhenHandledIsForgotten) {
  Desk d({}, Mutant::closed_when_handled);
  d.raise(ExceptionType::dead_letter, 9, 1);
  d.run_for(kHour);
  EXPECT_TRUE(d.desk.open().empty());
  EXPECT_TRUE(d.repairs.empty());
  Desk one({}, Mutant::write_off_by_one_person);
  one.raise(ExceptionType::recon_difference, 1, 0, 1'000'000);
  one.run_for(15 * kMinute);
  EXPECT_EQ(one.written_off.size(), 1u);
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
