// FIN-01: debits equal credits, by business date and account.
#include "erp/journal.h"

#include <gtest/gtest.h>

namespace tillstorm::erp {
namespace {

TEST(Journal, ABalancedDocumentLeavesNoImbalance) {
  Journal journal;
  const std::array lines{JournalLine{Account::cash_in_till, 107}, JournalLine{Account::sales_revenue, -100},
                         JournalLine{Account::sales_tax_payable, -7}};
  EXPECT_EQ(journal.post(journal.day(Date{20}), lines), 0);
  EXPECT_EQ(journal.imbalance(), 0);
  EXPECT_EQ(journal.balance(Account::cash_in_till), 107);
  EXPECT_EQ(journal.balance(Account::sales_revenue), -100);
}

TEST(Journal, AnUnbalancedDocumentIsSeenToTheMinorUnit) {
  Journal journal;
  const std::array lines{JournalLine{Account::cash_in_till, 107}, JournalLine{Account::sales_revenue, -106}};
  EXPECT_EQ(journal.post(journal.day(Date{20}), lines), 1);
  EXPECT_EQ(journal.imbalance(), 1);
}

TEST(Journal, DebitsAndCreditsOfADateAreKeptApart) {
  Journal journal;
  const std::array out{JournalLine{Account::inventory, -30}, JournalLine{Account::cost_of_goods_sold, 30}};
  const std::array in{JournalLine{Account::inventory, 50}, JournalLine{Account::goods_in_transit, -50}};
  journal.post(journal.day(Date{20}), out);
  journal.post(journal.day(Date{20}), in);
  const BookDay& day = journal.day(Date{20});
  EXPECT_EQ(day.debit[static_cast<std::size_t>(Account::inventory)], 50);
  EXPECT_EQ(day.credit[static_cast<std::size_t>(Account::inventory)], 30);
}

TEST(Journal, DatesStayInOrderWhateverTheOrderOfPosting) {
  Journal journal;
  for (const std::int32_t date : {22, 20, 23, 21, 20}) journal.day(Date{date}).tickets += 1;
  ASSERT_EQ(journal.days().size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(journal.days()[i].date.days, 20 + static_cast<std::int32_t>(i));
  EXPECT_EQ(journal.days()[0].tickets, 2u);
}

}  // namespace
}  // namespace tillstorm::erp
