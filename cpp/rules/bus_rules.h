#pragma once
// Rules of the bus: attempts, limits, lanes, capacity, what is set aside and how it comes back.
#include "rules/rule.h"

namespace tillstorm::rule {

struct RetryBackoff {
  static constexpr RuleText text{
      .id = "MSG-09",
      .flow = "msg",
      .title = "Retry with capped exponential backoff, jitter",
      .statement =
          "A failed attempt a (the first delivery is a = 1) is followed by a wait below min(cap_ms, base_ms x "
          "2^(a-1)), "
          "drawn by jitter and keyed by message and attempt, or by what the ERP asks for if that is longer. What the "
          "ERP can never accept is not tried again. When attempt max_attempts fails the message is a dead letter.",
      .home = "integration/retry.cpp",
      .parameters =
          "integration.retry.base_ms integration.retry.cap_ms integration.retry.max_attempts "
          "integration.retry.jitter",
      .guards = "nothing_lost exactly_once kpi:dead_letters kpi:backlog_drain_s"};
  enum class Outcome : std::uint8_t {
    delivered_first_try,
    delivered_after_retry,
    permanent_not_retried,
    attempts_exhausted
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::delivered_first_try, "delivered_first_try", "The first attempt did it."},
        EnumName<Outcome>{Outcome::delivered_after_retry, "delivered_after_retry", "A later attempt did."},
        EnumName<Outcome>{Outcome::permanent_not_retried, "permanent_not_retried",
                          "It can never be accepted: set aside at once."},
        EnumName<Outcome>{Outcome::attempts_exhausted, "attempts_exhausted", "The last attempt failed too."}};
  }
};

struct CircuitBreaker {
  static constexpr RuleText text{
      .id = "MSG-10",
      .flow = "msg",
      .title = "Circuit breaker per destination",
      .statement =
          "It opens when, of at least min_calls calls that ended in the last window_seconds, failure_ppm or more "
          "failed. Open, no call is made for open_seconds; then half_open_probes calls go one at a time: if all "
          "succeed it closes, at the first failure it opens again for twice as long, at most open_cap_seconds. Calls "
          "that are not made keep their place and use up no attempt.",
      .home = "integration/breaker.cpp",
      .parameters =
          "integration.breaker.scope integration.breaker.window_seconds integration.breaker.min_calls "
          "integration.breaker.failure_ppm integration.breaker.open_seconds "
          "integration.breaker.open_cap_seconds integration.breaker.half_open_probes",
      .guards = "nothing_lost kpi:dead_letters"};
  enum class Outcome : std::uint8_t { opened, call_held_while_open, probe_succeeded_closed, probe_failed_reopened };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::opened, "opened", "Too many calls failed."},
        EnumName<Outcome>{Outcome::call_held_while_open, "call_held_while_open",
                          "A message that was ready had to wait."},
        EnumName<Outcome>{Outcome::probe_succeeded_closed, "probe_succeeded_closed", "All probes came through."},
        EnumName<Outcome>{Outcome::probe_failed_reopened, "probe_failed_reopened", "A probe failed."}};
  }
};

struct BoundedQueues {
  static constexpr RuleText text{
      .id = "MSG-11",
      .flow = "msg",
      .title = "Bounded queues push back upstream",
      .statement =
          "The bus keeps at most max_messages. At high_water_ppm of that it tells sources to pause, at low_water_ppm "
          "to go on, except in mode batch, where it is the next cut that makes room; full, it refuses, and what is "
          "refused stays in its source's log in order. A source's log keeps at "
          "most max_messages too: at alert_ppm IT support is told, and when it is full the store stops trading, or its "
          "oldest message is overwritten: that is lost, and the link goes on behind it.",
      .home = "integration/pressure.cpp",
      .parameters =
          "integration.queue.max_messages integration.queue.high_water_ppm integration.queue.low_water_ppm "
          "integration.queue.full_policy integration.source_log.max_messages "
          "integration.source_log.alert_ppm integration.source_log.full_policy",
      .guards = "nothing_lost ordered_per_source kpi:backlog_peak_messages kpi:lost_sales_value"};
  enum class Outcome : std::uint8_t {
    enqueued,
    sources_paused,
    refused_held_upstream,
    sources_resumed,
    source_log_alert,
    source_log_full
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::enqueued, "enqueued", "There was room."},
        EnumName<Outcome>{Outcome::sources_paused, "sources_paused", "High water: sources are told to pause."},
        EnumName<Outcome>{Outcome::refused_held_upstream, "refused_held_upstream", "No room: it stays at its source."},
        EnumName<Outcome>{Outcome::sources_resumed, "sources_resumed", "Low water: sources are told to go on."},
        EnumName<Outcome>{Outcome::source_log_alert, "source_log_alert", "A store's log is nearly full."},
        EnumName<Outcome>{Outcome::source_log_full, "source_log_full", "A store's log is full."}};
  }
};

struct DeadLetters {
  static constexpr RuleText text{
      .id = "MSG-12",
      .flow = "msg",
      .title = "Dead letter and poison isolation",
      .statement =
          "A message is set aside when its attempts are used up, or when poison_crashes workers have crashed on it; it "
          "is kept unchanged, with one exception. Later messages of its ordering key go on, wait behind it, or the "
          "whole queue stops, by key_policy; of a chunk of a batch everything is waited for that was set aside, and "
          "the "
          "chunk goes on as one. A repeat of it is known by its key and its body: it crashes nobody and is "
          "no second exception; another body under its key is set aside beside it. What is set aside is kept until it "
          "is posted or cancelled, however long, and retention_days more.",
      .home = "integration/key_policy.cpp",
      .parameters =
          "integration.dead_letter.poison_crashes integration.dead_letter.restart_seconds "
          "integration.dead_letter.key_policy integration.dead_letter.retention_days",
      .guards = "nothing_lost exception_owned ordered_per_source kpi:dead_letters"};
  enum class Outcome : std::uint8_t {
    dead_lettered_by_attempts,
    poison_isolated,
    key_continued,
    key_parked,
    queue_blocked,
    repeat_dropped,
    purged_after_closing
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::dead_lettered_by_attempts, "dead_lettered_by_attempts", "Its attempts are used up."},
        EnumName<Outcome>{Outcome::poison_isolated, "poison_isolated", "It crashed its worker too often."},
        EnumName<Outcome>{Outcome::key_continued, "key_continued", "Those behind it go on."},
        EnumName<Outcome>{Outcome::key_parked, "key_parked", "Those of its key wait for it."},
        EnumName<Outcome>{Outcome::queue_blocked, "queue_blocked", "Everything waits for it."},
        EnumName<Outcome>{Outcome::repeat_dropped, "repeat_dropped", "It is here, or was posted from here."},
        EnumName<Outcome>{Outcome::purged_after_closing, "purged_after_closing",
                          "Closed for as long as it had to be kept: deleted."}};
  }
};

struct RepairAndResubmit {
  static constexpr RuleText text{
      .id = "MSG-13",
      .flow = "msg",
      .title = "Repair and resubmit keeps identity",
      .statement =
          "Who owns the exception sends a message set aside again, unchanged or mended; it keeps key, business date "
          "and event time and passes every check again, and its original is kept beside it. The owner edits "
          "editable_fields, the next level the rest, and a quantity or an amount takes a second person, a finance "
          "analyst. The exception ends when the message has posted, or is recognised as posted before; one that is "
          "given up needs a reason and posts nothing.",
      .home = "integration/hospital.cpp",
      .parameters = "integration.repair.key_policy integration.repair.editable_fields integration.repair.max_resubmits",
      .guards = "exactly_once nothing_lost z_equals_ledger exception_owned"};
  enum class Outcome : std::uint8_t {
    resubmitted_posted,
    resubmitted_was_duplicate,
    failed_again,
    edit_refused,
    edit_seconded,
    cancelled_with_reason
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::resubmitted_posted, "resubmitted_posted", "Sent again, and posted."},
                      EnumName<Outcome>{Outcome::resubmitted_was_duplicate, "resubmitted_was_duplicate",
                                        "It had been posted before."},
                      EnumName<Outcome>{Outcome::failed_again, "failed_again", "Sent again, and set aside again."},
                      EnumName<Outcome>{Outcome::edit_refused, "edit_refused",
                                        "What is wrong with it is not for this person to edit: it stays set aside."},
                      EnumName<Outcome>{Outcome::edit_seconded, "edit_seconded",
                                        "A quantity or an amount: a finance analyst must agree to the edit."},
                      EnumName<Outcome>{Outcome::cancelled_with_reason, "cancelled_with_reason", "Given up."}};
  }
};

struct BatchRestart {
  static constexpr RuleText text{
      .id = "MSG-17",
      .flow = "msg",
      .title = "Partial batch failure and restart",
      .statement =
          "A run commits in chunks of commit_chunk_messages, in its order; how far it is, is written in the same "
          "commit, and after a crash it goes on from there. A message that cannot be let in is set aside alone. A run "
          "is complete when what it posted and set aside is what was counted at its cut: what is missing is fetched.",
      .home = "integration/batch_run.cpp",
      .parameters = "integration.batch.commit_chunk_messages integration.batch.on_invalid integration.batch.checkpoint",
      .guards = "exactly_once nothing_lost kpi:posting_latency_p99_s"};
  enum class Outcome : std::uint8_t {
    chunk_committed,
    invalid_set_aside,
    chunk_rolled_back,
    restarted_from_checkpoint,
    missing_tail_fetched,
    run_complete
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::chunk_committed, "chunk_committed", "A chunk is posted."},
        EnumName<Outcome>{Outcome::invalid_set_aside, "invalid_set_aside", "A message of a run could not be let in."},
        EnumName<Outcome>{Outcome::chunk_rolled_back, "chunk_rolled_back", "A crash before the commit."},
        EnumName<Outcome>{Outcome::restarted_from_checkpoint, "restarted_from_checkpoint",
                          "A crash after the commit: the run goes on from its last checkpoint."},
        EnumName<Outcome>{Outcome::missing_tail_fetched, "missing_tail_fetched", "A file was shorter than its count."},
        EnumName<Outcome>{Outcome::run_complete, "run_complete", "All of a run is accounted for."}};
  }
};

struct PriorityLanes {
  static constexpr RuleText text{
      .id = "MSG-19",
      .flow = "msg",
      .title = "Throttling with priority lanes",
      .statement =
          "A call needs a token: rate_per_second of them come in, at most burst are kept. The highest lane that has "
          "something ready is served, each floor_every-th token serves the lane that has waited longest; within a lane "
          "by time of reception, then source, then sequence. Nothing overtakes a message of its own ordering key.",
      .home = "integration/lane_queue.cpp",
      .parameters =
          "integration.throttle.discipline integration.throttle.rate_per_second integration.throttle.burst "
          "integration.throttle.floor_every integration.throttle.bulk_after_minutes",
      .guards = "ordered_per_source nothing_lost kpi:posting_latency_p95_s"};
  enum class Outcome : std::uint8_t { sent_at_once, delayed_for_token, overtook_lower_lane, floor_token_used };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::sent_at_once, "sent_at_once", "There was a token, and nothing had to wait."},
        EnumName<Outcome>{Outcome::delayed_for_token, "delayed_for_token", "The quota was used up."},
        EnumName<Outcome>{Outcome::overtook_lower_lane, "overtook_lower_lane",
                          "Served before a message of a lower lane that was received earlier."},
        EnumName<Outcome>{Outcome::floor_token_used, "floor_token_used", "A lower lane got its share."}};
  }
};

struct FiniteCapacity {
  static constexpr RuleText text{
      .id = "MSG-21",
      .flow = "msg",
      .title = "Finite posting capacity and drain time",
      .statement =
          "The ERP has erp_workers; a message takes service_us_base + lines x service_us_per_line of work and waits "
          "for "
          "the first free worker. A slowdown stretches all work that is not done. After an outage a backlog B drains "
          "within B / (capacity - arrivals) x drain_factor_ppm / 1,000,000, or IT support is told; where messages of a "
          "store go one after another, the same is asked of one worker and the store that has most. Where more comes "
          "than "
          "is done, a backlog may take what it would take alone.",
      .home = "integration/bus_service.cpp",
      .parameters =
          "integration.capacity.mode integration.capacity.erp_workers integration.capacity.service_us_base "
          "integration.capacity.service_us_per_line integration.capacity.service_ms integration.capacity.assignment "
          "integration.capacity.partitions integration.capacity.rebalance_seconds "
          "integration.capacity.middleware_workers integration.capacity.middleware_service_ms "
          "integration.capacity.drain_factor_ppm",
      .guards = "nothing_lost exactly_once kpi:backlog_drain_s kpi:posting_latency_p99_s"};
  enum class Outcome : std::uint8_t {
    served_without_wait,
    waited_for_server,
    saturated_hour,
    drained_in_time,
    drain_overdue,
    rebalanced
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::served_without_wait, "served_without_wait", "A worker was free."},
        EnumName<Outcome>{Outcome::waited_for_server, "waited_for_server", "All were at work."},
        EnumName<Outcome>{Outcome::saturated_hour, "saturated_hour",
                          "All were at work, and somebody waited, for an hour."},
        EnumName<Outcome>{Outcome::drained_in_time, "drained_in_time", "A backlog was gone when it had to be."},
        EnumName<Outcome>{Outcome::drain_overdue, "drain_overdue", "A backlog was not."},
        EnumName<Outcome>{Outcome::rebalanced, "rebalanced", "A partition got another worker."}};
  }
};

}  // namespace tillstorm::rule
