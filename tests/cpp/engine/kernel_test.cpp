#include "engine/kernel.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/hash.h"

namespace tillstorm {
namespace {

/// Writes down what it is given and does what the test says for each event.
struct Recorder {
  struct Seen {
    Time time;
    SiteId site;
    std::uint16_t kind;
    std::uint64_t payload;
    bool operator==(const Seen&) const = default;
  };
  Kernel kernel;
  std::vector<Seen> seen;
  void (*on_event)(Recorder&, const Event&) = nullptr;

  explicit Recorder(std::uint32_t sites) : kernel(sites) {}
  void dispatch(const Event& event) {
    seen.push_back({kernel.now, kernel.current, event.kind(), event.payload});
    if (on_event != nullptr) on_event(*this, event);
  }
};

TEST(Kernel, DispatchesInOrderWithItsClockAndSite) {
  Recorder world(3);
  world.kernel.act_as(SiteId{2});
  world.kernel.schedule(Time{20}, 7, 70);
  world.kernel.send(SiteId{1}, Time{20}, 8, 80);
  world.kernel.schedule(Time{10}, 9, 90);
  EXPECT_EQ(run(world.kernel, world, kNever), StopReason::drained);
  const std::vector<Recorder::Seen> expected = {
      {Time{10}, SiteId{2}, 9, 90}, {Time{20}, SiteId{1}, 8, 80}, {Time{20}, SiteId{2}, 7, 70}};
  EXPECT_EQ(world.seen, expected);
  EXPECT_EQ(world.kernel.now, Time{20});
  EXPECT_EQ(world.kernel.dispatched, 3U);
}

TEST(Kernel, StopsBeforeUntilAndShowsIt) {
  Recorder world(1);
  world.kernel.schedule(Time{9}, 1, 0);
  world.kernel.schedule(Time{10}, 2, 0);
  EXPECT_EQ(run(world.kernel, world, Time{10}), StopReason::reached_until);
  EXPECT_EQ(world.seen.size(), 1U);
  EXPECT_EQ(world.kernel.now, Time{10});
  EXPECT_EQ(run(world.kernel, world, Time{5}), StopReason::reached_until);
  EXPECT_EQ(world.kernel.now, Time{10}) << "the clock never goes back";
  EXPECT_EQ(run(world.kernel, world, Time{11}), StopReason::drained);
  EXPECT_EQ(world.seen.size(), 2U);
}

TEST(Kernel, FaultsComeFirstAndTheControlSiteLastAtAnInstant) {
  Recorder world(1);
  for (const Priority priority : {Priority::control, Priority::normal, Priority::check, Priority::fault_begin,
                                  Priority::late, Priority::fault_end, Priority::early})
    world.kernel.schedule(Time{5}, 1, static_cast<std::uint64_t>(priority), priority);
  run(world.kernel, world, kNever);
  for (std::size_t i = 1; i < world.seen.size(); ++i) EXPECT_LT(world.seen[i - 1].payload, world.seen[i].payload);
  EXPECT_EQ(world.seen.size(), 7U);
}

TEST(Kernel, AnEventForTheInstantWhosePriorityHasPassedIsNext) {
  Recorder world(1);
  world.on_event = [](Recorder& self, const Event& event) {
    if (event.kind() == 1) self.kernel.schedule(self.kernel.now, 2, 0, Priority::normal);
  };
  world.kernel.schedule(Time{5}, 1, 0, Priority::check);
  world.kernel.schedule(Time{5}, 3, 0, Priority::control);
  run(world.kernel, world, kNever);
  ASSERT_EQ(world.seen.size(), 3U);
  EXPECT_EQ(world.seen[1].kind, 2);
}

TEST(Kernel, SequenceIsTheOriginsOwn) {
  Kernel kernel(3);
  kernel.act_as(SiteId{1});
  kernel.schedule(Time{1}, 1, 0);
  kernel.send(SiteId{2}, Time{1}, 1, 0);
  kernel.act_as(SiteId{0});
  kernel.send(SiteId{2}, Time{1}, 1, 0);
  EXPECT_EQ(kernel.sequence, (std::vector<std::uint64_t>{1, 2, 0}));
  EXPECT_EQ(kernel.queue.pop().sequence(), 0U);
  const Event from_0 = kernel.queue.pop(), from_1 = kernel.queue.pop();
  EXPECT_EQ(from_0.origin(), SiteId{0});
  EXPECT_EQ(from_0.sequence(), 0U);
  EXPECT_EQ(from_1.origin(), SiteId{1});
  EXPECT_EQ(from_1.sequence(), 1U);
}

TEST(Kernel, CancelledEventsAreNotDispatched) {
  Recorder world(2);
  const EventHandle own = world.kernel.schedule_cancellable(Time{1}, 1, 0);
  const EventHandle sent = world.kernel.send_cancellable(SiteId{1}, Time{2}, 2, 5);
  world.kernel.schedule_cancellable(Time{3}, 3, 6);
  EXPECT_TRUE(world.kernel.cancel(own));
  EXPECT_TRUE(world.kernel.cancel(sent));
  run(world.kernel, world, kNever);
  ASSERT_EQ(world.seen.size(), 1U);
  EXPECT_EQ(world.seen[0].payload, 6U);
}

TEST(Kernel, RefusesThePastAndMessagesWithoutLatency) {
  Recorder world(2);
  world.on_event = [](Recorder& self, const Event&) {
    EXPECT_THROW(self.kernel.schedule(Time{4}, 1, 0), InternalError);
    EXPECT_THROW(self.kernel.send(SiteId{1}, Time{5}, 1, 0), InternalError);
    EXPECT_THROW(self.kernel.send_cancellable(SiteId{1}, Time{5}, 1, 0), InternalError);
    EXPECT_THROW(self.kernel.send(SiteId{2}, Time{6}, 1, 0), InternalError);
    EXPECT_THROW(self.kernel.act_as(SiteId{2}), InternalError);
  };
  world.kernel.schedule(Time{5}, 1, 0);
  run(world.kernel, world, kNever);
  EXPECT_EQ(world.seen.size(), 1U);
}

/// Two sites that send each other events for ever, at times that depend on all that happened before.
struct Chatter {
  Kernel kernel{4};
  Digest digest;
  void dispatch(const Event& event) {
    digest.add(static_cast<std::uint64_t>(event.time.us));
    digest.add(event.order);
    const std::uint64_t x = mix64(digest.low);
    kernel.schedule(kernel.now + Duration{static_cast<std::int64_t>(x % 3)}, 1, 0);
    if (x % 5 == 0)
      kernel.send(SiteId{static_cast<std::uint32_t>(x % 4)},
                  kernel.now + Duration{1 + static_cast<std::int64_t>(x % 50)}, 1, 0);
    if (kernel.queue.size() > 500) kernel.queue.pop();
  }
};

// Property: a run cut anywhere - by time, by number of events, by the stop flag, into a copy - is the run uncut.
TEST(Kernel, ARunCutAnywhereIsTheRunUncut) {
  Chatter whole;
  whole.kernel.schedule(Time{0}, 1, 0);
  run(whole.kernel, whole, Time{4000});

  Chatter cut;
  cut.kernel.schedule(Time{0}, 1, 0);
  EXPECT_EQ(run(cut.kernel, cut, Time{4000}, nullptr, 1500), StopReason::event_limit);
  EXPECT_EQ(cut.kernel.dispatched, 1500U);
  const std::atomic<bool> stop{true};
  EXPECT_EQ(run(cut.kernel, cut, Time{4000}, &stop), StopReason::stop_requested);
  EXPECT_EQ(cut.kernel.dispatched, 1500U);
  Chatter copy = cut;
  EXPECT_EQ(run(copy.kernel, copy, Time{2000}), StopReason::reached_until);
  EXPECT_EQ(run(copy.kernel, copy, Time{4000}), StopReason::reached_until);
  EXPECT_EQ(copy.digest, whole.digest);
  EXPECT_EQ(copy.kernel.dispatched, whole.kernel.dispatched);
  EXPECT_EQ(copy.kernel.now, whole.kernel.now);
}

TEST(Kernel, StopFlagRaisedByAnEventTakesEffectWithinThePollInterval) {
  struct Raises {
    Kernel kernel{1};
    std::atomic<bool> stop{false};
    void dispatch(const Event&) {
      if (kernel.dispatched == 10) stop = true;
      kernel.schedule(kernel.now + kSecond, 1, 0);
    }
  } world;
  world.kernel.schedule(Time{0}, 1, 0);
  EXPECT_EQ(run(world.kernel, world, kNever, &world.stop), StopReason::stop_requested);
  EXPECT_LE(world.kernel.dispatched, 10 + kStopPollEvents);
  EXPECT_EQ(world.kernel.queue.size(), 1U);
}

}  // namespace
}  // namespace tillstorm
