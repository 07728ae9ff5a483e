// MSG-16: what becomes of messages when the ingress of a place is wrong.
#include <gtest/gtest.h>

#include <vector>

#include "integration/ingress.h"

namespace tillstorm::integration {
namespace {

struct Place {
  Kernel kernel{1, Time{0}};
  MessagePool pool;
  RuleBook rules;
  FaultTally faults{1};
  Context c{kernel, pool, rules, faults};
  Ingress ingress{1, 7};
  IngressSettings settings;

  explicit Place(Mutant mutant = Mutant::none) : rules(mutant) {}

  void receive(std::uint32_t sequence, Date date = Date{20'000}) {
    const MessageId id = pool.create(MessageType::ticket);
    pool[id].envelope.source_sequence = sequence;
    pool[id].envelope.business_date = date;
    ingress.take(c, settings, id);
  }
  /// Everything that can be posted now.
  std::vector<Envelope> line() {
    std::vector<Envelope> envelopes;
    for (MessageId id = ingress.next(c); id != kNoMessage; id = ingress.next(c)) {
      envelopes.push_back(pool[id].envelope);
      pool.release(id);
    }
    return envelopes;
  }
};

TEST(MSG_16, FailureTheMessageThatFillsABatchMustNotFallBetweenTwo) {
  for (const Mutant mutant : {Mutant::none, Mutant::full_batch_drops_last}) {
    Place place(mutant);
    place.settings.posting.mode = PostingMode::microbatch;
    place.settings.posting.micro_batch_max_messages = 2;
    place.receive(1);
    place.receive(2);
    EXPECT_EQ(place.line().size(), mutant == Mutant::none ? 2u : 1u);
  }
}

TEST(MSG_16, FailureARunStampedWithOneDateMovesTheSalesOfTheNextDay) {
  for (const Mutant mutant : {Mutant::none, Mutant::batch_stamps_one_date}) {
    Place place(mutant);
    place.settings.posting.mode = PostingMode::batch;
    place.receive(1, Date{20'000});
    place.receive(2, Date{20'001});
    place.ingress.cut(place.c);
    EXPECT_EQ(place.line().at(1).business_date, Date{mutant == Mutant::none ? 20'001 : 20'000});
  }
}

TEST(MSG_16, FailureABatchOfWhatWasPostedOneByOnePostsItTwice) {
  for (const Mutant mutant : {Mutant::none, Mutant::batch_posts_singles_again}) {
    Place place(mutant);
    place.settings.posting.mode = PostingMode::batch;
    for (const std::uint32_t sequence : {1U, 2U}) place.receive(sequence);
    place.ingress.cut(place.c);
    EXPECT_EQ(place.line().size(), mutant == Mutant::none ? 2u : 4u);
  }
}

}  // namespace
}  // namespace tillstorm::integration
