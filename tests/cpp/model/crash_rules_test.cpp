// OFFLINE-03: what a till still knows after a crash, and what becomes of the goods.
#include <gtest/gtest.h>

#include "model/small_store.h"

namespace tillstorm::model {
namespace {

using Crash = rule::TerminalCrash::Outcome;

Setup journal_of(JournalFlush flush) {
  auto setup = store_setup();
  setup.tills.crash = {.journal_flush = flush, .restart_seconds = 180};
  return setup;
}

/// A customer with two taxed items is at the first till, half a minute into a checkout of one minute.
struct AtTheTill : SmallStore {
  explicit AtTheTill(JournalFlush flush, Mutant mutant = Mutant::none) : SmallStore(mutant, journal_of(flush)) {
    until(at(12 * 60));
    buys({{kTaxed, 2}});
    until(at(12 * 60) + 30 * kSecond);
  }
  void crash(std::uint32_t till) {
    act();
    store.till_crashes(c, till, kNone);
  }
  std::uint64_t taken(Crash outcome) const { return rules.taken(outcome); }
};

TEST(OFFLINE_03, HappyWithAJournalOfLinesTheTicketGoesOnAfterTheRestart) {
  AtTheTill store(JournalFlush::each_line);
  store.crash(0);
  store.until(store.at(12 * 60 + 10));
  ASSERT_EQ(store.tickets.size(), 1u);
  EXPECT_EQ(store.tickets[0].message.ticket.net, 2000);
  EXPECT_EQ(store.tickets[0].message.envelope.event_time, store.at(12 * 60 + 4)) << "three minutes late";
  EXPECT_EQ(store.taken(Crash::open_ticket_restored), 1u);
}

TEST(OFFLINE_03, EdgeWithAJournalOfTicketsItIsCancelledAndItsGoodsGoBack) {
  AtTheTill store(JournalFlush::each_ticket);
  EXPECT_EQ(store.cells[kTaxed].shelf, 598);
  store.crash(0);
  store.until(store.at(12 * 60 + 10));
  EXPECT_TRUE(store.tickets.empty());
  EXPECT_EQ(store.cells[kTaxed].shelf, 600);
  EXPECT_EQ(store.taken(Crash::open_ticket_cancelled), 1u);
  store.buys({{kTaxed, 1}});
  store.until(store.at(12 * 60 + 20));
  ASSERT_EQ(store.tickets.size(), 1u);
  EXPECT_EQ(store.tickets[0].message.envelope.number, 1u) << "a ticket that was never one has taken no number";
}

TEST(OFFLINE_03, EdgeATillThatServesNobodyLosesNothing) {
  AtTheTill store(JournalFlush::each_ticket);
  store.crash(1);
  store.until(store.at(12 * 60 + 10));
  EXPECT_EQ(store.tickets.size(), 1u);
  EXPECT_EQ(store.taken(Crash::no_open_ticket), 1u);
}

TEST(OFFLINE_03, EdgeATillThatIsDownAlreadyDoesNotCrashAgain) {
  AtTheTill store(JournalFlush::each_line);
  store.crash(0);
  store.crash(0);
  store.until(store.at(12 * 60 + 10));
  EXPECT_EQ(store.taken(Crash::open_ticket_restored), 1u);
  EXPECT_EQ(store.tickets.size(), 1u);
}

TEST(OFFLINE_03, FailureACancelledTicketThatKeepsItsGoodsMakesThemVanish) {
  AtTheTill store(JournalFlush::each_ticket, Mutant::crash_keeps_cancelled_goods);
  store.crash(0);
  store.until(store.at(12 * 60 + 10));
  EXPECT_TRUE(store.tickets.empty());
  EXPECT_EQ(store.cells[kTaxed].shelf, 598);
}

}  // namespace
}  // namespace tillstorm::model
