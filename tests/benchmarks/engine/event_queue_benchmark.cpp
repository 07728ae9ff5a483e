// HOLD: pop the next event, push it again a random increment later, with a constant number pending. D. W. Jones: "An
// empirical comparison of priority-queue and event-set implementations", Comm. ACM 29 (1986).
//
// EventQueue is the product's; the others are what it was chosen from (docs/decisions/event-queue.md).
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "candidates/bottom_up_heap.h"
#include "candidates/key_heap.h"
#include "candidates/ladder_queue.h"
#include "candidates/pairing_heap.h"
#include "candidates/plain_heaps.h"
#include "engine/distributions.h"
#include "engine/event_queue.h"

namespace tillstorm {
namespace {

constexpr std::size_t kIncrements = std::size_t{1} << 16;

enum Increments : std::int64_t { exponential_mean_1, uniform_0_2, uniform_09_11, retail, outliers, ties };
constexpr const char* kNames[] = {"exponential", "uniform 0..2", "uniform 0.9..1.1", "retail", "outliers", "ties"};

/// Microseconds, mean about 1000 s. "retail": half are a message's latency, half the next customer. "outliers": one in
/// a hundred is up to a thousand times longer. "ties": one of five moments.
double increment(Increments kind, RandomStream& stream) {
  switch (kind) {
    case exponential_mean_1:
      return 1e9 * exponential(stream);
    case uniform_0_2:
      return 2e9 * stream.uniform();
    case uniform_09_11:
      return 1e9 * (0.9 + 0.2 * stream.uniform());
    case retail:
      return stream.below(2) == 0 ? 2e5 + 8e5 * stream.uniform() : 1e9 * exponential(stream);
    case outliers:
      return stream.below(100) == 0 ? 1e12 * stream.uniform() : 1e9 * exponential(stream);
    case ties:
      return stream.below(5);
  }
  return 0;
}

template <class Queue>
void hold(benchmark::State& state) {
  const auto kind = static_cast<Increments>(state.range(1));
  RandomStream stream(1, purpose_of("hold"), 0, static_cast<std::uint64_t>(kind));
  std::vector<Duration> increments;
  for (std::size_t i = 0; i < kIncrements; ++i)
    increments.push_back(Duration{static_cast<std::int64_t>(increment(kind, stream))});

  Queue queue;
  std::uint64_t sequence = 0;
  const auto pending = static_cast<std::uint64_t>(state.range(0));
  for (std::uint64_t i = 0; i < pending; ++i) {
    const SiteId site{static_cast<std::uint32_t>(i % 120)};
    queue.push(Event::make(Time{} + increments[sequence % kIncrements], Priority::normal, site, site, sequence, 1, i));
    ++sequence;
  }
  const auto step = [&] {
    Event event = queue.pop();
    event.time += increments[sequence % kIncrements];
    event.sequence_kind = sequence << 16 | 1;
    ++sequence;
    queue.push(event);
  };
  for (std::uint64_t i = 0; i < 3 * pending; ++i) step();  // until the times pending have their steady distribution
  for (auto _ : state) step();
  state.SetItemsProcessed(state.iterations());
  state.SetLabel(kNames[kind]);
}

void sizes(benchmark::internal::Benchmark* b) {
  for (const std::int64_t kind : {exponential_mean_1, retail})
    for (const std::int64_t n : {1, 10, 100, 1'000, 2'000, 20'000, 100'000, 1'000'000}) b->Args({n, kind});
  for (const std::int64_t kind : {uniform_0_2, uniform_09_11, outliers, ties})
    for (const std::int64_t n : {1'000, 100'000, 1'000'000}) b->Args({n, kind});
}

BENCHMARK_TEMPLATE(hold, EventQueue)->Apply(sizes);
BENCHMARK_TEMPLATE(hold, candidates::StandardQueue)->Apply(sizes);
BENCHMARK_TEMPLATE(hold, candidates::TextbookHeap<4>)->Apply(sizes);
BENCHMARK_TEMPLATE(hold, candidates::BottomUpHeap)->Apply(sizes);
BENCHMARK_TEMPLATE(hold, candidates::KeyHeap)->Apply(sizes);
BENCHMARK_TEMPLATE(hold, candidates::PairingHeap)->Apply([](benchmark::internal::Benchmark* b) {
  for (const std::int64_t n : {10, 1'000, 100'000}) b->Args({n, exponential_mean_1});
});
BENCHMARK_TEMPLATE(hold, candidates::LadderQueue)->Apply([](benchmark::internal::Benchmark* b) {
  for (const std::int64_t n : {10, 1'000, 2'000, 20'000, 100'000, 1'000'000}) b->Args({n, exponential_mean_1});
});

/// A timeout set and cancelled for each event that happens, as for an acknowledgement that arrives in time.
void cancelled_timeouts(benchmark::State& state) {
  RandomStream stream(1, purpose_of("timeouts"), 0, 0);
  EventQueue queue;
  std::uint64_t sequence = 0;
  const auto next = [&](double mean) {
    return Event::make(
        queue.empty() ? Time{} : queue.next_time() + Duration{static_cast<std::int64_t>(mean * exponential(stream))},
        Priority::normal, SiteId{0}, SiteId{0}, sequence++, 1, 0);
  };
  for (std::int64_t i = 0; i < state.range(0); ++i) queue.push(next(1e9));
  for (auto _ : state) {
    const EventHandle timeout = queue.push_cancellable(next(3e9));
    benchmark::DoNotOptimize(queue.pop());
    queue.push(next(1e9));
    benchmark::DoNotOptimize(queue.cancel(timeout));
  }
}
BENCHMARK(cancelled_timeouts)->Arg(1'000)->Arg(100'000);

}  // namespace
}  // namespace tillstorm
