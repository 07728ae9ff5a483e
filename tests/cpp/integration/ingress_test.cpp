// MSG-16: when what has arrived is posted. OFFLINE-02: what the middleware keeps while the ERP cannot take it.
#include "integration/ingress.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "messages/event_kind.h"

namespace tillstorm::integration {
namespace {

using Taken = Ingress::Taken;
using Absorbed = rule::ErpLossAbsorbed::Outcome;

/// An ingress at a site of its own; `due` notes when its batches ask to be run.
struct Desk {
  Kernel kernel{1, Time{0}};
  MessagePool pool;
  RuleBook rules;
  FaultTally faults{1};
  Context c{kernel, pool, rules, faults};
  Ingress ingress{1, 7};
  IngressSettings settings;
  std::vector<Time> due, posted_at;
  std::vector<std::uint32_t> posted;

  MessageId arrives(std::uint32_t sequence) {
    const MessageId id = pool.create(MessageType::ticket);
    pool[id].envelope.source_sequence = sequence;
    return id;
  }
  void dispatch(const Event& event) {
    if (static_cast<EventKind>(event.kind()) == EventKind::handover_goes_on) {
      if (ingress.goes_on(c, event.payload)) post_line();
    } else if (ingress.is_due(event.payload)) {
      due.push_back(event.time);
    }
  }
  /// A message arrives and is posted as far as it may be.
  void receive(std::uint32_t sequence) {
    const MessageId id = arrives(sequence);
    switch (ingress.take(c, settings, id)) {
      case Taken::post_now:
        return post(id);
      case Taken::in_line:
        return post_line();
      case Taken::held:
        return;
    }
  }
  void post_line() {
    for (MessageId id = ingress.next(c); id != kNoMessage; id = ingress.next(c)) post(id);
  }
  void post(MessageId id) {
    posted.push_back(pool[id].envelope.source_sequence);
    posted_at.push_back(kernel.now);
    pool.release(id);
  }
  void set(Knob FaultKnobs::*knob, std::int64_t value) {
    FaultKnobs knobs;
    knobs.any = value != 0;
    knobs.*knob = {value, 0};
    knobs.retry_after = kMinute;
    ingress.set_faults(c, knobs);
    post_line();
  }
  std::uint64_t count(FaultEffect effect) const { return faults.of(0, effect); }
  std::uint64_t taken(rule::ErpLossAbsorbed::Outcome outcome) const { return rules.taken(outcome); }
};

TEST(MSG_16, HappyRealTimePostsAtOnce) {
  Desk desk;
  EXPECT_EQ(desk.ingress.take(desk.c, desk.settings, desk.arrives(1)), Taken::post_now);
  EXPECT_EQ(desk.ingress.held(), 0u);
}

TEST(MSG_16, HappyBatchWaitsForTheNextCut) {
  Desk desk;
  desk.settings.posting.mode = PostingMode::batch;
  desk.settings.posting.interval_minutes = 15;
  desk.kernel.now = Time{0} + 20 * kMinute;
  EXPECT_EQ(desk.ingress.take(desk.c, desk.settings, desk.arrives(1)), Taken::held);
  EXPECT_EQ(desk.ingress.take(desk.c, desk.settings, desk.arrives(2)), Taken::held);
  run(desk.kernel, desk, kNever);
  ASSERT_EQ(desk.due.size(), 1u);
  EXPECT_EQ(desk.due[0], Time{0} + 30 * kMinute);
}

TEST(MSG_16, EdgeAMessageReceivedExactlyAtACutBelongsToIt) {
  Desk desk;
  desk.settings.posting.mode = PostingMode::batch;
  desk.settings.posting.interval_minutes = 15;
  desk.kernel.now = Time{0} + 30 * kMinute;
  EXPECT_EQ(desk.ingress.take(desk.c, desk.settings, desk.arrives(1)), Taken::held);
  run(desk.kernel, desk, kNever);
  ASSERT_EQ(desk.due.size(), 1u);
  EXPECT_EQ(desk.due[0], Time{0} + 30 * kMinute);
}

TEST(MSG_16, HappyMicroBatchIsFlushedByCount) {
  Desk desk;
  desk.settings.posting.mode = PostingMode::microbatch;
  desk.settings.posting.micro_batch_max_messages = 3;
  EXPECT_EQ(desk.ingress.take(desk.c, desk.settings, desk.arrives(1)), Taken::held);
  EXPECT_EQ(desk.ingress.take(desk.c, desk.settings, desk.arrives(2)), Taken::held);
  EXPECT_EQ(desk.ingress.take(desk.c, desk.settings, desk.arrives(3)), Taken::in_line);
  EXPECT_EQ(desk.ingress.in_line(), 3u);
  run(desk.kernel, desk, kNever);
  EXPECT_TRUE(desk.due.empty()) << "the timer of a batch that is gone means nothing";
}

TEST(MSG_16, EdgeMicroBatchIsFlushedByTheAgeOfItsFirstMessage) {
  Desk desk;
  desk.settings.posting.mode = PostingMode::microbatch;
  desk.settings.posting.micro_batch_max_seconds = 30;
  EXPECT_EQ(desk.ingress.take(desk.c, desk.settings, desk.arrives(1)), Taken::held);
  run(desk.kernel, desk, Time{0} + 10 * kSecond);
  EXPECT_EQ(desk.ingress.take(desk.c, desk.settings, desk.arrives(2)), Taken::held);
  run(desk.kernel, desk, kNever);
  ASSERT_EQ(desk.due.size(), 1u);
  EXPECT_EQ(desk.due[0], Time{0} + 30 * kSecond);
}

TEST(MSG_16, EdgeARunIsInTheOrderOfTheSource) {
  Desk desk;
  desk.settings.posting.mode = PostingMode::batch;
  for (const std::uint32_t sequence : {3U, 1U, 2U})
    EXPECT_EQ(desk.ingress.take(desk.c, desk.settings, desk.arrives(sequence)), Taken::held);
  desk.ingress.cut(desk.c);
  desk.post_line();
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{1, 2, 3}));
  EXPECT_EQ(desk.ingress.held(), 0u);
}

TEST(OFFLINE_02, HappyKeepsWhatComesWhileTheErpIsDownAndHandsItOverInOrder) {
  Desk desk;
  desk.receive(1);
  desk.set(&FaultKnobs::stopped, 1);
  for (const std::uint32_t sequence : {2U, 3U, 4U}) desk.receive(sequence);
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(desk.ingress.held(), 3u);
  EXPECT_EQ(desk.count(FaultEffect::buffered), 3u);
  desk.set(&FaultKnobs::stopped, 0);
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{1, 2, 3, 4}));
  EXPECT_EQ(desk.taken(Absorbed::buffered), 3u);
  EXPECT_EQ(desk.taken(Absorbed::drained_in_order), 3u);
  EXPECT_EQ(desk.pool.live(), 0u);
}

TEST(OFFLINE_02, EdgeABatchThatIsDueWhileTheErpIsDownWaitsInLine) {
  Desk desk;
  desk.settings.posting.mode = PostingMode::batch;
  desk.set(&FaultKnobs::stopped, 1);
  for (const std::uint32_t sequence : {2U, 1U}) desk.receive(sequence);
  desk.ingress.cut(desk.c);
  desk.post_line();
  EXPECT_TRUE(desk.posted.empty());
  desk.set(&FaultKnobs::stopped, 0);
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{1, 2}));
}

TEST(OFFLINE_02, EdgeASlowErpTakesOneAfterAnother) {
  Desk desk;
  desk.set(&FaultKnobs::erp_service, (10 * kSecond).us);
  for (const std::uint32_t sequence : {1U, 2U, 3U}) desk.receive(sequence);
  run(desk.kernel, desk, kNever);
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{1, 2, 3}));
  EXPECT_EQ(desk.posted_at,
            (std::vector<Time>{Time{0} + 10 * kSecond, Time{0} + 20 * kSecond, Time{0} + 30 * kSecond}));
  EXPECT_EQ(desk.count(FaultEffect::slowed), 3u);
}

TEST(OFFLINE_02, EdgeWhatTheErpRefusesIsTriedAgainBeforeAnythingBehindIt) {
  Desk desk;
  desk.set(&FaultKnobs::reject_ppm, 500'000);
  for (std::uint32_t sequence = 1; sequence <= 40; ++sequence) desk.receive(sequence);
  run(desk.kernel, desk, kNever);
  ASSERT_EQ(desk.posted.size(), 40u);
  EXPECT_TRUE(std::is_sorted(desk.posted.begin(), desk.posted.end()));
  EXPECT_GT(desk.count(FaultEffect::refused), 20u);
  EXPECT_EQ(desk.taken(Absorbed::retried_after_rejection), desk.count(FaultEffect::refused));
  EXPECT_EQ(desk.kernel.now, Time{0} + static_cast<std::int64_t>(desk.count(FaultEffect::refused)) * kMinute);
}

TEST(OFFLINE_02, EdgeAnOutageInTheMiddleOfAPostingBeginsItAgain) {
  Desk desk;
  desk.set(&FaultKnobs::erp_service, (10 * kSecond).us);
  desk.receive(1);
  run(desk.kernel, desk, Time{0} + 5 * kSecond);
  desk.set(&FaultKnobs::stopped, 1);
  run(desk.kernel, desk, Time{0} + kMinute);
  EXPECT_TRUE(desk.posted.empty()) << "the event of the time before the outage means nothing";
  desk.set(&FaultKnobs::stopped, 0);
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{1}));
}

TEST(OFFLINE_02, FailureMutantsLoseOrReverseWhatWaited) {
  for (const Mutant mutant : {Mutant::buffer_lost_with_erp, Mutant::drained_newest_first}) {
    Desk desk;
    desk.rules = RuleBook(mutant);
    desk.set(&FaultKnobs::stopped, 1);
    for (const std::uint32_t sequence : {1U, 2U, 3U}) desk.receive(sequence);
    desk.set(&FaultKnobs::stopped, 0);
    const std::vector<std::uint32_t> reversed{3, 2, 1};
    EXPECT_EQ(desk.posted, mutant == Mutant::drained_newest_first ? reversed : std::vector<std::uint32_t>{});
    EXPECT_EQ(desk.pool.live(), 0u);
  }
}

}  // namespace
}  // namespace tillstorm::integration
