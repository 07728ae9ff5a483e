// A figure without a sample has no value; the others are what their meaning says.
#include "analytics/kpis/kpis.h"

#include <gtest/gtest.h>

#include <set>

namespace tillstorm {
namespace {

const Kpi& named(const std::vector<Kpi>& kpis, const std::string& name) {
  for (const Kpi& kpi : kpis)
    if (kpi.name == name) return kpi;
  throw std::out_of_range(name);
}

TEST(Kpis, AnEmptyRunHasNoRatesAndNoLatencies) {
  const std::vector<Kpi> kpis = kpis_of(RunTotals{}, 100);
  for (const char* name : {"stock_accuracy", "on_shelf_availability", "posting_latency_p95_s", "gross_margin",
                           "inventory_turns", "replenishment_cycle_time_h", "backlog_drain_s", "till_mean_wait_s"})
    EXPECT_FALSE(named(kpis, name).has_value) << name;
  EXPECT_TRUE(named(kpis, "tickets").has_value);
  EXPECT_EQ(named(kpis, "tickets").value, 0);
}

TEST(Kpis, NamesAreUniqueAndEachHasUnitAndMeaning) {
  std::set<std::string> names;
  for (const Kpi& kpi : kpis_of(RunTotals{}, 100)) {
    EXPECT_TRUE(names.insert(kpi.name).second) << kpi.name;
    EXPECT_FALSE(kpi.unit.empty()) << kpi.name;
    EXPECT_FALSE(kpi.meaning.empty()) << kpi.name;
  }
}

TEST(Kpis, SalesAreInTheCurrencysUnit) {
  RunTotals totals;
  totals.store_net = 12'345;
  totals.online_net = 55;
  EXPECT_DOUBLE_EQ(named(kpis_of(totals, 100), "net_sales").value, 124.0);
  EXPECT_DOUBLE_EQ(named(kpis_of(totals, 1), "net_sales").value, 12'400.0);
}

TEST(Kpis, TurnsAreAYearsRate) {
  RunTotals totals;
  totals.posted_cost = 1000;
  totals.mean_stock_value = 2000;
  totals.value_samples = 5;
  totals.days = 73;
  EXPECT_DOUBLE_EQ(named(kpis_of(totals, 100), "inventory_turns").value, 2.5);
}

}  // namespace
}  // namespace tillstorm
