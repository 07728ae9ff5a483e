// The baseline chain through the product's own front door, timed apart: set-up, the days, the drain.
//
//   chain_bench [days=28] [stores=120] [promises=1] [online=1] [items=5000] [repeats=1]
//
// promises: 1 all, 0 none, `points` the check points with no promise at them, or the name of one promise.
//
// Prints one line of JSON. Rates are over the simulated days: set-up and drain are reported beside them.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <limits>
#include <string>

#include "harness/promises.h"
#include "harness/simulation.h"
#include "scenario/scenario.h"
#include "stopwatch.h"
#include "world/generate/generate.h"

namespace {

constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

struct Arguments {
  int days = 28, stores = 120;
  std::string promises = "1";
  bool online = true;
  int items = 5000, repeats = 1;
};

struct Figures {
  double set_up = 0, run = 0, run_wall = 0, drain = 0;  // CPU seconds, but for run_wall
  std::uint64_t events = 0, tickets = 0, lines = 0;     // in the simulated days
  std::uint64_t state_bytes = 0, store_items = 0, broken = 0;
  std::string digest;  // of the last repeat: says whether two builds did the same
};

tillstorm::Scenario baseline(const Arguments& a) {
  tillstorm::Scenario s;
  s.name = "benchmark";
  s.days = a.days;
  s.chain.generate = tillstorm::GeneratedStores{};
  s.chain.generate->stores = a.stores;
  s.catalogue.generate = tillstorm::GeneratedItems{};
  s.catalogue.generate->items = a.items;
  if (a.online) s.demand.online = tillstorm::OnlineDemand{};
  return tillstorm::expand(s);
}

void measure(const Arguments& a, std::uint64_t seed, Figures& f) {
  const bench::Stopwatch set_up;
  tillstorm::RunOptions options;
  options.seed = seed;
  options.promises = a.promises != "0";
  options.which_promises = a.promises == "1" ? tillstorm::kEveryPromise : tillstorm::Promises::bit_of(a.promises);
  options.witness = false;
  tillstorm::Simulation simulation(baseline(a), nullptr, options);
  f.set_up += set_up.cpu_s();

  const bench::Stopwatch run;
  simulation.advance(simulation.end(), kNoLimit);
  f.run += run.cpu_s();
  f.run_wall += run.wall_s();
  const tillstorm::RunCounters counters = simulation.counters();
  f.events += counters.events;
  f.tickets += counters.tickets;
  f.lines += counters.lines;
  f.state_bytes = counters.state_bytes;
  f.store_items = counters.store_items;

  const bench::Stopwatch drain;
  simulation.advance(tillstorm::kNever, kNoLimit);
  f.drain += drain.cpu_s();
  const tillstorm::RunResult result = simulation.result();
  f.broken += result.violations_counted;
  f.digest = result.digest;
}

void print(const Arguments& a, const Figures& f) {
  const auto whole = [](std::uint64_t n) { return static_cast<unsigned long long>(n); };
  const auto real = [](std::uint64_t n) { return static_cast<double>(n); };
  const double years_of_120 = a.repeats * (a.days / 365.0) * (a.stores / 120.0);
  std::printf(
      "{\"who\": \"tillstorm\", \"stores\": %d, \"days\": %d, \"items\": %d, \"promises\": \"%s\", \"coverage\": %s, "
      "\"mutants\": %s, \"online\": %s, "
      "\"repeats\": %d, \"events\": %llu, \"tickets\": %llu, \"lines\": %llu, ",
      a.stores, a.days, a.items, a.promises.c_str(), tillstorm::kCoverage ? "true" : "false",
      tillstorm::kMutants ? "true" : "false", a.online ? "true" : "false", a.repeats, whole(f.events), whole(f.tickets),
      whole(f.lines));
  std::printf(
      "\"set_up_cpu_s\": %.6f, \"run_cpu_s\": %.6f, \"run_wall_s\": %.6f, \"drain_cpu_s\": %.6f, "
      "\"events_per_s\": %.1f, \"tickets_per_s\": %.1f, \"lines_per_s\": %.1f, \"s_per_year_of_120_stores\": %.3f, ",
      f.set_up, f.run, f.run_wall, f.drain, real(f.events) / f.run, real(f.tickets) / f.run, real(f.lines) / f.run,
      f.run / years_of_120);
  std::printf(
      "\"state_bytes\": %llu, \"store_items\": %llu, \"bytes_per_store_item\": %.1f, \"peak_rss_bytes\": %lld, "
      "\"violations\": %llu, \"digest\": \"%s\"}\n",
      whole(f.state_bytes), whole(f.store_items), real(f.state_bytes) / real(f.store_items),
      static_cast<long long>(bench::peak_rss_bytes()), whole(f.broken), f.digest.c_str());
}

}  // namespace

int main(int argc, char** argv) try {
  const auto argument = [&](int i, int otherwise) { return argc > i ? std::atoi(argv[i]) : otherwise; };
  const Arguments a{argument(1, 28),     argument(2, 120),  argc > 3 ? argv[3] : "1",
                    argument(4, 1) != 0, argument(5, 5000), argument(6, 1)};
  const bool is_known =
      a.promises == "0" || a.promises == "1" || a.promises == "points" || tillstorm::Promises::bit_of(a.promises) != 0;
  if (!is_known) {
    std::string names = "0 1 points";
    for (const tillstorm::PromiseText& text : tillstorm::Promises::texts()) names += " " + std::string(text.name);
    std::fprintf(stderr, "chain_bench: no promise `%s`; one of %s\n", a.promises.c_str(), names.c_str());
    return 2;
  }
  if (a.days < 1 || a.stores < 1 || a.items < 1 || a.repeats < 1) {
    std::fprintf(
        stderr,
        "chain_bench [days] [stores] [promises 0|1|points|NAME] [online 0|1] [items] [repeats], counts positive\n");
    return 2;
  }
  Figures figures;
  for (int i = 0; i < a.repeats; ++i) measure(a, static_cast<std::uint64_t>(i) + 1, figures);
  print(a, figures);
} catch (const std::exception& error) {
  std::fprintf(stderr, "chain_bench: %s\n", error.what());
  return 1;
}
