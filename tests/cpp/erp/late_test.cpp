// MSG-15, FIN-13: when a document is late, which date it posts to, and how its day is exported again.
#include <gtest/gtest.h>

#include "erp/small_books.h"

namespace tillstorm::erp {
namespace {

using Late = rule::LateArrival::Outcome;
using Period = rule::AccountingPeriods::Outcome;

constexpr Time kMidnight{(kToday.days + 1) * kDay.us};  ///< The store's close.

const BookDay& day_of(const SmallBooks& books, Date date) {
  for (const BookDay& day : books.store.journal().days())
    if (day.date == date) return day;
  ADD_FAILURE() << "nothing was posted to this date";
  return books.store.journal().days().front();
}

/// A ticket of today, posted then.
Posting post_at(SmallBooks& books, std::uint32_t number, Time at) {
  const MessageId id = books.ticket(number);
  books.pool[id].envelope.event_time = kMidnight - kHour;
  books.kernel.now = at;
  return books.post(id);
}

/// Takes the place of the exception desk, and notes what it is told of closed periods.
struct Listener {
  SmallBooks& books;
  std::vector<ExceptionBody> heard;
  void dispatch(const Event& event) {
    if (static_cast<EventKind>(event.kind()) != EventKind::exception_reported) return;
    const ExceptionBody& body = books.pool[MessageId{static_cast<std::uint32_t>(event.payload)}].exception;
    if (body.exception == ExceptionType::period_closed) heard.push_back(body);
  }
};

std::vector<ExceptionBody> reports_of(SmallBooks& books) {
  Listener desk{books, {}};
  run(books.kernel, desk, books.kernel.now + kSecond);
  return desk.heard;
}

Setup with_days_as_periods(ClosedPolicy policy = ClosedPolicy::roll_forward) {
  auto setup = books_setup();
  setup.period = {PeriodCalendar::day, 1, 2, policy};
  return setup;
}

TEST(MSG_15, HappyALateTicketPostsToItsOwnDayAndRestatesIt) {
  SmallBooks books;
  EXPECT_EQ(post_at(books, 1, kMidnight + 3 * kHour), Posting::first);
  EXPECT_EQ(books.rules.taken(Late::late_restated), 1u);
  EXPECT_EQ(day_of(books, kToday).tickets, 1u);
  EXPECT_EQ(day_of(books, kToday).export_due, books.kernel.now + 15 * kMinute);
}

TEST(MSG_15, EdgeItIsLateOneMicrosecondAfterTheGrace) {
  SmallBooks books;
  post_at(books, 1, kMidnight + 2 * kHour);
  EXPECT_EQ(books.rules.taken(Late::on_time), 1u);
  post_at(books, 2, kMidnight + 2 * kHour + kMicrosecond);
  EXPECT_EQ(books.rules.taken(Late::late_restated), 1u);
}

TEST(MSG_15, EdgeWhatWaitedForTheErpIsNoLaterThanItCameIn) {
  auto setup = books_setup();
  for (const LateDatePolicy policy : {LateDatePolicy::original_business_date, LateDatePolicy::quarantine}) {
    setup.late.date_policy = policy;
    SmallBooks books(Mutant::none, setup);
    const auto post_received = [&](std::uint32_t number, Time received) {
      const MessageId id = books.ticket(number);
      books.pool[id].envelope.event_time = kMidnight - kHour;
      books.pool[id].received = received;
      books.kernel.now = kMidnight + 5 * kHour;  // the nightly run
      return books.post(id);
    };
    EXPECT_EQ(post_received(1, kMidnight - kMinute), Posting::first);
    EXPECT_EQ(books.rules.taken(Late::on_time), 1u);
    post_received(2, kMidnight + 2 * kHour + kMicrosecond);
    EXPECT_EQ(books.rules.taken(Late::late_restated), policy == LateDatePolicy::quarantine ? 0u : 1u);
  }
}

TEST(MSG_15, EdgeWhatIsDatedOnArrivalHasTheDateOnWhichItCameIn) {
  auto setup = books_setup();
  setup.late.date_policy = LateDatePolicy::arrival_date;
  SmallBooks books(Mutant::none, setup);
  const MessageId id = books.ticket(1);
  books.pool[id].envelope.event_time = kMidnight - kHour;
  books.pool[id].received = kMidnight + 3 * kHour;
  books.kernel.now = kMidnight + 30 * kHour;
  books.post(id);
  EXPECT_EQ(day_of(books, kToday + 1).tickets, 1u);
}

TEST(MSG_15, EdgeWhatHappensAfterTheCloseIsNotLateForThat) {
  SmallBooks books;
  const MessageId id = books.ticket(1);
  books.kernel.now = books.pool[id].envelope.event_time = kMidnight + 6 * kHour;
  books.post(id);
  EXPECT_EQ(books.rules.taken(Late::on_time), 1u) << "a truck at dawn, under the date of the day before";
}

TEST(MSG_15, EdgeLatePostingsBeforeTheExportAreOneAndItIsDueAfterTheLast) {
  SmallBooks books;
  post_at(books, 1, kMidnight + 3 * kHour);
  post_at(books, 2, kMidnight + 3 * kHour + 10 * kMinute);
  EXPECT_EQ(books.rules.taken(Late::restatements_coalesced), 1u);
  books.kernel.now = kMidnight + 3 * kHour + 15 * kMinute;
  books.store.export_due(books.c, kToday);
  EXPECT_EQ(day_of(books, kToday).export_version, 0u) << "another one came since";
  books.kernel.now = kMidnight + 3 * kHour + 25 * kMinute;
  books.store.export_due(books.c, kToday);
  EXPECT_EQ(day_of(books, kToday).export_version, 1u);
  EXPECT_EQ(day_of(books, kToday).exported_tickets, 2u);
}

TEST(MSG_15, EdgeTheNextExportReplacesTheOneBefore) {
  for (const Mutant mutant : {Mutant::none, Mutant::export_added}) {
    SmallBooks books(mutant);
    post_at(books, 1, kMidnight + 3 * kHour);
    books.kernel.now = kMidnight + 4 * kHour;
    books.store.export_due(books.c, kToday);
    post_at(books, 2, kMidnight + 5 * kHour);
    books.kernel.now = kMidnight + 6 * kHour;
    books.store.export_due(books.c, kToday);
    EXPECT_EQ(books.rules.taken(Late::export_replaced), 1u);
    EXPECT_EQ(day_of(books, kToday).exported_tickets, mutant == Mutant::none ? 2u : 3u);
  }
}

TEST(MSG_15, EdgeThePolicyMayDateItOnArrivalOrHandItBack) {
  auto setup = books_setup();
  setup.late.date_policy = LateDatePolicy::arrival_date;
  SmallBooks on_arrival(Mutant::none, setup);
  EXPECT_EQ(post_at(on_arrival, 1, kMidnight + 3 * kHour), Posting::first);
  EXPECT_EQ(day_of(on_arrival, kToday + 1).tickets, 1u);
  EXPECT_EQ(day_of(on_arrival, kToday + 1).moved, 1u);
  setup.late.date_policy = LateDatePolicy::quarantine;
  SmallBooks handed_back(Mutant::none, setup);
  EXPECT_EQ(post_at(handed_back, 1, kMidnight + 3 * kHour), Posting::set_aside);
  EXPECT_EQ(handed_back.rules.taken(Late::late_by_policy), 1u);
}

TEST(MSG_15, FailureALateTicketDatedOnArrivalIsMissingFromItsDay) {
  SmallBooks books(Mutant::late_dated_on_arrival);
  post_at(books, 1, kMidnight + 3 * kHour);
  EXPECT_EQ(day_of(books, kToday + 1).tickets, 1u);
}

TEST(MSG_15, FailureWithoutRestatementTheExportStaysAsItWas) {
  SmallBooks books(Mutant::late_not_restated);
  post_at(books, 1, kMidnight + 3 * kHour);
  EXPECT_EQ(day_of(books, kToday).export_due, Time{});
}

TEST(FIN_13, HappyASoftClosedPeriodStillTakesItsDocuments) {
  SmallBooks books(Mutant::none, with_days_as_periods());
  post_at(books, 1, kMidnight + 3 * kHour);
  EXPECT_EQ(books.rules.taken(Period::soft_closed_system_posted), 1u);
  EXPECT_EQ(day_of(books, kToday).tickets, 1u);
}

TEST(FIN_13, EdgeItIsClosedAtTheBeginningOfItsDay) {
  const Time close = kMidnight + kDay;
  SmallBooks books(Mutant::none, with_days_as_periods());
  post_at(books, 1, close - kMicrosecond);
  EXPECT_EQ(day_of(books, kToday).tickets, 1u);
  post_at(books, 2, close);
  EXPECT_EQ(books.rules.taken(Period::rolled_forward), 1u);
  EXPECT_EQ(books.rules.taken(Late::late_period_closed), 1u);
  EXPECT_EQ(day_of(books, kToday + 1).tickets, 1u) << "the earliest date whose period is not closed";
}

TEST(FIN_13, EdgeAMonthIsAMonthAndAWeekEndsOnSunday) {
  // 2024-10-04 is a Friday.
  ASSERT_EQ(weekday_of(kToday), 4);
  struct Case {
    PeriodCalendar calendar;
    std::int32_t days;  ///< From kToday to the last date of its period.
  };
  for (const Case& each :
       {Case{PeriodCalendar::day, 0}, Case{PeriodCalendar::week, 2}, Case{PeriodCalendar::month, 27}}) {
    auto setup = books_setup();
    setup.period = {each.calendar, 1, 2, ClosedPolicy::roll_forward};
    SmallBooks books(Mutant::none, setup);
    const Time close = kMidnight + (each.days + 1) * kDay;
    post_at(books, 1, close - kMicrosecond);
    EXPECT_EQ(books.rules.taken(Period::rolled_forward), 0u);
    post_at(books, 2, close);
    EXPECT_EQ(books.rules.taken(Period::rolled_forward), 1u);
    EXPECT_EQ(day_of(books, kToday + each.days + 1).tickets, 1u);
  }
}

TEST(FIN_13, EdgeUnderQuarantineADocumentOfAClosedPeriodIsHandedBack) {
  SmallBooks books(Mutant::none, with_days_as_periods(ClosedPolicy::quarantine));
  EXPECT_EQ(post_at(books, 1, kMidnight + 2 * kDay), Posting::set_aside);
  EXPECT_EQ(books.rules.taken(Period::quarantined), 1u);
  EXPECT_TRUE(books.store.journal().days().empty());
}

TEST(FIN_13, EdgeWhatSomebodyHasSentOnForItsClosedPeriodIsNoNews) {
  using enum ExceptionType;
  for (const ExceptionType type : {period_closed, dead_letter}) {
    SmallBooks books(Mutant::none, with_days_as_periods(ClosedPolicy::quarantine));
    const MessageId id = books.ticket(1);
    books.pool[id].set_aside_as = static_cast<std::uint8_t>(static_cast<std::uint8_t>(type) + 1);
    books.kernel.now = kMidnight + 2 * kDay;
    EXPECT_EQ(books.post(id), Posting::first);
    EXPECT_EQ(books.rules.taken(Period::rolled_forward), 1u);
    EXPECT_EQ(reports_of(books).size(), type == period_closed ? 0u : 2u);
  }
}

TEST(EXC_05, HappyWhatRollsForwardIsNewsAndOverInOneCommit) {
  for (const Mutant mutant : {Mutant::none, Mutant::rolled_forward_stays_open}) {
    SmallBooks books(mutant, with_days_as_periods());
    post_at(books, 1, kMidnight + 2 * kDay);
    const std::vector<ExceptionBody> heard = reports_of(books);
    ASSERT_EQ(heard.size(), mutant == Mutant::none ? 2u : 1u);
    EXPECT_EQ(heard.front().exception, ExceptionType::period_closed);
    EXPECT_EQ(heard.front().signal, ExceptionSignal::raised);
    EXPECT_EQ(heard.back().subject, heard.front().subject);
    EXPECT_EQ(heard.back().signal, mutant == Mutant::none ? ExceptionSignal::cleared : ExceptionSignal::raised);
  }
}

TEST(EXC_04, EdgeAHeldStoreDayIsExportedWhenTheLastOfItsExceptionsIsClosed) {
  SmallBooks books;
  post_at(books, 1, kMidnight + 3 * kHour);
  books.store.day_held(books.c, kToday, false);
  books.store.day_held(books.c, kToday, false);
  books.kernel.now = kMidnight + 4 * kHour;
  books.store.export_due(books.c, kToday);
  EXPECT_EQ(books.rules.taken(rule::OverdueEscalates::Outcome::day_close_blocked), 1u);
  EXPECT_EQ(day_of(books, kToday).export_version, 0u);
  EXPECT_NE(day_of(books, kToday).export_due, Time{}) << "it is still owed";
  post_at(books, 2, kMidnight + 5 * kHour);
  books.store.day_held(books.c, kToday, true);
  books.store.export_due(books.c, kToday);
  EXPECT_EQ(day_of(books, kToday).export_version, 0u) << "another exception is open";
  books.store.day_held(books.c, kToday, true);
  books.kernel.now = kMidnight + 6 * kHour;
  books.store.export_due(books.c, kToday);
  EXPECT_EQ(day_of(books, kToday).export_version, 1u);
  EXPECT_EQ(day_of(books, kToday).exported_tickets, 2u);
}

TEST(FIN_13, FailureAClosedPeriodThatIsPostedToChanges) {
  SmallBooks books(Mutant::closed_period_posted, with_days_as_periods());
  post_at(books, 1, kMidnight + 2 * kDay);
  EXPECT_EQ(day_of(books, kToday).tickets, 1u);
}

}  // namespace
}  // namespace tillstorm::erp
