// M/M/1 at load 0.9 for a number of customers: by the kernel and a server group (`engine`), and by a bare loop that
// knows there are two events and one server (`bare`). Both take the same draws, so they agree on every wait.
//
//   mm1_bench engine|bare [customers=1000000]
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <vector>

#include "engine/exponential.h"
#include "engine/kernel.h"
#include "engine/server_group.h"
#include "stopwatch.h"

namespace tillstorm {
namespace {

constexpr double kBetweenArrivals = 1e6 / 0.9, kService = 1e6;  // means [us]

struct Draws {
  RandomStream arrivals{1, purpose_of("arrivals"), 0, 0}, services{1, purpose_of("services"), 0, 0};
  Duration gap() { return Duration{static_cast<std::int64_t>(kBetweenArrivals * exponential(arrivals))}; }
  Duration service() { return Duration{static_cast<std::int64_t>(kService * exponential(services))}; }
};

struct Outcome {
  std::uint64_t customers = 0;  // served
  std::uint64_t events = 0;
  double mean_wait_s = 0;
};

struct World {
  enum Kind : std::uint16_t { arrival, finish };
  Kernel kernel{1};
  ServerGroup till{1};
  Draws draws;
  std::uint64_t to_come;

  explicit World(std::uint64_t customers) : to_come(customers) { kernel.schedule(Time{} + draws.gap(), arrival, 0); }
  void begin(std::uint32_t server) {
    const Time at = kernel.now + draws.service();
    kernel.schedule(at, finish, till.begin_service(server, at).payload());
  }
  void dispatch(const Event& event) {
    if (event.kind() == arrival) {
      if (--to_come != 0) kernel.schedule(kernel.now + draws.gap(), arrival, 0);
      const auto result = till.arrive(0, kernel.now);
      if (result.outcome == ServerGroup::Outcome::starts) begin(result.server);
    } else {
      const ServiceKey key = ServiceKey::from_payload(event.payload);
      if (till.finish(key, kernel.now).next != kNone) begin(key.server);
    }
  }
};

Outcome by_engine(std::uint64_t customers) {
  World world(customers);
  run(world.kernel, world, kNever);
  const auto& statistics = world.till.statistics();
  return {static_cast<std::uint64_t>(statistics.started), world.kernel.dispatched,
          static_cast<double>(statistics.wait_of_started_us) / 1e6 / static_cast<double>(statistics.started)};
}

Outcome by_bare_loop(std::uint64_t customers) {
  Draws draws;
  std::vector<std::int64_t> waiting(1 << 16);  // arrival times, a ring
  std::uint64_t head = 0, tail = 0, started = 0, events = 0, to_come = customers;
  std::int64_t next_arrival = draws.gap().us, next_finish = kNever.us, wait = 0;
  while (started < customers || next_finish != kNever.us) {
    ++events;
    if (next_arrival < next_finish) {
      const std::int64_t now = next_arrival;
      next_arrival = --to_come != 0 ? now + draws.gap().us : kNever.us;
      if (next_finish == kNever.us) {
        ++started;
        next_finish = now + draws.service().us;
      } else {
        waiting[tail++ & 0xffff] = now;
      }
    } else if (head == tail) {
      next_finish = kNever.us;
    } else {
      wait += next_finish - waiting[head++ & 0xffff];
      ++started;
      next_finish += draws.service().us;
    }
  }
  return {started, events, static_cast<double>(wait) / 1e6 / static_cast<double>(started)};
}

}  // namespace
}  // namespace tillstorm

int main(int argc, char** argv) try {
  const bool bare = argc > 1 && std::strcmp(argv[1], "bare") == 0;
  const bool engine = argc > 1 && std::strcmp(argv[1], "engine") == 0;
  const long long customers = argc > 2 ? std::atoll(argv[2]) : 1'000'000;
  if ((!bare && !engine) || customers < 1) {
    std::fprintf(stderr, "mm1_bench engine|bare [customers, positive]\n");
    return 2;
  }
  const auto count = static_cast<std::uint64_t>(customers);
  const bench::Stopwatch watch;
  const tillstorm::Outcome outcome = bare ? tillstorm::by_bare_loop(count) : tillstorm::by_engine(count);
  const double cpu = watch.cpu_s();
  std::printf(
      "{\"who\": \"%s\", \"customers\": %llu, \"events\": %llu, \"cpu_s\": %.6f, \"events_per_s\": %.1f, "
      "\"mean_wait_s\": %.9f}\n",
      bare ? "bare loop" : "tillstorm", static_cast<unsigned long long>(outcome.customers),
      static_cast<unsigned long long>(outcome.events), cpu, static_cast<double>(outcome.events) / cpu,
      outcome.mean_wait_s);
} catch (const std::exception& error) {
  std::fprintf(stderr, "mm1_bench: %s\n", error.what());
  return 1;
}
