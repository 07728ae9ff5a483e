// Random fault schedules over small chains (tests/cpp/harness/any_schedule.h), each from its seed: every promise must
// hold, and the books must converge with the truth.
//
//   soak_schedules [--from N] [--count N] [--threads T]
//
// A failure prints its seed, what is wrong, the command that replays it alone, and its scenario; the run goes on, ends
// with 1, and stops after kMostFailures.
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "harness/any_schedule.h"
#include "scenario/writer.h"

namespace {

using tillstorm::kFaultKinds;

constexpr std::uint64_t kMostFailures = 20;
/// A schedule of some hundred tickets that takes more has run away: it is reported as partial. Attempts without end,
/// each a millisecond after the one before, take more than a tenth of it.
constexpr std::uint64_t kMostEvents = 1'000'000'000;
constexpr std::chrono::seconds kTellEvery{10};

struct Options {
  std::uint64_t from = 1, count = 20'000, threads = 2;
};

/// How often each kind was drawn, and how often such a fault did something.
struct Tally {
  std::array<std::uint64_t, kFaultKinds.size()> drawn{}, bit{};
  std::uint64_t aside = 0;        ///< Schedules that ended before somebody's message was through.
  std::uint64_t other_sales = 0;  ///< Schedules in which the books took another sale for one that stood aside.

  void add(const tillstorm::RunResult& result, const tillstorm::Scenario& scenario) {
    for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
      const auto kind = static_cast<std::size_t>(scenario.faults[i].kind);
      ++drawn[kind];
      bit[kind] += result.faults[i].effects.empty() ? 0U : 1U;
    }
    aside += tillstorm::ended_too_soon(result) ? 1U : 0U;
    other_sales += tillstorm::took_another_sale(scenario, result) ? 1U : 0U;
  }
  void add(const Tally& other) {
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      drawn[i] += other.drawn[i];
      bit[i] += other.bit[i];
    }
    aside += other.aside;
    other_sales += other.other_sales;
  }
};

class Soak {
  using Clock = std::chrono::steady_clock;

 public:
  explicit Soak(const Options& options) : options_(options), next_(options.from) {}

  /// True if nothing went wrong.
  bool run() {
    std::vector<std::thread> workers;
    for (std::uint64_t i = 0; i < options_.threads; ++i) workers.emplace_back([this] { work(); });
    for (std::thread& worker : workers) worker.join();
    summarise();
    return failures_ == 0;
  }

 private:
  void work() {
    Tally mine;
    while (failures_ < kMostFailures) {
      const std::uint64_t seed = next_++;
      if (seed >= options_.from + options_.count) break;
      const tillstorm::Scenario scenario = tillstorm::any_schedule(seed);
      std::string wrong;
      const Clock::time_point began = Clock::now();
      try {
        tillstorm::Simulation simulation(scenario, nullptr, {.seed = seed, .witness = false});
        simulation.advance(tillstorm::kNever, kMostEvents);
        const tillstorm::RunResult result = simulation.result();
        wrong = tillstorm::what_is_wrong(scenario, result);
        mine.add(result, scenario);
      } catch (const std::exception& error) {
        wrong = std::string("error: ") + error.what();
      }
      ++done_;
      tell(seed, scenario, wrong, Clock::now() - began);
    }
    const std::lock_guard lock(mutex_);
    all_.add(mine);
  }

  void tell(std::uint64_t seed, const tillstorm::Scenario& scenario, const std::string& wrong, Clock::duration took) {
    const std::lock_guard lock(mutex_);
    if (took > slowest_) {
      slowest_ = took;
      slowest_seed_ = seed;
    }
    if (!wrong.empty()) {
      ++failures_;
      const std::string json = tillstorm::write_scenario(scenario);
      std::printf("FAILED seed %llu: %s\n  replay: soak_schedules --from %llu --count 1\n%s\n",
                  static_cast<unsigned long long>(seed), wrong.c_str(), static_cast<unsigned long long>(seed),
                  json.c_str());
      std::fflush(stdout);
    }
    const auto now = Clock::now();
    if (now - told_ < kTellEvery) return;
    told_ = now;
    say_how_far();
  }

  void say_how_far() const {
    const double seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
    std::printf("%llu of %llu schedules, %.0f a second, %llu failed\n", static_cast<unsigned long long>(done_.load()),
                static_cast<unsigned long long>(options_.count), static_cast<double>(done_.load()) / seconds,
                static_cast<unsigned long long>(failures_.load()));
    std::fflush(stdout);
  }

  void summarise() const {
    std::printf("%-22s %10s %10s\n", "fault", "drawn", "bit");
    for (std::size_t i = 0; i < kFaultKinds.size(); ++i)
      std::printf("%-22s %10llu %10llu\n", std::string(kFaultKinds[i].name).c_str(),
                  static_cast<unsigned long long>(all_.drawn[i]), static_cast<unsigned long long>(all_.bit[i]));
    std::printf("%llu schedules ended before people were through with a message and need not have converged\n",
                static_cast<unsigned long long>(all_.aside));
    std::printf("%llu took another sale for one that stood aside under its key: their amounts differ\n",
                static_cast<unsigned long long>(all_.other_sales));
    std::printf("the slowest was seed %llu: %.2f s\n", static_cast<unsigned long long>(slowest_seed_),
                std::chrono::duration<double>(slowest_).count());
    say_how_far();
  }

  Options options_;
  std::atomic<std::uint64_t> next_, done_{0}, failures_{0};
  std::mutex mutex_;
  Tally all_;
  Clock::time_point begun_ = Clock::now(), told_ = begun_;
  /// A schedule that takes seconds walks over something again and again.
  Clock::duration slowest_{0};
  std::uint64_t slowest_seed_ = 0;
};

bool parse(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; i += 2) {
    const std::string name = argv[i];
    std::uint64_t* const value = name == "--from"      ? &options.from
                                 : name == "--count"   ? &options.count
                                 : name == "--threads" ? &options.threads
                                                       : nullptr;
    if (value == nullptr || i + 1 == argc) return false;
    char* end = nullptr;
    *value = std::strtoull(argv[i + 1], &end, 10);
    if (end == argv[i + 1] || *end != '\0') return false;
  }
  return options.threads != 0 && options.count != 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!parse(argc, argv, options)) {
    std::fprintf(stderr, "usage: soak_schedules [--from N] [--count N] [--threads T]\n");
    return 2;
  }
  return Soak(options).run() ? 0 : 1;
}
