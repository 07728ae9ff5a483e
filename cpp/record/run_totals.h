#pragma once
// The counters of a run, gathered from all sites at one moment: what the key figures are made of.
#include <cstdint>

#include "base/money.h"
#include "base/time.h"

namespace tillstorm {

/// Both worlds; sums over all stores unless said otherwise.
struct RunTotals {
  // Truth.
  std::uint64_t customers = 0;
  std::uint64_t tickets = 0;
  std::uint64_t lines = 0;
  Minor store_net = 0;
  Minor online_net = 0;
  std::uint64_t online_orders = 0;     ///< Packed, wholly or in part.
  std::uint64_t online_cancelled = 0;  ///< Nothing of it could be packed.
  Minor lost_value = 0;                ///< At shelves and tills.
  Minor online_lost_value = 0;
  std::int64_t lost_units = 0;
  std::int64_t trace_shortage_units = 0;

  // Tills, since the warm-up.
  std::uint64_t till_arrived = 0;
  std::uint64_t till_queued = 0;
  std::uint64_t till_blocked = 0;
  std::uint64_t till_abandoned = 0;
  std::uint64_t till_started = 0;
  std::uint64_t till_served = 0;
  std::int64_t till_wait_us = 0;    ///< Of those who were served or gave up.
  std::int64_t till_system_us = 0;  ///< Arrival to departure, of those served.
  double till_mean_waiting = 0;     ///< Customers waiting, time average, sum over stores.
  double till_mean_in_system = 0;   ///< Customers waiting or served, time average, sum over stores.
  double mean_inside = 0;           ///< Customers between shelf and till, time average, sum over stores.

  // Books.
  std::uint64_t posted_tickets = 0;
  std::uint64_t duplicates = 0;
  Minor posted_net = 0;
  Minor posted_cost = 0;
  std::uint64_t latencies = 0;  ///< Messages behind the quantiles.
  std::int64_t latency_p50_us = 0;
  std::int64_t latency_p95_us = 0;
  std::int64_t latency_p99_us = 0;
  std::uint64_t order_cycles = 0;
  double order_cycle_mean_h = 0;
  std::uint64_t value_samples = 0;
  double mean_stock_value = 0;  ///< Book value of all stock, mean over business days [minor].
  double days = 0;              ///< Business days so far.

  // The bus.
  std::uint64_t bus_received = 0;  ///< Messages let in, since the warm-up as all of these.
  std::uint64_t bus_dropped = 0;   ///< Of those, for want of room.
  std::uint64_t calls = 0;         ///< Of the ERP.
  std::uint64_t calls_over = 0;    ///< Deliveries that have come to their end: delivered or set aside.
  std::uint64_t set_aside = 0;     ///< Messages, over the whole run.
  std::uint64_t saturated_hours = 0;
  struct Station {
    std::uint64_t started = 0, waited = 0;
    std::int64_t wait_us = 0;
    double mean_busy = 0, mean_queue = 0;  ///< Over time.
    double workers = 0;
  } erp, middleware;

  // Exceptions.
  std::uint64_t exceptions_opened = 0;
  std::uint64_t exceptions_overdue = 0;  ///< At one time or other.
  std::uint64_t exceptions_open = 0;     ///< At this moment.
  Duration exception_work{};

  // Between them.
  std::int64_t backlog_most = 0;
  std::uint64_t backlogs_drained = 0;
  Duration longest_drain{};
  std::uint64_t stock_cells = 0;  ///< Pairs looked at, at closing time.
  std::uint64_t stock_exact = 0;
  std::uint64_t stock_on_shelf = 0;
};

}  // namespace tillstorm
