// MSG-16: when what has arrived is posted.
#include "integration/ingress.h"

#include <gtest/gtest.h>

#include "messages/event_kind.h"

namespace tillstorm::integration {
namespace {

/// An ingress at a site of its own; `due` notes when its batches ask to be run.
struct Desk {
  Kernel kernel{1, Time{0}};
  MessagePool pool;
  RuleBook rules;
  Context c{kernel, pool, rules};
  Ingress ingress;
  IngressSettings settings;
  std::vector<Time> due;

  MessageId arrives(std::uint32_t sequence) {
    const MessageId id = pool.create(MessageType::ticket);
    pool[id].envelope.source_sequence = sequence;
    return id;
  }
  void dispatch(const Event& event) {
    if (ingress.is_due(event.payload)) due.push_back(event.time);
  }
};

TEST(Ingress, RealTimePostsAtOnce) {
  Desk desk;
  EXPECT_TRUE(desk.ingress.take(desk.c, desk.settings, desk.arrives(1)));
  EXPECT_EQ(desk.ingress.held(), 0u);
}

TEST(Ingress, BatchWaitsForTheNextCut) {
  Desk desk;
  desk.settings.posting.mode = PostingMode::batch;
  desk.settings.posting.interval_minutes = 15;
  desk.kernel.now = Time{0} + 20 * kMinute;
  EXPECT_FALSE(desk.ingress.take(desk.c, desk.settings, desk.arrives(1)));
  EXPECT_FALSE(desk.ingress.take(desk.c, desk.settings, desk.arrives(2)));
  run(desk.kernel, desk, kNever);
  ASSERT_EQ(desk.due.size(), 1u);
  EXPECT_EQ(desk.due[0], Time{0} + 30 * kMinute);
}

TEST(Ingress, AMessageReceivedExactlyAtACutBelongsToIt) {
  Desk desk;
  desk.settings.posting.mode = PostingMode::batch;
  desk.settings.posting.interval_minutes = 15;
  desk.kernel.now = Time{0} + 30 * kMinute;
  EXPECT_FALSE(desk.ingress.take(desk.c, desk.settings, desk.arrives(1)));
  run(desk.kernel, desk, kNever);
  ASSERT_EQ(desk.due.size(), 1u);
  EXPECT_EQ(desk.due[0], Time{0} + 30 * kMinute);
}

TEST(Ingress, MicroBatchIsFlushedByCount) {
  Desk desk;
  desk.settings.posting.mode = PostingMode::microbatch;
  desk.settings.posting.micro_batch_max_messages = 3;
  EXPECT_FALSE(desk.ingress.take(desk.c, desk.settings, desk.arrives(1)));
  EXPECT_FALSE(desk.ingress.take(desk.c, desk.settings, desk.arrives(2)));
  EXPECT_TRUE(desk.ingress.take(desk.c, desk.settings, desk.arrives(3)));
  EXPECT_EQ(desk.ingress.release(desk.c).size(), 3u);
  run(desk.kernel, desk, kNever);
  EXPECT_TRUE(desk.due.empty()) << "the timer of a batch that is gone means nothing";
}

TEST(Ingress, MicroBatchIsFlushedByTheAgeOfItsFirstMessage) {
  Desk desk;
  desk.settings.posting.mode = PostingMode::microbatch;
  desk.settings.posting.micro_batch_max_seconds = 30;
  EXPECT_FALSE(desk.ingress.take(desk.c, desk.settings, desk.arrives(1)));
  run(desk.kernel, desk, Time{0} + 10 * kSecond);
  EXPECT_FALSE(desk.ingress.take(desk.c, desk.settings, desk.arrives(2)));
  run(desk.kernel, desk, kNever);
  ASSERT_EQ(desk.due.size(), 1u);
  EXPECT_EQ(desk.due[0], Time{0} + 30 * kSecond);
}

TEST(Ingress, ARunIsInTheOrderOfTheSource) {
  Desk desk;
  desk.settings.posting.mode = PostingMode::batch;
  for (const std::uint32_t sequence : {3U, 1U, 2U})
    EXPECT_FALSE(desk.ingress.take(desk.c, desk.settings, desk.arrives(sequence)));
  std::vector<std::uint32_t> order;
  for (const MessageId id : desk.ingress.release(desk.c)) order.push_back(desk.pool[id].envelope.source_sequence);
  EXPECT_EQ(order, (std::vector<std::uint32_t>{1, 2, 3}));
  EXPECT_EQ(desk.ingress.held(), 0u);
}

}  // namespace
}  // namespace tillstorm::integration
