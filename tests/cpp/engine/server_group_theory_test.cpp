// Server groups against queueing theory: Erlang C, M/M/c/K, Erlang A, and a server that fails and resumes.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/exponential.h"
#include "engine/kernel.h"
#include "engine/running_moments.h"
#include "engine/server_group.h"

namespace tillstorm {
namespace {

using Outcome = ServerGroup::Outcome;

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
