#pragma once
// A chain, its integration and what breaks there, drawn from a seed: for properties that hold whatever happens.
// faults_test.cpp runs a few of them, tests/soak thousands.
//
// Only settings under which nothing may be lost are drawn: a queue that drops, or a source log that overwrites, breaks
// promises by design.
#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>

#include "engine/random_stream.h"
#include "harness/simulation.h"
#include "scenario/scenario.h"
#include "world/generate/generate.h"

namespace tillstorm {

/// Draws of one schedule. Their order is part of what a seed means.
class ScheduleDraws {
 public:
  explicit ScheduleDraws(std::uint64_t seed) : chance_(seed, purpose_of("any schedule"), 0, 0) {}

  bool one_in(std::uint32_t n) { return chance_.below(n) == 0; }
  /// Both ends included.
  std::int32_t between(std::int32_t low, std::int32_t high) {
    return low + static_cast<std::int32_t>(chance_.below(static_cast<std::uint32_t>(high - low + 1)));
  }
  template <class Value>
  Value one_of(std::initializer_list<Value> values) {
    return *std::next(values.begin(), between(0, static_cast<std::int32_t>(values.size()) - 1));
  }
  /// Any value of an enumeration.
  template <class Enum>
  Enum any(Enum) {
    return static_cast<Enum>(between(0, static_cast<std::int32_t>(names_of(Enum{}).size()) - 1));
  }

 private:
  RandomStream chance_;
};

inline void draw_bus(ScheduleDraws& draw, Integration& road) {
  road.topology = draw.any(Topology{});
  road.ordering.key = draw.any(OrderingKey{});
  road.posting.mode = draw.any(PostingMode{});
  road.posting.interval_minutes = draw.one_of({1, 15, 60, 240, 1440});
  road.posting.micro_batch_max_messages = draw.one_of({1, 2, 7, 50, 500});
  road.posting.micro_batch_max_seconds = draw.one_of({1, 30, 600});
  road.batch.commit_chunk_messages = draw.one_of({1, 3, 20, 100});
  road.batch.on_invalid = draw.any(InvalidPolicy{});
  road.batch.checkpoint = draw.any(Checkpoint{});
  if (road.topology == Topology::point_to_point) road.posting.mode = PostingMode::realtime;  // nobody collects
  const bool is_daily = road.topology == Topology::files || road.posting.mode == PostingMode::batch;
  // What is collected counts, too: a queue that is shorter than a day's file takes weeks to post a day, and one of a
  // single message posts one for each micro-batch.
  const std::int32_t least = is_daily ? 1000 : road.posting.mode == PostingMode::microbatch ? 5 : 1;
  road.queue.max_messages = std::max(least, draw.one_of({1, 5, 50, 500, 50'000}));
  road.queue.low_water_ppm = draw.between(0, 900'000);
  road.queue.high_water_ppm = road.queue.low_water_ppm + draw.between(1, 200'000);
  if (draw.one_in(8)) road.source_log.max_messages = draw.one_of({20, 60});
  road.dead_letter.key_policy = draw.any(DeadKeyPolicy{});
  road.dead_letter.poison_crashes = draw.between(1, 4);
  // A week has too few crashes of ten minutes where hundreds of copies of a message do it, each several times.
  road.dead_letter.restart_seconds = draw.one_of({0, 20, 120});
  road.repair.max_resubmits = draw.between(1, 5);
  // Where everything waits for each crash, a day of poison takes weeks of slow restarts.
  const bool is_one_queue =
      road.ordering.key == OrderingKey::global || road.dead_letter.key_policy == DeadKeyPolicy::block_queue;
  if (is_one_queue) road.dead_letter.restart_seconds = std::min(road.dead_letter.restart_seconds, 20);
}

inline void draw_erp(ScheduleDraws& draw, Integration& road) {
  road.capacity.mode = draw.one_in(4) ? CapacityMode::infinite : CapacityMode::finite;
  road.capacity.erp_workers = draw.one_of({1, 2, 8});
  road.capacity.service_us_base = draw.one_of({1, 60'000, 2'000'000});
  road.capacity.assignment = draw.any(Assignment{});
  road.capacity.partitions = draw.between(1, 6);
  road.capacity.rebalance_seconds = draw.one_of({0, 10, 300});
  if (draw.one_in(4)) road.capacity.service_ms = LawSpec::exponential(draw.one_of({1, 500, 3000}));
  if (draw.one_in(3)) road.capacity.middleware_service_ms = LawSpec::gamma(draw.one_of({1, 200, 2000}), 0.7);
  road.capacity.middleware_workers = draw.between(1, 4);
  road.throttle.discipline = draw.any(LaneDiscipline{});
  road.throttle.rate_per_second = draw.one_of({0, 1, 80});
  road.throttle.burst = draw.one_of({1, 5, 160});
  road.throttle.floor_every = draw.one_of({0, 1, 3, 20});
  road.throttle.bulk_after_minutes = draw.one_of({0, 5, 30});
  road.retry.base_ms = draw.one_of({1, 500, 20'000});
  road.retry.cap_ms = std::max(road.retry.base_ms, draw.one_of({1, 60'000}));
  road.retry.max_attempts = draw.one_of({2, 8, 60'000, 60'000});
  road.retry.jitter = draw.any(Jitter{});
  road.breaker.scope = draw.any(BreakerScope{});
  road.breaker.min_calls = draw.one_of({1, 5, 20});
  road.breaker.failure_ppm = draw.between(1, 1'000'000);
  road.breaker.window_seconds = draw.one_of({1, 60, 900});
  road.breaker.open_seconds = draw.one_of({1, 30, 300});
  road.breaker.half_open_probes = draw.between(1, 3);
}

inline void draw_sources(ScheduleDraws& draw, Integration& road) {
  road.forward.ack_timeout_seconds = draw.one_of({1, 30, 300});
  road.forward.sweep_seconds = draw.one_of({10, 300, 1200});
  // A call that finds the ERP busy is made again at the next sweep: a week has too few of twenty minutes.
  if (road.topology == Topology::point_to_point) road.forward.sweep_seconds = std::min(road.forward.sweep_seconds, 300);
  // A file takes whatever comes: a log that is sent again every ten seconds for hours is work for weeks.
  if (road.topology == Topology::files) road.forward.sweep_seconds = std::max(road.forward.sweep_seconds, 300);
  road.forward.replay_per_second = draw.one_of({1, 5, 100});
  road.pos.journal_flush = draw.any(JournalFlush{});
  road.pos.restart_seconds = draw.one_of({1, 180, 3600});
  road.pos.cancelled_takes_number = draw.one_in(2);
  road.sequence.rollover_at = draw.one_of({9999, 9999, 25});
  road.sequence.gap_policy = draw.one_in(3) ? GapPolicy::block : GapPolicy::release;
  road.sequence.gap_hold_seconds = draw.one_of({1, 120, 3600});
  road.sequence.gap_requests = draw.between(1, 4);
  road.sequence.gap_request_interval_seconds = draw.one_of({5, 600});
}

/// Stores go over to a newer schema while the chain is at work; the middleware reads it before, or a day later.
inline void draw_schema(ScheduleDraws& draw, Scenario& s) {
  SchemaRule& schema = s.integration.schema;
  schema.current = draw.between(2, kNewestSchema);
  schema.rollout_from = s.start;
  schema.rollout_stores_per_day = draw.between(1, 3);
  if (draw.one_in(2)) schema.receiver_from = s.start + draw.between(0, 1);
  schema.versions_back = draw.between(0, 2);
  if (draw.one_in(3)) schema.newer_policy = NewerPolicy::reject;
}

/// Head office changes prices and takes items off sale every night.
inline void draw_masters(ScheduleDraws& draw, Scenario& s) {
  s.days = draw.between(3, 6);
  // Who waits for a person with the whole queue behind it waits longer than such a run has time for.
  if (s.integration.dead_letter.key_policy == DeadKeyPolicy::block_queue)
    s.integration.dead_letter.key_policy = DeadKeyPolicy::park_key;
  s.pricing.changes_per_item_month_ppm = 1'000'000;
  s.catalogue.withdrawals.per_item_month_ppm = draw.one_of({0, 1'000'000, 1'000'000});
  s.catalogue.withdrawals.days = draw.between(1, 3);
  s.catalogue.withdrawals.record = draw.any(WithdrawalRecord{});
  s.integration.master.reference_wait_minutes = draw.one_of({1, 60, 600});
  s.integration.master.order_guard = draw.one_of({OrderGuard::version, OrderGuard::event_time});
  // A tombstone that is older than the longest delay cannot be outlived.
  s.integration.master.tombstone_days = draw.one_of({7, 30});
}

/// Where and on what a fault of this kind acts.
inline void draw_knobs(ScheduleDraws& draw, const Scenario& s, Fault& fault) {
  const FaultKindText& text = text_of(fault.kind);
  const auto uses = [&](std::string_view knob) { return text.knobs.find(knob) != std::string_view::npos; };
  if (uses("share_ppm")) fault.share_ppm = draw.one_in(4) ? 1'000'000 : draw.between(1, 999'999);
  if (uses("factor")) fault.factor = draw.between(1, 100);
  if (uses("delay")) fault.delay = draw.between(1, 3600) * kSecond;
  if (uses("down")) fault.down = draw.between(1, 600) * kSecond;
  if (uses("up")) fault.up = draw.between(1, 600) * kSecond;
  if (uses("service")) fault.service = draw.between(1, 30'000) * kMillisecond;
  if (uses("retry_after")) fault.retry_after = draw.between(1, 300) * kSecond;
  if (uses("terminal") && draw.one_in(2)) fault.terminal = draw.between(1, 3);
  if (uses("workers")) fault.workers = draw.between(1, 8);
  if (uses("factor") && uses("service")) draw.one_in(2) ? fault.factor.reset() : fault.service.reset();
  const auto store = static_cast<std::size_t>(draw.between(0, static_cast<std::int32_t>(s.chain.stores.size()) - 1));
  if (uses("regions")) {
    fault.regions = {s.chain.stores[store].region};
  } else if (text.target != FaultTarget::erp && text.target != FaultTarget::middleware && draw.one_in(3)) {
    fault.stores = {s.chain.stores[store].id};
  }
}

inline Fault draw_fault(ScheduleDraws& draw, const Scenario& s) {
  Fault fault;
  fault.kind = draw.any(FaultKind{});
  const Duration after = draw.between(1, 24 * 60 * s.days - 1) * kMinute;
  fault.from = {s.start.days * kDay.us + after.us, false};
  const bool is_instant = text_of(fault.kind).target == FaultTarget::tills;
  if (!is_instant) fault.for_ = draw.between(1, draw.one_in(8) ? 1200 : 240) * kMinute;
  draw_knobs(draw, s, fault);
  if (draw.one_in(3)) {
    // Begins inside the run each time, and never before it is over.
    const Duration least = fault.for_.value_or(s.integration.pos.restart_seconds * kSecond);
    const Duration every = least + draw.between(0, 120) * kMinute;
    const std::int64_t most = 1 + (s.days * kDay - after - kMinute) / every;
    fault.repeat = FaultRepeat{every, static_cast<std::int32_t>(std::min<std::int64_t>(most, draw.between(1, 6)))};
  }
  return fault;
}

/// Batches of the nights are held up for hours or days.
inline Fault delayed_masters(ScheduleDraws& draw, const Scenario& s) {
  Fault fault;
  fault.kind = FaultKind::masters_delayed;
  fault.from = {s.start.days * kDay.us, false};
  fault.for_ = (s.days - 1) * kDay;
  fault.share_ppm = draw.between(100'000, 1'000'000);
  fault.delay = draw.one_of({1, 30, 60, 90}) * kHour;
  return fault;
}

/// Faults after which a ticket may stand aside, or be corrected, while another sale takes its key: nobody can tell then
/// which one was first.
inline bool sets_aside(FaultKind kind) {
  switch (kind) {
    case FaultKind::malformed:
    case FaultKind::poison:
    case FaultKind::erp_unreachable:
    case FaultKind::erp_answer_lost:
    case FaultKind::erp_rejecting:
    case FaultKind::masters_late:
    case FaultKind::tender_correction:
      return true;
    default:
      return false;
  }
}

inline Scenario any_schedule(std::uint64_t seed) {
  ScheduleDraws draw(seed);
  Scenario s;
  s.name = "schedule " + std::to_string(seed);
  s.days = draw.one_in(6) ? 2 : 1;
  s.chain.generate = GeneratedStores{};
  s.chain.generate->stores = draw.between(1, 3);
  s.catalogue.generate = GeneratedItems{};
  s.catalogue.generate->items = draw.between(5, 12);
  s.chain.distribution_centres.emplace_back();
  s.demand.online = OnlineDemand{};
  s.demand.tickets_per_store_day = draw.between(20, 80);
  if (draw.one_in(4)) s.people.till_failures = TillFailures{};
  draw_bus(draw, s.integration);
  draw_erp(draw, s.integration);
  draw_sources(draw, s.integration);
  if (draw.one_in(5)) draw_schema(draw, s);
  const bool has_masters = draw.one_in(8);
  if (has_masters) draw_masters(draw, s);
  s = expand(s);
  if (has_masters) s.faults.push_back(delayed_masters(draw, s));
  for (std::int32_t left = draw.between(1, 4); left > 0; --left) s.faults.push_back(draw_fault(draw, s));
  const bool reuses_keys = std::any_of(s.faults.begin(), s.faults.end(),
                                       [](const Fault& fault) { return fault.kind == FaultKind::key_reuse; });
  if (reuses_keys) s.integration.ordering.key = OrderingKey::store;  // or the other sale may overtake
  // Numbers get older than what the books remember one by one. Of an epoch that is older nothing is known: what has
  // waited for that long can only be set aside.
  const bool starts_again = s.integration.sequence.rollover_at != 9999 ||
                            std::any_of(s.faults.begin(), s.faults.end(),
                                        [](const Fault& f) { return f.kind == FaultKind::terminal_reinstalled; });
  if (draw.one_in(3) && !starts_again) {
    s.integration.dedupe.window_messages = 64;
    s.integration.dedupe.window_hours = draw.one_of({1, 5, 72});
    if (draw.one_in(2) && !reuses_keys) s.integration.dedupe.late_lookup = LateLookup::quarantine_late;
  }
  if (draw.one_in(8)) s.integration.dependency.max_parked = draw.one_of({1, 20});
  return s;
}

/// True if the books may have taken another sale for the one that stood aside under its key: which of the two amounts
/// is the true one nobody can tell then. The other of the two is somebody's business, unless its number is older than a
/// bounded memory: that counts as a repeat, whatever its body (MSG-05), and nobody sees a conflict.
inline bool may_take_another_sale(const Scenario& s, const RunResult& result) {
  bool has_other_bodies = false, has_stood_aside = false;
  for (std::size_t i = 0; i < s.faults.size(); ++i) {
    if (result.faults[i].effects.empty()) continue;
    has_other_bodies = has_other_bodies || s.faults[i].kind == FaultKind::key_reuse;
    has_stood_aside = has_stood_aside || sets_aside(s.faults[i].kind);
  }
  const bool may_forget = s.integration.dedupe.window_messages != DedupeRule{}.window_messages;
  const bool has_conflict = result.rules.taken(rule::KeyConflict::Outcome::conflict_quarantined) != 0;
  return has_other_bodies && has_stood_aside && (may_forget || has_conflict);
}

/// One of the promises that such a run need not keep.
inline bool is_of_amounts(const Violation& violation) {
  return violation.promise == "tenders_equal_ticket" || violation.promise == "z_equals_ledger";
}

/// True if they did.
inline bool took_another_sale(const Scenario& s, const RunResult& result) {
  return may_take_another_sale(s, result) &&
         std::any_of(result.violations.begin(), result.violations.end(), is_of_amounts);
}

/// True if the run ended before people were through: a message is set aside, or what was sent on waits for its batch.
inline bool ended_too_soon(const RunResult& result) {
  const RunCounters& n = result.counters;
  return n.messages_aside != 0 || (n.messages_sent_on != 0 && n.messages_pending != 0);
}

/// Empty if every promise held and all came back to the truth. A run that ended too soon, or in which the books took
/// another sale, need not have converged, and what waits behind a message that is set aside is not lost.
inline std::string what_is_wrong(const Scenario& scenario, const RunResult& result) {
  const bool is_waiting = ended_too_soon(result), is_other_sale = took_another_sale(scenario, result);
  for (const Violation& violation : result.violations) {
    if (is_waiting && violation.promise == "nothing_lost" && result.counters.messages_pending != 0) continue;
    if (!is_other_sale || !is_of_amounts(violation)) return violation.promise + " broken: " + violation.message;
  }
  if (result.is_partial) return "the run is partial";
  if (is_waiting) return "";
  if (!result.stuck.empty()) return "stuck: " + result.stuck.front();
  if (!is_other_sale && !result.converged.has_value()) return "the books have not converged with the truth";
  if (result.counters.messages_behind != 0)
    return "behind the books at the end: " + std::to_string(result.counters.messages_behind);
  return "";
}

}  // namespace tillstorm
