// What must be exactly the same, and what must be exactly zero.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "harness/small_chain.h"

namespace tillstorm {
namespace {

std::string digest(const Scenario& s, std::uint64_t seed = 1) { return run_to_end(s, seed).digest; }

TEST(Identity, TheSameScenarioAndSeedGiveTheSameDigest) {
  const Scenario s = small_chain();
  EXPECT_EQ(digest(s), digest(s));
  EXPECT_NE(digest(s, 1), digest(s, 2));
}

TEST(Identity, PromisesDoNotChangeTheRun) {
  const Scenario s = small_chain();
  Simulation without(s, nullptr, {1, false});
  without.advance(kNever, ~std::uint64_t{0});
  EXPECT_EQ(without.result().digest, digest(s));
}

TEST(Identity, RunsOnSeveralThreadsAreTheRunsOnOne) {
  const Scenario s = small_chain();
  std::vector<std::string> alone, together(4);
  for (std::uint64_t seed = 1; seed <= 4; ++seed) alone.push_back(digest(s, seed));
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < 4; ++i) threads.emplace_back([&, i] { together[i] = digest(s, i + 1); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(alone, together);
}

TEST(Identity, ASnapshotThatIsResumedGoesTheWayOfTheRunThatNeverStopped) {
  Scenario s = small_chain();
  s.faults.push_back(fault_of(FaultKind::store_link_down, s, 30 * kHour, 5 * kHour));
  Simulation original(s, nullptr, {1, true});
  original.advance(original.start() + 32 * kHour, ~std::uint64_t{0});  // inside the outage
  Simulation copy(original);
  original.advance(kNever, ~std::uint64_t{0});
  copy.advance(kNever, ~std::uint64_t{0});
  EXPECT_EQ(copy.result().digest, original.result().digest);
  EXPECT_EQ(original.result().digest, digest(s));
}

TEST(Identity, RunningInSlicesIsRunningAtOnce) {
  const Scenario s = small_chain();
  Simulation sliced(s, nullptr, {1, true});
  while (!sliced.finished()) sliced.advance(kNever, 997);
  EXPECT_EQ(sliced.result().digest, digest(s));
}

TEST(Identity, PermutingTheFileChangesNothing) {
  Scenario s = small_chain(3, 30, 2);
  Scenario permuted = s;
  std::reverse(permuted.chain.stores.begin(), permuted.chain.stores.end());
  std::reverse(permuted.catalogue.items.begin(), permuted.catalogue.items.end());
  std::reverse(permuted.catalogue.assortments.begin(), permuted.catalogue.assortments.end());
  EXPECT_EQ(digest(expand(permuted)), digest(s));
}

TEST(Identity, AFaultWithProbabilityZeroIsNoFault) {
  const Scenario s = small_chain();
  Scenario with = s;
  Fault fault = fault_of(FaultKind::duplicate, s, kDay, kDay);
  fault.share_ppm = 0;
  with.faults.push_back(fault);
  EXPECT_EQ(digest(with), digest(s));
}

/// What happened at one store, day by day.
std::vector<std::int64_t> path_of(const Scenario& s, const std::string& store) {
  Simulation simulation(s, nullptr, {1, true});
  simulation.advance(kNever, ~std::uint64_t{0});
  const TableView days = simulation.table("truth.store_days");
  const auto index = static_cast<std::uint32_t>(
      std::find(simulation.place_ids().begin(), simulation.place_ids().end(), store) - simulation.place_ids().begin());
  std::vector<std::int64_t> path;
  const auto* places = static_cast<const std::uint32_t*>(days.columns[0].chunks[0].data);
  for (std::size_t row = 0; row < days.rows; ++row) {
    if (places[row] != index) continue;
    for (const ColumnView& column : days.columns)
      if (column.info.type == ColumnType::int64)
        path.push_back(static_cast<const std::int64_t*>(static_cast<const void*>(column.chunks[0].data))[row]);
  }
  return path;
}

TEST(Identity, AnotherStoreLeavesTheOthersAsTheyWere) {
  // Without a DC, which all stores share: its stock is the one road by which a further store is felt.
  Scenario two = small_chain(2, 20, 3);
  two.chain.distribution_centres.clear();
  two.demand.online.reset();
  Scenario three = small_chain(3, 20, 3);
  three.chain.distribution_centres.clear();
  three.demand.online.reset();
  ASSERT_FALSE(path_of(two, two.chain.stores[0].id).empty());
  for (const Store& store : two.chain.stores) EXPECT_EQ(path_of(two, store.id), path_of(three, store.id)) << store.id;
}

TEST(Identity, AnItemThatNoStoreCarriesLeavesThemAsTheyWere) {
  Scenario s = small_chain(2, 20, 3);
  for (Store& store : s.chain.stores) store.assortment = "range";
  Assortment range{"range", {}};
  for (const Item& item : s.catalogue.items) range.items.push_back(item.id);
  s.catalogue.assortments = {range};
  s.demand.online.reset();
  Scenario more = s;
  Item extra = s.catalogue.items.front();
  extra.id = "0-not-carried";
  extra.gtin.clear();
  more.catalogue.items.insert(more.catalogue.items.begin(), extra);
  for (const Store& store : s.chain.stores)
    EXPECT_EQ(path_of(s, store.id), path_of(expand(more), store.id)) << store.id;
}

TEST(Identity, TheSameCustomersComeWhateverTheIntegrationDoes) {
  const Scenario realtime = small_chain();
  Scenario batch = realtime;
  batch.integration.posting.mode = PostingMode::batch;
  batch.integration.posting.interval_minutes = 60;
  batch.faults.push_back(fault_of(FaultKind::store_link_down, batch, 10 * kHour, 4 * kHour));
  for (const Store& store : realtime.chain.stores)
    EXPECT_EQ(path_of(realtime, store.id), path_of(batch, store.id)) << store.id;
}

TEST(Identity, LittlesLawHoldsAtTheTills) {
  // L = lambda W over a span that begins and ends empty: here the store's whole life.
  Scenario s = small_chain(1, 20, 5);
  s.demand.tickets_per_store_day = 1500;
  s.chain.stores[0].time_zone.clear();  // the chain's: figures stop at the end of its days
  const RunResult result = run_to_end(s);
  const double span_s = 5 * 86400.0;
  const double in_system = kpi(result, "till_mean_in_system") * span_s;
  const double spent = kpi(result, "till_mean_time_in_system_s") * kpi(result, "tickets");
  ASSERT_EQ(kpi(result, "till_abandoned_share"), 0);
  EXPECT_NEAR(in_system, spent, 1e-6 * spent);
}

}  // namespace
}  // namespace tillstorm
