// MSG-14: what a message waits for, in which order it is let go, and what becomes of it if nothing comes.
#include <gtest/gtest.h>

#include <array>

#include "erp/small_books.h"

namespace tillstorm::erp {
namespace {

using Outcome = rule::DependentWaits::Outcome;

/// Posts what no longer waits; returns what became of each.
std::vector<Posting> release(SmallBooks& books) {
  books.kernel.act_as(books.setup.addresses.partition(kStore));
  std::vector<Posting> postings;
  while (books.store.next_ready() != kNoMessage) postings.push_back(books.store.release_ready(books.c));
  return postings;
}

/// Books of a store that has ordered: its document 1 is not loaded yet.
struct Ordered : SmallBooks {
  explicit Ordered(const Setup& with = books_setup(), Mutant mutant = Mutant::none) : SmallBooks(mutant, with) {
    review(1);
    EXPECT_EQ(store.open_orders(), 1u);
  }
};

MessageId receipt(SmallBooks& books, std::uint32_t number = 1) {
  const MessageId id = books.goods(MessageType::goods_receipt, number, {{kPiece, 5}}, kStore);
  books.pool[id].goods.document = 1;
  return id;
}

/// The DC's dispatch of document 1, line by line what was ordered.
void load(SmallBooks& books) {
  const MessageId dispatch = books.pool.copy(books.sent.front());
  books.pool[dispatch].envelope.type = MessageType::dispatch;
  books.kernel.act_as(books.setup.addresses.partition(kStore));
  books.store.loaded(books.c, dispatch);
}

TEST(MSG_14, HappyAReceiptWaitsForItsDispatch) {
  Ordered books;
  const std::int32_t before = books.cell(kPiece).on_hand;
  EXPECT_EQ(books.post(receipt(books)), Posting::parked);
  EXPECT_EQ(books.cell(kPiece).on_hand, before);
  EXPECT_TRUE(release(books).empty());
  load(books);
  EXPECT_EQ(release(books), std::vector{Posting::released});
  EXPECT_EQ(books.cell(kPiece).on_hand, before + 5);
  EXPECT_EQ(books.rules.taken(Outcome::parked_then_released), 1u);
  EXPECT_TRUE(books.store.waiting().empty());
}

/// A dependency made for the test: a message that names a ticket of its till, as a return will.
constexpr std::array kReturnNeedsItsSale{Dependency{
    MessageType::number_void, MessageType::ticket,
    [](const Message& m) { return ticket_reference(m.envelope.terminal, m.numbers.first); }, Dependency::By::number}};

struct WithReturns : SmallBooks {
  explicit WithReturns(Mutant mutant = Mutant::none) : SmallBooks(mutant, setup_of()) {}
  static Setup setup_of() {
    auto with = books_setup();
    with.dependencies = Dependencies(kReturnNeedsItsSale);
    return with;
  }
  MessageId returned(std::uint32_t number, std::uint32_t sale, std::uint16_t till = 0) {
    const MessageId id = message(MessageType::number_void, number, {});
    pool[id].envelope.terminal = till;
    pool[id].numbers.first = sale;
    return id;
  }
};

TEST(MSG_14, HappyAReturnWaitsForItsSaleAndFollowsIt) {
  WithReturns books;
  EXPECT_EQ(books.post(books.returned(8, 5)), Posting::parked);
  EXPECT_EQ(books.post(books.ticket(4)), Posting::first);
  EXPECT_TRUE(release(books).empty()) << "another ticket";
  EXPECT_EQ(books.post(books.ticket(5, 1)), Posting::first);
  EXPECT_TRUE(release(books).empty()) << "the same number of another till";
  EXPECT_EQ(books.post(books.ticket(5)), Posting::first);
  EXPECT_EQ(release(books), std::vector{Posting::released});
  EXPECT_EQ(books.rules.taken(Outcome::parked_then_released), 1u);
}

TEST(MSG_14, EdgeAReturnWhoseSaleIsThereOrThatNamesNoneIsPostedAtOnce) {
  WithReturns books;
  books.post(books.ticket(5));
  EXPECT_EQ(books.post(books.returned(8, 5)), Posting::first);
  EXPECT_EQ(books.post(books.returned(9, 0)), Posting::first) << "without a receipt";
}

TEST(MSG_14, EdgeReturnsOfOneSaleAreLetGoInTheOrderInWhichTheyHappened) {
  WithReturns books;
  const MessageId later = books.returned(9, 5), earlier = books.returned(8, 5);
  books.pool[later].envelope.event_time = books.kernel.now + kMinute;
  EXPECT_EQ(books.post(later), Posting::parked);
  EXPECT_EQ(books.post(earlier), Posting::parked);
  books.post(books.ticket(5));
  EXPECT_EQ(books.store.next_ready(), earlier);
  EXPECT_EQ(release(books).size(), 2u);
}

TEST(MSG_14, FailureAReturnThatDoesNotWaitIsPostedBeforeItsSale) {
  WithReturns books(Mutant::predecessor_not_awaited);
  EXPECT_EQ(books.post(books.returned(8, 5)), Posting::first);
}

TEST(MSG_14, HappyAReceiptWhoseDispatchIsThereIsPostedAtOnce) {
  Ordered books;
  load(books);
  EXPECT_EQ(books.post(receipt(books)), Posting::first);
  EXPECT_EQ(books.rules.taken(Outcome::predecessor_present), 1u);
}

TEST(MSG_14, EdgeARepeatOfWhatWaitsChangesNothing) {
  Ordered books;
  books.post(receipt(books));
  EXPECT_EQ(books.post(receipt(books)), Posting::parked);
  EXPECT_EQ(books.store.waiting().size(), 1u);
  load(books);
  EXPECT_EQ(release(books).size(), 1u);
  EXPECT_EQ(books.post(receipt(books)), Posting::duplicate);
}

TEST(MSG_14, EdgeThoseThatWaitAreLetGoInOrderOfEventTimeAndSequence) {
  MessagePool pool;
  WaitingRoom room;
  const auto message = [&](std::int64_t at, std::uint32_t sequence) {
    const MessageId id = pool.create(MessageType::ticket);
    pool[id].envelope.event_time = Time{at};
    pool[id].envelope.source_sequence = sequence;
    return id;
  };
  const MessageId second = message(7, 2), third = message(9, 1), first = message(7, 1), other = message(1, 9);
  const Need need{Need::Kind::item, 4};
  for (const MessageId id : {second, third, first}) room.park(id, need, Time{10});
  room.park(other, {Need::Kind::item, 5}, Time{10});
  std::vector<Ready> ready;
  room.release(pool, ready, [&](const Parked& each) { return each.need == need; });
  ASSERT_EQ(ready.size(), 3u);
  EXPECT_EQ(ready[0].message, first);
  EXPECT_EQ(ready[1].message, second);
  EXPECT_EQ(ready[2].message, third);
  EXPECT_EQ(room.size(), 1u);
}

TEST(MSG_14, EdgeWhatWaitedInVainTakesTheExpiryPolicy) {
  struct Case {
    ExpiryPolicy policy;
    Posting posting;
    Outcome outcome;
  };
  for (const Case& each :
       {Case{ExpiryPolicy::post_unreferenced, Posting::released, Outcome::expired_posted_unreferenced},
        Case{ExpiryPolicy::quarantine, Posting::set_aside, Outcome::expired_quarantined},
        Case{ExpiryPolicy::reject, Posting::set_aside, Outcome::expired_quarantined}}) {
    auto setup = books_setup();
    setup.dependency.expiry_policy = each.policy;
    Ordered books(setup);
    books.post(receipt(books));
    books.store.wait_over(books.c, 1);
    EXPECT_EQ(release(books), std::vector{each.posting});
    EXPECT_EQ(books.rules.taken(each.outcome), 1u);
    books.store.wait_over(books.c, 1);
    EXPECT_TRUE(release(books).empty()) << "it waits no more";
    load(books);
    EXPECT_EQ(books.rules.taken(Outcome::linked_after_expiry), each.posting == Posting::released ? 1u : 0u);
  }
}

TEST(MSG_14, EdgeATicketWaitsForItsItemUntilTheMasterIsThere) {
  auto setup = books_setup();
  SmallBooks at_noon;
  setup.master_gaps = {{at_noon.kernel.now, at_noon.kernel.now + kHour, 0, {0, 1, 0}}};
  SmallBooks books(Mutant::none, setup);
  EXPECT_EQ(books.post(books.ticket(1)), Posting::first);
  EXPECT_EQ(books.post(books.ticket(2, 0, {{kPiece, 1}, {kPack, 6}})), Posting::parked);
  EXPECT_EQ(books.post(books.ticket(3)), Posting::first) << "others of its till do not wait";
  books.kernel.now = setup.master_gaps[0].until;
  books.store.masters_arrive(books.c, 0);
  EXPECT_EQ(release(books), std::vector{Posting::released});
  EXPECT_EQ(books.rules.taken(Outcome::item_missing_then_released), 1u);
  EXPECT_EQ(books.cell(kPack).on_hand, -6);
  EXPECT_EQ(books.post(books.ticket(4, 0, {{kPack, 6}})), Posting::first);
}

TEST(MSG_14, EdgeWhatSomebodyHasSentOnMeanwhileIsWhatWaits) {
  auto setup = books_setup();
  SmallBooks at_noon;
  setup.master_gaps = {{at_noon.kernel.now, at_noon.kernel.now + kHour, 0, {0, 1, 0}}};
  setup.dedupe_window = 64;
  setup.late_lookup = LateLookup::quarantine_late;
  for (const bool is_sent_on : {false, true}) {
    SmallBooks books(Mutant::none, setup);
    const MessageId waits = books.ticket(1, 0, {{kPack, 6}}), sent_on = books.pool.copy(waits);
    EXPECT_EQ(books.post(waits), Posting::parked);
    if (is_sent_on) {  // the answer was lost, it was set aside, and somebody has sent it on
      books.pool[sent_on].set_aside_as = static_cast<std::uint8_t>(ExceptionType::dead_letter) + 1;
      books.pool.retain(waits);  // it is still kept as it was first set aside
      EXPECT_EQ(books.post(sent_on), Posting::parked);
      EXPECT_EQ(books.pool[waits].set_aside_as, 0) << "nobody has sent on that one";
    }
    for (std::uint32_t number = 2; number <= 100; ++number) books.post(books.ticket(number));
    books.kernel.now = setup.master_gaps[0].until;
    books.store.masters_arrive(books.c, 0);
    EXPECT_EQ(release(books), std::vector{is_sent_on ? Posting::released : Posting::set_aside});
    EXPECT_EQ(books.cell(kPack).on_hand, is_sent_on ? -6 : 0);
  }
}

TEST(MSG_14, EdgeWhatSomebodyHasSentOnWithoutItsPredecessorWaitsForItsItemAlone) {
  auto setup = books_setup();
  const Time noon = SmallBooks().kernel.now;
  setup.master_gaps = {{noon + kHour, noon + 2 * kHour, 0, {1, 0, 0}}};
  Ordered books(setup);
  EXPECT_EQ(books.post(receipt(books)), Posting::parked);  // for its dispatch
  books.kernel.now = noon + kHour;
  const MessageId sent_on = receipt(books);
  books.pool[sent_on].set_aside_as = static_cast<std::uint8_t>(ExceptionType::dead_letter) + 1;
  EXPECT_EQ(books.post(sent_on), Posting::parked);
  ASSERT_EQ(books.store.waiting().size(), 1u);
  EXPECT_EQ(books.store.waiting().parked().front().need.kind, Need::Kind::item);
  books.store.wait_over(books.c, 1);
  EXPECT_TRUE(release(books).empty()) << "the dispatch is no longer what it waits for";
  books.kernel.now = noon + 2 * kHour;
  books.store.masters_arrive(books.c, 0);
  EXPECT_EQ(release(books), std::vector{Posting::released});
  load(books);
  EXPECT_TRUE(release(books).empty());
}

TEST(MSG_14, EdgeOfTwoBodiesUnderOneKeyBothWaitAndTheFirstPostsFirst) {
  auto setup = books_setup();
  SmallBooks at_noon;
  setup.master_gaps = {{at_noon.kernel.now, at_noon.kernel.now + kHour, 0, {1, 1, 1}}};
  SmallBooks books(Mutant::none, setup);
  const MessageId first = books.ticket(1), second = books.ticket(1);
  books.pool[second].envelope.body_hash = 0xabcdef0000;
  EXPECT_EQ(books.post(first), Posting::parked);
  EXPECT_EQ(books.post(second), Posting::parked);
  EXPECT_EQ(books.store.waiting().size(), 2u);
  books.kernel.now = setup.master_gaps[0].until;
  books.store.masters_arrive(books.c, 0);
  EXPECT_EQ(release(books), (std::vector{Posting::released, Posting::conflict}));
}

TEST(MSG_14, EdgeAFullWaitingRoomHandsFurtherOnesBack) {
  auto setup = books_setup();
  setup.dependency.max_parked = 1;
  Ordered books(setup);
  EXPECT_EQ(books.post(receipt(books, 1)), Posting::parked);
  EXPECT_EQ(books.post(receipt(books, 2)), Posting::set_aside);
}

TEST(MSG_14, FailureAReceiptThatDoesNotWaitComesOutOfNowhere) {
  Ordered books(books_setup(), Mutant::predecessor_not_awaited);
  EXPECT_EQ(books.post(receipt(books)), Posting::first);
  EXPECT_LT(books.balance(Account::goods_in_transit), 0) << "received what was never on its way";
}

TEST(MSG_14, FailureAnOrphanThatIsDiscardedNeverPosts) {
  Ordered books(books_setup(), Mutant::orphan_discarded);
  EXPECT_EQ(books.post(receipt(books)), Posting::duplicate);
  load(books);
  EXPECT_TRUE(release(books).empty());
}

}  // namespace
}  // namespace tillstorm::erp
