// What each message does to the books: MSG-02, MSG-03, MSG-05, OFFLINE-09, CLOSE-01, FIN-01, FIN-07, STOCK-01, ITEM-05.
#include <gtest/gtest.h>

#include "erp/small_books.h"

namespace tillstorm::erp {
namespace {

TEST(MSG_03, HappyANewKeyPostsOnce) {
  SmallBooks books;
  EXPECT_EQ(books.post(books.ticket(1)), Posting::first);
  EXPECT_EQ(books.store.posted(), 1u);
  EXPECT_EQ(books.cell(kPiece).on_hand, -1);
  EXPECT_EQ(books.rules.taken(rule::DedupeThenPost::Outcome::first_post), 1u);
}

TEST(MSG_03, EdgeARepeatIsAnsweredAndPostsNothing) {
  SmallBooks books;
  const MessageId ticket = books.ticket(1);
  books.pool.retain(ticket);
  books.post(ticket);
  EXPECT_EQ(books.post(ticket), Posting::duplicate);
  EXPECT_EQ(books.cell(kPiece).on_hand, -1);
  EXPECT_EQ(books.balance(Account::sales_revenue), -1000);
  EXPECT_EQ(books.store.duplicates(), 1u);
  EXPECT_EQ(books.rules.taken(rule::DedupeThenPost::Outcome::duplicate_answered), 1u);
}

TEST(MSG_03, FailureAKnownKeyThatPostsAgainTakesStockAndMoneyTwice) {
  SmallBooks books(Mutant::repeat_posted_again);
  books.post(books.ticket(1));
  EXPECT_EQ(books.post(books.ticket(1)), Posting::first);
  EXPECT_EQ(books.cell(kPiece).on_hand, -2);
  EXPECT_EQ(books.balance(Account::sales_revenue), -2000);
}

TEST(MSG_06, EdgeTheSequenceDecidesWhereTheClockDisagrees) {
  SmallBooks books;
  const MessageId first = books.ticket(1), second = books.ticket(2);
  books.pool[second].envelope.event_time = books.kernel.now - kMinute;
  EXPECT_EQ(books.post(first), Posting::first);
  EXPECT_EQ(books.post(second), Posting::first);
  EXPECT_EQ(books.rules.taken(rule::OrderPerSource::Outcome::event_time_disagrees), 1U);
}

TEST(MSG_02, EdgeTheSameNumberOfAnotherTillOrAnotherTypeIsAnotherKey) {
  SmallBooks books;
  EXPECT_EQ(books.post(books.ticket(1, 0)), Posting::first);
  EXPECT_EQ(books.post(books.ticket(1, 1)), Posting::first);
  EXPECT_EQ(books.post(books.goods(MessageType::goods_receipt, 1, {{kPiece, 1}}, kStore)), Posting::first);
}

TEST(MSG_02, FailureAKeyWithoutTheTerminalSwallowsTheSecondTillsTicket) {
  SmallBooks books(Mutant::dedupe_key_omits_terminal);
  books.post(books.ticket(1, 0));
  EXPECT_EQ(books.post(books.ticket(1, 1)), Posting::duplicate);
}

TEST(MSG_05, FailureAForgetfulWindowPostsAnOldTicketTwice) {
  auto setup = books_setup();
  setup.dedupe_window = 64;
  for (const Mutant mutant : {Mutant::none, Mutant::window_forgets_posted}) {
    SmallBooks books(mutant, setup);
    for (std::uint32_t number = 1; number <= 100; ++number) books.post(books.ticket(number));
    const bool posts_again = books.post(books.ticket(2)) == Posting::first;
    EXPECT_EQ(posts_again, mutant == Mutant::window_forgets_posted);
    EXPECT_EQ(books.rules.taken(DedupeWindow::Outcome::late_lookup_hit), 1u);
  }
}

TEST(OFFLINE_09, HappyAMessagePostsUnderItsOwnBusinessDate) {
  SmallBooks books;
  books.post(books.ticket(1));
  ASSERT_FALSE(books.store.journal().days().empty());
  EXPECT_EQ(books.store.journal().days().back().date, kToday);
  EXPECT_EQ(books.rules.taken(rule::OriginalEventTime::Outcome::posted_on_its_day), 1u);
}

TEST(OFFLINE_09, EdgeOneMicrosecondAfterMidnightItIsLateAndStillOfItsDay) {
  SmallBooks books;
  const MessageId at_midnight = books.ticket(1), next = books.ticket(2);
  books.kernel.now = Time{(kToday.days + 1) * kDay.us} - kMicrosecond;
  books.post(at_midnight);
  EXPECT_EQ(books.rules.taken(rule::OriginalEventTime::Outcome::posted_late_on_its_day), 0u);
  books.kernel.now += kMicrosecond;
  books.post(next);
  EXPECT_EQ(books.rules.taken(rule::OriginalEventTime::Outcome::posted_late_on_its_day), 1u);
  ASSERT_EQ(books.store.journal().days().size(), 1u);
  EXPECT_EQ(books.store.journal().days()[0].tickets, 2u);
  EXPECT_EQ(books.store.journal().days()[0].tax, 150) << "with the tax that was charged";
}

TEST(OFFLINE_09, FailureDatedOnArrivalTheDaysReportFindsNothing) {
  SmallBooks books(Mutant::replay_dated_on_arrival);
  const MessageId ticket = books.ticket(1), report = books.message(MessageType::day_close, 1, {});
  books.pool[report].day_close = {.tickets = 1, .lines = 1, .net = 1000, .tax = 75};
  books.kernel.now += kDay;
  books.post(ticket);
  books.post(report);
  EXPECT_EQ(books.store.z_differences(), 1u);
}

MessageId report_of(SmallBooks& books, std::uint32_t tickets, Minor net, Minor tax) {
  const MessageId report = books.message(MessageType::day_close, 1, {});
  books.pool[report].day_close = {.tickets = tickets, .lines = tickets, .net = net, .tax = tax};
  return report;
}

TEST(CLOSE_01, HappyAReportThatAgreesWithThePostingsIsMatched) {
  SmallBooks books;
  books.post(books.ticket(1));
  books.post(books.ticket(2));
  books.post(report_of(books, 2, 2000, 150));
  EXPECT_EQ(books.store.z_differences(), 0u);
  EXPECT_EQ(books.rules.taken(rule::ZReport::Outcome::matched), 1u);
}

TEST(CLOSE_01, EdgeADayWithoutSalesIsAnOutcomeOfItsOwn) {
  SmallBooks books;
  books.post(report_of(books, 0, 0, 0));
  EXPECT_EQ(books.store.z_differences(), 0u);
  EXPECT_EQ(books.rules.taken(rule::ZReport::Outcome::empty_day), 1u);
  EXPECT_EQ(books.rules.taken(rule::ZReport::Outcome::matched), 0u);
}

TEST(CLOSE_01, FailureOneTicketOrOneMinorUnitTooLittleIsADifference) {
  for (const auto& [tickets, net, tax] : {std::array<Minor, 3>{0, 1000, 75}, {1, 999, 75}, {1, 1000, 74}}) {
    SmallBooks books;
    books.post(books.ticket(1));
    books.post(report_of(books, static_cast<std::uint32_t>(tickets), net, tax));
    EXPECT_EQ(books.store.z_differences(), 1u);
    EXPECT_EQ(books.rules.taken(rule::ZReport::Outcome::matched), 0u);
  }
}

TEST(FIN_01, HappyASaleDebitsItsTenderAndCreditsRevenueAndTax) {
  SmallBooks books;
  books.post(books.ticket(1));
  EXPECT_EQ(books.balance(Account::cash_in_till), 1075);
  EXPECT_EQ(books.balance(Account::sales_revenue), -1000);
  EXPECT_EQ(books.balance(Account::sales_tax_payable), -75);
  EXPECT_EQ(books.balance(Account::cost_of_goods_sold), 250);
  EXPECT_EQ(books.balance(Account::inventory), -250);
  EXPECT_EQ(books.store.journal().imbalance(), 0);
}

TEST(FIN_01, EdgeEachTenderHasItsAccount) {
  const std::pair<Tender, Account> expected[] = {{Tender::cash, Account::cash_in_till},
                                                 {Tender::credit, Account::card_clearing},
                                                 {Tender::debit, Account::card_clearing},
                                                 {Tender::gift_card, Account::gift_card_liability},
                                                 {Tender::voucher, Account::voucher_clearing}};
  for (const auto& [tender, account] : expected) {
    SmallBooks books;
    const MessageId ticket = books.ticket(1);
    books.pool[ticket].ticket.tender = tender;
    books.post(ticket);
    EXPECT_EQ(books.balance(account), 1075);
    EXPECT_EQ(books.store.journal().imbalance(), 0);
  }
}

TEST(FIN_01, EdgeFractionsOfAMinorUnitAreCarriedSoThatStockAndAccountNeverPart) {
  SmallBooks books;  // a base unit of kPack costs a third of 100 minor units
  for (std::uint32_t number = 1; number <= 50; ++number) {
    books.post(books.ticket(number, 0, {{kPack, 1}}));
    const Minor value = divide_rounded(books.store.stock_value_micro(), 1'000'000, Rounding::half_up);
    ASSERT_EQ(books.balance(Account::inventory), value) << "after ticket " << number;
    ASSERT_EQ(books.store.journal().imbalance(), 0);
  }
}

TEST(FIN_01, FailureALegRoundedAloneLeavesTheDocumentUnbalanced) {
  SmallBooks books(Mutant::revenue_leg_rounded_alone);
  const MessageId ticket = books.ticket(1);
  books.pool[ticket].ticket = {.net = 1004, .tax = 75, .tendered = 1079};
  books.post(ticket);
  EXPECT_EQ(books.store.journal().imbalance(), 4);
}

TEST(FIN_07, HappyCarriedGoodsAreRecognisedWithTheTicketAndAShipmentWithItsHandover) {
  SmallBooks books;
  books.post(books.ticket(1));
  EXPECT_EQ(books.store.journal().days().back().cost, 250);
  const MessageId shipment = books.message(MessageType::online_shipment, 1, {{kPiece, 2}}, kDc);
  books.pool[shipment].online = {.order = 5, .net = 3000, .tax = 225, .ordered_at = books.kernel.now - kDay};
  books.post(shipment, kDc);
  EXPECT_EQ(books.balance(Account::sales_revenue, kDc), -3000);
  EXPECT_EQ(books.balance(Account::cost_of_goods_sold, kDc), 500);
  EXPECT_EQ(books.rules.taken(rule::RevenueAtHandover::Outcome::recognised_at_shipment), 1u);
  EXPECT_EQ(books.rules.taken(rule::RevenueAtHandover::Outcome::carried_at_ticket), 1u);
}

TEST(FIN_07, FailureAShipmentWithoutItsCostPartsTheAccountFromTheStock) {
  SmallBooks books(Mutant::shipment_cost_not_posted);
  const MessageId shipment = books.message(MessageType::online_shipment, 1, {{kPiece, 2}}, kDc);
  books.pool[shipment].online = {.order = 5, .net = 3000, .tax = 225, .ordered_at = books.kernel.now};
  books.post(shipment, kDc);
  EXPECT_EQ(books.dc.stock_value_micro(), -500'000'000);
  EXPECT_EQ(books.balance(Account::inventory, kDc), 0);
}

TEST(STOCK_01, HappyEachDocumentMovesTheStockInItsDirection) {
  SmallBooks books;
  books.post(books.goods(MessageType::purchase_receipt, 1, {{kPiece, 40}}, kDc), kDc);
  books.post(books.goods(MessageType::dispatch, 1, {{kPiece, 15}}, kDc), kDc);
  EXPECT_EQ(books.cell(kPiece, kDc).on_hand, 25);
  EXPECT_EQ(books.balance(Account::goods_in_transit, kDc), 15 * 250);
  books.post(books.goods(MessageType::goods_receipt, 1, {{kPiece, 15}}, kStore));
  EXPECT_EQ(books.balance(Account::goods_in_transit), -15 * 250) << "over both places nothing is in transit";
  books.post(books.ticket(1, 0, {{kPiece, 4}}));
  EXPECT_EQ(books.cell(kPiece).on_hand, 11);
  using Outcome = rule::StockMovements::Outcome;
  EXPECT_EQ(books.rules.taken(Outcome::receipt), 2u);
  EXPECT_EQ(books.rules.taken(Outcome::transfer_leg), 1u);
  EXPECT_EQ(books.rules.taken(Outcome::issue), 1u);
}

TEST(STOCK_01, EdgeADocumentOfManyLinesMovesEachOfThemAndALineOfNothingMovesNothing) {
  SmallBooks books;
  const MessageId receipt = books.goods(MessageType::goods_receipt, 1, {}, kStore);
  for (int i = 0; i < 100; ++i) books.pool.add_line(receipt, Line{i % 2 == 0 ? kPiece : kCase, 3});
  books.pool.add_line(receipt, Line{kPack, 0});
  books.post(receipt);
  EXPECT_EQ(books.cell(kPiece).on_hand, 150);
  EXPECT_EQ(books.cell(kCase).on_hand, 150);
  EXPECT_EQ(books.cell(kPack).on_hand, 0);
}

TEST(STOCK_01, FailureADispatchThatIsNotIssuedStaysOnTheDcsBooks) {
  SmallBooks books(Mutant::dispatch_not_issued);
  books.post(books.goods(MessageType::purchase_receipt, 1, {{kPiece, 40}}, kDc), kDc);
  books.post(books.goods(MessageType::dispatch, 1, {{kPiece, 15}}, kDc), kDc);
  EXPECT_EQ(books.cell(kPiece, kDc).on_hand, 40);
}

TEST(STOCK_01, FailureAReceiptPostedTwiceIsTwiceInStock) {
  SmallBooks books(Mutant::receipt_posted_twice_in_stock);
  books.post(books.goods(MessageType::goods_receipt, 1, {{kPiece, 15}}, kStore));
  EXPECT_EQ(books.cell(kPiece).on_hand, 30);
}

TEST(STOCK_01, FailureWhatAPlaceDoesNotCarryIsNotMovedSilently) {
  auto setup = books_setup();
  const std::uint32_t some[] = {0, 2};
  setup.indexes = {ItemIndex(3, some)};
  SmallBooks books(Mutant::none, setup);
  EXPECT_THROW(books.post(books.ticket(1, 0, {{kPack, 6}})), InternalError);
}

TEST(ITEM_05, FailureTheBooksMustNotConvertTheBaseUnitsOfALineAgain) {
  for (const Mutant mutant : {Mutant::none, Mutant::pack_factor_applied_twice}) {
    SmallBooks books(mutant);
    books.post(books.ticket(1, 0, {{kPack, 12}}));  // two packs of six
    EXPECT_EQ(books.cell(kPack).on_hand, mutant == Mutant::none ? -12 : -72);
  }
}

}  // namespace
}  // namespace tillstorm::erp
