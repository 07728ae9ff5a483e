#include "world/totals.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "base/log.h"
#include "engine/quantile_sketch.h"
#include "engine/running_moments.h"

namespace tillstorm {
namespace {

void add_day(RunTotals& t, const model::DayTotals& day) {
  t.customers += day.customers;
  t.tickets += day.tickets;
  t.lines += day.lines;
  t.store_net += day.net;
  t.lost_value += day.lost_value;
  t.lost_units += day.lost_units;
  t.trace_shortage_units += day.shortage_units;
}

void add_tills(RunTotals& t, const model::Store& store, Time now) {
  const ServerStatistics& s = store.tills().statistics();
  t.till_arrived += s.arrived;
  t.till_queued += s.queued;
  t.till_blocked += s.blocked;
  t.till_abandoned += s.abandoned;
  t.till_started += s.started;
  t.till_served += s.served;
  t.till_wait_us += s.wait_of_started_us + s.wait_of_abandoned_us;
  t.till_system_us += s.time_in_system_us;
  t.till_mean_waiting += store.tills().waiting_over_time().mean(now);
  t.till_mean_in_system += store.tills().in_system_over_time().mean(now);
  t.mean_inside += store.customers_inside().mean(now);
}

void add_books(RunTotals& t, const World& world) {
  QuantileSketch latency;
  RunningMoments cycle;
  double value = 0;
  for (const erp::Partition& partition : world.partitions) {
    t.posted_tickets += partition.posted_tickets();
    t.duplicates += partition.duplicates();
    latency.merge(partition.latency());
    cycle.merge(partition.order_cycle_hours());
    double place_value = 0;
    std::uint64_t place_days = 0;
    for (const erp::BookDay& day : partition.journal().days()) {
      t.posted_net += day.net;
      t.posted_cost += day.cost;
      place_value += static_cast<double>(day.closing_value);
      ++place_days;
    }
    if (place_days != 0) value += place_value / static_cast<double>(place_days);
    t.value_samples += place_days;
  }
  t.mean_stock_value = value;
  t.latencies = latency.count();
  t.latency_p50_us = latency.quantile(0.50);
  t.latency_p95_us = latency.quantile(0.95);
  t.latency_p99_us = latency.quantile(0.99);
  t.order_cycles = cycle.count();
  t.order_cycle_mean_h = cycle.mean();
}

RunTotals::Station station_of(const World& world, integration::Job::Phase phase, std::int32_t workers) {
  const integration::StationStatistics& s = world.bus.station(phase);
  const Time now = world.kernel.now;
  return {s.started, s.waited, s.wait_us, s.busy.mean(now), s.queue.mean(now), static_cast<double>(workers)};
}

void add_bus(RunTotals& t, const World& world) {
  const CapacityRule& capacity = world.setup->bus.capacity;
  const integration::BusCounters& bus = world.bus.counters();
  t.bus_received = bus.received;
  t.bus_dropped = bus.dropped;
  t.calls = bus.calls;
  t.calls_over = bus.over;
  t.set_aside = world.bus.set_aside_in_all();
  t.saturated_hours = world.bus.saturated_hours();
  t.erp =
      station_of(world, integration::Job::Phase::erp, capacity.mode == CapacityMode::finite ? capacity.erp_workers : 0);
  t.middleware = station_of(world, integration::Job::Phase::middleware,
                            capacity.middleware_service_ms ? capacity.middleware_workers : 0);
}

}  // namespace

RunTotals totals_of(const World& world) {
  RunTotals t;
  for (const model::Store& store : world.stores) {
    add_day(t, store.before_today());
    add_day(t, store.today());
    add_tills(t, store, world.kernel.now);
  }
  for (const model::Warehouse& warehouse : world.warehouses) {
    t.online_net += warehouse.totals().online_net;
    t.online_orders += warehouse.totals().online_orders;
    t.online_cancelled += warehouse.totals().online_cancelled;
    t.online_lost_value += warehouse.totals().online_lost_value;
  }
  add_books(t, world);
  add_bus(t, world);
  const erp::ExceptionCounters& exceptions = world.desk.counters();
  t.exceptions_opened = exceptions.opened;
  t.exceptions_overdue = exceptions.breached;
  t.exceptions_open = world.desk.open().size();
  t.exception_work = exceptions.worked;
  t.days = static_cast<double>((world.kernel.now - world.setup->start).us) / static_cast<double>(kDay.us);
  t.backlog_most = world.backlog.most();
  t.backlogs_drained = world.backlog.drained();
  t.longest_drain = world.backlog.longest_drain();
  t.stock_cells = world.stock_samples.cells;
  t.stock_exact = world.stock_samples.exact;
  t.stock_on_shelf = world.stock_samples.on_shelf;
  return t;
}

void end_days(World& world) {
  world.totals_at_end = totals_of(world);
  if (log_enabled(LogLevel::info))
    log(LogLevel::info, "the days are over: " + std::to_string(world.pending_messages()) +
                            " messages are still to be worked off, " + std::to_string(world.kernel.queue.size()) +
                            " events pending");
  world.days_are_over = true;
}

void sample_stock(World& world, std::uint32_t index) {
  const model::Store& store = world.stores[index];
  const std::int32_t days = world.setup->model.last_date - world.setup->model.first_date;
  const auto turn = static_cast<std::uint64_t>(store.business_date().days) + world.setup->model.stores[index].key % 7;
  if (days > 31 && turn % 7 != 0) return;
  const std::uint32_t end = world.setup->first_cells[index + 1];
  StockSamples& samples = world.stock_samples;
  for (std::uint32_t cell = world.setup->first_cells[index]; cell < end; ++cell) {
    const model::TruthCell& truth = world.truth[cell];
    const std::int32_t difference = truth.shelf + truth.backroom - world.book[cell].on_hand;
    samples.exact += difference == 0 ? 1 : 0;
    samples.error_units += static_cast<std::uint64_t>(std::abs(difference));
    samples.on_shelf += truth.shelf > 0 ? 1 : 0;
    samples.in_backroom_only += truth.shelf <= 0 && truth.backroom > 0 ? 1 : 0;
  }
  samples.cells += end - world.setup->first_cells[index];
}

}  // namespace tillstorm
