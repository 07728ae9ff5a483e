#include "world/opening.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace tillstorm {
namespace {

constexpr double kTraceCoverDays = 14;  ///< Trace mode: opening stock of a pair is two weeks of its own mean sales.

std::int32_t whole(double units) { return static_cast<std::int32_t>(std::min(2e9, std::ceil(units))); }

/// Mean of s and S, in whole base units, unless the item says otherwise.
std::int32_t opening_units(const Scenario& scenario, const Item& item, double daily_sales) {
  if (item.initial_units >= 0) return item.initial_units;
  const Replenishment& r = scenario.replenishment;
  const std::int32_t least = r.presentation_minimum * item.base_units_per_sale;
  const bool is_trace = scenario.demand.mode == DemandMode::trace;
  const double cover = is_trace ? kTraceCoverDays : (r.min_cover_days + r.max_cover_days) / 2;
  const std::int32_t units =
      is_trace ? least + whole(daily_sales * cover) : std::max(least, whole(daily_sales * cover));
  return (units + item.base_units_per_sale - 1) / item.base_units_per_sale * item.base_units_per_sale;
}

std::int32_t shelf_capacity(const Scenario& scenario, const Item& item, double daily_sales) {
  const Replenishment& r = scenario.replenishment;
  const std::int32_t units = std::max(std::max(1, r.presentation_minimum) * item.base_units_per_sale,
                                      whole(daily_sales * r.shelf_capacity_days));
  return (units + item.base_units_per_sale - 1) / item.base_units_per_sale * item.base_units_per_sale;
}

}  // namespace

void add_opening_stock(WorldSetup& setup, const Scenario& scenario, const Assortments& assortments) {
  const model::Setup& model = setup.model;
  setup.opening_truth.assign(setup.first_cells.back(), 0);
  setup.daily_sales.assign(setup.first_cells.back(), 0);
  std::vector<double> chain_sales(scenario.catalogue.items.size(), 0.0);
  for (std::uint32_t store = 0; store < model.stores.size(); ++store) {
    const ItemIndex& index = model.assortments[model.stores[store].assortment].index;
    for (std::uint32_t position = 0; position < index.size(); ++position) {
      const std::uint32_t item = index_of(index.item(position));
      const std::uint32_t cell = model.stores[store].first_cell + position;
      const double sales = assortments.daily_sales[store][position];
      setup.daily_sales[cell] = static_cast<float>(sales);
      setup.opening_truth[cell] = opening_units(scenario, scenario.catalogue.items[item], sales);
      chain_sales[item] += sales;
    }
  }
  if (!model.addresses.has_dc) return;
  double popularity = 0, online_units = 0;
  if (scenario.demand.online) {
    for (const Item& item : scenario.catalogue.items) popularity += item.popularity;
    online_units = model.demand.online_orders_per_day * scenario.demand.online->lines_per_order *
                   scenario.demand.online->units_per_line;
  }
  const std::uint32_t first = setup.first_cells[model.addresses.stores];
  for (std::uint32_t item = 0; item < scenario.catalogue.items.size(); ++item) {
    const Item& i = scenario.catalogue.items[item];
    if (popularity > 0) chain_sales[item] += online_units * i.popularity / popularity * i.base_units_per_sale;
    const double days = setup.erp.purchasing.mean_lead_time_days[i.origin == Origin::domestic ? 0 : 1] +
                        setup.erp.purchasing.cover_days + 14;
    setup.daily_sales[first + item] = static_cast<float>(chain_sales[item]);
    const std::int32_t units = whole(chain_sales[item] * days) + i.case_pack;
    setup.opening_truth[first + item] = (units + i.case_pack - 1) / i.case_pack * i.case_pack;
  }
}

void stock_truth(World& world, const Scenario& scenario) {
  const WorldSetup& s = *world.setup;
  const Addresses& a = s.model.addresses;
  world.truth.resize(s.first_cells.empty() ? 0 : a.stores < s.first_cells.size() ? s.first_cells[a.stores] : 0);
  for (const model::StoreSetup& store : s.model.stores) {
    const ItemIndex& index = s.model.assortments[store.assortment].index;
    for (std::uint32_t position = 0; position < index.size(); ++position) {
      const Item& item = scenario.catalogue.items[index_of(index.item(position))];
      const std::uint32_t cell = store.first_cell + position;
      model::TruthCell& truth = world.truth[cell];
      truth.price_minor = static_cast<std::int32_t>(item.price_minor);
      truth.shelf_capacity = shelf_capacity(scenario, item, static_cast<double>(s.daily_sales[cell]));
      // Endless opening stock (an item with initial_units) stands on the shelf whole.
      if (item.initial_units >= 0) truth.shelf_capacity = std::max(truth.shelf_capacity, item.initial_units);
      truth.shelf = std::min(s.opening_truth[cell], truth.shelf_capacity);
      truth.backroom = s.opening_truth[cell] - truth.shelf;
    }
  }
  std::vector<std::int32_t> prices;
  for (const Item& item : scenario.catalogue.items) prices.push_back(static_cast<std::int32_t>(item.price_minor));
  world.head_office.emplace_back(prices);
  if (a.has_dc)
    world.warehouses.emplace_back(
        s.model, s.erp.places[a.stores].key,
        std::vector<std::int32_t>(s.opening_truth.begin() + s.first_cells[a.stores], s.opening_truth.end()));
  if (a.has_online) world.online.emplace_back(key_of("online"), s.model.chain_zone, prices);
}

void open_books(World& world) {
  const WorldSetup& s = *world.setup;
  world.book.resize(s.first_cells.back());
  erp::Context c = world.erp_context();
  for (std::uint32_t place = 0; place < s.erp.places.size(); ++place) {
    const std::uint32_t first = s.first_cells[place];
    const std::uint32_t count = s.first_cells[place + 1] - first;
    world.partitions[place].open_books(c, std::span(s.opening_truth).subspan(first, count));
    for (std::uint32_t cell = first; cell < first + count; ++cell)
      world.book[cell].velocity =
          static_cast<std::int32_t>(std::min(1e9, static_cast<double>(s.daily_sales[cell]) * 1024));
  }
}

}  // namespace tillstorm
