// MSG-21: workers of the middleware and of the ERP.
#include <algorithm>
#include <utility>

#include "engine/random_stream.h"
#include "integration/bus.h"
#include "messages/event_kind.h"
#include "messages/exception_report.h"

namespace tillstorm::integration {
namespace {

using Capacity = rule::FiniteCapacity::Outcome;
using Lanes = rule::PriorityLanes::Outcome;

constexpr std::uint64_t kWork = purpose_of("erp.work"), kMiddlewareWork = purpose_of("middleware.work");

std::uint64_t pack(std::uint32_t low, std::uint32_t high) { return std::uint64_t{high} << 32 | low; }

}  // namespace

void Bus::settle(Context& c, const BusSettings& s) {
  for (;;) {
    while (!to_release_.empty()) {
      const std::uint32_t place = to_release_.back();
      to_release_.pop_back();
      release_ready(c, s, place);
    }
    if (!start_in_middleware(c, s) && !start_at_erp(c, s)) break;
  }
  note_saturation(c);
  if (drain_.is_on) look_at_drain(c, s);
  if (is_paused_) look_at_pressure(c, s);
  if (is_full_ && has_room_again(s)) report_full(c, s, ExceptionSignal::cleared);
}

bool Bus::start_in_middleware(Context& c, const BusSettings& s) {
  if (middleware_queue_.empty() || knobs_.stopped.is_on()) return false;
  std::uint32_t worker = kNone;
  if (!middleware_workers_.empty()) {
    worker = free_worker_for(s, Job::Phase::middleware, 0);
    if (worker == kNone) return false;
  }
  const JobIndex index = middleware_queue_.pop(middleware_queue_.oldest());
  stations_[0].queue.add(-1, c.kernel.now);
  serve(c, s, index, worker);
  return true;
}

/// Starts one job at the ERP: of the queue of a worker that is free, the one whose turn it is. False if none can start.
bool Bus::start_at_erp(Context& c, const BusSettings& s) {
  if (ready_ == 0) return false;
  if (knobs_.any && knobs_.stopped.is_on()) {
    note_buffered(c, knobs_.stopped);
    return false;
  }
  if (blocked_by_ != 0) return false;
  if (c.kernel.now < rebalancing_until_) return false;
  const bool is_floor_turn =
      s.throttle.floor_every != 0 && (tokens_taken_ + 1) % static_cast<std::uint64_t>(s.throttle.floor_every) == 0;
  LaneQueue::Turn turn(s.throttle.discipline, is_floor_turn);
  std::uint32_t worker = kNone;
  for (std::uint32_t q = 0; q < queues_.size(); ++q) {
    if (queues_[q].empty()) continue;
    const std::uint32_t its_worker = free_worker_for(s, Job::Phase::erp, partition_of_queue(q));
    if (its_worker == kNone && !workers_.empty() && !c.rules.is(Mutant::workers_without_limit)) continue;
    const std::size_t lane = turn.lane_of(queues_[q]);
    if (is_held_up(c, s, queues_[q].head(lane).job)) continue;
    if (turn.takes(queues_[q], lane, q)) worker = its_worker;
  }
  if (turn.queue() == kNone) return false;
  const JobIndex index = queues_[turn.queue()].pop(turn.choice().lane);
  start_call(c, s, index, turn.choice(), worker);
  return true;
}

/// A call of the ERP begins.
void Bus::start_call(Context& c, const BusSettings& s, JobIndex index, const LaneQueue::Choice& choice,
                     std::uint32_t worker) {
  --ready_;
  backlog_ -= jobs_[index].messages();
  stations_[1].queue.add(-1, c.kernel.now);
  tokens_.take(c.kernel.now);
  ++tokens_taken_;
  ++counters_.calls;
  note_choice(c, choice, index);
  breakers_[breaker_of(c, index)].begins();
  if (!knobs_.any || !knobs_.unreachable.is_on()) [[likely]]
    return serve(c, s, index, worker);
  c.faults.count(knobs_.unreachable.fault, FaultEffect::refused);
  call_ended(c, s, index, true);
  attempt_failed(c, s, index, Duration{});
}

/// Of the ERP's queues, the one that a job stands in: by partition, and by what its breaker watches over.
std::size_t Bus::queue_of(const Context& c, const BusSettings& s, JobIndex job) const {
  return s.partition_of(jobs_[job].place) * breakers_.size() + breaker_of(c, job);
}

std::size_t Bus::breaker_of(const Context& c, JobIndex job) const {
  return breakers_.size() == 1 ? 0 : static_cast<std::size_t>(c.pool[jobs_[job].message].envelope.type);
}

/// A breaker or the quota lets nothing through now: the job keeps its place and uses up no attempt.
bool Bus::is_held_up(Context& c, const BusSettings& s, JobIndex index) {
  Job& job = jobs_[index];
  if (s.breaker.scope != BreakerScope::off && !breakers_[breaker_of(c, index)].allows()) {
    if (!std::exchange(job.is_counted_late, true)) c.rules.count(rule::CircuitBreaker::Outcome::call_held_while_open);
    if (c.rules.is(Mutant::refusals_use_attempts) && job.attempts + 1 < s.retry.max_attempts) ++job.attempts;
    return true;
  }
  if (tokens_.has_token(c.kernel.now) || c.rules.is(Mutant::quota_ignored)) return false;
  if (!std::exchange(job.is_counted_late, true)) c.rules.count(Lanes::delayed_for_token);
  if (!std::exchange(is_waiting_for_token_, true))
    c.kernel.schedule(tokens_.next(c.kernel.now), static_cast<std::uint16_t>(EventKind::bus_goes_on), 0);
  return true;
}

void Bus::note_choice(Context& c, const LaneQueue::Choice& choice, JobIndex index) {
  const Job& job = jobs_[index];
  if (choice.is_floor) c.rules.count(Lanes::floor_token_used);
  if (choice.overtakes) c.rules.count(Lanes::overtook_lower_lane);
  if (job.ready_since == c.kernel.now) c.rules.count(Lanes::sent_at_once);
  if (buffered_ != 0) {
    const std::uint64_t drained = std::min<std::uint64_t>(buffered_, job.messages());
    buffered_ -= drained;
    c.rules.count(rule::ErpLossAbsorbed::Outcome::drained_in_order, drained);
  }
}

void Bus::goes_on(Context& c, const BusSettings& s, std::uint64_t why) {
  if (why == 0) {
    is_waiting_for_token_ = false;
  } else {
    for (Breaker& breaker : breakers_)
      if (breaker.open_until() <= c.kernel.now) breaker.half_open();
  }
  settle(c, s);
}

/// Who works on a partition: the workers that are there take turns.
std::uint32_t Bus::owner_of(std::uint32_t partition) const {
  std::uint32_t there = 0;
  for (const Worker& worker : workers_) there += worker.is_lost ? 0 : 1;
  if (there == 0) return kNone;
  std::uint32_t nth = partition % there;
  for (std::uint32_t i = 0; i < workers_.size(); ++i)
    if (!workers_[i].is_lost && nth-- == 0) return i;
  return kNone;
}

std::uint32_t Bus::free_worker_for(const BusSettings& s, Job::Phase phase, std::uint32_t partition) const {
  const std::vector<Worker>& workers = phase == Job::Phase::erp ? workers_ : middleware_workers_;
  const auto is_free = [](const Worker& worker) { return worker.job == kNone && !worker.is_down && !worker.is_lost; };
  if (phase == Job::Phase::erp && s.is_partitioned()) {
    const std::uint32_t owner = owner_of(partition);
    return owner != kNone && is_free(workers[owner]) ? owner : kNone;
  }
  for (std::uint32_t i = 0; i < workers.size(); ++i)
    if (is_free(workers[i])) return i;
  return kNone;
}

Duration Bus::work_of(const Context& c, const BusSettings& s, const Job& job) const {
  const Envelope& e = c.pool[job.message].envelope;
  const std::uint64_t key =
      mix64(s.place_keys[job.place] ^ static_cast<std::uint64_t>(e.type) << 56 ^ std::uint64_t{e.terminal} << 40);
  const std::uint64_t n = std::uint64_t{e.epoch} << 48 ^ std::uint64_t{e.number} << 8 ^ job.attempts;
  const auto drawn = [&](const Law& law, std::uint64_t purpose) {
    RandomStream own(s.seed, purpose, key, n);
    return Duration{std::max<std::int64_t>(1, static_cast<std::int64_t>(sample(law, own) * 1000.0))};
  };
  if (job.phase == Job::Phase::middleware)
    return Duration{knobs_.middleware_service.value} +
           (s.has_middleware_work() ? drawn(s.middleware_law, kMiddlewareWork) : Duration{});
  const Duration extra{knobs_.erp_service.value * job.messages()};
  if (s.capacity.mode == CapacityMode::infinite) return extra;
  if (s.capacity.service_ms) return extra + drawn(s.erp_law, kWork);
  std::int64_t lines = c.pool[job.message].lines.count;
  for (const MessageId id : job.rest) lines += c.pool[id].lines.count;
  return extra + Duration{s.capacity.service_us_base + lines * s.capacity.service_us_per_line};
}

/// How long work takes at the speed of the moment.
Duration Bus::stretched(const FaultKnobs& knobs, Job::Phase phase, std::uint32_t worker, Duration work) {
  if (phase != Job::Phase::erp || !knobs.any) return work;
  if (knobs.erp_slow_milli.is_on()) work = work * knobs.erp_slow_milli.value / 1000;
  if (knobs.slow_worker_milli.is_on() && worker == 0) work = work * knobs.slow_worker_milli.value / 1000;
  return work;
}

/// The job begins its service at `worker` (kNone: there are any number of them).
void Bus::serve(Context& c, const BusSettings& s, JobIndex index, std::uint32_t worker) {
  Job& job = jobs_[index];
  const Time now = c.kernel.now;
  StationStatistics& station = stations_[static_cast<std::size_t>(job.phase)];
  ++station.started;
  const Duration wait = now - job.ready_since;
  station.wait_us += wait.us;
  station.waited += wait.us != 0 ? 1 : 0;
  if (job.phase == Job::Phase::erp)
    c.rules.count(wait.us == 0 ? Capacity::served_without_wait : Capacity::waited_for_server);
  job.work_left = work_of(c, s, job);
  if (knobs_.any) [[unlikely]] {
    const Knob& slow = job.phase == Job::Phase::middleware ? knobs_.middleware_service : knobs_.erp_service;
    c.faults.count(slow.fault, FaultEffect::slowed);
    if (job.phase == Job::Phase::erp) {
      c.faults.count(knobs_.erp_slow_milli.fault, FaultEffect::slowed);
      if (worker == 0) c.faults.count(knobs_.slow_worker_milli.fault, FaultEffect::slowed);
    }
    note_buffered(c, slow.is_on() ? slow : knobs_.erp_slow_milli);
  }
  job.state = Job::State::in_service;
  job.is_racing = false;
  job.worker = worker;
  job.ends_at = now + stretched(knobs_, job.phase, worker, job.work_left);
  ++job.generation;
  station.busy.add(1, now);
  if (worker != kNone) {
    std::vector<Worker>& workers = job.phase == Job::Phase::erp ? workers_ : middleware_workers_;
    workers[worker].job = index;
  }
  if (job.work_left.us == 0) return service_ends_now(c, s, index);
  c.kernel.schedule(job.ends_at, static_cast<std::uint16_t>(EventKind::service_ends), pack(index, job.generation));
}

void Bus::free_worker(Context& c, JobIndex index) {
  Job& job = jobs_[index];
  stations_[static_cast<std::size_t>(job.phase)].busy.add(-1, c.kernel.now);
  if (job.worker == kNone) return;
  std::vector<Worker>& workers = job.phase == Job::Phase::erp ? workers_ : middleware_workers_;
  workers[job.worker].job = kNone;
  job.worker = kNone;
}

void Bus::service_ends(Context& c, const BusSettings& s, std::uint64_t payload) {
  const auto index = static_cast<JobIndex>(payload);
  if (jobs_[index].generation != payload >> 32 || jobs_[index].state != Job::State::in_service) return;
  service_ends_now(c, s, index);
  settle(c, s);
}

void Bus::service_ends_now(Context& c, const BusSettings& s, JobIndex index) {
  if (jobs_[index].phase == Job::Phase::middleware) {
    free_worker(c, index);
    jobs_[index].phase = Job::Phase::erp;
    return make_ready(c, s, index);
  }
  if (fails(c, s, index)) return;
  const Job& job = jobs_[index];
  delivered_ += job.messages();
  work_delivered_us_ += job.work_left.us;
  free_worker(c, index);
  call_ended(c, s, index, false);
  c.rules.count(jobs_[index].attempts == 0 ? rule::RetryBackoff::Outcome::delivered_first_try
                                           : rule::RetryBackoff::Outcome::delivered_after_retry);
  if (jobs_[index].is_chunk) c.rules.count(rule::BatchRestart::Outcome::chunk_committed);
  deliver(c, s, index);
}

/// All workers at work and somebody waiting, for a whole hour.
void Bus::note_saturation(Context& c) {
  if (workers_.empty() || (ready_ == 0 && saturated_since_ == kNever)) [[likely]]
    return;
  const Time now = c.kernel.now;
  for (; saturated_since_ != kNever && now - saturated_since_ >= kHour; saturated_since_ += kHour) {
    c.rules.count(Capacity::saturated_hour);
    ++saturated_hours_;
  }
  bool is_saturated = ready_ != 0;
  for (const Worker& worker : workers_) is_saturated = is_saturated && (worker.job != kNone || worker.is_down);
  if (is_saturated && saturated_since_ == kNever) saturated_since_ = now;
  if (!is_saturated) saturated_since_ = kNever;
}

void Bus::reset_statistics(Time now) {
  counters_ = {};
  for (StationStatistics& station : stations_) {
    station.started = station.waited = 0;
    station.wait_us = 0;
    station.busy.reset(now);
    station.queue.reset(now);
  }
}

}  // namespace tillstorm::integration
