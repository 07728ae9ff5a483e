// Up to being ready: what is let in, what is collected, what waits for its ordering key.
#include <algorithm>
#include <utility>

#include "integration/bus.h"
#include "messages/event_kind.h"
#include "messages/exception_report.h"

namespace tillstorm::integration {
namespace {

using Checked = rule::Envelope::Outcome;
using Order = rule::OrderPerSource::Outcome;
using Posted = rule::PostingMode::Outcome;

/// JSON bytes of a message: an envelope, and each of its lines.
constexpr std::int64_t kEnvelopeBytes = 512, kLineBytes = 128;
/// How many open jobs of a place are looked at for one that may go: bounds the work, and how far one overtakes.
constexpr std::uint32_t kWindow = 64;

/// The next multiple of the interval after local midnight; midnight is always one, also of a day of 23 or 25 hours.
Time next_cut(const BusSettings& s, Time now) {
  const Date date = s.zone.date_at(now);
  const Time midnight = s.zone.at(date, 0);
  const Duration interval = s.posting.interval_minutes * kMinute;
  const std::int64_t passed = (now - midnight + interval - kMicrosecond) / interval;
  return std::min(midnight + passed * interval, s.zone.at(date + 1, 0));
}

bool has_common_item(std::span<const Line> a, std::span<const Line> b) {
  return std::any_of(a.begin(), a.end(), [&](const Line& mine) {
    return std::any_of(b.begin(), b.end(), [&](const Line& other) { return other.item == mine.item; });
  });
}

}  // namespace

Bus::Bus(const BusSettings& s, Time start)
    : places_(s.place_keys.size()),
      workers_(s.capacity.mode == CapacityMode::finite ? static_cast<std::size_t>(s.capacity.erp_workers) : 0),
      middleware_workers_(s.has_middleware_work() ? static_cast<std::size_t>(s.capacity.middleware_workers) : 0),
      tokens_(s.throttle.rate_per_second, s.throttle.burst, start),
      breakers_(s.breaker.scope == BreakerScope::message_type ? names_of(MessageType{}).size() : 1),
      is_one_chain_(s.ordering.key == OrderingKey::global) {
  queues_.resize((s.is_partitioned() ? static_cast<std::size_t>(s.capacity.partitions) : 1) * breakers_.size());
  for (StationStatistics& station : stations_) station.busy = station.queue = TimeWeighted(start);
}

void Bus::receive(Context& c, const BusSettings& s, std::uint32_t place, MessageId message) {
  if (knobs_.any && knobs_.stopped.is_on()) ++received_while_stopped_;
  if (!let_in(c, s, place, message)) return;
  ++counters_.received;
  ++held_;
  ++places_[place].held;
  c.rules.count(rule::BoundedQueues::Outcome::enqueued);
  if (drops(c, s, place, message)) return;
  look_at_pressure(c, s);
  if (s.posting.mode != PostingMode::realtime) {
    collect(c, s, place, message);
  } else {
    c.rules.count(Posted::posted_on_arrival);
    add_job(c, s, new_job(c, s, place, message));
  }
  settle(c, s);
}

/// MSG-01: the first check that fails decides. What is not let in is set aside whole; its source does not send it
/// again.
bool Bus::let_in(Context& c, const BusSettings& s, std::uint32_t place, MessageId message) {
  const Message& m = c.pool[message];
  const bool is_oversize = kEnvelopeBytes + m.lines.count * kLineBytes > s.envelope.max_body_bytes;
  if (m.defect <= Defect::none && !is_oversize) [[likely]]
    return true;
  if (m.set_aside_as != 0) return true;  // mended, or sent by hand past the interface's limit
  if (!is_oversize && m.defect == Defect::poison) return true;
  if (drop_repeat(c, s, message)) return false;  // its batch must not fail because of what somebody looks at already
  c.rules.count(is_oversize                         ? Checked::oversize
                : m.defect == Defect::missing_field ? Checked::missing_field
                : m.defect == Defect::unknown_type  ? Checked::unknown_type
                                                    : Checked::unknown_source);
  c.rules.count(rule::RetryBackoff::Outcome::permanent_not_retried);
  if (s.posting.mode != PostingMode::realtime) c.rules.count(rule::BatchRestart::Outcome::invalid_set_aside);
  if (c.rules.is(Mutant::invalid_dropped)) {
    c.pool.release(message);
    return false;
  }
  if (s.posting.mode != PostingMode::realtime) {
    places_[place].invalid.push_back({m.envelope.source_sequence, exception_subject(as_it_came(m))});
    expect_cut(c, s, place);
  }
  set_aside(c, s, place, message, ExceptionType::envelope);
  return false;
}

void Bus::collect(Context& c, const BusSettings& s, std::uint32_t place, MessageId message) {
  Place& p = places_[place];
  p.collected.push_back(message);
  if (p.is_cut_late) ++backlog_;
  const bool is_counted = s.posting.mode == PostingMode::microbatch;
  if (is_counted && p.collected.size() >= static_cast<std::size_t>(s.posting.micro_batch_max_messages)) {
    const bool is_flushed = p.runs_open == 0 || c.rules.is(Mutant::runs_overlap);
    if (is_flushed) c.rules.count(Posted::flushed_by_count);
    if (is_flushed && c.rules.is(Mutant::full_batch_drops_last)) {
      c.pool.release(message);
      p.collected.pop_back();
      if (p.is_cut_late) --backlog_;
      --p.held;
      --held_;
    }
    return cut(c, s, place);
  }
  expect_cut(c, s, place);
}

/// The first message of a batch says when it is due, also one that could not be let in.
void Bus::expect_cut(Context& c, const BusSettings& s, std::uint32_t place) {
  Place& p = places_[place];
  if (p.due == p.batch) return;
  p.due = p.batch;
  const bool is_by_clock = s.posting.mode == PostingMode::batch;
  const Time at = is_by_clock ? next_cut(s, c.kernel.now) : c.kernel.now + s.posting.micro_batch_max_seconds * kSecond;
  // What is received exactly at a cut belongs to it.
  c.kernel.schedule(at, static_cast<std::uint16_t>(EventKind::batch_due), p.batch << 32 | place,
                    is_by_clock ? Priority::late : Priority::normal);
}

JobIndex Bus::new_job(Context& c, const BusSettings& s, std::uint32_t place, MessageId first) {
  JobIndex index = static_cast<JobIndex>(jobs_.size());
  if (free_jobs_.empty()) {
    jobs_.emplace_back();
  } else {
    index = free_jobs_.back();
    free_jobs_.pop_back();
  }
  Job& job = jobs_[index];
  const Envelope& e = c.pool[first].envelope;
  job.message = first;
  job.rest.clear();
  job.place = place;
  job.sequence = e.source_sequence;
  job.received = c.kernel.now;
  job.attempts = 0;
  job.crashes = 0;
  job.awaited = 0;
  job.last_wait = Duration{};
  job.is_chunk = job.ends_run = job.is_counted_late = job.is_racing = false;
  job.worker = kNone;
  job.phase = Job::Phase::middleware;
  job.state = Job::State::waiting;
  const bool is_replay = c.kernel.now - e.event_time > s.throttle.bulk_after_minutes * kMinute;
  job.lane = is_replay ? Lane::bulk : lane_of(e.type);
  return index;
}

void Bus::add_job(Context& c, const BusSettings& s, JobIndex index) {
  Place& p = places_[chain_of(jobs_[index].place)];
  const bool is_alone = p.open.empty();
  p.open.push_back(index);
  if (s.ordering.sort_by == SortBy::event_time) [[unlikely]]
    sort_in(c, p.open);
  backlog_ += jobs_[index].messages();
  const bool jumps = c.rules.is(Mutant::lane_breaks_order) && jobs_[index].lane < jobs_[p.open.front()].lane;
  if (is_alone || jumps) {
    make_ready(c, s, index);
  } else {
    release_ready(c, s, chain_of(jobs_[index].place));
    if (jobs_[index].state == Job::State::waiting) c.rules.count(Order::waited_for_key);
  }
}

/// The last of those open goes before what waits and happened later, by its source's clock.
void Bus::sort_in(const Context& c, Ring<JobIndex>& open) const {
  const auto event_time = [&](std::uint32_t i) { return c.pool[jobs_[open[i]].message].envelope.event_time; };
  for (std::uint32_t i = open.size() - 1; i > 0; --i) {
    if (jobs_[open[i - 1]].state != Job::State::waiting || event_time(i - 1) <= event_time(i)) return;
    open.replace(i, open.replace(i - 1, open[i]));
  }
}

/// A chunk, a Z report and the like have everything before them behind them, and nothing after them before them.
bool Bus::is_barrier(const Context& c, const Job& job) const {
  return job.is_chunk || c.pool[job.message].envelope.type == MessageType::day_close;
}

/// True if `after` must not be delivered before `before` is out of the way.
bool Bus::conflicts(Context& c, const BusSettings& s, const Job& before, const Job& after) const {
  if (is_one_by_one(s) || is_barrier(c, before) || is_barrier(c, after)) return true;
  switch (s.ordering.key) {
    case OrderingKey::terminal: {
      const Envelope &a = c.pool[before.message].envelope, &b = c.pool[after.message].envelope;
      return is_of_till(a.type) == is_of_till(b.type) && a.terminal == b.terminal;
    }
    case OrderingKey::item:
      return has_common_item(std::as_const(c.pool).lines(before.message), std::as_const(c.pool).lines(after.message));
    case OrderingKey::store:
    case OrderingKey::global:
    case OrderingKey::none:
      break;
  }
  return false;
}

/// Behind a job that is not done for long, those that are must not be looked at again and again.
void Bus::forget_done(Place& p) {
  for (std::uint32_t left = p.open.size(); left > 0; --left) {
    const JobIndex index = p.open.pop_front();
    if (jobs_[index].state == Job::State::done) {
      free_jobs_.push_back(index);
    } else {
      p.open.push_back(index);
    }
  }
  p.done_in_between = 0;
}

bool Bus::is_one_by_one(const BusSettings& s) {
  return s.ordering.key == OrderingKey::store || s.ordering.key == OrderingKey::global;
}

/// Those of a place, or of all if they are one key, that may go now are made ready.
void Bus::release_ready(Context& c, const BusSettings& s, std::uint32_t place) {
  Place& p = places_[place];
  while (!p.open.empty() && jobs_[p.open.front()].state == Job::State::done) {
    const JobIndex gone = p.open.pop_front();
    free_jobs_.push_back(gone);
    --p.done_in_between;
  }
  if (p.open.size() > 2 * kWindow && p.done_in_between > p.open.size() / 2) [[unlikely]]
    forget_done(p);
  std::uint32_t looked_at = 0;
  for (std::uint32_t i = 0; i < p.open.size() && looked_at < kWindow; ++i) {
    const JobIndex index = p.open[i];
    if (jobs_[index].state == Job::State::done) continue;
    ++looked_at;
    if (jobs_[index].state != Job::State::waiting) {
      if (is_one_by_one(s)) return;
      continue;
    }
    bool may_go = true, is_beside = false;
    for (std::uint32_t before = 0; before < i && may_go; ++before) {
      const Job& other = jobs_[p.open[before]];
      if (other.state == Job::State::done) continue;
      is_beside = true;
      may_go = !conflicts(c, s, other, jobs_[index]);
    }
    if (may_go && is_beside) c.rules.count(Order::parallel_with_other_key);
    if (may_go) make_ready(c, s, index);
    if (is_one_by_one(s)) return;
  }
}

void Bus::make_ready(Context& c, const BusSettings& s, JobIndex index) {
  Job& job = jobs_[index];
  const bool has_waited = job.state == Job::State::waiting;
  job.state = Job::State::ready;
  job.ready_since = c.kernel.now;
  const bool has_middleware_work = s.has_middleware_work() || knobs_.middleware_service.is_on();
  const bool is_first = job.phase == Job::Phase::middleware;
  const LaneQueue::Entry entry = entry_of(index);
  if (is_first && has_middleware_work) {
    if (has_waited) backlog_ -= job.messages();
    middleware_queue_.push(job.lane, entry);
    stations_[0].queue.add(1, c.kernel.now);
    return;
  }
  job.phase = Job::Phase::erp;
  queues_[queue_of(c, s, index)].push(job.lane, entry);
  ++ready_;
  if (!has_waited) backlog_ += job.messages();
  stations_[1].queue.add(1, c.kernel.now);
}

const Job* Bus::first_open(std::uint32_t place) const {
  const Ring<JobIndex>& open = places_[chain_of(place)].open;
  for (std::uint32_t i = 0; i < open.size(); ++i) {
    const Job& job = jobs_[open[i]];
    if (job.state != Job::State::done && job.place == place) return &job;
  }
  return nullptr;
}

}  // namespace tillstorm::integration
