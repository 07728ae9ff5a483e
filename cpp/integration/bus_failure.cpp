// What goes wrong with a delivery: failed attempts (MSG-09), crashes (MSG-12), calls for the breaker (MSG-10).
#include <algorithm>
#include <utility>

#include "engine/random_stream.h"
#include "integration/bus.h"
#include "integration/retry.h"
#include "messages/event_kind.h"

namespace tillstorm::integration {
namespace {

using Retry = rule::RetryBackoff::Outcome;
using Dead = rule::DeadLetters::Outcome;
using What = Transmission::Kind;

constexpr std::uint64_t kReject = purpose_of("fault.reject"), kAnswer = purpose_of("fault.erp_answer");

std::uint64_t pack(std::uint32_t low, std::uint32_t high) { return std::uint64_t{high} << 32 | low; }

/// A message by what it is everywhere: its place's key and its own.
std::uint64_t key_of_message(const BusSettings& s, const Envelope& e) {
  return mix64(s.place_keys[index_of(e.place)] ^ std::uint64_t{e.terminal} << 40 ^
               static_cast<std::uint64_t>(e.type) << 56) ^
         (std::uint64_t{e.epoch} << 32 | e.number);
}

}  // namespace

/// The service of a job has ended: true if it was in vain, and what becomes of the job has been decided.
bool Bus::fails(Context& c, const BusSettings& s, JobIndex index) {
  const auto is_poison = [&](MessageId id) { return c.pool[id].defect == Defect::poison; };
  const auto any_of_job = [&](auto is_so) {
    return is_so(jobs_[index].message) || std::any_of(jobs_[index].rest.begin(), jobs_[index].rest.end(), is_so);
  };
  if (any_of_job(is_poison)) [[unlikely]] {
    purge(c, s);
    // What was set aside before is known by its key and its body: a repeat is not read.
    if (any_of_job([&](MessageId id) { return is_poison(id) && !is_known_repeat(c, id); })) {
      crash(c, s, index);
    } else {
      free_worker(c, index);
      breakers_[breaker_of(c, index)].forgotten();
      isolate(c, s, index);
    }
    return true;
  }
  if (!knobs_.any) [[likely]]
    return false;
  if (crashes_at_commit(c, s, index)) return true;
  // A message that was sent on after a repair meets another chance than before.
  const std::uint64_t n = std::uint64_t{c.pool[jobs_[index].message].repairs} << 32 | jobs_[index].attempts;
  RandomStream own(s.seed, kReject, key_of_message(s, c.pool[jobs_[index].message].envelope), n);
  if (knobs_.reject_ppm.is_on() && own.bernoulli_ppm(knobs_.reject_ppm.ppm())) {
    c.faults.count(knobs_.reject_ppm.fault, FaultEffect::refused);
    free_worker(c, index);
    call_ended(c, s, index, true);
    note_buffered(c, knobs_.reject_ppm);
    attempt_failed(c, s, index, knobs_.retry_after);
    return true;
  }
  RandomStream answer(s.seed, kAnswer, key_of_message(s, c.pool[jobs_[index].message].envelope), n);
  if (!knobs_.answer_lost_ppm.is_on() || !answer.bernoulli_ppm(knobs_.answer_lost_ppm.ppm())) return false;
  // The work was done and the answer was lost: whoever asks again is told so by the books.
  c.faults.count(knobs_.answer_lost_ppm.fault, FaultEffect::acknowledgements_lost);
  const Job& job = jobs_[index];
  c.pool.retain(job.message);
  send_to_books(c, s, job.place, job.message);
  for (const MessageId id : job.rest) {
    c.pool.retain(id);
    send_to_books(c, s, job.place, id);
  }
  free_worker(c, index);
  call_ended(c, s, index, true);
  attempt_failed(c, s, index, Duration{});
  return true;
}

/// The worker has crashed on a message: it comes back, and so does the message, unless it has done that too often.
void Bus::crash(Context& c, const BusSettings& s, JobIndex index) {
  const std::uint32_t worker = jobs_[index].worker;
  free_worker(c, index);
  breakers_[breaker_of(c, index)].forgotten();
  stop_worker(c, s, worker);
  if (c.rules.is(Mutant::crash_acknowledged)) {
    c.pool.release(jobs_[index].message);
    for (const MessageId id : jobs_[index].rest) c.pool.release(id);
    return job_done(c, s, index);
  }
  if (++jobs_[index].crashes < s.dead_letter.poison_crashes || c.rules.is(Mutant::poison_never_isolated))
    return make_ready(c, s, index);
  c.rules.count(Dead::poison_isolated);
  if (jobs_[index].is_chunk) return isolate(c, s, index);
  give_up(c, s, index, ExceptionType::dead_letter);
}

void Bus::stop_worker(Context& c, const BusSettings& s, std::uint32_t worker) {
  if (worker == kNone || s.dead_letter.restart_seconds == 0) return;
  workers_[worker].is_down = true;
  c.kernel.schedule(c.kernel.now + s.dead_letter.restart_seconds * kSecond,
                    static_cast<std::uint16_t>(EventKind::worker_returns), pack(worker, ++workers_[worker].generation));
}

void Bus::worker_returns(Context& c, const BusSettings& s, std::uint64_t payload) {
  Worker& worker = workers_[static_cast<std::uint32_t>(payload)];
  if (worker.generation != payload >> 32) return;
  worker.is_down = false;
  settle(c, s);
}

void Bus::call_ended(Context& c, const BusSettings& s, JobIndex index, bool failed) {
  if (s.breaker.scope == BreakerScope::off) return;
  Breaker& breaker = breakers_[breaker_of(c, index)];
  if (breaker.ended(s.breaker, c.rules, c.kernel.now, failed))
    c.kernel.schedule(breaker.open_until(), static_cast<std::uint16_t>(EventKind::bus_goes_on), 1);
}

void Bus::attempt_failed(Context& c, const BusSettings& s, JobIndex index, Duration retry_after) {
  Job& job = jobs_[index];
  ++job.attempts;
  c.note(What::attempt_failed, 2 * job.place, job.sequence);
  if (job.attempts >= s.retry.max_attempts) {
    c.rules.count(Retry::attempts_exhausted);
    c.rules.count(Dead::dead_lettered_by_attempts);
    return give_up(c, s, index, ExceptionType::dead_letter);
  }
  job.last_wait = wait_before_retry(s.retry, c.rules, s.seed, key_of_message(s, c.pool[job.message].envelope),
                                    job.attempts, job.last_wait, retry_after);
  job.state = Job::State::backing_off;
  ++job.generation;
  c.kernel.schedule(c.kernel.now + job.last_wait, static_cast<std::uint16_t>(EventKind::retry_due),
                    pack(index, job.generation));
}

void Bus::retry_due(Context& c, const BusSettings& s, std::uint64_t payload) {
  const auto index = static_cast<JobIndex>(payload);
  if (jobs_[index].generation != payload >> 32 || jobs_[index].state != Job::State::backing_off) return;
  c.rules.count(rule::ErpLossAbsorbed::Outcome::retried_after_rejection);
  make_ready(c, s, index);
  settle(c, s);
}

/// The job's messages go to the books.
void Bus::deliver(Context& c, const BusSettings& s, JobIndex index) {
  const std::uint32_t place = jobs_[index].place;
  if (s.ordering.key == OrderingKey::none) [[unlikely]]
    note_race(c, index);
  send_to_books(c, s, place, jobs_[index].message, jobs_[index].is_racing);
  for (const MessageId id : jobs_[index].rest) send_to_books(c, s, place, id);
  job_done(c, s, index);
}

/// Where nothing waits for anything, copies of one message can be at work side by side: what the others looked up when
/// they began is no longer so.
void Bus::note_race(const Context& c, JobIndex index) {
  const Envelope& mine = c.pool[jobs_[index].message].envelope;
  const Place& place = places_[jobs_[index].place];
  // Of a long queue few are at work, and those stand in front.
  std::int64_t at_work = station(Job::Phase::erp).busy.value();
  for (std::uint32_t i = 0; at_work > 0 && i < place.open.size(); ++i) {
    Job& other = jobs_[place.open[i]];
    if (place.open[i] == index || other.state != Job::State::in_service || other.phase != Job::Phase::erp) continue;
    --at_work;
    const Envelope& e = c.pool[other.message].envelope;
    if (e.type == mine.type && e.terminal == mine.terminal && e.epoch == mine.epoch && e.number == mine.number)
      other.is_racing = true;
  }
}

void Bus::send_to_books(Context& c, const BusSettings& s, std::uint32_t place, MessageId message,
                        bool is_racing) const {
  c.kernel.send(s.addresses.partition(PlaceId{place}), c.kernel.now + s.to_books,
                static_cast<std::uint16_t>(EventKind::posts),
                pack(static_cast<std::uint32_t>(message), is_racing ? 1 : 0));
}

/// The job is out of the way of those behind it.
void Bus::job_done(Context& c, const BusSettings& s, JobIndex index) {
  Job& job = jobs_[index];
  const bool ends_run = job.ends_run;
  const std::uint32_t place = job.place;
  held_ -= job.messages();
  places_[place].held -= job.messages();
  job.state = Job::State::done;
  ++counters_.over;
  ++job.generation;
  ++places_[chain_of(place)].done_in_between;
  to_release_.push_back(chain_of(place));
  if (ends_run) run_ends(c, s, place);
}

void Bus::note_buffered(Context& c, const Knob& why) {
  if (backlog_ <= buffered_ || !why.is_on()) return;
  c.rules.count(rule::ErpLossAbsorbed::Outcome::buffered, backlog_ - buffered_);
  c.faults.count(why.fault, FaultEffect::buffered, backlog_ - buffered_);
  buffered_ = backlog_;
}

std::uint64_t Bus::state_bytes() const {
  std::uint64_t bytes = sizeof(Bus) + jobs_.capacity() * sizeof(Job) + places_.capacity() * sizeof(Place);
  return bytes + hospital_.state_bytes();
}

}  // namespace tillstorm::integration
