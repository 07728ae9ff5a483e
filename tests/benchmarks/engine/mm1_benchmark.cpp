// M/M/1 at load 0.9: by the kernel and a server group, and by a bare loop that knows there are two events and one
// server. Both take the same draws from the same kind of stream, so the difference is the engine.
#include <benchmark/benchmark.h>

#include <vector>

#include "engine/exponential.h"
#include "engine/kernel.h"
#include "engine/server_group.h"

namespace tillstorm {
namespace {

constexpr double kBetweenArrivals = 1e6 / 0.9, kService = 1e6;  // means [us]

struct Mm1 {
  enum Kind : std::uint16_t { arrival, finish };
  Kernel kernel{1};
  ServerGroup till{1};
  RandomStream arrivals{1, purpose_of("arrivals"), 0, 0}, services{1, purpose_of("services"), 0, 0};

  Mm1() { kernel.schedule(Time{}, arrival, 0); }
  static Duration draw(double mean, RandomStream& stream) {
    return Duration{static_cast<std::int64_t>(mean * exponential(stream))};
  }
  void begin(std::uint32_t server) {
    const Time at = kernel.now + draw(kService, services);
    kernel.schedule(at, finish, till.begin_service(server, at).payload());
  }
  void dispatch(const Event& event) {
    switch (event.kind()) {
      case arrival: {
        kernel.schedule(kernel.now + draw(kBetweenArrivals, arrivals), arrival, 0);
        const auto result = till.arrive(0, kernel.now);
        if (result.outcome == ServerGroup::Outcome::starts) begin(result.server);
        break;
      }
      case finish: {
        const ServiceKey key = ServiceKey::from_payload(event.payload);
        if (till.finish(key, kernel.now).next != kNone) begin(key.server);
        break;
      }
    }
  }
};

void mm1_kernel(benchmark::State& state) {
  Mm1 world;
  for (auto _ : state) run(world.kernel, world, kNever, nullptr, 100'000);
  state.SetItemsProcessed(state.iterations() * 100'000);
  state.counters["mean_wait_s"] = static_cast<double>(world.till.statistics().wait_of_started_us) / 1e6 /
                                  static_cast<double>(world.till.statistics().started);
}
BENCHMARK(mm1_kernel)->Unit(benchmark::kMicrosecond);

void mm1_bare_loop(benchmark::State& state) {
  RandomStream arrivals{1, purpose_of("arrivals"), 0, 0}, services{1, purpose_of("services"), 0, 0};
  const auto draw = [](double mean, RandomStream& stream) {
    return static_cast<std::int64_t>(mean * exponential(stream));
  };
  std::vector<std::int64_t> waiting(1 << 16);  // arrival times, a ring
  std::uint64_t head = 0, tail = 0, started = 0;
  std::int64_t next_arrival = 0, next_finish = kNever.us, wait = 0;
  for (auto _ : state) {
    for (int i = 0; i < 100'000; ++i) {
      if (next_arrival < next_finish) {
        const std::int64_t now = next_arrival;
        next_arrival = now + draw(kBetweenArrivals, arrivals);
        if (next_finish == kNever.us) {
          ++started;
          next_finish = now + draw(kService, services);
        } else {
          waiting[tail++ & 0xffff] = now;
        }
      } else {
        const std::int64_t now = next_finish;
        if (head == tail) {
          next_finish = kNever.us;
        } else {
          wait += now - waiting[head++ & 0xffff];
          ++started;
          next_finish = now + draw(kService, services);
        }
      }
    }
  }
  state.SetItemsProcessed(state.iterations() * 100'000);
  state.counters["mean_wait_s"] = static_cast<double>(wait) / 1e6 / static_cast<double>(started);
}
BENCHMARK(mm1_bare_loop)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tillstorm
