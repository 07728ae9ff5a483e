#include "engine/server_group.h"

#include <gtest/gtest.h>

#include <cmath>
#include <deque>
#include <map>
#include <random>
#include <vector>

#include "engine/distributions.h"
#include "engine/kernel.h"
#include "engine/running_moments.h"

namespace tillstorm {
namespace {

using Outcome = ServerGroup::Outcome;

Time at(std::int64_t us) { return Time{us}; }

TEST(ServerGroup, TakesTheIdleServerOfTheLowestIndexThenQueues) {
  ServerGroup group(2);
  EXPECT_EQ(group.arrive(10, at(0)).server, 0U);
  const ServiceKey first = group.begin_service(0, at(100));
  EXPECT_EQ(group.arrive(11, at(5)).server, 1U);
  const ServiceKey second = group.begin_service(1, at(50));
  EXPECT_EQ(group.arrive(12, at(6)).outcome, Outcome::waits);
  EXPECT_EQ(group.waiting(), 1U);
  EXPECT_EQ(group.in_system(), 3U);
  EXPECT_EQ(group.busy(), 2U);
  const auto departure = group.finish(second, at(50));
  EXPECT_EQ(departure.customer, 11U);
  EXPECT_EQ(departure.next, 12U);
  EXPECT_EQ(group.customer_at(1), 12U);
  const ServiceKey third = group.begin_service(1, at(70));
  EXPECT_EQ(group.finish(third, at(70)).next, kNone);
  EXPECT_EQ(group.finish(first, at(100)).customer, 10U);
  EXPECT_EQ(group.arrive(13, at(101)).server, 0U);
  EXPECT_EQ(group.statistics().wait_of_started_us, 44);
  EXPECT_EQ(group.statistics().longest_wait_us, 44);
}

TEST(ServerGroup, ServesInOrderOfArrival) {
  ServerGroup group(1);
  group.arrive(0, at(0));
  ServiceKey key = group.begin_service(0, at(10));
  for (std::uint32_t customer = 1; customer < 100; ++customer) group.arrive(customer, at(customer));
  for (std::uint32_t customer = 1; customer < 100; ++customer) {
    EXPECT_EQ(group.finish(key, at(100 + customer)).next, customer);
    key = group.begin_service(0, at(101 + customer));
  }
}

TEST(ServerGroup, BlocksWhoFindsTheRoomFull) {
  ServerGroup group(1, 2);
  EXPECT_EQ(group.arrive(1, at(0)).outcome, Outcome::starts);
  EXPECT_EQ(group.arrive(2, at(0)).outcome, Outcome::waits);
  EXPECT_EQ(group.arrive(3, at(0)).outcome, Outcome::blocked);
  EXPECT_EQ(group.statistics().blocked, 1U);
  EXPECT_EQ(group.in_system(), 2U);
}

TEST(ServerGroup, WhoGivesUpIsNotServedAndCannotGiveUpTwice) {
  ServerGroup group(1);
  group.arrive(1, at(0));
  const ServiceKey key = group.begin_service(0, at(100));
  const auto second = group.arrive(2, at(1)), third = group.arrive(3, at(2));
  EXPECT_EQ(group.abandon(second.ticket, at(11)), 2U);
  EXPECT_EQ(group.abandon(second.ticket, at(12)), kNone);
  EXPECT_EQ(group.finish(key, at(100)).next, 3U);
  EXPECT_EQ(group.abandon(third.ticket, at(101)), kNone) << "in service by now";
  EXPECT_EQ(group.statistics().abandoned, 1U);
  EXPECT_EQ(group.statistics().wait_of_abandoned_us, 10);
}

TEST(ServerGroup, AFailureInterruptsServiceWhichResumesWhereItStopped) {
  ServerGroup group(1);
  group.arrive(1, at(0));
  const ServiceKey planned = group.begin_service(0, at(100));
  EXPECT_EQ(group.fail(0, at(30)), 1U);
  EXPECT_EQ(group.busy(), 0U);
  EXPECT_EQ(group.in_system(), 1U);
  EXPECT_EQ(group.arrive(2, at(40)).outcome, Outcome::waits) << "a failed server takes nobody";
  EXPECT_FALSE(group.is_current(planned));
  EXPECT_EQ(group.finish(planned, at(100)).customer, kNone) << "the finish event of before the failure is stale";
  const auto repair = group.repair(0, at(1000));
  EXPECT_EQ(repair.resumed, 1U);
  EXPECT_EQ(repair.finish_at, at(1070));
  EXPECT_TRUE(group.is_current(repair.key));
  EXPECT_EQ(group.finish(repair.key, at(1070)).next, 2U);
  EXPECT_EQ(group.statistics().time_in_system_us, 1070);
}

TEST(ServerGroup, AnIdleServerCanFailAndOnRepairTakesWhoWaits) {
  ServerGroup group(1);
  EXPECT_EQ(group.fail(0, at(0)), kNone);
  EXPECT_EQ(group.fail(0, at(1)), kNone);
  EXPECT_TRUE(group.is_down(0));
  EXPECT_EQ(group.arrive(1, at(10)).outcome, Outcome::waits);
  const auto repair = group.repair(0, at(30));
  EXPECT_EQ(repair.resumed, kNone);
  EXPECT_EQ(repair.next, 1U);
  EXPECT_EQ(group.repair(0, at(31)).next, kNone) << "it was not down";
  EXPECT_EQ(group.statistics().wait_of_started_us, 20);
}

TEST(ServerGroup, AClosedServerFinishesItsServiceAndTakesNobodyUntilItOpens) {
  ServerGroup group(2);
  group.arrive(1, at(0));
  const ServiceKey key = group.begin_service(0, at(10));
  group.close(0);
  group.close(1);
  EXPECT_EQ(group.arrive(2, at(1)).outcome, Outcome::waits);
  const auto departure = group.finish(key, at(10));
  EXPECT_EQ(departure.customer, 1U);
  EXPECT_EQ(departure.next, kNone);
  EXPECT_EQ(group.open(1, at(20)), 2U);
  EXPECT_EQ(group.open(1, at(20)), kNone) << "it was open";
  EXPECT_EQ(group.open(0, at(20)), kNone) << "nobody waits";
  EXPECT_EQ(group.arrive(3, at(21)).server, 0U);
}

TEST(ServerGroup, ServiceKeySurvivesThePayload) {
  const ServiceKey key{77, 0xfedcba98};
  EXPECT_EQ(ServiceKey::from_payload(key.payload()), key);
}

TEST(ServerGroup, AfterAResetOnlyLaterArrivalsAreCountedButAllAreInTheIntegrals) {
  ServerGroup group(1);
  group.arrive(1, at(0));
  ServiceKey key = group.begin_service(0, at(100));
  group.arrive(2, at(0));
  group.reset_statistics(at(50));
  group.arrive(3, at(50));
  group.finish(key, at(100));
  key = group.begin_service(0, at(150));
  group.finish(key, at(150));
  key = group.begin_service(0, at(200));
  group.finish(key, at(200));
  const ServerStatistics& seen = group.statistics();
  EXPECT_EQ(seen.arrived, 1U);
  EXPECT_EQ(seen.started, 1U);
  EXPECT_EQ(seen.served, 1U);
  EXPECT_EQ(seen.wait_of_started_us, 100);
  EXPECT_EQ(static_cast<std::int64_t>(group.waiting_over_time().area(at(200))), 50 * 2 + 50 * 1);
  EXPECT_EQ(static_cast<std::int64_t>(group.in_system_over_time().area(at(200))), 50 * 3 + 50 * 2 + 50 * 1);
  EXPECT_EQ(static_cast<std::int64_t>(group.busy_over_time().area(at(200))), 150);
}

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

// Property: under any sequence of arrivals, ends, departures in anger, failures, repairs, closings and openings, the
// group decides as the naive queue does, and its counts, waits and integrals are those summed customer by customer.
TEST(ServerGroup, DecidesAndCountsAsANaiveQueueDoes) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    std::mt19937_64 random(seed);
    const std::uint32_t c = 1 + static_cast<std::uint32_t>(random() % 5) * (seed % 10 == 0 ? 40 : 1);
    ServerGroup group(c);
    NaiveGroup naive;
    naive.servers.resize(c);
    std::map<std::uint32_t, ServiceKey> running;  // by server
    Time now{};
    std::uint64_t arrived = 0, abandoned = 0, served = 0;
    const auto begin = [&](std::uint32_t server) { running[server] = group.begin_service(server, now + kHour); };
    for (int step = 0; step < 3000; ++step) {
      now += Duration{static_cast<std::int64_t>(random() % 100)};
      naive.pass(now);
      const std::uint32_t server = static_cast<std::uint32_t>(random() % c);
      auto& s = naive.servers[server];
      switch (random() % 10) {
        default: {
          const std::uint32_t id = static_cast<std::uint32_t>(++arrived);
          const auto arrival = group.arrive(id, now);
          naive.queue.push_back({now, arrival.ticket, id});
          std::uint32_t chosen = kNone;
          for (std::uint32_t i = 0; i < c && chosen == kNone; ++i)
            if (naive.next(i, now) != kNone) chosen = i;
          ASSERT_EQ(arrival.server, chosen);
          ASSERT_EQ(arrival.outcome, chosen == kNone ? Outcome::waits : Outcome::starts);
          if (chosen != kNone) begin(chosen);
          break;
        }
        case 4:
        case 5:
        case 6: {
          if (!s.taken || s.down) break;
          const auto departure = group.finish(running[server], now);
          ASSERT_EQ(departure.customer, s.customer.id);
          s.taken = false;
          ++served;
          ASSERT_EQ(departure.next, naive.next(server, now));
          ASSERT_EQ(group.finish(running[server], now).customer, kNone);
          if (departure.next != kNone) begin(server);
          break;
        }
        case 7: {
          if (naive.queue.empty()) break;
          const auto who = naive.queue.begin() + static_cast<std::ptrdiff_t>(random() % naive.queue.size());
          ASSERT_EQ(group.abandon(who->ticket, now), who->id);
          ASSERT_EQ(group.abandon(who->ticket, now), kNone);
          naive.queue.erase(who);
          ++abandoned;
          break;
        }
        case 8: {
          if (!s.down) {
            ASSERT_EQ(group.fail(server, now), s.taken ? s.customer.id : kNone);
            s.down = true;
          } else {
            const auto repair = group.repair(server, now);
            s.down = false;
            ASSERT_EQ(repair.resumed, s.taken ? s.customer.id : kNone);
            if (s.taken) {
              running[server] = repair.key;
            } else {
              ASSERT_EQ(repair.next, naive.next(server, now));
              if (repair.next != kNone) begin(server);
            }
          }
          break;
        }
        case 9: {
          if (s.open) {
            group.close(server);
            s.open = false;
          } else {
            s.open = true;
            const std::uint32_t next = group.open(server, now);
            ASSERT_EQ(next, naive.next(server, now));
            if (next != kNone) begin(server);
          }
          break;
        }
      }
      ASSERT_EQ(group.waiting(), naive.queue.size());
      if (step == 1500) group = ServerGroup{group};
    }
    const ServerStatistics& seen = group.statistics();
    EXPECT_EQ(seen.arrived, arrived);
    EXPECT_EQ(seen.served, served);
    EXPECT_EQ(seen.abandoned, abandoned);
    EXPECT_EQ(seen.wait_of_started_us, naive.wait);
    EXPECT_EQ(seen.arrived, seen.started + seen.abandoned + group.waiting());
    EXPECT_EQ(static_cast<std::int64_t>(group.waiting_over_time().area(now)), naive.area_waiting);
    EXPECT_EQ(static_cast<std::int64_t>(group.in_system_over_time().area(now)), naive.area_system);
    EXPECT_EQ(static_cast<std::int64_t>(group.busy_over_time().area(now)), naive.area_busy);
  }
}

/// Per second: arrivals, services, giving up, failures of server 0, its repairs; 0 is never.
struct Rates {
  double lambda = 1, mu = 1, theta = 0, xi = 0, eta = 1;
};

/// One group with Poisson arrivals, exponential service, exponential patience and exponential failures of server 0.
struct Station {
  enum Kind : std::uint16_t { arrival, end, patience, failure, repair };
  Kernel kernel{1};
  ServerGroup group;
  Rates rates;
  RandomStream stream;

  Station(std::uint32_t c, std::uint32_t room, Rates r, std::uint64_t n)
      : group(c, room), rates(r), stream(1, purpose_of("station"), 0, n) {
    after(rates.lambda, arrival, 0);
    if (rates.xi > 0) after(rates.xi, failure, 0);
  }
  Duration draw(double mean_seconds) {
    return Duration{static_cast<std::int64_t>(exponential(stream) * mean_seconds * 1e6)};
  }
  void after(double rate, Kind kind, std::uint64_t payload) {
    kernel.schedule(kernel.now + draw(1 / rate), kind, payload);
  }
  void begin(std::uint32_t server) {
    const Time finish = kernel.now + draw(1 / rates.mu);
    kernel.schedule(finish, end, group.begin_service(server, finish).payload());
  }
  void dispatch(const Event& event) {
    switch (event.kind()) {
      case arrival: {
        after(rates.lambda, arrival, 0);
        const auto result = group.arrive(1, kernel.now);
        if (result.outcome == Outcome::starts) begin(result.server);
        if (result.outcome == Outcome::waits && rates.theta > 0) after(rates.theta, patience, result.ticket);
        break;
      }
      case end: {
        const ServiceKey key = ServiceKey::from_payload(event.payload);
        if (group.finish(key, kernel.now).next != kNone) begin(key.server);
        break;
      }
      case patience:
        group.abandon(static_cast<std::uint32_t>(event.payload), kernel.now);
        break;
      case failure:
        group.fail(0, kernel.now);
        after(rates.eta, repair, 0);
        break;
      case repair: {
        const auto repaired = group.repair(0, kernel.now);
        if (repaired.resumed != kNone) kernel.schedule(repaired.finish_at, end, repaired.key.payload());
        if (repaired.next != kNone) begin(0);
        after(rates.xi, failure, 0);
        break;
      }
    }
  }
};

/// What is compared with theory, of one run.
struct Measures {
  double share_waiting, share_abandoned, share_blocked, mean_wait_s, mean_stay_s, mean_in_system;
};
Measures measures_of(const ServerGroup& group, Time now) {
  const ServerStatistics& s = group.statistics();
  const double arrived = static_cast<double>(s.arrived);
  return {static_cast<double>(s.queued) / arrived,
          static_cast<double>(s.abandoned) / arrived,
          static_cast<double>(s.blocked) / arrived,
          static_cast<double>(s.wait_of_started_us + s.wait_of_abandoned_us) / 1e6 / arrived,
          static_cast<double>(s.time_in_system_us) / 1e6 / static_cast<double>(s.served),
          group.in_system_over_time().mean(now)};
}

/// 20 independent runs of 40 000 simulated seconds each after 2 000 of warm-up.
std::vector<Measures> simulate(std::uint32_t c, std::uint32_t room, Rates rates) {
  std::vector<Measures> runs;
  for (std::uint64_t n = 0; n < 20; ++n) {
    Station station(c, room, rates, n);
    run(station.kernel, station, Time{} + 2000 * kSecond);
    station.group.reset_statistics(station.kernel.now);
    run(station.kernel, station, Time{} + 42000 * kSecond);
    runs.push_back(measures_of(station.group, station.kernel.now));
  }
  return runs;
}
void expect_mean(const std::vector<Measures>& runs, double Measures::*measure, double exact) {
  RunningMoments moments;
  for (const Measures& run : runs) moments.add(run.*measure);
  const double error = std::sqrt(moments.variance() / static_cast<double>(moments.count()));
  EXPECT_NEAR(moments.mean(), exact, 4 * error) << "standard error " << error;
  EXPECT_LT(error, 0.03 * exact);
}

TEST(StatisticsOfServerGroup, MMcWaitsAsErlangCSays) {
  const auto four = simulate(4, 0, {.lambda = 3});
  expect_mean(four, &Measures::share_waiting, 0.509434);
  expect_mean(four, &Measures::mean_wait_s, 0.509434);
  const auto one = simulate(1, 0, {.lambda = 0.8});
  expect_mean(one, &Measures::share_waiting, 0.8);
  expect_mean(one, &Measures::mean_wait_s, 4.0);
}

TEST(StatisticsOfServerGroup, MMcKLosesAndHoldsAsTheoryDoes) {
  const auto runs = simulate(4, 10, {.lambda = 10, .mu = 3});
  expect_mean(runs, &Measures::share_blocked, 0.0449654);
  expect_mean(runs, &Measures::mean_in_system, 4.513503);
  expect_mean(runs, &Measures::mean_stay_s, 0.472601);
}

TEST(StatisticsOfServerGroup, ImpatientCustomersLeaveAsErlangASays) {
  const auto runs = simulate(10, 0, {.lambda = 10, .theta = 0.5});
  expect_mean(runs, &Measures::share_waiting, 0.619655);
  expect_mean(runs, &Measures::share_abandoned, 0.103913);
  expect_mean(runs, &Measures::mean_wait_s, 0.207826);
}

TEST(StatisticsOfServerGroup, AServerThatFailsAndResumesHoldsAsTheoryDoes) {
  const auto runs = simulate(1, 0, {.lambda = 0.5, .xi = 0.1, .eta = 0.5});
  expect_mean(runs, &Measures::mean_in_system, 1.916667);
}

}  // namespace
}  // namespace tillstorm
