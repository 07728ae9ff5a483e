#pragma once
// How a store's messages reach the middleware: at least once, in order, cumulatively acknowledged, deduplicated.
#include <cstdint>

#include "base/fields.h"
#include "rules/books.h"
#include "rules/law.h"

namespace tillstorm {

/// OFFLINE-05 and OFFLINE-08: store and forward.
struct ForwardRule {
  std::int32_t ack_timeout_seconds = 30;
  std::int32_t sweep_seconds = 300;
  std::int32_t replay_per_second = 5;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&ForwardRule::ack_timeout_seconds,
          Field("ack_timeout_seconds", "Silence after which what is not acknowledged is sent again with the same key.")
              .in("s")
              .range(1, 86400)
              .from("rule OFFLINE-05"));
    visit(&ForwardRule::sweep_seconds,
          Field("sweep_seconds", "How often a source that waits for an answer looks for what has been silent too long.")
              .in("s")
              .range(1, 86400)
              .from("assumption: a forwarder's retry job"));
    visit(&ForwardRule::replay_per_second,
          Field("replay_per_second", "Pace at which a store sends its backlog after an outage.")
              .in("messages/s")
              .range(1, 1e6)
              .from("rule OFFLINE-08"));
  }
};

/// What of a posting is one commit, and in which order the rest is done (MSG-03).
enum class Atomicity : std::uint8_t { single_commit, check_then_post, post_then_mark, mark_then_post };
constexpr auto names_of(Atomicity) {
  return std::array{
      EnumName<Atomicity>{Atomicity::single_commit, "single_commit", "Key and postings are one commit."},
      EnumName<Atomicity>{Atomicity::check_then_post, "check_then_post",
                          "The key is looked up when the work begins: two copies at work at once both post."},
      EnumName<Atomicity>{Atomicity::post_then_mark, "post_then_mark",
                          "Postings first, then the key: after a crash in between it posts again."},
      EnumName<Atomicity>{Atomicity::mark_then_post, "mark_then_post",
                          "The key first, then the postings: after a crash in between it never posts."}};
}

/// MSG-03 and MSG-05: what the ERP remembers so as to post each business transaction once.
struct DedupeRule {
  Atomicity atomicity = Atomicity::single_commit;
  std::int32_t second_commit_ms = 50;
  std::int32_t window_messages = 4096;
  std::int32_t window_hours = 72;
  LateLookup late_lookup = LateLookup::posted_index;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(
        &DedupeRule::atomicity,
        Field("atomicity", "How looking up a key, posting and remembering the key hang together.").from("rule MSG-03"));
    visit(&DedupeRule::second_commit_ms,
          Field("second_commit_ms",
                "Of `post_then_mark` and `mark_then_post`: how long before the end of its work the first of the two "
                "commits is made. A crash in between tears them apart.")
              .in("ms")
              .range(1, 60'000)
              .from("assumption: a round trip to a database and a flush"));
    visit(&DedupeRule::window_messages,
          Field("window_messages",
                "Newest transaction numbers of each terminal that are remembered one by one, 4 bytes each.")
              .in("messages")
              .range(64, 1'048'576)
              .from("rule MSG-05"));
    visit(&DedupeRule::window_hours,
          Field("window_hours",
                "And for how long, by the books' clock, in whole hours: what was posted before counts as older.")
              .in("h")
              .range(1, 255)
              .from("rule MSG-05"));
    visit(&DedupeRule::late_lookup,
          Field("late_lookup", "How a number older than those is judged.").from("rule MSG-05"));
  }
};

/// Latency of the road. The minimum is what the sites may rely on.
struct LatencyRule {
  LawSpec store_ms = LawSpec::log_normal(200, 0.99);
  double store_min_ms = 20;
  double erp_ms = 5;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&LatencyRule::store_ms, Field("store_ms", "Store to middleware and back, each way.")
                                      .in("ms")
                                      .from("parameters: integration.message_latency_ms (p50 200, p99 2000)"));
    visit(&LatencyRule::store_min_ms, Field("store_min_ms", "Least latency of a store's link.")
                                          .in("ms")
                                          .range(0.001, 60'000)
                                          .from("parameters: integration.message_latency_ms (note)"));
    visit(&LatencyRule::erp_ms,
          Field("erp_ms", "Middleware to ERP.").in("ms").range(0.001, 60'000).from("assumption: same data centre"));
  }
};

}  // namespace tillstorm
