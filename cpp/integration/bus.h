#pragma once
// The bus: what lies between the end of the stores' links and the ERP. It belongs to the middleware's site, keeps what
// it has acknowledged, and delivers it to the books of each place.
//
//   let in (MSG-01) -> collected until its batch is due (MSG-16) -> in the order of its key (MSG-06)
//     -> ready, in a lane (MSG-19) -> at a worker of the middleware, then of the ERP (MSG-21) -> the place's books
//
// A delivery that fails is tried again (MSG-09) unless a breaker holds it (MSG-10), and is set aside in the end
// (MSG-12) until somebody has mended it (MSG-13). The functions are in bus_intake.cpp (up to being ready),
// bus_service.cpp (workers), bus_failure.cpp (what goes wrong), key_policy.cpp (what is given up), hospital.cpp (what
// is set aside) and batch_run.cpp (MSG-17).
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "base/ring.h"
#include "engine/law.h"
#include "engine/time_weighted.h"
#include "integration/breaker.h"
#include "integration/bus_settings.h"
#include "integration/context.h"
#include "integration/fault_knobs.h"
#include "integration/hospital.h"
#include "integration/job.h"
#include "integration/lane_queue.h"
#include "integration/token_bucket.h"

namespace tillstorm::integration {

/// What the bus counts since the last reset; for each of its two stations.
struct StationStatistics {
  std::uint64_t started = 0;  ///< Jobs that began service.
  std::uint64_t waited = 0;   ///< Of those, who found all workers taken.
  std::int64_t wait_us = 0;   ///< Sum of their waits [us].
  TimeWeighted busy;          ///< Workers at work.
  TimeWeighted queue;         ///< Jobs ready and not at work.
};

/// Messages and calls, since the last reset.
struct BusCounters {
  std::uint64_t received = 0;  ///< Let in.
  std::uint64_t dropped = 0;   ///< Of those, for want of room.
  std::uint64_t calls = 0;
  std::uint64_t over = 0;  ///< Jobs that have come to their end.
};

class Bus {
 public:
  Bus() = default;
  Bus(const BusSettings& settings, Time start);

  // What the site hears.

  /// No room for a message of `place`: it must not be acknowledged (MSG-11).
  bool refuses(Context& c, const BusSettings& s, std::uint32_t place);
  /// A message of `place` has been received; takes over the reference.
  void receive(Context& c, const BusSettings& s, std::uint32_t place, MessageId message);
  /// A batch of a place is due.
  void batch_due(Context& c, const BusSettings& s, std::uint64_t payload);
  /// A service ends, an attempt is due, a worker is back.
  void service_ends(Context& c, const BusSettings& s, std::uint64_t payload);
  void retry_due(Context& c, const BusSettings& s, std::uint64_t payload);
  void worker_returns(Context& c, const BusSettings& s, std::uint64_t payload);
  /// There is a token, or a breaker may be tried: what is ready goes on.
  void goes_on(Context& c, const BusSettings& s, std::uint64_t why);
  void drain_due(Context& c, const BusSettings& s, std::uint64_t payload);
  /// The books of a place hand a message back; takes over the reference.
  void handed_back(Context& c, const BusSettings& s, MessageId message, ExceptionType type);
  /// What came from `place` cannot be read, and is set aside before it is let in; takes over the reference.
  void quarantine(Context& c, const BusSettings& s, std::uint32_t place, MessageId message, ExceptionType type);
  /// Somebody has decided about a message set aside; takes over the reference.
  void repair(Context& c, const BusSettings& s, MessageId order);
  /// What was set aside under this subject has been posted.
  void known_to_be_posted(Context& c, const BusSettings& s, std::uint64_t subject);
  /// What is wrong with middleware and ERP from now on.
  void set_faults(Context& c, const BusSettings& s, const FaultKnobs& knobs);
  void reset_statistics(Time now);

  // What the outside sees.

  /// What has been set aside or cancelled since `clear_news` was last called.
  struct Aside {
    Envelope envelope;
    ExceptionType type{};
    bool is_cancelled = false;  ///< Nobody need look at it any more: cancelled, or posted by another copy.
  };
  const std::vector<Aside>& aside() const { return aside_; }
  /// What has been dropped for want of room since then, and of which no other copy is held.
  const std::vector<Envelope>& dropped() const { return dropped_; }
  void clear_news() {
    aside_.clear();
    dropped_.clear();
  }

  const FaultKnobs& faults() const { return knobs_; }
  /// Received from `place`, neither delivered nor set aside.
  std::uint32_t held(std::uint32_t place) const { return places_[place].held; }
  /// Of those, whose batch is not due yet.
  const std::vector<MessageId>& collected(std::uint32_t place) const { return places_[place].collected; }
  std::uint64_t held() const { return held_; }
  /// The job that has waited longest at a place, if any is not done.
  const Job* first_open(std::uint32_t place) const;
  bool is_paused() const { return is_paused_; }
  const Hospital& hospital() const { return hospital_; }
  std::uint64_t set_aside_in_all() const { return set_aside_; }
  const BusCounters& counters() const { return counters_; }
  const StationStatistics& station(Job::Phase phase) const { return stations_[static_cast<std::size_t>(phase)]; }
  std::uint64_t saturated_hours() const { return saturated_hours_; }
  std::uint64_t state_bytes() const;
  const Digest& facts() const { return facts_; }

 private:
  /// A batch that was cut, or a part of one, in the order of its source.
  struct Run {
    std::vector<MessageId> messages;
    std::vector<std::uint32_t> invalid_at;  ///< Places between them where a message was that could not be let in.
    bool fails = false;                     ///< As a whole (InvalidPolicy::fail_run).
  };
  static constexpr std::uint64_t kNoBatch = ~std::uint64_t{0};
  struct Invalid {
    std::uint32_t sequence = 0;  ///< In its source's log.
    std::uint64_t subject = 0;   ///< Of its exception.
  };
  struct Place {
    std::vector<MessageId> collected;
    std::uint64_t batch = 0;            ///< Number of the batch being collected.
    Ring<JobIndex> open;                ///< Of `chain_of` this place: jobs that are not done; done ones in between.
    std::uint32_t done_in_between = 0;  ///< Of `open`: those that are done.
    std::uint32_t held = 0;             ///< Messages collected or in open jobs.
    std::uint32_t runs_open = 0;        ///< Batch runs under way.
    bool is_cut_late = false;           ///< A batch is due, and waits for the run before it.
    std::uint64_t due = kNoBatch;       ///< Number of the batch whose due time is set.
    std::vector<Invalid> invalid;       ///< What came with the batch being collected and was not let in.
    Run missing;  ///< Of the run under way: not in the file that was sent, and fetched when the rest has ended.
  };
  struct Worker {
    JobIndex job = kNone;
    bool is_down = false;  ///< Being started again after a crash.
    bool is_lost = false;  ///< By a fault.
    std::uint32_t generation = 0;
  };
  struct Drain {
    std::uint64_t number = 0;
    bool is_on = false, is_overdue = false;
  };

  // bus_intake.cpp
  bool let_in(Context& c, const BusSettings& s, std::uint32_t place, MessageId message);
  void collect(Context& c, const BusSettings& s, std::uint32_t place, MessageId message);
  void expect_cut(Context& c, const BusSettings& s, std::uint32_t place);
  JobIndex new_job(Context& c, const BusSettings& s, std::uint32_t place, MessageId first);
  void add_job(Context& c, const BusSettings& s, JobIndex job);
  void sort_in(const Context& c, Ring<JobIndex>& open) const;
  void forget_done(Place& p);
  static bool is_one_by_one(const BusSettings& s);
  /// The place in whose `open` a place's jobs stand.
  std::uint32_t chain_of(std::uint32_t place) const { return is_one_chain_ ? 0 : place; }
  void release_ready(Context& c, const BusSettings& s, std::uint32_t place);
  bool conflicts(Context& c, const BusSettings& s, const Job& before, const Job& after) const;
  bool is_barrier(const Context& c, const Job& job) const;
  void make_ready(Context& c, const BusSettings& s, JobIndex job);

  /// Whatever can go on now does: to be called at the end of everything that the site hears.
  void settle(Context& c, const BusSettings& s);

  // batch_run.cpp
  void cut(Context& c, const BusSettings& s, std::uint32_t place);
  Run cut_run(Context& c, const BusSettings& s, std::uint32_t place);
  static Run split(Run& run, std::uint32_t at);
  void add_run(Context& c, const BusSettings& s, std::uint32_t place, const Run& run);
  void run_ends(Context& c, const BusSettings& s, std::uint32_t place);
  bool crashes_at_commit(Context& c, const BusSettings& s, JobIndex job);
  void starts_again(Context& c, const BusSettings& s, JobIndex job, std::uint32_t worker);

  // bus_service.cpp
  bool start_in_middleware(Context& c, const BusSettings& s);
  bool start_at_erp(Context& c, const BusSettings& s);
  void start_call(Context& c, const BusSettings& s, JobIndex job, const LaneQueue::Choice& choice,
                  std::uint32_t worker);
  bool is_held_up(Context& c, const BusSettings& s, JobIndex job);
  void note_choice(Context& c, const LaneQueue::Choice& choice, JobIndex job);
  void serve(Context& c, const BusSettings& s, JobIndex job, std::uint32_t worker);
  Duration work_of(const Context& c, const BusSettings& s, const Job& job) const;
  static Duration stretched(const FaultKnobs& knobs, Job::Phase phase, std::uint32_t worker, Duration work);
  void service_ends_now(Context& c, const BusSettings& s, JobIndex job);
  LaneQueue::Entry entry_of(JobIndex job) const {
    return {jobs_[job].received, jobs_[job].place, jobs_[job].sequence, job};
  }
  std::size_t queue_of(const Context& c, const BusSettings& s, JobIndex job) const;
  std::size_t breaker_of(const Context& c, JobIndex job) const;
  std::uint32_t partition_of_queue(std::uint32_t queue) const {
    return queue / static_cast<std::uint32_t>(breakers_.size());
  }
  void free_worker(Context& c, JobIndex job);
  std::uint32_t free_worker_for(const BusSettings& s, Job::Phase phase, std::uint32_t partition) const;
  std::uint32_t owner_of(std::uint32_t partition) const;
  void note_saturation(Context& c);

  // bus_failure.cpp
  bool fails(Context& c, const BusSettings& s, JobIndex job);
  void crash(Context& c, const BusSettings& s, JobIndex job);
  void stop_worker(Context& c, const BusSettings& s, std::uint32_t worker);
  void attempt_failed(Context& c, const BusSettings& s, JobIndex job, Duration retry_after);
  void call_ended(Context& c, const BusSettings& s, JobIndex job, bool failed);
  void deliver(Context& c, const BusSettings& s, JobIndex job);
  void send_to_books(Context& c, const BusSettings& s, std::uint32_t place, MessageId message,
                     bool is_racing = false) const;
  void note_race(const Context& c, JobIndex job);
  void job_done(Context& c, const BusSettings& s, JobIndex job);

  // hospital.cpp
  bool set_aside(Context& c, const BusSettings& s, std::uint32_t place, MessageId message, ExceptionType type,
                 std::uint32_t job = kNone);
  bool is_known_repeat(const Context& c, MessageId message) const;
  bool drop_repeat(Context& c, const BusSettings& s, MessageId message);
  static void tell_cleared(Context& c, const BusSettings& s, const Envelope& envelope, ExceptionType type);
  void discharge(Context& c, const BusSettings& s, const Hospital::Patient& patient);
  void resubmit(Context& c, const BusSettings& s, std::uint64_t subject, bool is_edited, std::uint32_t level);
  void cancel(Context& c, const BusSettings& s, std::uint64_t subject);
  void purge(Context& c, const BusSettings& s);

  // key_policy.cpp
  void give_up(Context& c, const BusSettings& s, JobIndex job, ExceptionType type);
  void isolate(Context& c, const BusSettings& s, JobIndex job);
  void set_aside_of_job(Context& c, const BusSettings& s, JobIndex job, const std::vector<MessageId>& bad,
                        ExceptionType type);
  void decided(Context& c, const BusSettings& s, std::uint32_t job, MessageId back = kNoMessage);
  void go_on(Context& c, const BusSettings& s, JobIndex job);

  // pressure.cpp
  void look_at_pressure(Context& c, const BusSettings& s);
  bool holds(const Context& c, std::uint32_t place, std::uint32_t sequence) const;
  void drop(Context& c, MessageId message);
  bool drops(Context& c, const BusSettings& s, std::uint32_t place, MessageId message);
  void drop_oldest(Context& c, const BusSettings& s);
  void drop_first_collected(std::uint32_t place);
  void drop_first_of(Context& c, const BusSettings& s, JobIndex job);
  void report_full(Context& c, const BusSettings& s, ExceptionSignal signal);
  bool has_room_again(const BusSettings& s) const;

  // outage.cpp
  void roll_back(Context& c, const BusSettings& s, JobIndex job);
  void tear_commit(Context& c, const BusSettings& s, JobIndex job);
  void change_speed(Context& c, const FaultKnobs& before);
  void lose_workers(Context& c, const BusSettings& s);
  void recover(Context& c, const BusSettings& s);
  std::uint64_t longest_chain(const BusSettings& s) const;
  void begin_drain(Context& c, const BusSettings& s, Duration stopped);
  void look_at_drain(Context& c, const BusSettings& s);
  void report_drain(Context& c, const BusSettings& s, ExceptionSignal signal);

  void note_buffered(Context& c, const Knob& why);

  std::vector<Place> places_;
  std::vector<Job> jobs_;
  std::vector<JobIndex> free_jobs_;
  std::vector<LaneQueue> queues_;  ///< Of the ERP: for each partition one, or one for each of the breakers.
  LaneQueue middleware_queue_;
  std::vector<Worker> workers_;  ///< Of the ERP ...
  std::vector<Worker> middleware_workers_;
  TokenBucket tokens_;
  std::uint64_t tokens_taken_ = 0;
  std::vector<Breaker> breakers_;  ///< One, or one for each type of message.
  Hospital hospital_;
  FaultKnobs knobs_;
  std::uint64_t held_ = 0;
  std::vector<std::uint32_t> to_release_;  ///< Places of which a job is out of the way.
  std::uint64_t ready_ = 0;                ///< Jobs for the ERP, in whatever lane.
  /// Messages whose turn at the ERP it could be: of jobs that are ready or wait for their ordering key, and of batches
  /// that are cut late.
  std::uint64_t backlog_ = 0;
  std::uint64_t buffered_ = 0;    ///< Of those: counted as waiting for an ERP that cannot take them.
  std::uint32_t blocked_by_ = 0;  ///< Jobs parked that stop everything (DeadKeyPolicy::block_queue).
  std::uint64_t set_aside_ = 0;
  BusCounters counters_;
  std::uint64_t attempts_ = 0;  ///< Calls made while some could fail.
  bool is_one_chain_ = false;   ///< All that is open is one key (OrderingKey::global).
  bool is_waiting_for_token_ = false;
  bool is_paused_ = false;
  bool is_full_ = false;  ///< It has refused or dropped something, and has no room again yet.
  std::uint64_t times_full_ = 0;
  Time stopped_since_{};
  Time rebalancing_until_{};
  Drain drain_;
  Time saturated_since_ = kNever;
  std::uint64_t saturated_hours_ = 0;
  std::uint64_t delivered_ = 0;
  std::int64_t work_delivered_us_ = 0;
  std::uint64_t received_while_stopped_ = 0;
  StationStatistics stations_[2];
  std::vector<Aside> aside_;
  std::vector<Envelope> dropped_;
  Digest facts_;
};

}  // namespace tillstorm::integration
