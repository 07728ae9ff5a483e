// MSG-12: what is given up of a job, and what waits for it. A parked job keeps its place in the order of its key until
// somebody has decided about each of its messages that were set aside; then what is left of it goes on.
#include <algorithm>
#include <utility>

#include "integration/bus.h"

namespace tillstorm::integration {
namespace {

using Dead = rule::DeadLetters::Outcome;

}  // namespace

/// Its attempts are used up: all of a job's messages are set aside.
void Bus::give_up(Context& c, const BusSettings& s, JobIndex index, ExceptionType type) {
  std::vector<MessageId> all = std::exchange(jobs_[index].rest, {});
  all.insert(all.begin(), jobs_[index].message);
  set_aside_of_job(c, s, index, all, type);
}

/// A chunk that crashes its worker is tried message by message: those that do it are set aside.
void Bus::isolate(Context& c, const BusSettings& s, JobIndex index) {
  std::vector<MessageId>& rest = jobs_[index].rest;
  rest.insert(rest.begin(), jobs_[index].message);
  const auto is_sound = [&](MessageId id) { return c.pool[id].defect != Defect::poison; };
  const auto first = std::stable_partition(rest.begin(), rest.end(), is_sound);
  const std::vector<MessageId> poison(first, rest.end());
  rest.erase(first, rest.end());
  set_aside_of_job(c, s, index, poison, ExceptionType::dead_letter);
}

/// Some of a job's messages are set aside. The others are in its `rest`, and go on or wait for those, by key_policy.
void Bus::set_aside_of_job(Context& c, const BusSettings& s, JobIndex index, const std::vector<MessageId>& bad,
                           ExceptionType type) {
  const DeadKeyPolicy policy = s.dead_letter.key_policy;
  const std::uint32_t place = jobs_[index].place;
  jobs_[index].crashes = 0;
  held_ -= bad.size();
  places_[place].held -= static_cast<std::uint32_t>(bad.size());
  std::uint32_t admitted = 0;
  for (const MessageId id : bad)
    if (set_aside(c, s, place, id, type, policy == DeadKeyPolicy::proceed ? kNone : index)) ++admitted;
  if (admitted == 0) return go_on(c, s, index);
  c.rules.count(policy == DeadKeyPolicy::proceed    ? Dead::key_continued
                : policy == DeadKeyPolicy::park_key ? Dead::key_parked
                                                    : Dead::queue_blocked);
  if (policy == DeadKeyPolicy::proceed) return go_on(c, s, index);
  jobs_[index].state = Job::State::parked;
  jobs_[index].awaited = admitted;
  blocked_by_ += policy == DeadKeyPolicy::block_queue ? 1 : 0;
}

/// Somebody has decided about a message that a job is parked for (kNone: none is). `back`: it is sent on.
void Bus::decided(Context& c, const BusSettings& s, std::uint32_t index, MessageId back) {
  if (index == kNone) return;
  Job& job = jobs_[index];
  if (back != kNoMessage) job.rest.push_back(back);
  if (--job.awaited != 0) return;
  job.attempts = 0;
  job.last_wait = Duration{};
  if (s.dead_letter.key_policy == DeadKeyPolicy::block_queue) --blocked_by_;
  go_on(c, s, index);
}

/// What is in the `rest` of a job is delivered, in the order of its source; if there is nothing it is out of the way.
void Bus::go_on(Context& c, const BusSettings& s, JobIndex index) {
  Job& job = jobs_[index];
  if (job.rest.empty()) {
    ++held_;  // job_done takes it off: a job has one message at least
    ++places_[job.place].held;
    return job_done(c, s, index);
  }
  const auto sequence = [&](MessageId id) { return c.pool[id].envelope.source_sequence; };
  std::stable_sort(job.rest.begin(), job.rest.end(),
                   [&](MessageId a, MessageId b) { return sequence(a) < sequence(b); });
  job.message = job.rest.front();
  job.sequence = sequence(job.message);
  job.rest.erase(job.rest.begin());
  make_ready(c, s, index);
}

}  // namespace tillstorm::integration
