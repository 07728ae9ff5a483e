// The trading day and the prices of a store: CLOSE-01, CLOSE-05, PRICE-06.
#include <gtest/gtest.h>

#include "model/small_store.h"

namespace tillstorm::model {
namespace {

using Day = rule::StoreDayAndDate::Outcome;

constexpr std::int32_t kNoon = 12 * 60;

Setup closing_at(std::int32_t minute) {
  auto setup = store_setup();
  setup.stores[0].opening.fill({.open_minute = 9 * 60, .close_minute = minute});
  return setup;
}

TEST(CLOSE_05, HappyATicketHasTheDateOfTheOpenDay) {
  SmallStore store;
  store.until(store.at(20 * 60 + 30));  // in New York: past midnight in UTC
  store.buys({{kTaxed, 1}});
  store.until(store.at(23 * 60));
  ASSERT_EQ(store.tickets.size(), 1u);
  EXPECT_EQ(store.tickets[0].message.envelope.business_date, kMonday);
  EXPECT_EQ(store.rules.taken(Day::before_midnight), 1u);
  EXPECT_EQ(store.rules.taken(Day::rolled_at_close), 1u);
}

TEST(CLOSE_05, EdgeAfterMidnightTheOpenDayKeepsItsDate) {
  SmallStore store(Mutant::none, closing_at(26 * 60));
  store.until(store.at(24 * 60 - 1));
  store.buys({{kTaxed, 1}});  // its payment ends at midnight sharp
  store.until(store.at(25 * 60));
  store.buys({{kTaxed, 1}});
  store.until(store.at(kNoon, 1));
  ASSERT_EQ(store.tickets.size(), 2u);
  for (const auto& ticket : store.tickets) EXPECT_EQ(ticket.message.envelope.business_date, kMonday);
  EXPECT_EQ(store.rules.taken(Day::after_midnight_kept), 2u);
}

TEST(CLOSE_05, EdgeTheDayWaitsForTheLastCustomer) {
  SmallStore store;
  store.until(store.at(21 * 60) - kSecond);
  store.buys({{kTaxed, 1}});
  store.until(store.at(22 * 60));
  EXPECT_EQ(store.rules.taken(Day::close_waited_for_ticket), 1u);
  ASSERT_EQ(store.reports.size(), 1u);
  EXPECT_EQ(store.reports[0].message.day_close.tickets, 1u);
  EXPECT_EQ(store.reports[0].message.envelope.event_time, store.tickets[0].message.envelope.event_time);
}

TEST(CLOSE_05, EdgeTheLastDayOfAStoreThatNeverClosesEndsWithItsLastCustomer) {
  auto setup = store_setup();
  setup.stores[0].opening.fill({.open_minute = 0, .close_minute = 24 * 60});
  setup.last_date = kMonday + 1;
  SmallStore store(Mutant::none, setup);
  store.until(store.at(24 * 60) - kSecond);
  store.buys({{kTaxed, 1}});  // pays after midnight, and no other day begins
  store.until(store.at(kNoon, 1));
  ASSERT_EQ(store.tickets.size(), 1u);
  ASSERT_EQ(store.reports.size(), 1u);
  EXPECT_EQ(store.reports[0].message.day_close.tickets, 1u) << "its ticket is in the report of its date";
}

TEST(CLOSE_05, FailureTheDateOfUtcIsTomorrow) {
  SmallStore store(Mutant::business_date_is_utc_date);
  store.until(store.at(20 * 60 + 30));
  store.buys({{kTaxed, 1}});
  store.until(store.at(23 * 60));
  EXPECT_EQ(store.tickets[0].message.envelope.business_date, kMonday + 1);
  EXPECT_EQ(store.reports[0].message.envelope.business_date, kMonday) << "so report and ledger do not meet";
}

TEST(CLOSE_05, FailureADayWhoseMidnightIsSkippedIsADayLikeAnyOther) {
  for (const Mutant mutant : {Mutant::none, Mutant::day_without_midnight_is_empty}) {
    auto setup = store_setup();
    setup.stores[0].zone = *TimeZone::find("America/Havana");
    setup.chain_zone = setup.stores[0].zone;
    setup.first_date = date_of({2026, 3, 8});  // clocks go from 00:00 to 01:00
    setup.last_date = setup.first_date + 1;
    SmallStore store(mutant, setup);
    store.until(store.at(kNoon));
    store.buys({{kTaxed, 1}});
    store.until(store.at(kNoon, 1));
    ASSERT_EQ(store.reports.size(), 1u);
    EXPECT_EQ(store.reports[0].message.envelope.business_date, setup.first_date);
    EXPECT_EQ(store.reports[0].message.day_close.tickets, mutant == Mutant::none ? 1u : 0u);
  }
}

TEST(CLOSE_01, HappyTheReportSumsTheDaysTicketsByTender) {
  SmallStore store;
  store.until(store.at(kNoon));
  store.buys({{kTaxed, 1}}, Tender::cash);
  store.buys({{kTaxed, 2}}, Tender::voucher);
  store.until(store.at(kNoon, 1));
  ASSERT_EQ(store.reports.size(), 1u);
  const DayCloseBody& z = store.reports[0].message.day_close;
  EXPECT_EQ(z.tickets, 2u);
  EXPECT_EQ(z.net, 3000);
  EXPECT_EQ(z.tax, 210);
  EXPECT_EQ(z.tenders[static_cast<std::size_t>(Tender::cash)], 1070);
  EXPECT_EQ(z.tenders[static_cast<std::size_t>(Tender::voucher)], 2140);
}

TEST(CLOSE_01, EdgeEachReportCoversWhatCameSinceTheLast) {
  SmallStore store;
  store.until(store.at(kNoon));
  store.buys({{kTaxed, 1}});
  store.until(store.at(kNoon, 1));
  store.buys({{kTaxed, 4}});
  store.until(store.at(kNoon, 2));
  ASSERT_EQ(store.reports.size(), 2u);
  EXPECT_EQ(store.reports[0].message.day_close.net, 1000);
  EXPECT_EQ(store.reports[1].message.day_close.net, 4000);
}

TEST(CLOSE_01, FailureAForgottenTenderOrTicketPartsTheReportFromTheTickets) {
  for (const Mutant mutant : {Mutant::z_forgets_vouchers, Mutant::z_misses_last_ticket}) {
    SmallStore store(mutant);
    store.until(store.at(kNoon));
    store.buys({{kTaxed, 1}}, Tender::voucher);
    store.until(store.at(kNoon, 1));
    const DayCloseBody& z = store.reports[0].message.day_close;
    EXPECT_EQ(z.tenders[static_cast<std::size_t>(Tender::voucher)], mutant == Mutant::z_forgets_vouchers ? 0 : 1070);
    EXPECT_EQ(z.tickets, mutant == Mutant::z_misses_last_ticket ? 0u : 1u);
  }
}

TEST(PRICE_06, HappyATillChargesTheStoresOwnCopy) {
  SmallStore store;
  store.until(store.at(kNoon));
  store.cells[kTaxed].price_minor = 900;
  store.buys({{kTaxed, 2}});
  store.until(store.at(kNoon + 2));
  EXPECT_EQ(store.tickets[0].lines[0].amount_minor, 1800);
  EXPECT_EQ(store.rules.taken(rule::TillPriceCopy::Outcome::priced_locally), 1u);
}

TEST(PRICE_06, EdgeALineKeepsThePriceOfItsScanThroughASwitch) {
  SmallStore store;
  store.until(store.at(kNoon));
  store.buys({{kTaxed, 2}});
  store.price(kTaxed, 1100);
  store.until(store.at(kNoon + 2));
  EXPECT_EQ(store.tickets[0].lines[0].amount_minor, 2000);
  EXPECT_EQ(store.rules.taken(rule::TillPriceCopy::Outcome::line_price_kept), 1u);
}

TEST(PRICE_06, EdgeAnItemOffSaleIsNoMoreOnTheShelfThanInABasketPutBack) {
  SmallStore store;
  store.until(store.at(kNoon));
  store.cells[kTaxed].backroom = 5;
  store.store.take_off_sale(store.c, kTaxed);
  EXPECT_EQ(store.cells[kTaxed].shelf, 0);
  EXPECT_EQ(store.cells[kTaxed].backroom, 605);
  store.store.fill_shelves(store.c);
  EXPECT_EQ(store.cells[kTaxed].shelf, 0) << "nobody fills it";
  EXPECT_EQ(store.store.items_off_sale(), 1U);
  store.store.put_on_sale(store.c, kTaxed);
  EXPECT_EQ(store.cells[kTaxed].shelf, 600);
  EXPECT_EQ(store.cells[kTaxed].backroom, 5);
}

TEST(PRICE_06, FailureALineLookedUpAgainNoLongerAddsUpToItsTicket) {
  SmallStore store(Mutant::line_repriced_at_total);
  store.until(store.at(kNoon));
  store.buys({{kTaxed, 2}});
  store.price(kTaxed, 1100);
  store.until(store.at(kNoon + 2));
  EXPECT_EQ(store.tickets[0].lines[0].amount_minor, 2200);
  EXPECT_EQ(store.tickets[0].message.ticket.net, 2000);
}

}  // namespace
}  // namespace tillstorm::model
