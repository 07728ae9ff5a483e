#include "world/assemble.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "base/log.h"
#include "messages/event_kind.h"
#include "world/assortments.h"
#include "world/faults.h"
#include "world/master_gaps.h"
#include "world/opening.h"
#include "world/setup_demand.h"
#include "world/trace_replay.h"

namespace tillstorm {
namespace {

TimeZone zone_or(const std::string& name, const TimeZone& otherwise) {
  if (name.empty()) return otherwise;
  const auto zone = TimeZone::find(name);
  check(zone.has_value(), "a time zone that a scenario names has been validated");
  return *zone;
}

model::OpeningSetup opening_of(const OpenHours& hours) { return {hours.open.minute, hours.close.minute}; }

std::vector<model::StoreSetup> store_setups(const Scenario& scenario, const TimeZone& chain_zone,
                                            const Assortments& assortments) {
  std::vector<model::StoreSetup> setups;
  std::uint32_t first_cell = 0;
  for (std::uint32_t i = 0; i < scenario.chain.stores.size(); ++i) {
    const Store& store = scenario.chain.stores[i];
    model::StoreSetup s;
    s.key = key_of(store.id);
    s.region_key = key_of(store.region);
    s.zone = zone_or(store.time_zone, chain_zone);
    s.opening = {opening_of(store.opening.weekday), opening_of(store.opening.saturday),
                 opening_of(store.opening.sunday)};
    s.assortment = assortments.range_of_store[i];
    s.first_cell = first_cell;
    s.terminals = store.terminals;
    s.size = static_cast<double>(store.size_ppm) / 1e6;
    s.customers_per_day = scenario.demand.tickets_per_store_day * s.size;
    s.tax_rate = store.sales_tax_rate_ppm >= 0 ? store.sales_tax_rate_ppm : scenario.finance.sales_tax_rate_ppm;
    first_cell += assortments.ranges[s.assortment].index.size();
    setups.push_back(s);
  }
  return setups;
}

model::Setup model_setup(const Scenario& scenario, const Assortments& assortments, std::uint64_t seed) {
  model::Setup setup;
  setup.seed = seed;
  setup.chain_zone = zone_or(scenario.chain.time_zone, *TimeZone::find("UTC"));
  setup.addresses = {static_cast<std::uint32_t>(scenario.chain.stores.size()),
                     !scenario.chain.distribution_centres.empty(),
                     scenario.demand.online.has_value() && !scenario.chain.distribution_centres.empty()};
  setup.first_date = scenario.start;
  setup.last_date = scenario.start + scenario.days;
  for (const Item& item : scenario.catalogue.items)
    setup.items.push_back({item.base_units_per_sale, item.tax_class == TaxClass::standard});
  const bool is_trace = scenario.demand.mode == DemandMode::trace;
  for (const Range& range : assortments.ranges) {
    const double total = std::accumulate(range.weights.begin(), range.weights.end(), 0.0);
    setup.assortments.push_back({range.index, is_trace || total <= 0 ? AliasTable{} : AliasTable(range.weights)});
  }
  setup.stores = store_setups(scenario, setup.chain_zone, assortments);
  setup.demand = demand_setup(scenario);
  setup.tills = till_setup(scenario);
  setup.tills.crash = scenario.integration.pos;
  setup.sequence = scenario.integration.sequence;
  setup.schema = scenario.integration.schema;
  setup.bag_fee = scenario.finance.bag_fee_minor;
  setup.supply.store_lead_days = scenario.supply.store_lead_time_days;
  setup.supply.delivery_minute = scenario.supply.store_delivery_at.minute;
  setup.supply.dock_to_stock = Duration{static_cast<std::int64_t>(scenario.supply.dock_to_stock_hours * 3.6e9)};
  setup.supply.shelf_fill_interval = scenario.replenishment.shelf_fill_interval_minutes * kMinute;
  setup.tax_rounding = scenario.finance.tax_rounding_mode;
  setup.tax_per_line = scenario.finance.tax_rounding_level == TaxRoundingLevel::per_line;
  setup.online_tax_rate = scenario.finance.sales_tax_rate_ppm;
  if (setup.addresses.has_online) {
    std::vector<std::uint32_t> all(scenario.catalogue.items.size());
    std::iota(all.begin(), all.end(), 0U);
    std::vector<double> weights;
    for (const Item& item : scenario.catalogue.items) weights.push_back(item.popularity);
    setup.online = {ItemIndex(static_cast<std::uint32_t>(all.size()), all), AliasTable(weights)};
  }
  return setup;
}

erp::PurchasingSetup purchasing_setup(const Supply& supply) {
  erp::PurchasingSetup setup;
  const double means[2] = {supply.lead_time_domestic_days, supply.lead_time_import_days};
  for (std::size_t i = 0; i < 2; ++i) {
    setup.mean_lead_time_days[i] = means[i];
    setup.lead_time_days[i] = law_of(LawSpec::gamma(means[i], supply.lead_time_cv));
  }
  setup.cover_days = supply.dc_cover_weeks * 7;
  return setup;
}

void add_item_masters(erp::Setup& setup, const Scenario& scenario) {
  for (const Item& item : scenario.catalogue.items) {
    erp::ItemMaster master;
    master.key = key_of(item.id);
    master.unit_cost_micro = divide_rounded(item.cost_minor * kMillion, item.base_units_per_sale, Rounding::half_up);
    master.case_pack = item.case_pack;
    master.base_units = item.base_units_per_sale;
    // A supplier's order day follows its name, so that another supplier moves nobody's.
    master.supplier = static_cast<std::uint16_t>(key_of(item.supplier) % 7);
    master.lead_time = item.origin == Origin::domestic ? 0 : 1;
    setup.items.push_back(master);
  }
}

erp::Setup erp_setup(const Scenario& scenario, const model::Setup& model, const Assortments& assortments) {
  erp::Setup setup;
  setup.seed = model.seed;
  setup.addresses = model.addresses;
  setup.first_date = model.first_date;
  setup.last_date = model.last_date;
  setup.chain_zone = model.chain_zone;
  add_item_masters(setup, scenario);
  for (const Range& range : assortments.ranges) setup.indexes.push_back(range.index);
  std::uint32_t first_cell = 0;
  for (const model::StoreSetup& store : model.stores) {
    setup.places.push_back({.key = store.key,
                            .zone = store.zone,
                            .index = store.assortment,
                            .first_cell = store.first_cell,
                            .terminals = store.terminals,
                            .close_minute = {store.opening[0].close_minute, store.opening[1].close_minute,
                                             store.opening[2].close_minute}});
    first_cell = store.first_cell + setup.indexes[store.assortment].size();
  }
  if (setup.addresses.has_dc) {
    const DistributionCentre& dc = scenario.chain.distribution_centres[0];
    std::vector<std::uint32_t> all(scenario.catalogue.items.size());
    std::iota(all.begin(), all.end(), 0U);
    setup.indexes.emplace_back(static_cast<std::uint32_t>(all.size()), all);
    setup.places.push_back({.key = key_of(dc.id),
                            .zone = zone_or(dc.time_zone, model.chain_zone),
                            .index = static_cast<std::uint32_t>(setup.indexes.size() - 1),
                            .first_cell = first_cell});
  }
  const Replenishment& r = scenario.replenishment;
  setup.replenishment = {r.enabled,
                         r.review_at.minute,
                         0,
                         static_cast<std::int64_t>(r.min_cover_days * 1000),
                         static_cast<std::int64_t>(r.max_cover_days * 1000),
                         r.presentation_minimum,
                         r.velocity_weight_ppm};
  for (const std::int32_t day : r.review_weekdays)
    setup.replenishment.review_weekdays = static_cast<std::uint8_t>(setup.replenishment.review_weekdays | 1 << day);
  setup.purchasing = purchasing_setup(scenario.supply);
  setup.pricing = {
      scenario.pricing.publish_at.minute,
      model.demand.is_trace ? 0 : static_cast<std::uint32_t>(scenario.pricing.changes_per_item_month_ppm * 12 / 365),
      static_cast<std::uint32_t>(scenario.pricing.decrease_share_ppm), scenario.pricing.change_size_ppm,
      scenario.pricing.effective_at.minute};
  const Withdrawals& withdrawals = scenario.catalogue.withdrawals;
  if (!model.demand.is_trace)
    setup.pricing.withdrawal_ppm_per_day = static_cast<std::uint32_t>(withdrawals.per_item_month_ppm * 12 / 365);
  setup.pricing.withdrawn_days = withdrawals.days;
  setup.pricing.blocks_withdrawn = withdrawals.record == WithdrawalRecord::blocked;
  setup.dedupe_window = std::bit_ceil(static_cast<std::uint32_t>(scenario.integration.dedupe.window_messages));
  setup.dedupe_hours = static_cast<std::uint32_t>(scenario.integration.dedupe.window_hours);
  setup.late_lookup = scenario.integration.dedupe.late_lookup;
  setup.atomicity = scenario.integration.dedupe.atomicity;
  setup.idempotency = scenario.integration.idempotency;
  setup.dependency = scenario.integration.dependency;
  setup.late = scenario.integration.late;
  setup.period = scenario.finance.period;
  setup.sequence = scenario.integration.sequence;
  setup.middleware_latency = Duration{static_cast<std::int64_t>(scenario.integration.latency.erp_ms * 1000)};
  return setup;
}

integration::BusSettings bus_settings(const WorldSetup& setup, const Integration& rules) {
  integration::BusSettings bus;
  bus.seed = setup.model.seed;
  bus.addresses = setup.model.addresses;
  for (const erp::PlaceMaster& place : setup.erp.places) bus.place_keys.push_back(place.key);
  bus.zone = setup.erp.chain_zone;
  bus.to_books = setup.erp.middleware_latency;
  bus.to_sources = Duration{static_cast<std::int64_t>(rules.latency.store_min_ms * 1000)};
  bus.topology = rules.topology;
  bus.envelope = rules.envelope;
  bus.ordering = rules.ordering;
  bus.dedupe = rules.dedupe;
  bus.posting = rules.posting;
  if (rules.topology == Topology::files) {
    bus.posting.mode = PostingMode::batch;
    bus.posting.interval_minutes = 24 * 60;
  }
  bus.batch = rules.batch;
  bus.capacity = rules.capacity;
  bus.throttle = rules.throttle;
  bus.queue = rules.queue;
  // A file has no bound that a queue has.
  if (rules.topology == Topology::files) bus.queue.max_messages = std::numeric_limits<std::int32_t>::max();
  bus.retry = rules.retry;
  bus.breaker = rules.breaker;
  bus.dead_letter = rules.dead_letter;
  bus.repair = rules.repair;
  if (rules.capacity.service_ms) bus.erp_law = law_of(*rules.capacity.service_ms);
  if (rules.capacity.middleware_service_ms) bus.middleware_law = law_of(*rules.capacity.middleware_service_ms);
  return bus;
}

/// Of each store, the first so many minutes after it opens.
std::vector<erp::WorkingHours> first_minutes_of_stores(const model::Setup& model, std::int32_t minutes) {
  std::vector<erp::WorkingHours> all;
  for (const model::StoreSetup& store : model.stores) {
    erp::WorkingHours hours;
    hours.zone = store.zone;
    for (std::size_t day = 0; day < 7; ++day) {
      const model::OpeningSetup& opening = store.opening[day < 5 ? 0 : day - 4];
      if (!opening.is_closed())
        hours.days[day] = {opening.open_minute, std::min(opening.close_minute, opening.open_minute + minutes)};
    }
    all.push_back(hours);
  }
  return all;
}

void add_integration(WorldSetup& setup, const Integration& rules) {
  const Duration least{static_cast<std::int64_t>(rules.latency.store_min_ms * 1000)};
  const Duration timeout = rules.forward.ack_timeout_seconds * kSecond;
  const Duration gap = kSecond / rules.forward.replay_per_second;
  const Duration inside = setup.erp.middleware_latency;
  const Duration sweep = rules.forward.sweep_seconds * kSecond;
  const integration::LatencyTable store_link(law_of(rules.latency.store_ms), least);
  const integration::LatencyTable inside_link(Law{Law::Kind::constant, rules.latency.erp_ms}, inside);
  setup.channel_kinds = {{.latency = store_link, .acknowledgement_timeout = timeout, .replay_gap = gap, .sweep = sweep},
                         {.latency = store_link, .acknowledgement_timeout = timeout, .replay_gap = gap, .sweep = sweep},
                         // Inside the data centre acknowledgements are gathered.
                         {.latency = inside_link,
                          .acknowledgement_timeout = timeout + kMinute,
                          .replay_gap = gap,
                          .acknowledge_after = kMinute,
                          .sweep = sweep}};
  for (integration::ChannelSettings& kind : setup.channel_kinds) kind.verifies_hash = rules.envelope.verify_hash;
  setup.bus = bus_settings(setup, rules);
  setup.source_log = rules.source_log;
  setup.master = rules.master;
  setup.sequence = {rules.sequence, setup.model.addresses, inside};
  // Where a roll-out has no date for the middleware it is there before the stores.
  const Time upgrade = rules.schema.receiver_from ? setup.model.chain_zone.at(*rules.schema.receiver_from, 0) : Time{};
  setup.schema = {rules.schema, upgrade};
}

void add_trace(WorldSetup& setup, const Trace& trace, const std::vector<std::uint32_t>& stores) {
  setup.trace = trace;
  setup.trace_tickets.resize(setup.model.stores.size());
  for (std::uint32_t ticket = 0; ticket < trace.ticket_store.size(); ++ticket) {
    // Baskets are facts, at their times: what lies outside the days of the run is left out, never moved into them.
    const std::uint32_t store = stores[trace.ticket_store[ticket]];
    const TimeZone& zone = setup.model.stores[store].zone;
    const Time at{trace.ticket_time_us[ticket]};
    if (at < std::min(setup.start, zone.at(setup.model.first_date, 0)) || at >= zone.at(setup.model.last_date, 0)) {
      ++setup.trace_outside;
    } else {
      setup.trace_tickets[store].push_back(ticket);
    }
  }
}

}  // namespace

std::shared_ptr<const WorldSetup> make_setup(const Scenario& scenario, const Trace* trace, std::uint64_t seed) {
  auto setup = std::make_shared<WorldSetup>();
  for (const Store& store : scenario.chain.stores) setup->place_ids.push_back(store.id);
  for (const Item& item : scenario.catalogue.items) setup->item_ids.push_back(item.id);
  std::vector<std::uint32_t> trace_stores;
  if (trace != nullptr) {
    trace_stores = resolve_names(trace->store_ids, setup->place_ids, "store");
    setup->trace_items = resolve_names(trace->item_ids, setup->item_ids, "item");
  }
  const Assortments assortments = make_assortments(scenario, trace, trace_stores, setup->trace_items);
  setup->model = model_setup(scenario, assortments, seed);
  setup->erp = erp_setup(scenario, setup->model, assortments);
  if (setup->model.addresses.has_dc) setup->place_ids.push_back(scenario.chain.distribution_centres[0].id);
  setup->start = setup->model.chain_zone.at(scenario.start, 0);
  setup->end = setup->model.chain_zone.at(scenario.start + scenario.days, 0);
  setup->figures_end = setup->end;
  for (const model::StoreSetup& store : setup->model.stores)
    setup->figures_end = std::max(setup->figures_end, store.zone.at(setup->model.last_date, 0));
  setup->warm_from = setup->start + scenario.record.warm_up;
  add_integration(*setup, scenario.integration);
  const std::int32_t people_minutes = scenario.people.exceptions.store_manager_minutes_per_day;
  setup->erp.exceptions = {scenario.integration.exceptions,
                           scenario.integration.repair,
                           scenario.people.exceptions,
                           scenario.finance.write_off_limit_minor,
                           first_minutes_of_stores(setup->model, people_minutes),
                           first_minutes_of_stores(setup->model, std::numeric_limits<std::int16_t>::max())};
  setup->faults = fault_setups(scenario, setup->model.chain_zone, setup->model.addresses.sources(), seed);
  setup->erp.master_gaps = master_gaps(setup->faults, setup->erp);
  for (const erp::PlaceMaster& place : setup->erp.places) setup->first_cells.push_back(place.first_cell);
  setup->first_cells.push_back(setup->first_cells.empty()
                                   ? 0
                                   : setup->first_cells.back() +
                                         setup->erp.indexes[setup->erp.places.back().index].size());
  if (trace != nullptr) add_trace(*setup, *trace, trace_stores);
  add_opening_stock(*setup, scenario, assortments);
  return setup;
}

namespace {

void make_links(World& world) {
  const Addresses& a = world.addresses();
  const std::uint64_t seed = world.setup->model.seed;
  for (std::uint32_t source = 0; source < a.sources(); ++source) {
    const std::uint64_t key = source < a.places() ? world.setup->erp.places[source].key : key_of("online");
    const std::uint32_t up = World::up_channel(source), down = World::down_channel(source);
    world.senders.emplace_back(up, a.middleware(), seed, key);
    world.senders.emplace_back(down, a.source(source), seed, mix64(key));
    world.receivers.emplace_back(up, a.source(source), seed, key);
    world.receivers.emplace_back(down, a.middleware(), seed, mix64(key));
  }
}

void schedule_first_events(World& world) {
  const Addresses& a = world.addresses();
  model::Context truth = world.model_context();
  erp::Context books = world.erp_context();
  for (std::uint32_t i = 0; i < a.stores; ++i) {
    world.kernel.act_as(a.store(i));
    world.stores[i].start(truth);
    if (world.setup->model.demand.is_trace) start_trace(world, i);
  }
  for (erp::Partition& partition : world.partitions) {
    world.kernel.act_as(a.partition(partition.place()));
    partition.start(books);
  }
  if (a.has_online) {
    world.kernel.act_as(a.online());
    world.online[0].start(truth);
  }
  world.kernel.act_as(a.head_office());
  world.head_office[0].start(books);
  schedule_faults(world);
  world.kernel.act_as(a.control());
  world.kernel.schedule(world.setup->figures_end, static_cast<std::uint16_t>(EventKind::days_end), 0, Priority::check);
  world.is_warm = world.setup->warm_from <= world.setup->start;
  if (world.is_warm) return;
  world.kernel.schedule(world.setup->warm_from, static_cast<std::uint16_t>(EventKind::statistics_begin), 0,
                        Priority::check);
}

}  // namespace

World make_world(std::shared_ptr<const WorldSetup> setup, const Scenario& scenario, Mutant mutant) {
  World world;
  world.rules = RuleBook(mutant);
  world.setup = std::move(setup);
  const WorldSetup& s = *world.setup;
  const Addresses& a = s.model.addresses;
  world.kernel = Kernel(a.sites(), s.start);
  world.tables = Tables(scenario.record.tables, scenario.record.on_disk);
  for (std::uint32_t i = 0; i < a.stores; ++i) world.stores.emplace_back(s.model, i, s.start);
  world.trace_next.assign(a.stores, 0);
  world.backlog = Backlog(a.sources());
  stock_truth(world, scenario);
  make_links(world);
  world.bus = integration::Bus(s.bus, s.start);
  world.desk = erp::ExceptionDesk(s.erp);
  world.masters.resize(a.sources());
  world.source_logs.assign(a.sources(), SourceLogState::has_room);
  for (const model::StoreSetup& store : s.model.stores)
    world.journals.emplace_back(s.model.seed, store.key, static_cast<std::uint32_t>(store.terminals));
  for (std::uint32_t store = 0; store < a.stores; ++store) world.gates.emplace_back(PlaceId{store});
  for (std::uint32_t place = 0; place < a.places(); ++place)
    world.guards.emplace_back(PlaceId{place}, static_cast<std::uint32_t>(s.erp.places[place].terminals));
  world.faults = FaultTally(s.faults.size());
  for (std::uint32_t place = 0; place < a.places(); ++place) world.partitions.emplace_back(s.erp, PlaceId{place});
  open_books(world);
  schedule_first_events(world);
  if (log_enabled(LogLevel::info)) {
    log(LogLevel::info, "assembled " + std::to_string(a.stores) + " stores and " + std::to_string(s.item_ids.size()) +
                            " items: " + std::to_string(s.first_cells.back()) + " pairs of place and item, " +
                            std::to_string(world.state_bytes() >> 10U) +
                            " KiB, faults: " + std::to_string(s.faults.size()));
    if (s.trace_outside != 0)
      log(LogLevel::warning,
          std::to_string(s.trace_outside) + " tickets of the log lie outside the days of the run and are left out");
  }
  return world;
}

}  // namespace tillstorm
