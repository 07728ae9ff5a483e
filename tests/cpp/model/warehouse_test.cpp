// What the DC loads and ships: DC-05, FIN-07.
#include "model/warehouse.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

namespace tillstorm::model {
namespace {

constexpr ItemId kA{0}, kB{1};

/// A DC with ten of item A and none of item B, and one store that it supplies.
struct SmallDc {
  Setup setup = [] {
    Setup s;
    s.addresses = {.stores = 1, .has_dc = true, .has_online = true};
    s.chain_zone = *TimeZone::find("UTC");
    s.items = {{}, {}};
    s.stores.resize(1);
    s.stores[0].zone = s.chain_zone;
    s.online_tax_rate = 100'000;
    return s;
  }();
  Kernel kernel{setup.addresses.sites(), Time{20'000 * kDay.us}};
  MessagePool pool;
  std::vector<TruthCell> cells;
  std::vector<MessageId> emitted;
  RuleBook rules;
  FaultTally faults{1};
  Context c{kernel, pool, setup, cells, emitted, rules, faults};
  Warehouse dc{setup, 12, {10, 0}};
  std::vector<MessageId> trucks;

  explicit SmallDc(Mutant mutant = Mutant::none) : rules(mutant) {}

  MessageId order(MessageType type, std::initializer_list<Line> lines) {
    kernel.act_as(setup.addresses.dc());
    const MessageId id = pool.create(type);
    for (const Line& line : lines) pool.add_line(id, line);
    if (type == MessageType::store_order) pool[id].goods = {.document = 7, .to = PlaceId{0}, .ordered_at = kernel.now};
    return id;
  }
  /// A store order is loaded; the dispatch that the books are told of.
  MessageId load(std::initializer_list<Line> lines) {
    dc.truck_loaded(c, order(MessageType::store_order, lines));
    return emitted.back();
  }
  std::vector<std::int32_t> quantities(MessageId id) const {
    std::vector<std::int32_t> result;
    for (const Line& line : pool.lines(id)) result.push_back(line.quantity);
    return result;
  }
  void dispatch(const Event& event) { trucks.push_back(MessageId{static_cast<std::uint32_t>(event.payload)}); }
};

using Outcome = rule::DispatchPostsLoaded::Outcome;
using Quantities = std::vector<std::int32_t>;

TEST(DC_05, HappyWhatWasOrderedIsLoadedAndPosted) {
  SmallDc chain;
  EXPECT_EQ(chain.quantities(chain.load({{kA, 4}})), Quantities{4});
  EXPECT_EQ(chain.dc.on_hand(kA), 6);
  EXPECT_EQ(chain.rules.taken(Outcome::as_requested), 1u);
}

TEST(DC_05, EdgeWhatIsNotThereIsPostedAsLoadedNotAsOrdered) {
  SmallDc chain;
  EXPECT_EQ(chain.quantities(chain.load({{kA, 12}, {kB, 3}})), (Quantities{10, 0})) << "a line of 0 answers its order";
  EXPECT_EQ(chain.dc.on_hand(kA), 0);
  EXPECT_EQ(chain.rules.taken(Outcome::short_picked), 2u);
}

TEST(DC_05, EdgeTheSecondOrderGetsWhatTheFirstHasLeft) {
  SmallDc chain;
  chain.load({{kA, 7}});
  EXPECT_EQ(chain.quantities(chain.load({{kA, 7}})), Quantities{3});
}

TEST(DC_05, FailurePapersOfWhatWasOrderedAreNotWhatTheTruckHolds) {
  SmallDc chain(Mutant::dispatch_posts_ordered);
  EXPECT_EQ(chain.quantities(chain.load({{kA, 12}})), Quantities{12});
  run(chain.kernel, chain, kNever);
  ASSERT_EQ(chain.trucks.size(), 1u);
  EXPECT_EQ(chain.quantities(chain.trucks[0]), Quantities{10});
}

TEST(FIN_07, EdgeAnOrderShippedInPartChargesOnlyWhatIsShipped) {
  SmallDc chain;
  chain.dc.order_packed(chain.c, chain.order(MessageType::online_order, {{kA, 2, 3000, 0}, {kB, 1, 500, 0}}));
  ASSERT_EQ(chain.emitted.size(), 1u);
  EXPECT_EQ(chain.pool[chain.emitted[0]].online.net, 3000);
  EXPECT_EQ(chain.pool[chain.emitted[0]].online.tax, 300);
  EXPECT_EQ(chain.quantities(chain.emitted[0]), Quantities{2});
}

TEST(FIN_07, EdgeAnOrderOfWhichNothingIsThereIsNeitherShippedNorCharged) {
  SmallDc chain;
  chain.dc.order_packed(chain.c, chain.order(MessageType::online_order, {{kB, 1, 500, 0}}));
  EXPECT_TRUE(chain.emitted.empty());
  EXPECT_EQ(chain.dc.totals().online_cancelled, 1u);
}

}  // namespace
}  // namespace tillstorm::model
