#include "engine/event_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <queue>
#include <random>
#include <vector>

namespace tillstorm {
namespace {

Event event(std::int64_t time, Priority priority, std::uint32_t site, std::uint32_t origin, std::uint64_t sequence,
            std::uint64_t payload = 0) {
  return Event::make(Time{time}, priority, SiteId{site}, SiteId{origin}, sequence, 1, payload);
}

struct Later {
  bool operator()(const Event& a, const Event& b) const { return before(b, a); }
};

/// Events that collide often in every part of the order; no two are equal, as sequences differ.
Event random_event(std::mt19937_64& random, std::int64_t from, std::uint64_t sequence) {
  constexpr Priority kPriorities[] = {Priority::fault_end, Priority::normal, Priority::check, Priority::control};
  return event(from + static_cast<std::int64_t>(random() % 20) - 3, kPriorities[random() % 4],
               static_cast<std::uint32_t>(random() % 3), static_cast<std::uint32_t>(random() % 3), sequence, random());
}

TEST(Event, KeepsItsPartsToTheirLimits) {
  const Event e = Event::make(Time{-5}, Priority::control, SiteId{Event::kMaxSite}, SiteId{Event::kMaxSite - 1},
                              Event::kMaxSequence, Event::kMaxKind, ~std::uint64_t{0});
  EXPECT_EQ(e.time, Time{-5});
  EXPECT_EQ(e.priority(), Priority::control);
  EXPECT_EQ(e.site(), SiteId{Event::kMaxSite});
  EXPECT_EQ(e.origin(), SiteId{Event::kMaxSite - 1});
  EXPECT_EQ(e.sequence(), Event::kMaxSequence);
  EXPECT_EQ(e.kind(), Event::kMaxKind);
  EXPECT_EQ(e.payload, ~std::uint64_t{0});
}

TEST(EventOrder, IsTimeThenPriorityThenSiteThenOriginThenSequence) {
  const std::vector<Event> ascending = {event(-1, Priority::control, 9, 9, 9), event(0, Priority::fault_end, 9, 9, 9),
                                        event(0, Priority::normal, 1, 9, 9),   event(0, Priority::normal, 2, 1, 9),
                                        event(0, Priority::normal, 2, 2, 1),   event(0, Priority::normal, 2, 2, 2),
                                        event(1, Priority::fault_end, 0, 0, 0)};
  for (std::size_t i = 0; i < ascending.size(); ++i)
    for (std::size_t j = 0; j < ascending.size(); ++j) EXPECT_EQ(before(ascending[i], ascending[j]), i < j);
}

TEST(EventQueue, IsEmptyAtFirst) {
  const EventQueue queue;
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.size(), 0U);
}

TEST(EventQueue, BreaksTiesBySiteBeforeOrigin) {
  EventQueue queue;
  queue.push(event(5, Priority::normal, 2, 0, 0));
  queue.push(event(5, Priority::normal, 1, 3, 0));
  EXPECT_EQ(queue.pop().site(), SiteId{1});
  EXPECT_EQ(queue.pop().site(), SiteId{2});
}

// Property: any mixture of pushes and pops gives what std::priority_queue gives.
TEST(EventQueue, AgreesWithTheStandardQueueOnAnyMixtureOfPushAndPop) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    std::mt19937_64 random(seed);
    EventQueue queue;
    std::priority_queue<Event, std::vector<Event>, Later> expected;
    const std::uint64_t growth = 40 + random() % 30;  // percent of pushes: shrinking, steady and growing queues
    for (std::uint64_t step = 0; step < 4000; ++step) {
      if (expected.empty() || random() % 100 < growth) {
        const Event e = random_event(random, static_cast<std::int64_t>(step / 50), step);
        queue.push(e);
        expected.push(e);
      } else {
        ASSERT_EQ(queue.next_time(), expected.top().time);
        ASSERT_EQ(queue.top(), expected.top());
        ASSERT_EQ(queue.pop(), expected.top());
        expected.pop();
      }
      ASSERT_EQ(queue.size(), expected.size());
      ASSERT_EQ(queue.empty(), expected.empty());
    }
  }
}

// Property: draining a queue sorts, for every size around the powers of the heap's arity and for a large one.
TEST(EventQueue, DrainsInOrderAtEverySize) {
  std::mt19937_64 random(7);
  std::vector<std::size_t> sizes = {100000};
  for (std::size_t n = 0; n < 90; ++n) sizes.push_back(n);
  for (const std::size_t n : sizes) {
    EventQueue queue;
    std::vector<Event> events;
    for (std::size_t i = 0; i < n; ++i) events.push_back(random_event(random, 0, i));
    for (const Event& e : events) queue.push(e);
    std::sort(events.begin(), events.end(), before);
    for (const Event& e : events) ASSERT_EQ(queue.pop(), e);
    ASSERT_TRUE(queue.empty());
  }
}

/// A time that stresses the buckets: a microsecond or a century on, the end of time, the same instant, or one of a
/// burst.
std::int64_t stressing_time(std::mt19937_64& random, std::int64_t now) {
  constexpr std::int64_t kCentury = 3'000'000'000'000'000;
  switch (random() % 8) {
    case 0:
      return now;
    case 1:
      return now + static_cast<std::int64_t>(random() % 3);
    case 2:
      return now + static_cast<std::int64_t>(random() % kCentury);
    case 3:
      return random() % 50 == 0 ? kNever.us : now + 1'000'000'000;
    case 4:
      return now / 1'000'000 * 1'000'000 + 1'000'000;
    default:
      return now + static_cast<std::int64_t>(random() % (std::uint64_t{1} << (random() % 40)));
  }
}

// Property: in phases of growth and decline, with times on every scale from one microsecond to the end of time, and a
// thousand events at once in random order, the queue gives what std::priority_queue gives.
TEST(EventQueue, AgreesWithTheStandardQueueOnEveryScaleOfTime) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    std::mt19937_64 random(seed);
    EventQueue queue;
    std::priority_queue<Event, std::vector<Event>, Later> expected;
    std::int64_t now = seed % 2 == 0 ? 0 : std::numeric_limits<std::int64_t>::min() / 2;
    std::uint64_t sequence = 0;
    const auto push = [&](std::int64_t time) {
      const Event e = event(time, Priority::normal, static_cast<std::uint32_t>(random() % 3), 0, sequence++);
      queue.push(e);
      expected.push(e);
    };
    for (int phase = 0; phase < 30; ++phase) {
      if (random() % 4 == 0)
        for (int i = 0; i < 3000; ++i) push(now + static_cast<std::int64_t>(random() % 1'000'000'000));
      const std::uint64_t growth = 20 + random() % 60;
      for (int step = 0; step < 1500; ++step) {
        if (expected.empty() || random() % 100 < growth) {
          push(stressing_time(random, now));
        } else {
          ASSERT_EQ(queue.next_time(), expected.top().time);
          ASSERT_EQ(queue.pop(), expected.top());
          if (expected.top().time != kNever) now = expected.top().time.us;
          expected.pop();
        }
        ASSERT_EQ(queue.size(), expected.size());
      }
    }
    for (; !expected.empty(); expected.pop()) ASSERT_EQ(queue.pop(), expected.top());
    ASSERT_TRUE(queue.empty());
  }
}

// Property: with cancels, the queue gives the events never cancelled, in order, and `cancel` and `pending` say truly
// whether an event was still to come; a copy made midway goes on alike.
TEST(EventQueue, ForgetsWhatIsCancelled) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    std::mt19937_64 random(seed);
    EventQueue queue;
    std::map<std::uint64_t, std::pair<EventHandle, Event>> pending;  // by sequence
    std::vector<EventHandle> gone;
    std::priority_queue<Event, std::vector<Event>, Later> plain;
    const std::uint64_t cancels = random() % 60;  // percent
    for (std::uint64_t step = 0; step < 3000; ++step) {
      const std::uint64_t dice = random() % 100;
      const Event e = random_event(random, static_cast<std::int64_t>(step / 50), step);
      if (dice < 20) {
        queue.push(e);
        plain.push(e);
      } else if (dice < 60) {
        pending.emplace(step, std::pair{queue.push_cancellable(e), e});
      } else if (random() % 100 < cancels && !pending.empty()) {
        auto chosen = pending.lower_bound(random() % (step + 1));
        if (chosen == pending.end()) chosen = pending.begin();
        ASSERT_TRUE(queue.pending(chosen->second.first));
        ASSERT_TRUE(queue.cancel(chosen->second.first));
        ASSERT_FALSE(queue.cancel(chosen->second.first));
        gone.push_back(chosen->second.first);
        pending.erase(chosen);
      } else if (!plain.empty() || !pending.empty()) {
        const auto soonest = std::min_element(pending.begin(), pending.end(), [](const auto& a, const auto& b) {
          return before(a.second.second, b.second.second);
        });
        if (plain.empty() || (soonest != pending.end() && before(soonest->second.second, plain.top()))) {
          ASSERT_EQ(queue.top(), soonest->second.second);
          ASSERT_EQ(queue.pop(), soonest->second.second);
          gone.push_back(soonest->second.first);
          pending.erase(soonest);
        } else {
          ASSERT_EQ(queue.pop(), plain.top());
          plain.pop();
        }
      }
      ASSERT_EQ(queue.size(), plain.size() + pending.size());
      ASSERT_EQ(queue.empty(), queue.size() == 0);
      if (step == 1500) queue = EventQueue{queue};
    }
    for (const EventHandle handle : gone) {
      ASSERT_FALSE(queue.pending(handle));
      ASSERT_FALSE(queue.cancel(handle));
    }
    for (const auto& [sequence, entry] : pending) ASSERT_TRUE(queue.pending(entry.first));
  }
}

TEST(EventQueue, HandleOfAnEventThatHappenedDoesNotCancelItsSlotsNextUser) {
  EventQueue queue;
  const EventHandle first = queue.push_cancellable(event(1, Priority::normal, 0, 0, 0, 11));
  EXPECT_EQ(queue.pop().payload, 11U);
  const EventHandle second = queue.push_cancellable(event(2, Priority::normal, 0, 0, 1, 22));
  EXPECT_FALSE(queue.cancel(first));
  EXPECT_TRUE(queue.pending(second));
  EXPECT_EQ(queue.pop().payload, 22U);
  EXPECT_FALSE(queue.cancel(EventHandle{}));
}

TEST(EventQueue, ManyCancelledTimeoutsDoNotPileUp) {
  EventQueue queue;
  queue.push(event(0, Priority::normal, 0, 0, 0));
  for (std::uint64_t i = 1; i <= 100000; ++i) {
    const EventHandle timeout =
        queue.push_cancellable(event(1000000 + static_cast<std::int64_t>(i), Priority::normal, 0, 0, i));
    ASSERT_TRUE(queue.cancel(timeout));
    ASSERT_EQ(queue.size(), 1U);
    ASSERT_LE(queue.stored(), 4U);
  }
}

TEST(EventQueue, CopyIsASnapshot) {
  EventQueue queue;
  for (std::uint64_t i = 0; i < 100; ++i)
    queue.push(event(static_cast<std::int64_t>(i * 7 % 100), Priority::normal, 0, 0, i));
  const EventHandle handle = queue.push_cancellable(event(50, Priority::check, 0, 0, 100));
  EventQueue snapshot = queue;
  while (!queue.empty()) queue.pop();
  EXPECT_EQ(snapshot.size(), 101U);
  EXPECT_TRUE(snapshot.cancel(handle));
  for (std::int64_t t = 0; t < 100; ++t) EXPECT_EQ(snapshot.pop().time, Time{t});
}

TEST(EventQueue, ClearForgetsEventsAndHandles) {
  EventQueue queue;
  for (std::uint64_t i = 10; i < 2000; ++i)
    queue.push(event(static_cast<std::int64_t>(i * 7919 % 2000), Priority::normal, 0, 0, i));
  queue.pop();
  const EventHandle handle = queue.push_cancellable(event(2, Priority::normal, 0, 0, 1));
  const EventHandle cancelled = queue.push_cancellable(event(3, Priority::normal, 0, 0, 2));
  EXPECT_TRUE(queue.cancel(cancelled));
  queue.clear();
  EXPECT_TRUE(queue.empty());
  EXPECT_FALSE(queue.cancel(handle));
  queue.push(event(4, Priority::normal, 0, 0, 3));
  EXPECT_EQ(queue.pop().time, Time{4});
  EXPECT_TRUE(queue.empty());
}

}  // namespace
}  // namespace tillstorm
