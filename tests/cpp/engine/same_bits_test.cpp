// One digest over every source of numbers in the engine: g++ and clang++ must both give it, and a change that moves any
// draw must change it here, knowingly.
#include <gtest/gtest.h>

#include <bit>

#include "base/hash.h"
#include "engine/distributions.h"
#include "engine/kernel.h"

namespace tillstorm {
namespace {

TEST(SameBits, DrawsOfEveryDistribution) {
  using Kind = Law::Kind;
  const Law laws[] = {{Kind::uniform, 2, 5},      {Kind::exponential, 3},  {Kind::normal, 5, 2},
                      {Kind::log_normal, 4, 0.5}, {Kind::gamma, 2.5, 3},   {Kind::gamma, 0.4, 3},
                      {Kind::erlang, 3, 6},       {Kind::weibull, 2.2, 3}, {Kind::triangular, 1, 2, 6}};
  const AliasTable table(zipf_weights(1000, 0.8));
  Digest digest;
  for (std::uint64_t n = 0; n < 5000; ++n) {
    RandomStream stream(42, purpose_of("same bits"), key_of("store-1"), n);
    for (const Law& law : laws) digest.add(std::bit_cast<std::uint64_t>(sample(law, stream)));
    for (const std::int64_t count :
         {poisson(3, stream), poisson(50, stream), binomial(10, 0.4, stream), binomial(500, 0.4, stream),
          negative_binomial(2, 0.7, stream), geometric(0.2, stream)})
      digest.add(count);
    digest.add(std::uint64_t{table.draw(stream)});
    digest.add(std::uint64_t{stream.below(77)});
    digest.add(std::uint64_t{stream.bernoulli_ppm(300'000)});
  }
  EXPECT_EQ(digest.hex(), "7a9deeff8c86b6a4bfd696c44991c882");
}

/// Sites that send each other events at random times; each event handled enters the digest.
struct Exchange {
  Kernel kernel{16};
  Digest digest;
  void dispatch(const Event& event) {
    digest.add(event.time.us);
    digest.add(event.order);
    digest.add(event.sequence_kind);
    RandomStream stream(42, purpose_of("exchange"), index_of(kernel.current), event.sequence());
    const Time at = kernel.now + Duration{1 + static_cast<std::int64_t>(1e6 * exponential(stream))};
    kernel.send(SiteId{stream.below(16)}, at, event.kind(), event.payload);
  }
};

TEST(SameBits, EventsOfManySites) {
  Exchange world;
  for (std::uint32_t site = 0; site < 16; ++site) {
    world.kernel.act_as(SiteId{site});
    for (std::uint64_t i = 0; i < 40; ++i) world.kernel.schedule(Time{0}, static_cast<std::uint16_t>(i), i);
  }
  run(world.kernel, world, Time{} + 100 * kSecond);
  EXPECT_EQ(world.digest.hex(), "afa5430b8fd2775f782562a3194ce86f");
}

}  // namespace
}  // namespace tillstorm
