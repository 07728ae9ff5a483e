// What a till puts on a ticket: SALE-09, ITEM-05, TAX-02, TAX-06.
#include <gtest/gtest.h>

#include "model/small_store.h"

namespace tillstorm::model {
namespace {

/// A store at noon of its first day.
struct Noon : SmallStore {
  explicit Noon(Mutant mutant = Mutant::none, const Setup& with = store_setup()) : SmallStore(mutant, with) {
    until(at(12 * 60));
  }
  /// The ticket of one customer with this basket.
  Said sale(std::initializer_list<std::pair<std::uint32_t, std::int32_t>> wants) {
    buys(wants);
    until(kernel.now + 2 * kMinute);
    return tickets.back();
  }
};

std::vector<std::uint32_t> numbers_of(const SmallStore& store, std::uint16_t till) {
  std::vector<std::uint32_t> numbers;
  for (const SmallStore::Said& said : store.tickets)
    if (said.message.envelope.terminal == till) numbers.push_back(said.message.envelope.number);
  return numbers;
}

/// Customers come in pairs, so that both tills are busy.
void serve_pairs(Noon& store, int pairs) {
  for (int i = 0; i < pairs; ++i) {
    store.buys({{kTaxed, 1}});
    store.buys({{kTaxed, 1}});
    store.until(store.kernel.now + 2 * kMinute);
  }
}

TEST(Discount, IsTakenOffEachLineAndTaxIsOnWhatIsLeft) {
  auto setup = store_setup();
  setup.demand.discount_ppm = 150'000;
  Noon store(Mutant::none, setup);
  const SmallStore::Said said = store.sale({{kTaxed, 3}});
  ASSERT_EQ(said.lines.size(), 1u);
  EXPECT_EQ(said.lines[0].amount_minor, 2550);
  EXPECT_EQ(said.lines[0].discount_minor, 450);
  const TicketBody& ticket = said.message.ticket;
  EXPECT_EQ(ticket.net, 2550);
  EXPECT_EQ(ticket.discount, 450);
  EXPECT_EQ(ticket.tax, 179) << "7 % of 25.50, half up";
  EXPECT_EQ(ticket.tendered, 2729);
}

TEST(SALE_09, HappyEachTillCountsItsOwnTicketsWithoutAGap) {
  Noon store;
  serve_pairs(store, 3);
  EXPECT_EQ(numbers_of(store, 0), (std::vector<std::uint32_t>{1, 2, 3}));
  EXPECT_EQ(numbers_of(store, 1), (std::vector<std::uint32_t>{1, 2, 3}));
  EXPECT_EQ(store.rules.taken(rule::ContiguousNumbers::Outcome::next_number), 6u);
}

TEST(SALE_09, EdgeTheNextDayGoesOnWhereTheLastEnded) {
  Noon store;
  serve_pairs(store, 2);
  store.until(store.at(12 * 60, 1));
  serve_pairs(store, 1);
  EXPECT_EQ(numbers_of(store, 0), (std::vector<std::uint32_t>{1, 2, 3}));
}

TEST(SALE_09, FailureTillsThatShareNumbersMakeTwoTicketsOfOneKey) {
  Noon store(Mutant::tills_share_numbers);
  serve_pairs(store, 2);
  EXPECT_EQ(numbers_of(store, 0), (std::vector<std::uint32_t>{1, 1, 2, 2}));
}

TEST(SALE_09, FailureASkippedNumberLeavesAGap) {
  Noon store(Mutant::number_skipped);
  serve_pairs(store, 101);
  const std::vector<std::uint32_t> numbers = numbers_of(store, 0);
  EXPECT_EQ(numbers[98], 99u);
  EXPECT_EQ(numbers[99], 101u);
}

TEST(ITEM_05, HappyALineOfPacksCarriesBaseUnitsAndIsPricedByThePack) {
  Noon store;
  const auto sale = store.sale({{kExemptPack, 2}});
  ASSERT_EQ(sale.lines.size(), 1u);
  EXPECT_EQ(sale.lines[0].quantity, 12);
  EXPECT_EQ(sale.lines[0].amount_minor, 2000);
  EXPECT_EQ(sale.message.ticket.units, 2u);
  EXPECT_EQ(store.rules.taken(rule::PackConversion::Outcome::pack_sold), 1u);
}

TEST(ITEM_05, EdgeAPieceIsItsOwnBaseUnit) {
  Noon store;
  const auto sale = store.sale({{kTaxed, 3}, {kExemptPack, 1}});
  EXPECT_EQ(sale.lines[0].quantity, 3);
  EXPECT_EQ(sale.message.ticket.units, 4u);
  EXPECT_EQ(store.rules.taken(rule::PackConversion::Outcome::each_sold), 1u);
}

TEST(TAX_02, HappyTaxIsAddedToTheTaxedLines) {
  Noon store;
  const auto sale = store.sale({{kTaxed, 2}});
  EXPECT_EQ(sale.message.ticket.net, 2000);
  EXPECT_EQ(sale.message.ticket.tax, 140);
  EXPECT_EQ(sale.message.ticket.tendered, 2140);
  EXPECT_EQ(store.rules.taken(rule::TaxAddition::Outcome::exclusive_added), 1u);
}

TEST(TAX_02, EdgeAnExemptLineBearsNoneAndAStoreAtRateZeroTakesNone) {
  Noon store;
  EXPECT_EQ(store.sale({{kTaxed, 2}, {kExemptPack, 1}}).message.ticket.tax, 140);
  EXPECT_EQ(store.sale({{kExemptPack, 1}}).message.ticket.tax, 0);
  EXPECT_EQ(store.rules.taken(rule::TaxAddition::Outcome::zero_rate), 2u);
  auto setup = store_setup();
  setup.stores[0].tax_rate = 0;
  Noon untaxed(Mutant::none, setup);
  EXPECT_EQ(untaxed.sale({{kTaxed, 2}}).message.ticket.tax, 0);
}

TEST(TAX_02, FailureTaxOnTheWholeTicketTaxesWhatIsExempt) {
  Noon store(Mutant::tax_on_exempt_lines);
  EXPECT_EQ(store.sale({{kTaxed, 2}, {kExemptPack, 1}}).message.ticket.tax, 210);
}

TEST(TAX_06, HappyTheReceiptIsRoundedOnceOrLineByLine) {
  // Each line of 15 bears 1.05: three of them 3.15, rounded once 3, line by line 3 x 1.
  Noon per_receipt;
  EXPECT_EQ(per_receipt.sale({{kTaxed, 1}, {kCheap, 1}}).message.ticket.tax, 71);
  EXPECT_EQ(per_receipt.rules.taken(rule::TaxRounding::Outcome::receipt_rounded), 1u);
  auto setup = store_setup();
  setup.tax_per_line = true;
  Noon per_line(Mutant::none, setup);
  EXPECT_EQ(per_line.sale({{kTaxed, 1}, {kCheap, 1}}).message.ticket.tax, 71);
  EXPECT_EQ(per_line.rules.taken(rule::TaxRounding::Outcome::line_rounded), 1u);
}

TEST(TAX_06, EdgeTenLinesOfLessThanHalfAMinorUnit) {
  // A line of 5 bears 0.35: ten of them 3.5, rounded up once to 4, line by line to 0.
  const auto tax_of = [](bool per_line, Rounding rounding, Mutant mutant) {
    auto setup = store_setup();
    setup.tax_per_line = per_line;
    setup.tax_rounding = rounding;
    Noon store(mutant, setup);
    store.cells[kCheap].price_minor = 5;
    return store
        .sale({{kCheap, 1},
               {kCheap, 1},
               {kCheap, 1},
               {kCheap, 1},
               {kCheap, 1},
               {kCheap, 1},
               {kCheap, 1},
               {kCheap, 1},
               {kCheap, 1},
               {kCheap, 1}})
        .message.ticket.tax;
  };
  EXPECT_EQ(tax_of(false, Rounding::half_up, Mutant::none), 4);
  EXPECT_EQ(tax_of(false, Rounding::half_even, Mutant::none), 4);
  EXPECT_EQ(tax_of(false, Rounding::down, Mutant::none), 3);
  EXPECT_EQ(tax_of(true, Rounding::half_up, Mutant::none), 0);
}

TEST(TAX_06, EdgeRoundingActsOnTheAbsoluteValueAndRestoresTheSign) {
  EXPECT_EQ(share_of(-50, 70'000, Rounding::half_up), -4);
  EXPECT_EQ(share_of(-50, 70'000, Rounding::half_even), -4);
  EXPECT_EQ(share_of(-50, 70'000, Rounding::down), -3);
}

TEST(TAX_06, FailureLineByLineIsAnotherTaxThanTheChainRoundsTo) {
  Noon store(Mutant::tax_always_per_line);
  store.cells[kCheap].price_minor = 5;
  EXPECT_EQ(store.sale({{kCheap, 1}, {kCheap, 1}}).message.ticket.tax, 0);
  EXPECT_EQ(share_of(10, 70'000, Rounding::half_up), 1) << "what the two lines bear together";
}

}  // namespace
}  // namespace tillstorm::model
