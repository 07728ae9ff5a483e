#include "analytics/kpis/kpis.h"

namespace tillstorm {
namespace {

Kpi figure(const char* name, const char* unit, const char* meaning, double value, std::uint64_t samples) {
  return {name, unit, samples != 0 ? value : 0, samples != 0, samples, meaning};
}

double ratio(double numerator, double denominator) { return denominator != 0 ? numerator / denominator : 0; }
double number(std::uint64_t n) { return static_cast<double>(n); }
double number(std::int64_t n) { return static_cast<double>(n); }

void add_sales(std::vector<Kpi>& kpis, const RunTotals& t, double minor) {
  kpis.push_back({"tickets", "tickets", number(t.tickets), true, t.tickets, "Sales completed at tills."});
  kpis.push_back({"lines", "lines", number(t.lines), true, t.tickets, "Lines of those sales."});
  kpis.push_back({"net_sales", "currency", number(t.store_net + t.online_net) / minor, true,
                  t.tickets + t.online_orders, "Charged in stores and online, net of discounts, before tax."});
  kpis.push_back(figure("gross_margin", "share", "Posted sales less their cost, over posted sales.",
                        ratio(number(t.posted_net - t.posted_cost), number(t.posted_net)),
                        t.posted_net != 0 ? t.posted_tickets + t.online_orders : 0));
  kpis.push_back(
      {"lost_sales_value", "currency", number(t.lost_value + t.online_lost_value) / minor, true, t.customers,
       "What customers wanted and did not get, at the tills' prices: empty shelves, queues, cancelled lines."});
  kpis.push_back(figure("order_cancel_rate", "share", "Online orders of which nothing could be shipped.",
                        ratio(number(t.online_cancelled), number(t.online_orders + t.online_cancelled)),
                        t.online_orders + t.online_cancelled));
}

void add_stock(std::vector<Kpi>& kpis, const RunTotals& t) {
  kpis.push_back(figure("stock_accuracy", "share",
                        "Pairs of store and item whose book on hand equals what is there, at closing time.",
                        ratio(number(t.stock_exact), number(t.stock_cells)), t.stock_cells));
  kpis.push_back(figure("on_shelf_availability", "share",
                        "Pairs of store and item of which a customer could take at least one, at closing time.",
                        ratio(number(t.stock_on_shelf), number(t.stock_cells)), t.stock_cells));
  kpis.push_back(figure("inventory_turns", "turns/year",
                        "Posted cost of goods sold, as a year's rate, over mean book value of all stock.",
                        ratio(number(t.posted_cost) * 365 / (t.days > 0 ? t.days : 1), t.mean_stock_value),
                        t.mean_stock_value > 0 ? t.value_samples : 0));
  kpis.push_back(figure("replenishment_cycle_time_h", "h", "From a store's order to its goods being received, mean.",
                        t.order_cycle_mean_h, t.order_cycles));
}

void add_integration(std::vector<Kpi>& kpis, const RunTotals& t) {
  constexpr const char* kLatency = "From what happened to its posting.";
  kpis.push_back(figure("posting_latency_p50_s", "s", kLatency, number(t.latency_p50_us) / 1e6, t.latencies));
  kpis.push_back(figure("posting_latency_p95_s", "s", kLatency, number(t.latency_p95_us) / 1e6, t.latencies));
  kpis.push_back(figure("posting_latency_p99_s", "s", kLatency, number(t.latency_p99_us) / 1e6, t.latencies));
  kpis.push_back({"backlog_peak_messages", "messages", number(t.backlog_most), true, t.posted_tickets,
                  "Most messages handed over and neither posted, set aside nor dropped at once, over the chain."});
  kpis.push_back(figure(
      "backlog_drain_s", "s",
      "Longest time from the end of an outage until all that had been handed over by then was posted, set aside, "
      "passed on or dropped.",
      seconds(t.longest_drain), t.backlogs_drained));
  kpis.push_back({"duplicates_blocked", "messages", number(t.duplicates), true, t.posted_tickets,
                  "Repeats that the ERP recognised and did not post."});
}

void add_station(std::vector<Kpi>& kpis, const RunTotals::Station& s, const char* const names[4], const char* who) {
  const std::string at = std::string(" at ") + who + ", since the warm-up.";
  const auto add = [&](const char* name, const char* unit, const std::string& meaning, double value) {
    kpis.push_back({name, unit, s.started != 0 ? value : 0, s.started != 0, s.started, meaning + at});
  };
  add(names[0], "share", "Messages that waited for a worker", ratio(number(s.waited), number(s.started)));
  add(names[1], "s", "Wait for a worker, mean", ratio(number(s.wait_us) / 1e6, number(s.started)));
  add(names[2], "messages", "Messages ready and waiting, time average", s.mean_queue);
  add(names[3], s.workers > 0 ? "share" : "workers", "Workers at work, time average",
      s.workers > 0 ? s.mean_busy / s.workers : s.mean_busy);
}

void add_bus(std::vector<Kpi>& kpis, const RunTotals& t) {
  kpis.push_back({"dead_letters", "messages", number(t.set_aside), true, t.bus_received,
                  "Messages set aside for somebody to look at."});
  kpis.push_back(figure("attempts_per_message", "calls",
                        "Calls of the ERP for each message, or chunk of a batch, that came to its end; since the "
                        "warm-up.",
                        ratio(number(t.calls), number(t.calls_over)), t.calls_over));
  kpis.push_back(figure("dropped_share", "share", "Messages let in that the bus lost for want of room.",
                        ratio(number(t.bus_dropped), number(t.bus_received)), t.bus_received));
  static constexpr const char* kErp[4] = {"erp_wait_probability", "erp_mean_wait_s", "erp_mean_queue",
                                          "erp_utilisation"};
  static constexpr const char* kMiddleware[4] = {"middleware_wait_probability", "middleware_mean_wait_s",
                                                 "middleware_mean_queue", "middleware_utilisation"};
  add_station(kpis, t.erp, kErp, "the ERP");
  add_station(kpis, t.middleware, kMiddleware, "the middleware");
  kpis.push_back({"erp_saturated_hours", "h", number(t.saturated_hours), true, t.bus_received,
                  "Hours in which all workers of the ERP were at work and messages waited."});
}

void add_exceptions(std::vector<Kpi>& kpis, const RunTotals& t) {
  kpis.push_back({"exceptions_opened", "exceptions", number(t.exceptions_opened), true, t.bus_received,
                  "Problems that became somebody's work."});
  kpis.push_back({"exceptions_overdue", "exceptions", number(t.exceptions_overdue), true, t.bus_received,
                  "Of those, that were not resolved when they were due."});
  kpis.push_back({"exceptions_open", "exceptions", number(t.exceptions_open), true, t.bus_received,
                  "Of those, that are open at the end."});
  kpis.push_back({"reconciliation_effort_min", "min", seconds(t.exception_work) / 60, true, t.exceptions_opened,
                  "Work on exceptions, of all roles."});
}

void add_tills(std::vector<Kpi>& kpis, const RunTotals& t) {
  const std::uint64_t admitted = t.till_started + t.till_abandoned;
  kpis.push_back({"till_arrivals", "customers", number(t.till_arrived), true, t.till_arrived,
                  "Customers who came to the tills (since the warm-up, as all till figures)."});
  kpis.push_back(figure("till_wait_probability", "share", "Customers let in who had to wait.",
                        ratio(number(t.till_queued), number(t.till_arrived - t.till_blocked)),
                        t.till_arrived - t.till_blocked));
  kpis.push_back(figure("till_mean_wait_s", "s", "Time in the queue, mean over those served and those who gave up.",
                        ratio(number(t.till_wait_us) / 1e6, number(admitted)), admitted));
  kpis.push_back(figure("till_mean_time_in_system_s", "s", "From joining the queue to paying, mean over those served.",
                        ratio(number(t.till_system_us) / 1e6, number(t.till_served)), t.till_served));
  kpis.push_back(figure("till_mean_waiting", "customers", "Customers waiting, time average, sum over stores.",
                        t.till_mean_waiting, t.till_arrived));
  kpis.push_back(figure("till_mean_in_system", "customers",
                        "Customers waiting or served, time average, sum over stores.", t.till_mean_in_system,
                        t.till_arrived));
  kpis.push_back(figure("till_blocked_share", "share", "Customers turned away because the tills were full.",
                        ratio(number(t.till_blocked), number(t.till_arrived)), t.till_arrived));
  kpis.push_back(figure("till_abandoned_share", "share", "Customers let in who gave up waiting.",
                        ratio(number(t.till_abandoned), number(t.till_arrived - t.till_blocked)),
                        t.till_arrived - t.till_blocked));
  kpis.push_back(figure("customers_in_store_mean", "customers",
                        "Customers between shelf and till, time average, sum over stores.", t.mean_inside,
                        t.customers));
}

}  // namespace

std::vector<Kpi> kpis_of(const RunTotals& totals, double minor_per_unit) {
  std::vector<Kpi> kpis;
  add_sales(kpis, totals, minor_per_unit);
  add_stock(kpis, totals);
  add_integration(kpis, totals);
  add_bus(kpis, totals);
  add_exceptions(kpis, totals);
  add_tills(kpis, totals);
  return kpis;
}

}  // namespace tillstorm
