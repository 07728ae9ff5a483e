// MSG-04: the same key with another body: what its revision, and then the policy, makes of it.
#include <gtest/gtest.h>

#include "erp/small_books.h"
#include "messages/body_hash.h"

namespace tillstorm::erp {
namespace {

using Outcome = rule::KeyConflict::Outcome;

/// A ticket with the hash of its body; `net` makes it another one.
MessageId sale(SmallBooks& books, std::uint32_t number, Minor net = 1000, Tender tender = Tender::cash,
               std::uint16_t revision = 0) {
  const MessageId id = books.ticket(number);
  Message& message = books.pool[id];
  message.ticket.net = net;
  message.ticket.tendered = net + message.ticket.tax;
  message.ticket.tender = tender;
  message.envelope.revision = revision;
  message.envelope.body_hash = body_hash(message, std::as_const(books.pool).lines(id));
  return id;
}

/// A ticket once more, one revision up, paid otherwise.
MessageId correction(SmallBooks& books, Tender from, Tender to, std::uint32_t number = 1, std::uint16_t revision = 1) {
  const MessageId id = sale(books, number, 1000, to, revision);
  books.pool[id].ticket.replaced_tender = from;
  books.pool[id].envelope.body_hash = body_hash(books.pool[id], std::as_const(books.pool).lines(id));
  return id;
}

TEST(MSG_04, HappyAHigherRevisionTakesThePlaceOfWhatWasPosted) {
  SmallBooks books;
  books.post(sale(books, 1));
  EXPECT_EQ(books.post(correction(books, Tender::cash, Tender::credit)), Posting::revised);
  EXPECT_EQ(books.rules.taken(Outcome::revision_superseded), 1u);
  EXPECT_EQ(books.balance(Account::cash_in_till), 0);
  EXPECT_EQ(books.balance(Account::card_clearing), 1075);
  EXPECT_EQ(books.balance(Account::sales_revenue), -1000);
  EXPECT_EQ(books.cell(kPiece).on_hand, -1);
  EXPECT_EQ(books.cell(kPiece).sold, 1);
  EXPECT_EQ(books.store.journal().days().back().tickets, 1u);
  EXPECT_EQ(books.store.journal().imbalance(), 0);
}

TEST(MSG_04, HappyAnotherBodyOfTheSameRevisionIsHandedBackAndTheFirstStands) {
  SmallBooks books;
  books.post(sale(books, 1));
  EXPECT_EQ(books.post(sale(books, 1, 2000)), Posting::conflict);
  EXPECT_EQ(books.rules.taken(Outcome::conflict_quarantined), 1u);
  EXPECT_EQ(books.balance(Account::sales_revenue), -1000);
  EXPECT_EQ(books.pool.live(), 2u) << "the middleware holds the second body, whole; the desk hears of the stock";
}

TEST(MSG_04, EdgeAnOlderRevisionIsIgnoredAndTheSameOneIsARepeat) {
  SmallBooks books;
  books.post(sale(books, 1));
  books.post(correction(books, Tender::cash, Tender::credit));
  EXPECT_EQ(books.post(sale(books, 1)), Posting::ignored);
  EXPECT_EQ(books.rules.taken(Outcome::stale_revision_ignored), 1u);
  EXPECT_EQ(books.post(correction(books, Tender::cash, Tender::credit)), Posting::duplicate);
  EXPECT_EQ(books.balance(Account::card_clearing), 1075);
}

TEST(MSG_04, FailureAnOlderRevisionThatPostsCountsTheSaleTwice) {
  SmallBooks books(Mutant::stale_revision_posted);
  books.post(correction(books, Tender::cash, Tender::credit));
  EXPECT_EQ(books.post(sale(books, 1)), Posting::revised);
  EXPECT_EQ(books.balance(Account::cash_in_till), 1075);
  EXPECT_EQ(books.balance(Account::card_clearing), 1075);
}

TEST(MSG_04, EdgeASecondRevisionReplacesTheFirst) {
  SmallBooks books;
  books.post(sale(books, 1));
  books.post(correction(books, Tender::cash, Tender::credit));
  EXPECT_EQ(books.post(correction(books, Tender::credit, Tender::voucher, 1, 2)), Posting::revised);
  EXPECT_EQ(books.balance(Account::voucher_clearing), 1075);
  EXPECT_EQ(books.balance(Account::card_clearing), 0);
  EXPECT_EQ(books.balance(Account::cash_in_till), 0);
}

TEST(MSG_04, EdgeARevisionOfSomethingElseThanWhatWasPostedIsHandedBack) {
  SmallBooks books;
  books.post(sale(books, 1));
  EXPECT_EQ(books.post(correction(books, Tender::voucher, Tender::credit)), Posting::conflict);
  EXPECT_EQ(books.balance(Account::cash_in_till), 1075);
}

TEST(MSG_04, EdgeEachPolicyKeepsItsOwnBody) {
  struct Case {
    ConflictPolicy policy;
    Posting posting;
    Minor revenue;
  };
  for (const Case& each : {Case{ConflictPolicy::quarantine, Posting::conflict, -1000},
                           Case{ConflictPolicy::first_wins, Posting::ignored, -1000},
                           Case{ConflictPolicy::last_wins, Posting::revised, -2000},
                           Case{ConflictPolicy::reject_permanent, Posting::conflict, -1000}}) {
    auto setup = books_setup();
    setup.idempotency.conflict_policy = each.policy;
    SmallBooks books(Mutant::none, setup);
    books.post(sale(books, 1));
    EXPECT_EQ(books.post(sale(books, 1, 2000)), each.posting);
    EXPECT_EQ(books.balance(Account::sales_revenue), each.revenue);
    EXPECT_EQ(books.rules.taken(Outcome::conflict_resolved_by_policy),
              each.policy != ConflictPolicy::quarantine ? 1u : 0u);
  }
}

TEST(MSG_04, EdgeTheLastOneWinsOnlyWhileTheFirstIsKeptWhole) {
  auto setup = books_setup();
  setup.idempotency = {.conflict_policy = ConflictPolicy::last_wins, .recent_bodies = 2};
  SmallBooks books(Mutant::none, setup);
  for (std::uint32_t number = 1; number <= 3; ++number) books.post(sale(books, number));
  EXPECT_EQ(books.post(sale(books, 1, 2000)), Posting::conflict) << "two newer ones are kept";
  EXPECT_EQ(books.post(sale(books, 3, 2000)), Posting::revised);
  EXPECT_EQ(books.post(sale(books, 3, 3000)), Posting::revised) << "what stands now is reversed, not the first";
  EXPECT_EQ(books.balance(Account::sales_revenue), -1000 - 1000 - 3000);
}

TEST(MSG_04, FailureAConflictTakenForARepeatSwallowsASale) {
  SmallBooks books(Mutant::conflict_taken_for_repeat);
  books.post(sale(books, 1));
  EXPECT_EQ(books.post(sale(books, 1, 2000)), Posting::duplicate);
  EXPECT_EQ(books.pool.live(), 1u) << "nobody has the second sale any more; the desk hears of the stock";
}

TEST(MSG_04, FailureARevisionThatIsAddedSellsTwice) {
  SmallBooks books(Mutant::revision_added);
  books.post(sale(books, 1));
  books.post(correction(books, Tender::cash, Tender::credit));
  EXPECT_EQ(books.balance(Account::sales_revenue), -2000);
  EXPECT_EQ(books.cell(kPiece).on_hand, -2);
}

TEST(MSG_05, EdgeANumberOlderThanTheWindowIsJudgedAsThePolicySays) {
  struct Case {
    LateLookup lookup;
    Posting posted, never_posted;
  };
  for (const Case& each : {Case{LateLookup::posted_index, Posting::duplicate, Posting::first},
                           Case{LateLookup::quarantine_late, Posting::set_aside, Posting::set_aside},
                           Case{LateLookup::none, Posting::first, Posting::first}}) {
    auto setup = books_setup();
    setup.dedupe_window = 64;
    setup.late_lookup = each.lookup;
    SmallBooks books(Mutant::none, setup);
    for (std::uint32_t number = 1; number <= 100; ++number)
      if (number != 7) books.post(sale(books, number));
    EXPECT_EQ(books.post(sale(books, 8)), each.posted);
    EXPECT_EQ(books.post(sale(books, 7)), each.never_posted);
    EXPECT_EQ(books.rules.taken(rule::DedupeWindow::Outcome::late_lookup_hit), 1u);
    EXPECT_EQ(books.rules.taken(rule::DedupeWindow::Outcome::late_lookup_miss), 1u);
    EXPECT_EQ(books.rules.taken(rule::DedupeWindow::Outcome::key_evicted), 99u - 64u + 1u);
  }
}

TEST(MSG_05, EdgeOfANumberOlderThanTheWindowTheRevisionIsKnown) {
  auto setup = books_setup();
  setup.dedupe_window = 64;
  SmallBooks books(Mutant::none, setup);
  const MessageId first = sale(books, 1), late = correction(books, Tender::cash, Tender::credit, 2);
  books.post(sale(books, 2));
  books.post(correction(books, Tender::cash, Tender::credit));  // of number 1, which waits somewhere
  for (std::uint32_t number = 3; number <= 200; ++number) books.post(sale(books, number));
  EXPECT_EQ(books.post(first), Posting::ignored) << "it stands corrected";
  EXPECT_EQ(books.post(correction(books, Tender::cash, Tender::credit)), Posting::duplicate);
  EXPECT_EQ(books.post(late), Posting::revised) << "no correction of number 2 has come before";
  EXPECT_EQ(books.post(correction(books, Tender::cash, Tender::credit, 2)), Posting::duplicate);
  EXPECT_EQ(books.post(sale(books, 2)), Posting::ignored);
  EXPECT_EQ(books.balance(Account::sales_revenue), -200 * 1000);
  EXPECT_EQ(books.balance(Account::card_clearing), 2 * 1075);
}

TEST(MSG_05, EdgeWhatSomebodyHasLookedUpPostsUnlessItWasPostedBefore) {
  auto setup = books_setup();
  setup.dedupe_window = 64;
  setup.late_lookup = LateLookup::quarantine_late;
  SmallBooks books(Mutant::none, setup);
  for (std::uint32_t number = 1; number <= 100; ++number)
    if (number != 7) books.post(sale(books, number));
  const auto send_on = [&](std::uint32_t number) {
    const MessageId id = sale(books, number);
    books.pool[id].set_aside_as = static_cast<std::uint8_t>(ExceptionType::late_key) + 1;
    return books.post(id);
  };
  EXPECT_EQ(send_on(8), Posting::duplicate);
  EXPECT_EQ(send_on(7), Posting::first);
  EXPECT_EQ(send_on(7), Posting::duplicate);
  EXPECT_EQ(books.balance(Account::sales_revenue), -100 * 1000);
}

}  // namespace
}  // namespace tillstorm::erp
