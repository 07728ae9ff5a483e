// MSG-16, MSG-17: what a batch is made of, and how it is posted although something breaks.
#include <algorithm>
#include <utility>

#include "engine/random_stream.h"
#include "integration/bus.h"
#include "messages/event_kind.h"

namespace tillstorm::integration {
namespace {

using Batch = rule::BatchRestart::Outcome;

constexpr std::uint64_t kTruncated = purpose_of("fault.file_truncated"), kTwice = purpose_of("fault.file_sent_twice"),
                        kCommit = purpose_of("fault.commit_crash");

/// What Mutant::batch_posts_singles_again does.
void add_again(Context& c, std::vector<MessageId>& batch) {
  for (std::size_t i = 0, count = batch.size(); i < count; ++i) {
    if (c.pool[batch[i]].envelope.type != MessageType::ticket) continue;
    batch.push_back(c.pool.copy(batch[i]));
    c.pool[batch.back()].envelope.number += 1'000'000;
  }
}

}  // namespace

void Bus::batch_due(Context& c, const BusSettings& s, std::uint64_t payload) {
  const auto place = static_cast<std::uint32_t>(payload);
  Place& p = places_[place];
  if ((payload >> 32) != (p.batch & 0xffffffffU)) return;
  if (p.collected.empty()) {  // nothing in it could be let in
    p.invalid.clear();
    p.due = kNoBatch;
    return;
  }
  c.rules.count(s.posting.mode == PostingMode::batch ? rule::PostingMode::Outcome::batch_cut
                                                     : rule::PostingMode::Outcome::flushed_by_time);
  cut(c, s, place);
  settle(c, s);
}

/// What was collected becomes a run; or waits until the run before it has ended.
void Bus::cut(Context& c, const BusSettings& s, std::uint32_t place) {
  Place& p = places_[place];
  if (p.runs_open != 0 && !c.rules.is(Mutant::runs_overlap)) {
    if (!p.is_cut_late) {
      c.rules.count(rule::PostingMode::Outcome::run_delayed_by_previous);
      backlog_ += p.collected.size();
    }
    p.is_cut_late = true;
    return;
  }
  if (std::exchange(p.is_cut_late, false)) backlog_ -= p.collected.size();
  Run run = cut_run(c, s, place);
  const std::uint64_t number = p.batch++, key = s.place_keys[place];
  if (knobs_.file_truncated_ppm.is_on() && run.messages.size() > 1 &&
      RandomStream(s.seed, kTruncated, key, number).bernoulli_ppm(knobs_.file_truncated_ppm.ppm())) {
    p.missing = split(run, static_cast<std::uint32_t>(run.messages.size() / 2));
    c.faults.count(knobs_.file_truncated_ppm.fault, FaultEffect::held, p.missing.messages.size());
  }
  const bool is_twice = knobs_.file_twice_ppm.is_on() &&
                        RandomStream(s.seed, kTwice, key, number).bernoulli_ppm(knobs_.file_twice_ppm.ppm());
  if (is_twice) {
    for (const MessageId id : run.messages) c.pool.retain(id);
    p.held += static_cast<std::uint32_t>(run.messages.size());
    held_ += run.messages.size();
    c.faults.count(knobs_.file_twice_ppm.fault, FaultEffect::duplicated, run.messages.size());
    add_run(c, s, place, run);
  }
  add_run(c, s, place, run);
}

/// What was collected, in the order of its source. A source numbers what it hands over, so that is also the order of
/// each of its tills (MSG-06).
Bus::Run Bus::cut_run(Context& c, const BusSettings& s, std::uint32_t place) {
  Place& p = places_[place];
  Run run;
  run.messages.swap(p.collected);
  const std::vector<Invalid> invalid = std::exchange(p.invalid, {});
  const auto sequence = [&](MessageId id) { return c.pool[id].envelope.source_sequence; };
  std::stable_sort(run.messages.begin(), run.messages.end(),
                   [&](MessageId a, MessageId b) { return sequence(a) < sequence(b); });
  for (const Invalid& each : invalid) {
    const auto next = std::partition_point(run.messages.begin(), run.messages.end(),
                                           [&](MessageId id) { return sequence(id) < each.sequence; });
    run.invalid_at.push_back(static_cast<std::uint32_t>(next - run.messages.begin()));
  }
  run.fails = s.batch.on_invalid == InvalidPolicy::fail_run && !invalid.empty();
  if (c.rules.is(Mutant::batch_stamps_one_date))
    for (const MessageId id : run.messages)
      c.pool[id].envelope.business_date = c.pool[run.messages.front()].envelope.business_date;
  const std::size_t before = run.messages.size();
  if (c.rules.is(Mutant::batch_posts_singles_again)) add_again(c, run.messages);
  p.held += static_cast<std::uint32_t>(run.messages.size() - before);
  held_ += run.messages.size() - before;
  return run;
}

/// Takes away what stands at `at` and behind it.
Bus::Run Bus::split(Run& run, std::uint32_t at) {
  Run tail;
  tail.fails = run.fails;
  tail.messages.assign(run.messages.begin() + at, run.messages.end());
  run.messages.resize(at);
  for (const std::uint32_t each : run.invalid_at)
    if (each >= at) tail.invalid_at.push_back(each - at);
  std::erase_if(run.invalid_at, [&](std::uint32_t each) { return each >= at; });
  return tail;
}

/// Cuts a run into chunks. Those that fail are set aside: all of them, or those in which a message could not be let in
/// (on_invalid).
void Bus::add_run(Context& c, const BusSettings& s, std::uint32_t place, const Run& run) {
  Place& p = places_[place];
  const auto most = static_cast<std::size_t>(s.batch.commit_chunk_messages);
  ++p.runs_open;
  JobIndex last = kNone;
  const std::vector<MessageId>& messages = run.messages;
  for (std::size_t first = 0; first < messages.size(); first += most) {
    const std::size_t end = std::min(messages.size(), first + most);
    const bool has_invalid = std::any_of(run.invalid_at.begin(), run.invalid_at.end(),
                                         [&](std::uint32_t at) { return at >= first && at < first + most; });
    if (run.fails || (s.batch.on_invalid == InvalidPolicy::fail_chunk && has_invalid)) {
      for (std::size_t i = first; i < end; ++i) {
        --p.held;
        --held_;
        set_aside(c, s, place, messages[i], ExceptionType::dead_letter);
      }
      continue;
    }
    last = new_job(c, s, place, messages[first]);
    jobs_[last].rest.assign(messages.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                            messages.begin() + static_cast<std::ptrdiff_t>(end));
    jobs_[last].is_chunk = true;
    jobs_[last].ends_run = end == messages.size();
    add_job(c, s, last);
  }
  if (last == kNone || !jobs_[last].ends_run) run_ends(c, s, place);
}

void Bus::run_ends(Context& c, const BusSettings& s, std::uint32_t place) {
  Place& p = places_[place];
  --p.runs_open;
  if (!p.missing.messages.empty() && p.runs_open == 0) {
    const Run missing = std::exchange(p.missing, {});
    if (c.rules.is(Mutant::run_not_counted)) {
      for (const MessageId id : missing.messages) c.pool.release(id);
      p.held -= static_cast<std::uint32_t>(missing.messages.size());
      held_ -= missing.messages.size();
    } else {
      c.rules.count(Batch::missing_tail_fetched);
      return add_run(c, s, place, missing);
    }
  }
  c.rules.count(Batch::run_complete);
  if (p.is_cut_late && !p.collected.empty() && p.runs_open == 0) cut(c, s, place);
}

/// The poster of a chunk crashes around its commit: before it, or after it and before anybody knows. True if the job
/// has been dealt with.
bool Bus::crashes_at_commit(Context& c, const BusSettings& s, JobIndex index) {
  if (!knobs_.commit_crash_ppm.is_on() || !jobs_[index].is_chunk) return false;
  RandomStream own(s.seed, kCommit, s.place_keys[jobs_[index].place], attempts_++);
  if (!own.bernoulli_ppm(knobs_.commit_crash_ppm.ppm())) return false;
  const bool is_committed = own.bernoulli_ppm(500'000);
  c.faults.count(knobs_.commit_crash_ppm.fault, FaultEffect::refused);
  const std::uint32_t worker = jobs_[index].worker;
  free_worker(c, index);
  breakers_[breaker_of(c, index)].forgotten();
  stop_worker(c, s, worker);
  if (!is_committed) {
    c.rules.count(Batch::chunk_rolled_back);
    if (c.rules.is(Mutant::restart_skips_chunk)) {
      c.pool.release(jobs_[index].message);
      for (const MessageId id : jobs_[index].rest) c.pool.release(id);
      job_done(c, s, index);
      return true;
    }
    starts_again(c, s, index, worker);
    return true;
  }
  c.rules.count(Batch::restarted_from_checkpoint);
  if (s.batch.checkpoint == Checkpoint::in_commit) {
    c.rules.count(Batch::chunk_committed);
    deliver(c, s, index);
    return true;
  }
  c.pool.retain(jobs_[index].message);
  send_to_books(c, s, jobs_[index].place, jobs_[index].message);
  for (const MessageId id : jobs_[index].rest) {
    c.pool.retain(id);
    send_to_books(c, s, jobs_[index].place, id);
  }
  starts_again(c, s, index, worker);
  return true;
}

/// A chunk whose poster has crashed. Where no worker's restart takes time the poster's own does: otherwise a crash of
/// every commit would be repeated without end at one instant.
void Bus::starts_again(Context& c, const BusSettings& s, JobIndex index, std::uint32_t worker) {
  if (worker != kNone && s.dead_letter.restart_seconds != 0) return make_ready(c, s, index);
  Job& job = jobs_[index];
  job.state = Job::State::backing_off;
  ++job.generation;
  c.kernel.schedule(c.kernel.now + std::max(kSecond, s.dead_letter.restart_seconds * kSecond),
                    static_cast<std::uint16_t>(EventKind::retry_due), std::uint64_t{job.generation} << 32 | index);
}

}  // namespace tillstorm::integration
