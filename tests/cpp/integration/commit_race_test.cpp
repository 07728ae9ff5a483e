// MSG-03: copies at work side by side, and commits that a crash tears apart.
#include <gtest/gtest.h>

#include <vector>

#include "integration/small_bus.h"

namespace tillstorm::integration {
namespace {

/// Two workers, a tenth of a second for each message, nothing waits for anything.
SmallBus bus_without_order(Atomicity atomicity = Atomicity::single_commit) {
  return SmallBus([&](BusSettings& s) {
    s.ordering.key = OrderingKey::none;
    s.capacity.erp_workers = 2;
    s.dedupe.atomicity = atomicity;
  });
}

TEST(MSG_03, EdgeACopyThatWasAtWorkWhileAnotherOneWasPostedIsKnownByIt) {
  SmallBus bus = bus_without_order();
  const MessageId id = bus.message(0);
  for (int i = 0; i < 3; ++i) bus.pool.retain(id);
  bus.give(id);
  bus.give(id);
  bus.run_for(150 * kMillisecond);
  bus.give(id);
  bus.finish();
  EXPECT_EQ(bus.posted, (std::vector<std::uint32_t>{1, 1, 1}));
  EXPECT_EQ(bus.racing, (std::vector<bool>{false, true, false}));
}

TEST(MSG_03, EdgeACrashTearsTheCommitOnlyBetweenItsTwoParts) {
  for (const Atomicity atomicity : {Atomicity::single_commit, Atomicity::post_then_mark, Atomicity::mark_then_post}) {
    for (const std::int64_t after_ms : {40, 60}) {
      SmallBus bus = bus_without_order(atomicity);
      bus.say(0, 1);
      bus.run_for(after_ms * kMillisecond);
      bus.set([](FaultKnobs& knobs) { knobs.workers_lost = {2, 0}; });
      bus.run_for(kSecond);
      bus.mend();
      bus.finish();
      const bool is_torn = atomicity != Atomicity::single_commit && after_ms == 60;
      EXPECT_EQ(bus.torn.size(), is_torn ? 1U : 0U) << after_ms;
      EXPECT_EQ(bus.posted, std::vector<std::uint32_t>{1});
      EXPECT_EQ(bus.taken(rule::DedupeThenPost::Outcome::redelivered_after_crash), 1U);
    }
  }
}

}  // namespace
}  // namespace tillstorm::integration
