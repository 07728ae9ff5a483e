// An outage of the ERP, a slowdown, lost workers; and how long the backlog may take afterwards (MSG-21).
#include <algorithm>
#include <utility>

#include "integration/bus.h"
#include "messages/event_kind.h"
#include "messages/exception_report.h"

namespace tillstorm::integration {
namespace {

using Capacity = rule::FiniteCapacity::Outcome;

}  // namespace

void Bus::set_faults(Context& c, const BusSettings& s, const FaultKnobs& knobs) {
  const FaultKnobs before = std::exchange(knobs_, knobs);
  if (knobs.stopped.is_on() && !before.stopped.is_on()) {
    stopped_since_ = c.kernel.now;
    received_while_stopped_ = 0;
    for (JobIndex i = 0; i < jobs_.size(); ++i)
      if (jobs_[i].state == Job::State::in_service) roll_back(c, s, i);
  } else {
    change_speed(c, before);
  }
  if (knobs.workers_lost.value != before.workers_lost.value) lose_workers(c, s);
  if (before.stopped.is_on() && !knobs.stopped.is_on()) {
    recover(c, s);
    begin_drain(c, s, c.kernel.now - stopped_since_);
  }
  settle(c, s);
}

/// A service is broken off: the job begins again later, and that is no failed attempt.
void Bus::roll_back(Context& c, const BusSettings& s, JobIndex index) {
  if (jobs_[index].phase == Job::Phase::erp) {
    c.rules.count(rule::DedupeThenPost::Outcome::redelivered_after_crash, jobs_[index].messages());
    tear_commit(c, s, index);
  }
  free_worker(c, index);
  breakers_[breaker_of(c, index)].forgotten();
  ++jobs_[index].generation;
  make_ready(c, s, index);
}

/// Where posting and remembering are two commits, the first one may have been made: the books hear of it alone.
void Bus::tear_commit(Context& c, const BusSettings& s, JobIndex index) {
  if (s.dedupe.atomicity != Atomicity::post_then_mark && s.dedupe.atomicity != Atomicity::mark_then_post) return;
  const Job& job = jobs_[index];
  if (job.ends_at - c.kernel.now > s.dedupe.second_commit_ms * kMillisecond) return;
  const auto send = [&](MessageId id) {
    c.pool.retain(id);
    c.kernel.send(s.addresses.partition(PlaceId{job.place}), c.kernel.now + s.to_books,
                  static_cast<std::uint16_t>(EventKind::commit_torn), static_cast<std::uint32_t>(id));
  };
  send(job.message);
  for (const MessageId id : job.rest) send(id);
}

/// All work that is not done goes on at the new speed.
void Bus::change_speed(Context& c, const FaultKnobs& before) {
  for (JobIndex i = 0; i < jobs_.size(); ++i) {
    Job& job = jobs_[i];
    if (job.state != Job::State::in_service || job.phase != Job::Phase::erp) continue;
    // One second of work at the old and at the new speed gives the ratio exactly.
    const Duration old_pace = stretched(before, job.phase, job.worker, kSecond);
    const Duration new_pace = stretched(knobs_, job.phase, job.worker, kSecond);
    if (old_pace == new_pace) continue;
    __extension__ using Wide = __int128;
    const Wide left = static_cast<Wide>((job.ends_at - c.kernel.now).us) * new_pace.us / old_pace.us;
    job.ends_at = c.kernel.now + Duration{static_cast<std::int64_t>(left)};
    ++job.generation;
    c.faults.count(knobs_.erp_slow_milli.fault, FaultEffect::slowed);
    c.kernel.schedule(job.ends_at, static_cast<std::uint16_t>(EventKind::service_ends),
                      std::uint64_t{job.generation} << 32 | i);
  }
}

/// Workers are lost or come back: their partitions get others after a rebalance, and what they had in hand begins
/// again.
void Bus::lose_workers(Context& c, const BusSettings& s) {
  std::vector<std::uint32_t> owners;
  const std::uint32_t partitions = partition_of_queue(static_cast<std::uint32_t>(queues_.size()));
  for (std::uint32_t p = 0; p < partitions; ++p) owners.push_back(owner_of(p));
  for (std::uint32_t i = 0; i < workers_.size(); ++i) {
    const bool is_lost = static_cast<std::int64_t>(i) < knobs_.workers_lost.value;
    if (is_lost && !workers_[i].is_lost) c.faults.count(knobs_.workers_lost.fault, FaultEffect::refused);
    workers_[i].is_lost = is_lost;
    if (is_lost && workers_[i].job != kNone) roll_back(c, s, workers_[i].job);
  }
  if (!s.is_partitioned()) return;
  for (std::uint32_t p = 0; p < partitions; ++p)
    if (owner_of(p) != owners[p]) c.rules.count(Capacity::rebalanced);
  rebalancing_until_ = c.kernel.now + s.capacity.rebalance_seconds * kSecond;
  if (s.capacity.rebalance_seconds != 0)
    c.kernel.schedule(rebalancing_until_, static_cast<std::uint16_t>(EventKind::bus_goes_on), 2);
}

/// Middleware and ERP are there again.
void Bus::recover(Context& c, const BusSettings& s) {
  const bool is_volatile = c.rules.is(Mutant::buffer_lost_with_erp);
  const bool is_reversed = c.rules.is(Mutant::drained_newest_first);
  if (!is_volatile && !is_reversed) [[likely]]
    return;
  for (const Place& place : places_) {
    std::vector<JobIndex> open;
    for (std::uint32_t i = 0; i < place.open.size(); ++i)
      if (jobs_[place.open[i]].state != Job::State::done) open.push_back(place.open[i]);
    for (std::size_t i = 0, j = open.size(); is_reversed && i + 1 < j; ++i)
      std::swap(jobs_[open[i]].message, jobs_[open[--j]].message);
    for (const JobIndex index : open) {
      if (!is_volatile || jobs_[index].state != Job::State::waiting) continue;
      backlog_ -= jobs_[index].messages();
      c.pool.release(jobs_[index].message);
      for (const MessageId id : jobs_[index].rest) c.pool.release(id);
      job_done(c, s, index);
    }
  }
}

/// Of the backlog: the most messages of which each waits for the one before it. 0 where the order is not such.
std::uint64_t Bus::longest_chain(const BusSettings& s) const {
  if (s.ordering.key == OrderingKey::global) return backlog_;
  if (s.ordering.key != OrderingKey::store) return 0;
  std::uint64_t longest = 0;
  for (const Place& place : places_) {
    const std::uint64_t not_due = place.is_cut_late ? 0 : place.collected.size();
    longest = std::max(longest, place.held - not_due);
  }
  return longest;
}

/// An outage is over: says when the backlog must be gone.
void Bus::begin_drain(Context& c, const BusSettings& s, Duration stopped) {
  if (backlog_ == 0 || stopped.us == 0) return;
  if (drain_.is_on && drain_.is_overdue) return;  // the same backlog is still not gone
  const double work = delivered_ != 0
                          ? static_cast<double>(work_delivered_us_) / static_cast<double>(delivered_)
                          : static_cast<double>(s.capacity.service_us_base + 4 * s.capacity.service_us_per_line);
  const auto quota = static_cast<double>(s.throttle.rate_per_second);
  double capacity = workers_.empty() ? quota : static_cast<double>(workers_.size()) * 1e6 / work;
  if (quota > 0) capacity = std::min(capacity, quota);
  const double arrivals = static_cast<double>(received_while_stopped_) * 1e6 / static_cast<double>(stopped.us);
  const auto backlog = static_cast<double>(backlog_), longest = static_cast<double>(longest_chain(s));
  // What goes one after another has one worker, however many there are; and its share of what comes.
  const double one_worker = 1e6 / work, its_arrivals = arrivals * longest / backlog;
  const bool is_chained = longest > 0 && !workers_.empty();
  if (capacity <= 0) return;
  // More comes than can be done: nobody can say when it ends, only that it is overdue when the backlog alone would be.
  double least = backlog / (capacity > arrivals ? capacity - arrivals : capacity);
  if (is_chained)
    least = std::max(least, longest / (one_worker > its_arrivals ? one_worker - its_arrivals : one_worker));
  const double due = least * static_cast<double>(s.capacity.drain_factor_ppm);
  drain_ = {drain_.number + 1, true, false};
  c.kernel.schedule(c.kernel.now + Duration{static_cast<std::int64_t>(due)} + kSecond,
                    static_cast<std::uint16_t>(EventKind::drain_due), drain_.number);
}

void Bus::look_at_drain(Context& c, const BusSettings& s) {
  if (backlog_ != 0) return;
  drain_.is_on = false;
  if (drain_.is_overdue) {
    report_drain(c, s, ExceptionSignal::cleared);
  } else {
    c.rules.count(Capacity::drained_in_time);
  }
}

void Bus::drain_due(Context& c, const BusSettings& s, std::uint64_t number) {
  if (!drain_.is_on || drain_.number != number) return;
  drain_.is_overdue = true;
  c.rules.count(Capacity::drain_overdue);
  report_drain(c, s, ExceptionSignal::raised);
}

void Bus::report_drain(Context& c, const BusSettings& s, ExceptionSignal signal) {
  Envelope about;
  about.event_time = c.kernel.now;
  ExceptionBody body;
  body.exception = ExceptionType::backlog_overdue;
  body.signal = signal;
  body.subject = drain_.number;
  body.units = static_cast<std::int32_t>(backlog_);
  report_exception(c, s.addresses, s.to_books, about, body);
}

}  // namespace tillstorm::integration
