#include "world/assortments.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "world/setup_demand.h"

namespace tillstorm {
namespace {

Range range_of(std::string id, const Scenario& scenario, std::vector<std::uint32_t> items) {
  std::sort(items.begin(), items.end());
  Range range{std::move(id), ItemIndex(static_cast<std::uint32_t>(scenario.catalogue.items.size()), items), {}};
  for (const std::uint32_t item : items) range.weights.push_back(scenario.catalogue.items[item].popularity);
  return range;
}

std::vector<std::string> ids_of(const std::vector<Item>& items) {
  std::vector<std::string> ids;
  ids.reserve(items.size());
  for (const Item& item : items) ids.push_back(item.id);
  return ids;
}

Assortments from_scenario(const Scenario& scenario) {
  Assortments result;
  const std::vector<std::string> item_ids = ids_of(scenario.catalogue.items);
  const auto range_index = [&](const std::string& id) {
    for (std::uint32_t i = 0; i < result.ranges.size(); ++i)
      if (result.ranges[i].id == id) return i;
    std::vector<std::uint32_t> items(item_ids.size());
    if (id == "all") {
      std::iota(items.begin(), items.end(), 0U);
    } else {
      const auto found = std::find_if(scenario.catalogue.assortments.begin(), scenario.catalogue.assortments.end(),
                                      [&](const Assortment& a) { return a.id == id; });
      check(found != scenario.catalogue.assortments.end(), "an assortment that a store names has been validated");
      items = resolve_names(found->items, item_ids, "item");
    }
    result.ranges.push_back(range_of(id, scenario, std::move(items)));
    return static_cast<std::uint32_t>(result.ranges.size() - 1);
  };
  const Demand& demand = scenario.demand;
  for (const Store& store : scenario.chain.stores) {
    const std::uint32_t range = range_index(store.assortment);
    result.range_of_store.push_back(range);
    const std::vector<double>& weights = result.ranges[range].weights;
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    const double units = demand.tickets_per_store_day * static_cast<double>(store.size_ppm) / 1e6 * mean_lines(demand) *
                         demand.units_per_line;
    std::vector<double> sales(weights.size());
    for (std::uint32_t position = 0; position < weights.size(); ++position) {
      const Item& item = scenario.catalogue.items[index_of(result.ranges[range].index.item(position))];
      sales[position] = total > 0 ? units * weights[position] / total * item.base_units_per_sale : 0;
    }
    result.daily_sales.push_back(std::move(sales));
  }
  return result;
}

Assortments from_trace(const Scenario& scenario, const Trace& trace, const std::vector<std::uint32_t>& stores,
                       const std::vector<std::uint32_t>& items) {
  struct Sold {
    std::uint32_t item;
    std::int64_t units;
  };
  std::vector<std::vector<Sold>> sold(scenario.chain.stores.size());
  for (std::size_t ticket = 0; ticket < trace.ticket_store.size(); ++ticket)
    for (std::uint64_t line = trace.ticket_first_line[ticket]; line < trace.ticket_first_line[ticket + 1]; ++line)
      sold[stores[trace.ticket_store[ticket]]].push_back({items[trace.line_item[line]], trace.line_quantity[line]});
  Assortments result;
  for (std::uint32_t store = 0; store < sold.size(); ++store) {
    std::vector<Sold>& pairs = sold[store];
    std::sort(pairs.begin(), pairs.end(), [](const Sold& a, const Sold& b) { return a.item < b.item; });
    std::vector<std::uint32_t> carried;
    std::vector<double> sales;
    for (const Sold& pair : pairs) {
      if (carried.empty() || carried.back() != pair.item) {
        carried.push_back(pair.item);
        sales.push_back(0);
      }
      sales.back() += static_cast<double>(pair.units) / scenario.days;
    }
    result.range_of_store.push_back(store);
    result.ranges.push_back(range_of(scenario.chain.stores[store].id, scenario, std::move(carried)));
    result.daily_sales.push_back(std::move(sales));
    std::vector<Sold>().swap(pairs);
  }
  return result;
}

}  // namespace

std::vector<std::uint32_t> resolve_names(const std::vector<std::string>& names, const std::vector<std::string>& ids,
                                         const char* what) {
  std::vector<std::uint32_t> indices;
  std::vector<Problem> problems;
  for (const std::string& name : names) {
    const auto at = std::lower_bound(ids.begin(), ids.end(), name);
    if (at != ids.end() && *at == name) {
      indices.push_back(static_cast<std::uint32_t>(at - ids.begin()));
    } else {
      Problem problem;
      problem.message = std::string("no such ") + what;
      problem.found = name;
      problems.push_back(problem);
      if (problems.size() == 20) break;
    }
  }
  if (!problems.empty()) throw InputError(std::move(problems));
  return indices;
}

Assortments make_assortments(const Scenario& scenario, const Trace* trace,
                             const std::vector<std::uint32_t>& trace_stores,
                             const std::vector<std::uint32_t>& trace_items) {
  return trace == nullptr ? from_scenario(scenario) : from_trace(scenario, *trace, trace_stores, trace_items);
}

}  // namespace tillstorm
