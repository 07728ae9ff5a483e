#pragma once
// Rules of the road between the stores and the books: identity, order, repeats, posting.
#include "rules/rule.h"

namespace tillstorm::rule {

struct Envelope {
  static constexpr RuleText text{
      .id = "MSG-01",
      .flow = "msg",
      .title = "Envelope checked at ingress",
      .statement =
          "Every message carries its type, place, terminal, epoch, number, source sequence, business date, event "
          "time and a 64-bit hash of its body. The receiver computes the hash again; a copy whose body does not "
          "have its hash is refused whole and not acknowledged, so that the source sends it again. A message that was "
          "made wrong (too long, a field missing, a type or a source that nobody knows) is set aside whole, with one "
          "exception, and is not sent again by its source.",
      .home = "integration/channel.cpp",
      .parameters = "integration.envelope.verify_hash integration.envelope.max_body_bytes",
      .guards = "nothing_lost tenders_equal_ticket book_equals_truth exception_owned"};
  enum class Outcome : std::uint8_t { accepted, hash_mismatch, oversize, missing_field, unknown_type, unknown_source };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::accepted, "accepted", "The body has its hash."},
                      EnumName<Outcome>{Outcome::hash_mismatch, "hash_mismatch", "Damaged on its way: refused."},
                      EnumName<Outcome>{Outcome::oversize, "oversize", "Longer than the interface takes."},
                      EnumName<Outcome>{Outcome::missing_field, "missing_field", "Something is not there."},
                      EnumName<Outcome>{Outcome::unknown_type, "unknown_type", "Nobody knows its type."},
                      EnumName<Outcome>{Outcome::unknown_source, "unknown_source", "Nobody knows who it is from."}};
  }
};

struct IdempotencyKey {
  static constexpr RuleText text{
      .id = "MSG-02",
      .flow = "msg",
      .title = "Idempotency key from business identity",
      .statement =
          "The key of a message is (type, place, terminal, epoch, number). It is in the source's log before the "
          "first send, and every retry, every replay and every resubmission by hand sends that key unchanged. Other "
          "keys can be had: each is blind to something.",
      .home = "integration/channel.cpp",
      .parameters = "integration.idempotency.key_source integration.idempotency.persist_before_send",
      .guards = "exactly_once nothing_lost"};
  enum class Outcome : std::uint8_t { first_send, reused_on_retry, reused_on_offline_replay, reused_on_resubmit };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::first_send, "first_send", "Sent for the first time, under its own key."},
        EnumName<Outcome>{Outcome::reused_on_retry, "reused_on_retry", "Sent again after silence, same key."},
        EnumName<Outcome>{Outcome::reused_on_offline_replay, "reused_on_offline_replay",
                          "Kept while the link was down and sent afterwards under the key it had."},
        EnumName<Outcome>{Outcome::reused_on_resubmit, "reused_on_resubmit", "Sent on by hand, same key."}};
  }
};

struct DedupeThenPost {
  static constexpr RuleText text{
      .id = "MSG-03",
      .flow = "msg",
      .title = "Dedupe, post, then acknowledge",
      .statement =
          "The books look a message's key up, and post it only if it is new; key and postings are one commit. A "
          "known key posts nothing and is answered again. Of two copies at work at the same time the second one to "
          "commit finds the key, rolls back and is answered as a repeat. Silence means outcome unknown: the source "
          "sends the same key again after integration.forward.ack_timeout_seconds.",
      .home = "erp/posting.cpp",
      .parameters =
          "integration.dedupe.atomicity integration.dedupe.second_commit_ms integration.forward.ack_timeout_seconds",
      .guards = "exactly_once nothing_lost kpi:duplicates_blocked"};
  enum class Outcome : std::uint8_t {
    first_post,
    duplicate_answered,
    race_rolled_back,
    timeout_resent,
    redelivered_after_crash
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::first_post, "first_post", "The key was new: posted."},
                      EnumName<Outcome>{Outcome::duplicate_answered, "duplicate_answered", "Known: nothing posted."},
                      EnumName<Outcome>{Outcome::race_rolled_back, "race_rolled_back",
                                        "Known by the time of its commit, and not when its work began."},
                      EnumName<Outcome>{Outcome::timeout_resent, "timeout_resent", "No answer in time: sent again."},
                      EnumName<Outcome>{Outcome::redelivered_after_crash, "redelivered_after_crash",
                                        "Whoever worked on it was lost: the work begins again."}};
  }
};

struct OrderPerSource {
  static constexpr RuleText text{
      .id = "MSG-06",
      .flow = "msg",
      .title = "Ordered per source, parallel across sources",
      .statement =
          "Messages of one source are taken in in ascending source sequence, never by event time or arrival; "
          "what comes after a hole waits at its source until the hole is filled. The bus applies messages of one "
          "ordering key one after another in that order; different keys, and sources, do not wait for each other, "
          "unless "
          "all are one key.",
      .home = "integration/channel.cpp",
      .parameters = "integration.ordering.key integration.ordering.sort_by",
      .guards = "ordered_per_source nothing_lost"};
  enum class Outcome : std::uint8_t {
    applied_in_order,
    held_for_predecessor,
    repeated,
    waited_for_key,
    parallel_with_other_key,
    event_time_disagrees
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::applied_in_order, "applied_in_order", "The next of its source."},
        EnumName<Outcome>{Outcome::held_for_predecessor, "held_for_predecessor",
                          "Came before its predecessor: not taken in yet."},
        EnumName<Outcome>{Outcome::repeated, "repeated", "Taken in before; passed on to be recognised."},
        EnumName<Outcome>{Outcome::waited_for_key, "waited_for_key",
                          "Received while something of its key was under way: waited for it."},
        EnumName<Outcome>{Outcome::parallel_with_other_key, "parallel_with_other_key",
                          "Went on although something of its place, of another key, was still under way."},
        EnumName<Outcome>{Outcome::event_time_disagrees, "event_time_disagrees",
                          "Posted after something of its place that happened later: the sequence decides."}};
  }
};

struct PostingMode {
  static constexpr RuleText text{
      .id = "MSG-16",
      .flow = "msg",
      .title = "Posting mode: real time, micro-batch, batch",
      .statement =
          "realtime posts a message when it is received; microbatch when micro_batch_max_messages wait or the "
          "oldest has waited micro_batch_max_seconds; batch at each multiple of interval_minutes after midnight "
          "of the chain's clock, by elapsed time, and at each midnight, with what was received at or before the cut. A "
          "run posts in order of source "
          "sequence; a run of a place that is due while another one works starts when that one ends, with everything "
          "received until then.",
      .home = "integration/batch_run.cpp",
      .parameters =
          "integration.posting.mode integration.posting.interval_minutes "
          "integration.posting.micro_batch_max_messages integration.posting.micro_batch_max_seconds",
      .guards = "exactly_once nothing_lost z_equals_ledger kpi:posting_latency_p95_s"};
  enum class Outcome : std::uint8_t {
    posted_on_arrival,
    flushed_by_count,
    flushed_by_time,
    batch_cut,
    run_delayed_by_previous
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::posted_on_arrival, "posted_on_arrival", "A message posted when it was received."},
        EnumName<Outcome>{Outcome::flushed_by_count, "flushed_by_count", "A micro-batch that was full."},
        EnumName<Outcome>{Outcome::flushed_by_time, "flushed_by_time", "A micro-batch whose first had waited enough."},
        EnumName<Outcome>{Outcome::batch_cut, "batch_cut", "A batch of what had come by the cut."},
        EnumName<Outcome>{Outcome::run_delayed_by_previous, "run_delayed_by_previous",
                          "It was due while the one before it was at work."}};
  }
};

}  // namespace tillstorm::rule
