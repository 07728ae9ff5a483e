// The nightly review of a store: REPL-04, REPL-05, REPL-10, REPL-11.
#include <gtest/gtest.h>

#include "erp/small_books.h"

namespace tillstorm::erp {
namespace {

/// An item that sells ten base units a day: s = 20, S = 50. The others are kept far above their levels.
SmallBooks& selling(SmallBooks& books, ItemId item, std::int32_t on_hand, std::int32_t inbound = 0) {
  for (const ItemId other : {kPiece, kPack, kCase}) books.cell(other).on_hand = 10'000;
  books.cell(item) = {.on_hand = on_hand, .inbound = inbound, .sold = 0, .velocity = 10 * 1024};
  return books;
}

TEST(REPL_04, HappyTheReviewDecidesOnWhatIsThere) {
  SmallBooks books;
  selling(books, kPiece, 18).review();
  EXPECT_EQ(books.ordered(kPiece), 32);
  EXPECT_EQ(books.rules.taken(rule::InventoryPosition::Outcome::counted), 3u);
}

TEST(REPL_04, EdgeWhatIsOnItsWayCountsAndIsNotOrderedAgain) {
  SmallBooks books;
  selling(books, kPiece, 18).review();
  books.review();  // the first order has not come
  EXPECT_EQ(books.ordered(kPiece), 32);
  EXPECT_EQ(books.rules.taken(rule::InventoryPosition::Outcome::inbound_counted), 1u);
}

TEST(REPL_04, EdgeBelowZeroIsReadAsZero) {
  SmallBooks books;
  selling(books, kPiece, -7).review();
  EXPECT_EQ(books.ordered(kPiece), 50);
}

TEST(REPL_04, FailureForgottenInboundIsOrderedEveryNight) {
  SmallBooks books(Mutant::inbound_forgotten);
  selling(books, kPiece, 18).review(3);
  EXPECT_EQ(books.ordered(kPiece), 3 * 32);
}

TEST(REPL_05, HappyAtTheTriggerItOrdersUpToTheLevel) {
  SmallBooks books;
  selling(books, kPiece, 20).review();
  EXPECT_EQ(books.ordered(kPiece), 30);
  EXPECT_EQ(books.rules.taken(rule::MinMaxOrders::Outcome::ordered_up_to), 1u);
}

TEST(REPL_05, EdgeOneUnitAboveTheTriggerNothingIsOrdered) {
  SmallBooks books;
  selling(books, kPiece, 21).review();
  EXPECT_EQ(books.ordered(kPiece), 0);
  EXPECT_EQ(books.rules.taken(rule::MinMaxOrders::Outcome::above_trigger), 3u);
}

TEST(REPL_05, EdgeTheTriggerIsReachedByOnHandAndInboundTogether) {
  SmallBooks books;
  selling(books, kPiece, 5, 15).review();
  EXPECT_EQ(books.ordered(kPiece), 30);
}

TEST(REPL_05, FailureOrdersThatIgnoreTheTriggerComeTooSoonOrTooLate) {
  SmallBooks too_soon(Mutant::orders_above_trigger);
  selling(too_soon, kPiece, 40).review();
  EXPECT_EQ(too_soon.ordered(kPiece), 10);
  SmallBooks too_late(Mutant::trigger_not_reached);
  selling(too_late, kPiece, 1).review();
  EXPECT_EQ(too_late.ordered(kPiece), 0);
}

TEST(REPL_10, HappyASlowItemIsHeldAtThePresentationMinimum) {
  SmallBooks books;
  selling(books, kPiece, 2);
  books.cell(kPiece).velocity = 0;
  books.review();
  EXPECT_EQ(books.ordered(kPiece), 2) << "up to the minimum of three and one more";
  EXPECT_EQ(books.rules.taken(rule::PresentationMinimum::Outcome::level_raised), 3u);
}

TEST(REPL_10, EdgeTheMinimumIsInSalesUnitsAndDoesNotBindAtTheTriggerItself) {
  SmallBooks books;
  selling(books, kPack, 18);  // three packs of six: at the minimum
  books.cell(kPack).velocity = 0;
  books.cell(kPiece) = {.on_hand = 10'000, .inbound = 0, .sold = 0, .velocity = 3 * 512};  // s = 3 = the minimum
  books.review();
  EXPECT_EQ(books.ordered(kPack), 6);
  EXPECT_EQ(books.rules.taken(rule::PresentationMinimum::Outcome::not_binding), 1u);
}

TEST(REPL_10, FailureWithoutItASlowItemIsLetRunOut) {
  SmallBooks books(Mutant::presentation_ignored);
  selling(books, kPiece, 2);
  books.cell(kPiece).velocity = 0;
  books.review();
  EXPECT_EQ(books.ordered(kPiece), 0);
}

TEST(REPL_11, HappyAWholeNumberOfCasesIsOrderedAsItIs) {
  SmallBooks books;
  selling(books, kCase, 14).review();
  EXPECT_EQ(books.ordered(kCase), 36);
  EXPECT_EQ(books.rules.taken(rule::PackRounding::Outcome::exact_multiple), 1u);
}

TEST(REPL_11, EdgeOneUnitMoreTakesAnotherCase) {
  SmallBooks books;
  selling(books, kCase, 13).review();
  EXPECT_EQ(books.ordered(kCase), 48);
  EXPECT_EQ(books.rules.taken(rule::PackRounding::Outcome::rounded_up), 1u);
}

TEST(REPL_11, FailureCasesOrderedAsUnitsBringATwelfth) {
  SmallBooks books(Mutant::cases_ordered_as_units);
  selling(books, kCase, 14).review();
  EXPECT_EQ(books.ordered(kCase), 3);
}

}  // namespace
}  // namespace tillstorm::erp
