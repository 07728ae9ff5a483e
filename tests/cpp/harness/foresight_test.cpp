// Asking for memory ahead of its use changes no result.
#include "world/foresight.h"

#include <gtest/gtest.h>

#include "harness/promises.h"
#include "world/assemble.h"
#include "world/dispatch.h"
#include "world/generate/generate.h"

namespace tillstorm {
namespace {

/// So many stores that looking ahead begins, with the web shop.
Scenario many_stores() {
  Scenario s;
  s.name = "many stores";
  s.days = 2;
  s.chain.generate = GeneratedStores{};
  s.chain.generate->stores = 30;
  s.catalogue.generate = GeneratedItems{};
  s.catalogue.generate->items = 200;
  s.demand.tickets_per_store_day = 60;
  s.demand.online = OnlineDemand{};
  return expand(s);
}

/// Dispatches without looking ahead: the kernel finds no `foresee`.
struct Blind {
  Dispatcher<Promises>& dispatcher;
  void dispatch(const Event& event) { dispatcher.dispatch(event); }
};

TEST(Foresight, ChangesNoResult) {
  const Scenario s = many_stores();
  std::string digests[2];
  for (const bool looks_ahead : {false, true}) {
    World world = make_world(make_setup(s, nullptr, 1), s);
    Promises promises(world);
    Dispatcher<Promises> dispatcher(world, promises);
    Blind blind{dispatcher};
    const Time until = world.setup->end + 7 * kDay;
    looks_ahead ? run(world.kernel, dispatcher, until) : run(world.kernel, blind, until);
    promises.finished(world);
    EXPECT_EQ(promises.violations().counted, 0U);
    EXPECT_GT(world.kernel.dispatched, 10'000U);
    digests[looks_ahead ? 1 : 0] = world.digest().hex();
  }
  EXPECT_EQ(digests[0], digests[1]);
}

}  // namespace
}  // namespace tillstorm
