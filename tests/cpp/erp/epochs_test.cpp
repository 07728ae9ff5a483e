#include "erp/epochs.h"

#include <gtest/gtest.h>

#include "small_books.h"

namespace tillstorm::erp {
namespace {

using Outcome = rule::SequenceEpoch::Outcome;

struct BooksOfEpochs : SmallBooks {
  explicit BooksOfEpochs(Mutant mutant = Mutant::none, const Setup& with = books_setup()) : SmallBooks(mutant, with) {}
  Posting ticket_of(std::uint32_t epoch, std::uint32_t number, std::uint32_t previous_last = 0) {
    const MessageId id = ticket(number);
    pool[id].envelope.epoch = epoch;
    pool[id].ticket.previous_last = previous_last;
    return post(id);
  }
};

TEST(MSG_08, HappyNumberOneAfterTheHighestIsTheNextTicket) {
  BooksOfEpochs books;
  EXPECT_EQ(books.ticket_of(0, 1), Posting::first);
  EXPECT_EQ(books.ticket_of(0, 9999), Posting::first);
  EXPECT_EQ(books.ticket_of(1, 1, 9999), Posting::first);
  EXPECT_EQ(books.ticket_of(1, 1, 9999), Posting::duplicate);
  EXPECT_EQ(books.rules.taken(Outcome::rolled_over), 1U);
  EXPECT_EQ(books.rules.taken(Outcome::same_epoch), 3U);
}

TEST(MSG_08, HappyATillThatIsInstalledAnewStartsAgain) {
  BooksOfEpochs books;
  books.ticket_of(0, 1);
  books.ticket_of(0, 2);
  EXPECT_EQ(books.ticket_of(1, 1, 2), Posting::first);
  EXPECT_EQ(books.rules.taken(Outcome::reinstalled), 1U);
}

TEST(MSG_08, EdgeTheLastStatedNumberMayStillComeAndTheOneBehindItNot) {
  BooksOfEpochs books;
  books.ticket_of(0, 1);
  books.ticket_of(1, 1, 3);
  EXPECT_EQ(books.ticket_of(0, 3), Posting::first);
  EXPECT_EQ(books.rules.taken(Outcome::old_epoch_fill), 1U);
  EXPECT_EQ(books.ticket_of(0, 3), Posting::duplicate) << "known by now";
  EXPECT_EQ(books.ticket_of(0, 4), Posting::set_aside);
  EXPECT_EQ(books.rules.taken(Outcome::epoch_conflict), 1U);
}

TEST(MSG_08, EdgeOfAnEpochThatIsLongOverNothingIsPostedAnyMore) {
  BooksOfEpochs books;
  books.ticket_of(0, 2);
  for (std::uint32_t epoch = 1; epoch <= 64; ++epoch) books.ticket_of(epoch, 1, epoch == 1 ? 2 : 1);
  EXPECT_EQ(books.ticket_of(0, 1), Posting::first);
  books.ticket_of(65, 1, 1);
  EXPECT_EQ(books.ticket_of(0, 2), Posting::set_aside);
}

TEST(MSG_08, EdgeAWindowOfNumbersIsRememberedAcrossEpochs) {
  BooksOfEpochs books;
  const std::uint32_t window = books_setup().dedupe_window;
  books.ticket_of(0, 1);
  books.ticket_of(1, 1, 1);
  books.ticket_of(1, window, 0);
  books.ticket_of(2, 1, window);
  EXPECT_EQ(books.ticket_of(1, 1), Posting::duplicate);
  EXPECT_EQ(books.ticket_of(0, 1), Posting::set_aside) << "more than a window ago";
}

TEST(MSG_08, EdgeAnEpochMayBeHeardOfBeforeTheOneBeforeIt) {
  BooksOfEpochs books;
  books.ticket_of(0, 1);
  EXPECT_EQ(books.ticket_of(2, 1, 2), Posting::first);
  EXPECT_EQ(books.ticket_of(1, 2), Posting::first);
  EXPECT_EQ(books.ticket_of(1, 1, 1), Posting::first);
  EXPECT_EQ(books.ticket_of(1, 1, 1), Posting::duplicate);
  EXPECT_EQ(books.ticket_of(1, 3), Posting::set_aside);
  EXPECT_EQ(books.ticket_of(0, 2), Posting::set_aside) << "its epoch is said to have ended at 1";
}

TEST(MSG_08, EdgeWhatSomebodyHasLookedAtIsPosted) {
  BooksOfEpochs books;
  books.ticket_of(0, 2);
  books.ticket_of(1, 1, 2);
  EXPECT_EQ(books.ticket_of(0, 3), Posting::set_aside);
  const MessageId id = books.ticket(3);
  books.pool[id].set_aside_as = 1;
  EXPECT_EQ(books.post(id), Posting::first);
}

TEST(MSG_08, EdgeByEventTimeANewTicketUnderAKnownNumberStartsAgain) {
  erp::Setup setup = books_setup();
  setup.sequence.compare = SequenceCompare::event_time;
  BooksOfEpochs books(Mutant::none, setup);
  const auto comes = [&](std::uint32_t number, Duration at) {
    const MessageId id = books.ticket(number);
    books.pool[id].envelope.event_time = Time{} + at;
    return books.post(id);
  };
  EXPECT_EQ(comes(1, kHour), Posting::first);
  EXPECT_EQ(comes(9999, 2 * kHour), Posting::first);
  EXPECT_EQ(comes(9999, 2 * kHour), Posting::duplicate);
  EXPECT_EQ(comes(1, 3 * kHour), Posting::first);
  EXPECT_EQ(books.rules.taken(Outcome::rolled_over), 1U);
}

TEST(MSG_08, FailureNumbersAloneTakeEveryTicketAfterARolloverForARepeat) {
  erp::Setup setup = books_setup();
  setup.sequence.compare = SequenceCompare::number_only;
  BooksOfEpochs by_choice(Mutant::none, setup), by_mistake(Mutant::epochs_not_compared);
  for (BooksOfEpochs* books : {&by_choice, &by_mistake}) {
    books->ticket_of(0, 1);
    EXPECT_EQ(books->ticket_of(1, 1, 1), Posting::duplicate);
  }
}

TEST(MSG_08, FailureRefusingEveryOldEpochSetsAsideWhatWasMissing) {
  BooksOfEpochs books(Mutant::old_epoch_refused);
  books.ticket_of(0, 1);
  books.ticket_of(1, 1, 3);
  EXPECT_EQ(books.ticket_of(0, 3), Posting::set_aside);
}

}  // namespace
}  // namespace tillstorm::erp
