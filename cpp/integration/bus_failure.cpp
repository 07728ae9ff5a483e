// What goes wrong with a delivery: attempts (MSG-09), what is set aside (MSG-12), and how it comes back (MSG-13).
#include <algorithm>
#include <utility>

#include "engine/random_stream.h"
#include "integration/bus.h"
#include "integration/retry.h"
#include "messages/event_kind.h"
#include "messages/exception_report.h"

namespace tillstorm::integration {
namespace {

using Retry = rule::RetryBackoff::Outcome;
using Dead = rule::DeadLetters::Outcome;
using Repair = rule::RepairAndResubmit::Outcome;
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
  if (is_poison(jobs_[index].message) ||
      std::any_of(jobs_[index].rest.begin(), jobs_[index].rest.end(), is_poison)) [[unlikely]] {
    crash(c, s, index);
    return true;
  }
  if (!knobs_.any) [[likely]]
    return false;
  if (crashes_at_commit(c, s, index)) return true;
  RandomStream own(s.seed, kReject, key_of_message(s, c.pool[jobs_[index].message].envelope), jobs_[index].attempts);
  if (knobs_.reject_ppm.is_on() && own.bernoulli_ppm(knobs_.reject_ppm.ppm())) {
    c.faults.count(knobs_.reject_ppm.fault, FaultEffect::refused);
    free_worker(c, index);
    call_ended(c, s, index, true);
    note_buffered(c, knobs_.reject_ppm);
    attempt_failed(c, s, index, knobs_.retry_after);
    return true;
  }
  RandomStream answer(s.seed, kAnswer, key_of_message(s, c.pool[jobs_[index].message].envelope), jobs_[index].attempts);
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

/// A chunk that crashes its worker is tried message by message: those that do it are set aside, the others go on.
void Bus::isolate(Context& c, const BusSettings& s, JobIndex index) {
  std::vector<MessageId> all = std::move(jobs_[index].rest), sound;
  all.insert(all.begin(), jobs_[index].message);
  const std::uint32_t place = jobs_[index].place;
  for (const MessageId id : all)
    if (c.pool[id].defect != Defect::poison) sound.push_back(id);
  for (const MessageId id : all)
    if (c.pool[id].defect == Defect::poison) set_aside(c, s, place, id, ExceptionType::dead_letter, kNone);
  Job& job = jobs_[index];
  job.rest.clear();
  if (sound.empty()) {
    held_ -= all.size() - 1;
    places_[place].held -= static_cast<std::uint32_t>(all.size() - 1);
    return job_done(c, s, index);
  }
  held_ -= all.size() - sound.size();
  places_[place].held -= static_cast<std::uint32_t>(all.size() - sound.size());
  job.message = sound.front();
  job.rest.assign(sound.begin() + 1, sound.end());
  job.crashes = 0;
  make_ready(c, s, index);
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
  send_to_books(c, s, place, jobs_[index].message);
  for (const MessageId id : jobs_[index].rest) send_to_books(c, s, place, id);
  job_done(c, s, index);
}

void Bus::send_to_books(Context& c, const BusSettings& s, std::uint32_t place, MessageId message) const {
  c.kernel.send(s.addresses.partition(PlaceId{place}), c.kernel.now + s.to_books,
                static_cast<std::uint16_t>(EventKind::posts), static_cast<std::uint32_t>(message));
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
  to_release_.push_back(place);
  if (ends_run) run_ends(c, s, place);
}

/// All of a job's messages are set aside; those of its key go on, or wait, by key_policy.
void Bus::give_up(Context& c, const BusSettings& s, JobIndex index, ExceptionType type) {
  const DeadKeyPolicy policy = s.dead_letter.key_policy;
  c.rules.count(policy == DeadKeyPolicy::proceed    ? Dead::key_continued
                : policy == DeadKeyPolicy::park_key ? Dead::key_parked
                                                    : Dead::queue_blocked);
  const std::uint32_t place = jobs_[index].place;
  const bool is_parked = policy != DeadKeyPolicy::proceed;
  const std::vector<MessageId> rest = std::move(jobs_[index].rest);
  jobs_[index].rest.clear();
  if (is_parked) {
    jobs_[index].state = Job::State::parked;
    blocked_by_ += policy == DeadKeyPolicy::block_queue ? 1 : 0;
  }
  set_aside(c, s, place, jobs_[index].message, type, is_parked ? index : kNone);
  for (const MessageId id : rest) set_aside(c, s, place, id, type, kNone);
  held_ -= rest.size();
  places_[place].held -= static_cast<std::uint32_t>(rest.size());
  if (is_parked) {
    --held_;
    --places_[place].held;
  } else {
    job_done(c, s, index);
  }
}

void Bus::set_aside(Context& c, const BusSettings& s, std::uint32_t place, MessageId message, ExceptionType type,
                    std::uint32_t job) {
  const Envelope envelope = c.pool[message].envelope;
  const std::uint64_t subject = exception_subject(envelope);
  const Message& m = c.pool[message];
  ExceptionBody body;
  body.exception = type;
  body.subject = subject;
  if (envelope.type == MessageType::ticket) {
    body.amount = m.ticket.tendered;
    body.units = static_cast<std::int32_t>(m.ticket.units);
  }
  c.note(What::set_aside, 2 * place, envelope.source_sequence);
  facts_.add(envelope.body_hash);
  facts_.add(static_cast<std::uint64_t>(c.kernel.now.us));
  ++set_aside_;
  aside_.push_back({envelope, type, false});
  if (c.rules.is(Mutant::dead_letter_deleted)) {
    c.pool.release(message);
    return;
  }
  if (m.set_aside_as != 0) c.rules.count(Repair::failed_again);
  if (m.set_aside_as != 0 && c.rules.is(Mutant::resubmit_without_end)) {
    ++held_;
    ++places_[place].held;
    return add_job(c, s, new_job(c, s, place, message));
  }
  if (!hospital_.admit(subject, message, type, job)) c.pool.release(message);  // a second copy of what is here
  if (!c.rules.is(Mutant::dead_letter_unreported)) report_exception(c, s.addresses, s.to_books, envelope, body);
}

void Bus::handed_back(Context& c, const BusSettings& s, MessageId message, ExceptionType type) {
  c.rules.count(Retry::permanent_not_retried);
  set_aside(c, s, index_of(c.pool[message].envelope.place), message, type, kNone);
  settle(c, s);
}

void Bus::repair(Context& c, const BusSettings& s, MessageId order) {
  const RepairBody body = c.pool[order].repair;
  c.pool.release(order);
  facts_.add(body.subject);
  if (body.action == RepairAction::cancel) {
    cancel(c, s, body.subject);
  } else {
    resubmit(c, s, body.subject, body.action == RepairAction::resubmit_edited);
  }
  settle(c, s);
}

/// The message goes on under its own key, mended if it was edited.
void Bus::resubmit(Context& c, const BusSettings& s, std::uint64_t subject, bool is_edited) {
  Hospital::Patient* const patient = hospital_.find(subject);
  if (patient == nullptr) return;
  if (patient->resubmits >= static_cast<std::uint32_t>(s.dead_letter.max_resubmits)) return;  // it stays an exception
  const MessageId original = patient->message;
  const MessageId copy = c.pool.copy(original);
  const std::uint32_t place = index_of(c.pool[copy].envelope.place);
  const std::uint32_t job = patient->job;
  c.pool[copy].set_aside_as = static_cast<std::uint8_t>(static_cast<std::uint8_t>(patient->type) + 1);
  if (is_edited) c.pool[copy].defect = Defect::none;
  if (c.rules.is(Mutant::resubmit_mints_new_key)) c.pool[copy].envelope.number += 1'000'000;
  if (c.rules.is(Mutant::resubmit_dated_today))
    c.pool[copy].envelope.business_date = Date{static_cast<std::int32_t>(c.kernel.now.us / kDay.us)};
  c.note(What::resubmitted, 2 * place, c.pool[copy].envelope.source_sequence);
  c.pool.release(original);
  hospital_.leave(*patient);
  ++held_;
  ++places_[place].held;
  if (job != kNone) {
    jobs_[job].message = copy;
    jobs_[job].attempts = 0;
    jobs_[job].crashes = 0;
    if (s.dead_letter.key_policy == DeadKeyPolicy::block_queue) --blocked_by_;
    return make_ready(c, s, job);
  }
  add_job(c, s, new_job(c, s, place, copy));
}

void Bus::cancel(Context& c, const BusSettings& s, std::uint64_t subject) {
  Hospital::Patient* const patient = hospital_.find(subject);
  if (patient == nullptr) return;
  const MessageId message = patient->message;
  const std::uint32_t job = patient->job;
  const Envelope envelope = c.pool[message].envelope;
  ExceptionBody body;
  body.exception = patient->type;
  body.signal = ExceptionSignal::cleared;
  body.subject = subject;
  c.rules.count(Repair::cancelled_with_reason);
  aside_.push_back({envelope, patient->type, true});
  report_exception(c, s.addresses, s.to_books, envelope, body);
  hospital_.forget(subject);
  if (job == kNone) return c.pool.release(message);
  if (s.dead_letter.key_policy == DeadKeyPolicy::block_queue) --blocked_by_;
  ++held_;
  ++places_[jobs_[job].place].held;
  c.pool.release(message);
  job_done(c, s, job);
}

void Bus::note_buffered(Context& c, const Knob& why) {
  const auto waiting = static_cast<std::uint32_t>(ready_ + waiting_);
  if (waiting <= buffered_ || !why.is_on()) return;
  c.rules.count(rule::ErpLossAbsorbed::Outcome::buffered, waiting - buffered_);
  c.faults.count(why.fault, FaultEffect::buffered, waiting - buffered_);
  buffered_ = waiting;
}

std::uint64_t Bus::state_bytes() const {
  std::uint64_t bytes = sizeof(Bus) + jobs_.capacity() * sizeof(Job) + places_.capacity() * sizeof(Place);
  return bytes + hospital_.known() * (sizeof(Hospital::Patient) + 48);
}

}  // namespace tillstorm::integration
