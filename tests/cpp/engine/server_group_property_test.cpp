// Server groups against a queue told naively, under random operations.
#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <random>
#include <vector>

#include "engine/server_group.h"

namespace tillstorm {
namespace {

using Outcome = ServerGroup::Outcome;

/// The same queue told naively: lists searched from the front, sums made customer by customer.
struct NaiveGroup {
  struct Customer {
    Time arrived;
    std::uint32_t ticket, id;
  };
  struct Server {
    bool down = false, open = true, taken = false;
    Customer customer{};
  };
  std::deque<Customer> queue;
  std::vector<Server> servers;
  std::int64_t wait = 0, area_waiting = 0, area_system = 0, area_busy = 0;
  std::uint64_t arrived = 0, abandoned = 0, served = 0;
  Time last{};

  void pass(Time now) {
    std::int64_t busy = 0, taken = 0;
    for (const Server& s : servers) {
      busy += s.taken && !s.down;
      taken += s.taken;
    }
    const std::int64_t dt = (now - last).us, waiting = static_cast<std::int64_t>(queue.size());
    area_waiting += waiting * dt;
    area_system += (waiting + taken) * dt;
    area_busy += busy * dt;
    last = now;
  }
  std::uint32_t next(std::uint32_t server, Time now) {
    Server& s = servers[server];
    if (s.down || !s.open || s.taken || queue.empty()) return kNone;
    s.taken = true;
    s.customer = queue.front();
    queue.pop_front();
    wait += (now - s.customer.arrived).us;
    return s.customer.id;
  }
};

/// Both groups side by side: each operation is done to both and what they answer compared.
struct Pair {
  ServerGroup group;
  NaiveGroup naive;
  std::map<std::uint32_t, ServiceKey> running;  ///< By server.
  Time now{};

  explicit Pair(std::uint32_t c) : group(c) { naive.servers.resize(c); }

  void begin(std::uint32_t server) { running[server] = group.begin_service(server, now + kHour); }
  /// `started` on `server` by the group: the naive queue must say the same.
  void expect_next(std::uint32_t server, std::uint32_t started) {
    EXPECT_EQ(started, naive.next(server, now));
    if (started != kNone) begin(server);
  }
  void arrive() {
    const std::uint32_t id = static_cast<std::uint32_t>(++naive.arrived);
    const auto arrival = group.arrive(id, now);
    naive.queue.push_back({now, arrival.ticket, id});
    std::uint32_t chosen = kNone;
    for (std::uint32_t i = 0; i < group.servers() && chosen == kNone; ++i)
      if (naive.next(i, now) != kNone) chosen = i;
    EXPECT_EQ(arrival.server, chosen);
    EXPECT_EQ(arrival.outcome, chosen == kNone ? Outcome::waits : Outcome::starts);
    if (chosen != kNone) begin(chosen);
  }
  void finish(std::uint32_t server) {
    auto& s = naive.servers[server];
    if (!s.taken || s.down) return;
    const ServiceKey key = running[server];
    const auto departure = group.finish(key, now);
    EXPECT_EQ(departure.customer, s.customer.id);
    s.taken = false;
    ++naive.served;
    expect_next(server, departure.next);
    EXPECT_EQ(group.finish(key, now).customer, kNone) << "a second time the event is stale";
  }
  void abandon(std::uint64_t dice) {
    if (naive.queue.empty()) return;
    const auto who = naive.queue.begin() + static_cast<std::ptrdiff_t>(dice % naive.queue.size());
    EXPECT_EQ(group.abandon(who->ticket, now), who->id);
    EXPECT_EQ(group.abandon(who->ticket, now), kNone);
    naive.queue.erase(who);
    ++naive.abandoned;
  }
  void fail_or_repair(std::uint32_t server) {
    auto& s = naive.servers[server];
    const std::uint32_t customer = s.taken ? s.customer.id : kNone;
    s.down = !s.down;
    if (s.down) {
      EXPECT_EQ(group.fail(server, now), customer);
      return;
    }
    const auto repair = group.repair(server, now);
    EXPECT_EQ(repair.resumed, customer);
    if (customer == kNone) {
      expect_next(server, repair.next);
    } else {
      running[server] = repair.key;
    }
  }
  void close_or_open(std::uint32_t server) {
    auto& s = naive.servers[server];
    s.open = !s.open;
    if (s.open) {
      expect_next(server, group.open(server, now));
    } else {
      group.close(server);
    }
  }
  void step(std::mt19937_64& random) {
    now += Duration{static_cast<std::int64_t>(random() % 100)};
    naive.pass(now);
    const std::uint32_t server = static_cast<std::uint32_t>(random() % group.servers());
    switch (random() % 10) {
      case 4:
      case 5:
      case 6:
        finish(server);
        break;
      case 7:
        abandon(random());
        break;
      case 8:
        fail_or_repair(server);
        break;
      case 9:
        close_or_open(server);
        break;
      default:
        arrive();
        break;
    }
    EXPECT_EQ(group.waiting(), naive.queue.size());
  }
};

// Property: under any sequence of arrivals, ends, departures in anger, failures, repairs, closings and openings, the
// group decides as the naive queue does, and its counts, waits and integrals are those summed customer by customer; a
// copy made midway goes on alike.
TEST(ServerGroup, DecidesAndCountsAsANaiveQueueDoes) {
  for (std::uint64_t seed = 0; seed < 60 && !testing::Test::HasFailure(); ++seed) {
    std::mt19937_64 random(seed);
    Pair pair(1 + static_cast<std::uint32_t>(random() % 5) * (seed % 10 == 0 ? 40 : 1));
    for (int step = 0; step < 3000; ++step) {
      pair.step(random);
      if (step == 1500) pair.group = ServerGroup{pair.group};
    }
    const ServerStatistics& seen = pair.group.statistics();
    EXPECT_EQ(seen.arrived, pair.naive.arrived);
    EXPECT_EQ(seen.served, pair.naive.served);
    EXPECT_EQ(seen.abandoned, pair.naive.abandoned);
    EXPECT_EQ(seen.wait_of_started_us, pair.naive.wait);
    EXPECT_EQ(seen.arrived, seen.started + seen.abandoned + pair.group.waiting());
    const auto area = [&](const TimeWeighted& level) { return static_cast<std::int64_t>(level.area(pair.now)); };
    EXPECT_EQ(area(pair.group.waiting_over_time()), pair.naive.area_waiting);
    EXPECT_EQ(area(pair.group.in_system_over_time()), pair.naive.area_system);
    EXPECT_EQ(area(pair.group.busy_over_time()), pair.naive.area_busy);
  }
}

}  // namespace
}  // namespace tillstorm
