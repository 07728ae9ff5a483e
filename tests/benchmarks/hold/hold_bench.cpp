// HOLD: take the next event, schedule it again an exponential time later, with a constant number pending. By the
// kernel and its queue (`engine`), and by a bare loop over std::priority_queue of (time, sequence) (`bare`).
//
//   hold_bench engine|bare [pending=1000] [steps=1000000]
//
// Timed after as many steps as events pending, when the times pending have about their steady distribution.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

#include "engine/exponential.h"
#include "engine/kernel.h"
#include "stopwatch.h"

namespace tillstorm {
namespace {

struct Draws {
  RandomStream stream{1, purpose_of("hold"), 0, 0};
  std::int64_t next_us() { return static_cast<std::int64_t>(1e9 * exponential(stream)); }
};

struct World {
  Kernel kernel{1};
  Draws draws;
  explicit World(std::uint64_t pending) {
    for (std::uint64_t i = 0; i < pending; ++i) kernel.schedule(Time{draws.next_us()}, 1, i);
  }
  void dispatch(const Event& event) { kernel.schedule(kernel.now + Duration{draws.next_us()}, 1, event.payload); }
  void step(std::uint64_t steps) { run(kernel, *this, kNever, nullptr, steps); }
  std::int64_t now_us() const { return kernel.now.us; }
};

struct BareLoop {
  using Item = std::pair<std::int64_t, std::uint64_t>;
  std::priority_queue<Item, std::vector<Item>, std::greater<>> queue;
  Draws draws;
  std::uint64_t sequence = 0;
  std::int64_t now = 0;
  explicit BareLoop(std::uint64_t pending) {
    for (std::uint64_t i = 0; i < pending; ++i) queue.emplace(draws.next_us(), sequence++);
  }
  void step(std::uint64_t steps) {
    for (std::uint64_t i = 0; i < steps; ++i) {
      now = queue.top().first;
      queue.pop();
      queue.emplace(now + draws.next_us(), sequence++);
    }
  }
  std::int64_t now_us() const { return now; }
};

template <class Loop>
void measure(const char* who, std::uint64_t pending, std::uint64_t steps) {
  Loop loop(pending);
  loop.step(pending);
  const bench::Stopwatch watch;
  loop.step(steps);
  const double cpu = watch.cpu_s();
  std::printf(
      "{\"who\": \"%s\", \"pending\": %llu, \"events\": %llu, \"cpu_s\": %.6f, \"events_per_s\": %.1f, "
      "\"reached_s\": %.6f}\n",
      who, static_cast<unsigned long long>(pending), static_cast<unsigned long long>(steps), cpu,
      static_cast<double>(steps) / cpu, static_cast<double>(loop.now_us()) / 1e6);
}

}  // namespace
}  // namespace tillstorm

int main(int argc, char** argv) try {
  const bool bare = argc > 1 && std::strcmp(argv[1], "bare") == 0;
  const bool engine = argc > 1 && std::strcmp(argv[1], "engine") == 0;
  const long long pending = argc > 2 ? std::atoll(argv[2]) : 1'000, steps = argc > 3 ? std::atoll(argv[3]) : 1'000'000;
  if ((!bare && !engine) || pending < 1 || steps < 1) {
    std::fprintf(stderr, "hold_bench engine|bare [pending] [steps], both positive\n");
    return 2;
  }
  const auto size = static_cast<std::uint64_t>(pending), count = static_cast<std::uint64_t>(steps);
  if (bare) {
    tillstorm::measure<tillstorm::BareLoop>("std::priority_queue", size, count);
  } else {
    tillstorm::measure<tillstorm::World>("tillstorm", size, count);
  }
} catch (const std::exception& error) {
  std::fprintf(stderr, "hold_bench: %s\n", error.what());
  return 1;
}
