// MSG-02 and MSG-03: other keys than the business identity, and postings that are not one commit.
#include <gtest/gtest.h>

#include <set>

#include "engine/random_stream.h"
#include "erp/key_memory.h"
#include "erp/small_books.h"

namespace tillstorm::erp {
namespace {

using Outcome = rule::DedupeThenPost::Outcome;

SmallBooks books_with(KeySource source) {
  auto setup = books_setup();
  setup.idempotency.key_source = source;
  return SmallBooks(Mutant::none, setup);
}

SmallBooks books_with(Atomicity atomicity, Mutant mutant = Mutant::none) {
  auto setup = books_setup();
  setup.atomicity = atomicity;
  return SmallBooks(mutant, setup);
}

/// A ticket of a till under a number, paid so much, hashed.
MessageId ticket(SmallBooks& books, std::uint32_t number, Minor net = 1000, std::uint8_t keys_minted = 0) {
  const MessageId id = books.ticket(number);
  books.pool[id].ticket.net = net;
  books.pool[id].envelope.body_hash = mix64(static_cast<std::uint64_t>(net) << 20 | number);
  books.pool[id].keys_minted = keys_minted;
  return id;
}

TEST(MSG_02, HappyUnderItsBusinessIdentityASecondCopyIsARepeatWhateverMachineSentIt) {
  SmallBooks books;
  EXPECT_EQ(books.post(ticket(books, 1)), Posting::first);
  EXPECT_EQ(books.post(ticket(books, 1, 1000, 1)), Posting::duplicate);
}

TEST(MSG_02, EdgeAUuidKnowsItsCopiesAndTakesTwoTicketsOfOneNumberForTwo) {
  SmallBooks books = books_with(KeySource::client_uuid);
  EXPECT_EQ(books.post(ticket(books, 1)), Posting::first);
  EXPECT_EQ(books.post(ticket(books, 1)), Posting::duplicate);
  EXPECT_EQ(books.post(ticket(books, 1, 2000)), Posting::first) << "another till's ticket has a uuid of its own";
}

TEST(MSG_02, EdgeAUuidThatWasNotWrittenDownIsAnotherOneAfterACrash) {
  SmallBooks books = books_with(KeySource::client_uuid);
  books.post(ticket(books, 1));
  EXPECT_EQ(books.post(ticket(books, 1, 1000, 1)), Posting::first) << "posted twice";
  EXPECT_EQ(books.post(ticket(books, 1, 1000, 1)), Posting::duplicate);
  EXPECT_EQ(books.post(ticket(books, 1)), Posting::duplicate) << "the old one is known still";
}

TEST(MSG_02, EdgeANumberOfTheReceiversIsAnotherOneForWhatIsSentAgain) {
  SmallBooks books = books_with(KeySource::server_assigned);
  books.post(ticket(books, 1));
  EXPECT_EQ(books.post(ticket(books, 1)), Posting::duplicate) << "what the bus delivers again keeps it";
  EXPECT_EQ(books.post(ticket(books, 1, 1000, 1)), Posting::first);
}

TEST(MSG_02, EdgeByContentTheSamePurchaseAgainIsTakenForARepeat) {
  SmallBooks books = books_with(KeySource::content_hash);
  books.post(ticket(books, 1));
  EXPECT_EQ(books.post(ticket(books, 2)), Posting::duplicate) << "another customer who buys the same";
  EXPECT_EQ(books.post(ticket(books, 3, 2000)), Posting::first);
  EXPECT_EQ(books.post(books.goods(MessageType::goods_receipt, 1, {{kPiece, 1}}, kStore)), Posting::first);
  EXPECT_EQ(books.post(books.goods(MessageType::goods_receipt, 2, {{kPiece, 1}}, kStore)), Posting::first)
      << "documents have numbers";
}

TEST(MSG_02, EdgeOpaqueKeysAreForgottenOneByOne) {
  auto setup = books_setup();
  setup.idempotency.key_source = KeySource::client_uuid;
  setup.dedupe_window = 64;
  SmallBooks books(Mutant::none, setup);
  for (std::uint32_t number = 1; number <= 65; ++number) books.post(ticket(books, number));
  EXPECT_EQ(books.post(ticket(books, 2)), Posting::duplicate);
  EXPECT_EQ(books.post(ticket(books, 1)), Posting::first) << "64 keys are remembered, and nothing says that it is old";
}

TEST(MSG_02, EdgeTheMemoryIsASetOfItsNewestKeys) {
  RandomStream random(1, purpose_of("keys"), 0, 0);
  KeyMemory memory;
  std::vector<std::uint64_t> order;
  std::set<std::uint64_t> known;
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t key = 1 + random.below(400);
    ASSERT_EQ(memory.contains(key), known.count(key) != 0) << i;
    memory.insert(key, 100);
    if (!known.insert(key).second) continue;
    order.push_back(key);
    if (order.size() > 100) {
      known.erase(order.front());
      order.erase(order.begin());
    }
    ASSERT_EQ(memory.size(), order.size());
  }
}

TEST(MSG_03, HappyTheSecondOfTwoCopiesAtWorkAtOnceRollsBack) {
  SmallBooks books;
  books.post(ticket(books, 1));
  EXPECT_EQ(books.store.receive(books.c, ticket(books, 1), true), Posting::duplicate);
  EXPECT_EQ(books.rules.taken(Outcome::race_rolled_back), 1U);
  EXPECT_EQ(books.rules.taken(Outcome::duplicate_answered), 1U);
}

TEST(MSG_03, EdgeCheckedWhenItsWorkBeganBothPost) {
  SmallBooks books = books_with(Atomicity::check_then_post);
  books.post(ticket(books, 1));
  EXPECT_EQ(books.store.receive(books.c, ticket(books, 1), true), Posting::first);
  EXPECT_EQ(books.post(ticket(books, 1)), Posting::duplicate) << "a copy that comes later is known";
}

TEST(MSG_03, EdgePostedBeforeItIsRememberedItPostsAgainAfterACrash) {
  SmallBooks books = books_with(Atomicity::post_then_mark);
  EXPECT_EQ(books.store.commit_torn(books.c, ticket(books, 1)), Posting::first);
  EXPECT_EQ(books.post(ticket(books, 1)), Posting::first);
  EXPECT_EQ(books.cell(kPiece).on_hand, -2);
  EXPECT_EQ(books.store.commit_torn(books.c, ticket(books, 1)), Posting::ignored) << "now it is known";
}

TEST(MSG_03, EdgeRememberedBeforeItIsPostedItNeverPostsAfterACrash) {
  SmallBooks books = books_with(Atomicity::mark_then_post);
  EXPECT_EQ(books.store.commit_torn(books.c, ticket(books, 1)), Posting::ignored);
  EXPECT_EQ(books.post(ticket(books, 1)), Posting::duplicate);
  EXPECT_EQ(books.cell(kPiece).on_hand, 0);
}

TEST(MSG_03, FailureALookUpThatIsNotRepeatedAtTheCommitPostsTwice) {
  SmallBooks books(Mutant::checked_before_posted);
  books.post(ticket(books, 1));
  EXPECT_EQ(books.store.receive(books.c, ticket(books, 1), true), Posting::first);
}

}  // namespace
}  // namespace tillstorm::erp
