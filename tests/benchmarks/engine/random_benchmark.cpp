// What a draw costs. Each iteration makes a stream, as for one customer, and takes twelve draws from it.
#include <benchmark/benchmark.h>

#include "base/hash.h"
#include "engine/distributions.h"

namespace tillstorm {
namespace {

constexpr int kDraws = 12;

template <class Draw>
void draws(benchmark::State& state, Draw draw) {
  std::uint64_t n = 0;
  for (auto _ : state) {
    RandomStream stream(1, purpose_of("customer"), 7, n++);
    for (int i = 0; i < kDraws; ++i) benchmark::DoNotOptimize(draw(stream));
  }
  state.SetItemsProcessed(state.iterations() * kDraws);
}

const AliasTable kItems(zipf_weights(5000, 0.8));

BENCHMARK_CAPTURE(draws, next64, [](RandomStream& s) { return s.next64(); });
BENCHMARK_CAPTURE(draws, next32, [](RandomStream& s) { return s.next32(); });
BENCHMARK_CAPTURE(draws, below, [](RandomStream& s) { return s.below(1000); });
BENCHMARK_CAPTURE(draws, exponential_by_ziggurat, [](RandomStream& s) { return exponential(s); });
BENCHMARK_CAPTURE(draws, exponential_by_inversion, [](RandomStream& s) { return -elementary::log(s.uniform_open()); });
BENCHMARK_CAPTURE(draws, normal, [](RandomStream& s) { return normal(s); });
BENCHMARK_CAPTURE(draws, log_normal, [](RandomStream& s) { return log_normal(90, 0.4, s); });
BENCHMARK_CAPTURE(draws, gamma, [](RandomStream& s) { return gamma(2.5, 3, s); });
BENCHMARK_CAPTURE(draws, poisson_3, [](RandomStream& s) { return poisson(3, s); });
BENCHMARK_CAPTURE(draws, poisson_40, [](RandomStream& s) { return poisson(40, s); });
BENCHMARK_CAPTURE(draws, negative_binomial, [](RandomStream& s) { return negative_binomial(3, 1.5, s); });
BENCHMARK_CAPTURE(draws, geometric, [](RandomStream& s) { return geometric(0.3, s); });
BENCHMARK_CAPTURE(draws, alias_table_of_5000, [](RandomStream& s) { return kItems.draw(s); });

}  // namespace
}  // namespace tillstorm
