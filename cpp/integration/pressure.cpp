// MSG-11: bounded queues push back.
#include <algorithm>

#include "integration/bus.h"
#include "messages/event_kind.h"
#include "messages/exception_report.h"

namespace tillstorm::integration {
namespace {

using Pressure = rule::BoundedQueues::Outcome;

std::uint64_t share(std::int64_t of, std::int64_t ppm) { return static_cast<std::uint64_t>(of * ppm / 1'000'000); }

}  // namespace

bool Bus::refuses(Context& c, const BusSettings& s, std::uint32_t /*place*/) {
  if (s.topology == Topology::point_to_point) {
    // Nobody keeps a message: it is taken when a worker can, and not before.
    const std::size_t workers = workers_.empty() ? middleware_workers_.size() : workers_.size();
    const bool is_busy = workers != 0 && held_ >= 2 * workers;
    if (!is_busy && !knobs_.stopped.is_on() && !knobs_.unreachable.is_on()) return false;
    if (knobs_.stopped.is_on()) c.faults.count(knobs_.stopped.fault, FaultEffect::refused);
    if (knobs_.unreachable.is_on()) c.faults.count(knobs_.unreachable.fault, FaultEffect::refused);
    c.rules.count(Pressure::refused_held_upstream);
    return true;
  }
  if (held_ < static_cast<std::uint64_t>(s.queue.max_messages)) [[likely]]
    return false;
  if (s.queue.full_policy == FullQueuePolicy::refuse_upstream && !c.rules.is(Mutant::full_queue_drops_oldest)) {
    c.rules.count(Pressure::refused_held_upstream);
    report_full(c, s, ExceptionSignal::raised);
    return true;
  }
  return false;
}

/// A queue that has refused or dropped something is somebody's business until it has room again: one exception.
void Bus::report_full(Context& c, const BusSettings& s, ExceptionSignal signal) {
  if (is_full_ == (signal == ExceptionSignal::raised)) return;
  is_full_ = !is_full_;
  times_full_ += is_full_ ? 1 : 0;
  Envelope about;
  about.event_time = c.kernel.now;
  ExceptionBody body;
  body.exception = ExceptionType::queue_full;
  body.signal = signal;
  body.subject = times_full_;
  body.units = static_cast<std::int32_t>(held_);
  report_exception(c, s.addresses, s.to_books, about, body);
}

/// Room for the message just received is made by dropping one, if there is none and the policy says so. True if it is
/// the new one that is dropped.
bool Bus::drops(Context& c, const BusSettings& s, std::uint32_t place, MessageId message) {
  if (held_ <= static_cast<std::uint64_t>(s.queue.max_messages) || s.topology == Topology::point_to_point) [[likely]]
    return false;
  // What the sequence guard has held was acknowledged: it is taken beyond the limit, and what comes next is refused.
  if (s.queue.full_policy == FullQueuePolicy::refuse_upstream && !c.rules.is(Mutant::full_queue_drops_oldest))
    return false;
  report_full(c, s, ExceptionSignal::raised);
  if (s.queue.full_policy != FullQueuePolicy::drop_newest) {
    drop_oldest(c, s);
    return false;
  }
  --held_;
  --places_[place].held;
  drop(c, message);
  return true;
}

/// Something under this source sequence is collected, or in a job.
bool Bus::holds(const Context& c, std::uint32_t place, std::uint32_t sequence) const {
  const auto is_it = [&](MessageId id) {
    const Envelope& e = c.pool[id].envelope;
    return index_of(e.place) == place && e.source_sequence == sequence;
  };
  const std::vector<MessageId>& collected = places_[place].collected;
  if (std::any_of(collected.begin(), collected.end(), is_it)) return true;
  const Ring<JobIndex>& open = places_[chain_of(place)].open;
  for (std::uint32_t i = 0; i < open.size(); ++i) {
    const Job& job = jobs_[open[i]];
    if (job.state == Job::State::done) continue;
    if ((job.state != Job::State::parked && is_it(job.message)) || std::any_of(job.rest.begin(), job.rest.end(), is_it))
      return true;
  }
  return false;
}

/// There is no room for a message that is in no job: it is gone, and is news unless another copy is here.
void Bus::drop(Context& c, MessageId message) {
  const Envelope& envelope = c.pool[message].envelope;
  ++counters_.dropped;
  if (!holds(c, index_of(envelope.place), envelope.source_sequence)) dropped_.push_back(envelope);
  c.note(Transmission::Kind::dropped, 2 * index_of(envelope.place), envelope.source_sequence);
  c.pool.release(message);
}

/// What Mutant::full_queue_drops_oldest and the policy of that name do: of what stands first in each job that nobody is
/// at, and in what is collected at each place, the message that came in first is gone. What somebody has mended stays.
void Bus::drop_oldest(Context& c, const BusSettings& s) {
  MessageId message = kNoMessage;
  LaneQueue::Entry oldest;
  const auto look = [&](MessageId id, JobIndex job) {
    const Message& m = c.pool[id];
    const LaneQueue::Entry entry{m.received, index_of(m.envelope.place), m.envelope.source_sequence, job};
    if (m.set_aside_as != 0 || (message != kNoMessage && !LaneQueue::Entry::after(oldest, entry))) return;
    message = id;
    oldest = entry;
  };
  for (JobIndex i = 0; i < jobs_.size(); ++i) {
    const Job::State state = jobs_[i].state;
    if (state == Job::State::ready || state == Job::State::waiting || state == Job::State::backing_off)
      look(jobs_[i].message, i);
  }
  for (const Place& place : places_)
    if (!place.collected.empty()) look(place.collected.front(), kNone);
  if (message == kNoMessage) return;
  if (oldest.job == kNone) {
    drop_first_collected(oldest.place);
  } else {
    drop_first_of(c, s, oldest.job);
  }
  drop(c, message);
}

void Bus::drop_first_collected(std::uint32_t place) {
  Place& p = places_[place];
  p.collected.erase(p.collected.begin());
  if (p.is_cut_late) --backlog_;
  if (p.collected.empty()) {  // what is due for it means nothing any more
    ++p.batch;
    p.invalid.clear();
    p.is_cut_late = false;
  }
  --p.held;
  --held_;
}

/// The job goes on with what is left of it, if anything is.
void Bus::drop_first_of(Context& c, const BusSettings& s, JobIndex index) {
  Job& job = jobs_[index];
  const bool is_in_middleware = job.state == Job::State::ready && job.phase == Job::Phase::middleware;
  const bool is_in_queue = job.state == Job::State::ready && !is_in_middleware;
  if (job.state == Job::State::waiting || is_in_queue) --backlog_;
  if (is_in_queue) queues_[queue_of(c, s, index)].remove(job.lane, index);
  if (!job.rest.empty()) {
    job.message = job.rest.front();
    job.rest.erase(job.rest.begin());
    // Its queue may be another one: that of the type of what now stands first.
    if (is_in_queue) queues_[queue_of(c, s, index)].push(job.lane, entry_of(index));
    --places_[job.place].held;
    --held_;
    return;
  }
  if (is_in_middleware) middleware_queue_.remove(job.lane, index);
  if (is_in_queue) --ready_;
  if (is_in_queue || is_in_middleware) stations_[is_in_queue ? 1 : 0].queue.add(-1, c.kernel.now);
  job_done(c, s, index);
}

bool Bus::has_room_again(const BusSettings& s) const {
  return held_ <= share(s.queue.max_messages, s.queue.low_water_ppm);
}

/// Tells every source to pause, or to go on, when the queue has passed a mark.
void Bus::look_at_pressure(Context& c, const BusSettings& s) {
  if (s.topology == Topology::point_to_point || s.posting.mode == PostingMode::batch) return;
  const bool pauses =
      !is_paused_ && held_ >= std::max<std::uint64_t>(1, share(s.queue.max_messages, s.queue.high_water_ppm));
  const bool resumes = is_paused_ && has_room_again(s);
  if (!pauses && !resumes) [[likely]]
    return;
  is_paused_ = pauses;
  c.rules.count(pauses ? Pressure::sources_paused : Pressure::sources_resumed);
  if (resumes && c.rules.is(Mutant::sources_never_resume)) return;
  for (std::uint32_t source = 0; source < s.addresses.places(); ++source)
    c.kernel.send(s.addresses.source(source), c.kernel.now + s.to_sources,
                  static_cast<std::uint16_t>(EventKind::flow_control),
                  std::uint64_t{pauses ? 1U : 0U} << 32 | 2 * source);
}

}  // namespace tillstorm::integration
