#pragma once
// The bus between the stores and the ERP: what it checks, in which order it delivers, how fast the ERP is, what happens
// when a delivery fails.
#include <cstdint>
#include <optional>

#include "base/fields.h"
#include "rules/law.h"

namespace tillstorm {

enum class Topology : std::uint8_t { hub, point_to_point, files };
constexpr auto names_of(Topology) {
  return std::array{
      EnumName<Topology>{Topology::hub, "hub", "A broker: it acknowledges what it has stored and delivers it."},
      EnumName<Topology>{Topology::point_to_point, "point_to_point",
                         "Stores call the ERP: nobody keeps a message for it, and while it is busy or down the store "
                         "waits."},
      EnumName<Topology>{Topology::files, "files",
                         "Each place's messages of a day in one file, posted after midnight of the chain's clock, "
                         "whatever `posting` and `queue` say."}};
}

/// MSG-01: what a message must be to be let in.
struct EnvelopeRule {
  bool verify_hash = true;
  std::int32_t max_body_bytes = 1'048'576;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&EnvelopeRule::verify_hash,
          Field("verify_hash", "Whether the receiver computes the hash of a body again.").from("rule MSG-01"));
    visit(
        &EnvelopeRule::max_body_bytes,
        Field("max_body_bytes", "A message whose JSON body is longer is set aside; each line counts 128 bytes.")
            .in("bytes")
            .range(256, 1e9)
            .from(
                "Apache Kafka, message.max.bytes: about 1 MiB; with rule MSG-01's 256 KiB a truck's document of 2,050 "
                "lines would be too long"));
  }
};

enum class OrderingKey : std::uint8_t { store, terminal, item, global, none };
constexpr auto names_of(OrderingKey) {
  return std::array{
      EnumName<OrderingKey>{OrderingKey::store, "store", "Everything that a place says, one after another."},
      EnumName<OrderingKey>{OrderingKey::terminal, "terminal",
                            "Each till's tickets; tills do not wait for each other."},
      EnumName<OrderingKey>{OrderingKey::item, "item", "Messages of a place that name a common item."},
      EnumName<OrderingKey>{OrderingKey::global, "global", "Everything that anybody says, in the order of reception."},
      EnumName<OrderingKey>{OrderingKey::none, "none", "Nothing waits for anything but the day's close."}};
}

enum class SortBy : std::uint8_t { sequence, event_time };
constexpr auto names_of(SortBy) {
  return std::array{
      EnumName<SortBy>{SortBy::sequence, "sequence", "The place in the log of its source."},
      EnumName<SortBy>{SortBy::event_time, "event_time", "What the source's clock said, of those that wait."}};
}

struct OrderingRule {
  OrderingKey key = OrderingKey::store;
  SortBy sort_by = SortBy::sequence;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&OrderingRule::key,
          Field("key",
                "Which messages of a place are applied one after another, in the order of its log. A Z report "
                "waits for everything before it in any case.")
              .from("rule MSG-06"));
    visit(&OrderingRule::sort_by, Field("sort_by", "What \"before\" means among them.").from("rule MSG-06"));
  }
};

enum class CapacityMode : std::uint8_t { finite, infinite };
constexpr auto names_of(CapacityMode) {
  return std::array{EnumName<CapacityMode>{CapacityMode::finite, "finite", "Workers and service times."},
                    EnumName<CapacityMode>{CapacityMode::infinite, "infinite", "Everything at once, in no time."}};
}
enum class Assignment : std::uint8_t { shared, partitioned };
constexpr auto names_of(Assignment) {
  return std::array{EnumName<Assignment>{Assignment::shared, "shared", "Any worker takes the next message."},
                    EnumName<Assignment>{Assignment::partitioned, "partitioned",
                                         "Places belong to partitions, and each partition to one worker at a time."}};
}

/// MSG-21: how fast the ERP posts.
struct CapacityRule {
  CapacityMode mode = CapacityMode::finite;
  std::int32_t erp_workers = 8;
  std::int32_t service_us_base = 60'000;
  std::int32_t service_us_per_line = 10'000;
  std::optional<LawSpec> service_ms;
  Assignment assignment = Assignment::shared;
  std::int32_t partitions = 24;
  std::int32_t rebalance_seconds = 10;
  std::int32_t middleware_workers = 4;
  std::optional<LawSpec> middleware_service_ms;
  std::int64_t drain_factor_ppm = 1'200'000;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&CapacityRule::mode, Field("mode", "Whether the ERP's posting service has a limit.").from("rule MSG-21"));
    visit(&CapacityRule::erp_workers, Field("erp_workers", "Messages that the ERP works on at once.")
                                          .in("workers")
                                          .range(1, 4096)
                                          .from("rule MSG-21"));
    visit(&CapacityRule::service_us_base, Field("service_us_base", "Work of posting a message, or a chunk of a batch.")
                                              .in("us")
                                              .range(1, 1e9)
                                              .from("rule MSG-21"));
    visit(&CapacityRule::service_us_per_line,
          Field("service_us_per_line", "Further work for each line.").in("us").range(0, 1e9).from("rule MSG-21"));
    visit(&CapacityRule::service_ms, Field("service_ms", "Work of a message by a law, instead of its lines.").in("ms"));
    visit(&CapacityRule::assignment, Field("assignment", "Who works on which place's messages."));
    visit(&CapacityRule::partitions,
          Field("partitions", "Partitions, if `assignment` is `partitioned`; a place's partition follows its id.")
              .in("partitions")
              .range(1, 4096)
              .from("assumption: a few for each worker"));
    visit(&CapacityRule::rebalance_seconds,
          Field("rebalance_seconds", "From the loss or return of a worker until its partitions have another one.")
              .in("s")
              .range(0, 86400)
              .from("assumption: a consumer group's rebalance"));
    visit(&CapacityRule::middleware_workers,
          Field("middleware_workers", "Messages that the middleware works on at once.")
              .in("workers")
              .range(1, 4096)
              .from("assumption: a small integration server"));
    visit(
        &CapacityRule::middleware_service_ms,
        Field("middleware_service_ms", "Work of a message in the middleware, before the ERP; absent: none.").in("ms"));
    visit(&CapacityRule::drain_factor_ppm,
          Field("drain_factor_ppm", "After an outage a backlog may take this share of the least time that it needs.")
              .in("ppm")
              .range(1e6, 1e9)
              .from("rule MSG-21"));
  }
};

enum class Jitter : std::uint8_t { full, equal, decorrelated, none };
constexpr auto names_of(Jitter) {
  return std::array{EnumName<Jitter>{Jitter::full, "full", "Uniform in [0, limit]."},
                    EnumName<Jitter>{Jitter::equal, "equal", "Half of the limit fixed, half drawn."},
                    EnumName<Jitter>{Jitter::decorrelated, "decorrelated", "Uniform in [base, 3 x previous wait]."},
                    EnumName<Jitter>{Jitter::none, "none", "The limit itself."}};
}

/// MSG-09: delivery attempts.
struct RetryRule {
  std::int32_t base_ms = 500;
  std::int32_t cap_ms = 60'000;
  std::int32_t max_attempts = 8;
  Jitter jitter = Jitter::full;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&RetryRule::base_ms,
          Field("base_ms", "Limit of the wait after the first failed attempt; it doubles with each.")
              .in("ms")
              .range(1, 1e9)
              .from("rule MSG-09"));
    visit(&RetryRule::cap_ms,
          Field("cap_ms", "The limit grows no further than this.").in("ms").range(1, 1e9).from("rule MSG-09"));
    visit(&RetryRule::max_attempts,
          Field("max_attempts", "A message that has failed so often is a dead letter; the first delivery counts.")
              .in("attempts")
              .range(1, 60'000)
              .from("rule MSG-09"));
    visit(&RetryRule::jitter, Field("jitter", "How a wait is drawn below its limit.").from("rule MSG-09"));
  }
};

enum class BreakerScope : std::uint8_t { destination, message_type, off };
constexpr auto names_of(BreakerScope) {
  return std::array{EnumName<BreakerScope>{BreakerScope::destination, "destination", "One for all calls of the ERP."},
                    EnumName<BreakerScope>{BreakerScope::message_type, "message_type", "One for each type of message."},
                    EnumName<BreakerScope>{BreakerScope::off, "off", "None: every call is made."}};
}

/// MSG-10: calls are not made while most of them fail.
struct BreakerRule {
  BreakerScope scope = BreakerScope::destination;
  std::int32_t window_seconds = 60;
  std::int32_t min_calls = 20;
  std::int64_t failure_ppm = 500'000;
  std::int32_t open_seconds = 30;
  std::int32_t open_cap_seconds = 300;
  std::int32_t half_open_probes = 3;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&BreakerRule::scope, Field("scope", "What a breaker watches over.").from("rule MSG-10"));
    visit(&BreakerRule::window_seconds,
          Field("window_seconds", "Calls that ended in this time count, by whole seconds of the bus's clock.")
              .in("s")
              .range(1, 3600)
              .from("rule MSG-10"));
    visit(&BreakerRule::min_calls,
          Field("min_calls", "It opens on no fewer calls.").in("calls").range(1, 1e6).from("rule MSG-10"));
    visit(&BreakerRule::failure_ppm,
          Field("failure_ppm", "Share of failed calls at which it opens.").in("ppm").range(1, 1e6).from("rule MSG-10"));
    visit(&BreakerRule::open_seconds,
          Field("open_seconds", "How long it stays open the first time; doubled each time that a probe fails.")
              .in("s")
              .range(1, 86400)
              .from("rule MSG-10"));
    visit(&BreakerRule::open_cap_seconds,
          Field("open_cap_seconds", "It stays open no longer than this.").in("s").range(1, 86400).from("rule MSG-10"));
    visit(&BreakerRule::half_open_probes,
          Field("half_open_probes", "Calls that must succeed, one after another, before it closes.")
              .in("calls")
              .range(1, 1000)
              .from("rule MSG-10"));
  }
};

enum class FullQueuePolicy : std::uint8_t { refuse_upstream, drop_oldest, drop_newest };
constexpr auto names_of(FullQueuePolicy) {
  return std::array{
      EnumName<FullQueuePolicy>{FullQueuePolicy::refuse_upstream, "refuse_upstream",
                                "What comes is refused and stays in its source's log."},
      EnumName<FullQueuePolicy>{FullQueuePolicy::drop_oldest, "drop_oldest", "The one that waits longest is lost."},
      EnumName<FullQueuePolicy>{FullQueuePolicy::drop_newest, "drop_newest", "What comes is acknowledged and lost."}};
}

/// MSG-11: how much the bus keeps for the ERP.
struct QueueRule {
  std::int32_t max_messages = 50'000;
  std::int64_t high_water_ppm = 800'000;
  std::int64_t low_water_ppm = 600'000;
  FullQueuePolicy full_policy = FullQueuePolicy::refuse_upstream;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(
        &QueueRule::max_messages,
        Field("max_messages",
              "Messages that the bus keeps for the ERP, working or waiting; also those collected for a batch, so that "
              "it must have room for what comes in between two runs.")
            .in("messages")
            .range(1, 1e8)
            .from("rule MSG-11"));
    visit(&QueueRule::high_water_ppm,
          Field("high_water_ppm", "Share of that at which sources are told to pause; above 1000000: they are not.")
              .in("ppm")
              .range(1, 2e6)
              .from("rule MSG-11"));
    visit(&QueueRule::low_water_ppm,
          Field("low_water_ppm", "Share at which they are told to go on.").in("ppm").range(0, 1e6).from("rule MSG-11"));
    visit(&QueueRule::full_policy,
          Field("full_policy", "What happens to a message that finds no room.").from("rule MSG-11"));
  }
};

enum class FullLogPolicy : std::uint8_t { stop_trading, drop_oldest };
constexpr auto names_of(FullLogPolicy) {
  return std::array{
      EnumName<FullLogPolicy>{FullLogPolicy::stop_trading, "stop_trading", "The tills close until there is room."},
      EnumName<FullLogPolicy>{FullLogPolicy::drop_oldest, "drop_oldest",
                              "The oldest message is overwritten: it is lost."}};
}

/// MSG-11: how much a store keeps while it has no link.
struct SourceLogRule {
  std::int32_t max_messages = 20'000;
  std::int64_t alert_ppm = 800'000;
  FullLogPolicy full_policy = FullLogPolicy::stop_trading;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&SourceLogRule::max_messages, Field("max_messages", "Messages without acknowledgement that a store can keep.")
                                            .in("messages")
                                            .range(1, 1e8)
                                            .from("rule MSG-11"));
    visit(&SourceLogRule::alert_ppm,
          Field("alert_ppm", "Share of that at which IT support is told.").in("ppm").range(1, 1e6).from("rule MSG-11"));
    visit(&SourceLogRule::full_policy,
          Field("full_policy", "What a store does when there is no room.").from("rule MSG-11"));
  }
};

enum class DeadKeyPolicy : std::uint8_t { proceed, park_key, block_queue };
constexpr auto names_of(DeadKeyPolicy) {
  return std::array{
      EnumName<DeadKeyPolicy>{DeadKeyPolicy::proceed, "continue", "Later messages of its ordering key go on."},
      EnumName<DeadKeyPolicy>{DeadKeyPolicy::park_key, "park_key",
                              "They wait behind it, and are nobody else's business."},
      EnumName<DeadKeyPolicy>{DeadKeyPolicy::block_queue, "block_queue", "Everything waits behind it."}};
}

/// MSG-12: what cannot be delivered.
struct DeadLetterRule {
  std::int32_t poison_crashes = 3;
  std::int32_t restart_seconds = 20;
  DeadKeyPolicy key_policy = DeadKeyPolicy::proceed;
  std::int32_t retention_days = 90;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&DeadLetterRule::poison_crashes,
          Field("poison_crashes", "A message during which its worker has crashed so often is set aside.")
              .in("crashes")
              .range(1, 1000)
              .from("rule MSG-12"));
    visit(&DeadLetterRule::restart_seconds, Field("restart_seconds", "From a worker's crash until it works again.")
                                                .in("s")
                                                .range(0, 86400)
                                                .from("assumption: a container that is started again"));
    visit(&DeadLetterRule::key_policy,
          Field("key_policy", "What a message set aside means for those behind it.").from("rule MSG-12"));
    visit(&DeadLetterRule::retention_days,
          Field("retention_days", "How long a message is kept after its exception was closed.")
              .in("days")
              .range(0, 3650)
              .from("rule MSG-12"));
  }
};

enum class InvalidPolicy : std::uint8_t { quarantine_one, fail_chunk, fail_run };
constexpr auto names_of(InvalidPolicy) {
  return std::array{EnumName<InvalidPolicy>{InvalidPolicy::quarantine_one, "quarantine_one", "It alone is set aside."},
                    EnumName<InvalidPolicy>{InvalidPolicy::fail_chunk, "fail_chunk", "So are those in its chunk."},
                    EnumName<InvalidPolicy>{InvalidPolicy::fail_run, "fail_run", "So is all of its run."}};
}
enum class Checkpoint : std::uint8_t { in_commit, after_commit };
constexpr auto names_of(Checkpoint) {
  return std::array{
      EnumName<Checkpoint>{Checkpoint::in_commit, "in_commit", "How far a run is, is written with its postings."},
      EnumName<Checkpoint>{Checkpoint::after_commit, "after_commit",
                           "It is written afterwards: a crash in between posts the chunk again."}};
}

/// MSG-17: how a batch is posted.
struct BatchRule {
  std::int32_t commit_chunk_messages = 100;
  InvalidPolicy on_invalid = InvalidPolicy::quarantine_one;
  Checkpoint checkpoint = Checkpoint::in_commit;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&BatchRule::commit_chunk_messages,
          Field("commit_chunk_messages", "Messages of a run that are posted in one commit.")
              .in("messages")
              .range(1, 100'000)
              .from("rule MSG-17"));
    visit(&BatchRule::on_invalid,
          Field("on_invalid", "What a message that cannot be let in means for its run.").from("rule MSG-17"));
    visit(&BatchRule::checkpoint, Field("checkpoint", "When a run notes how far it is.").from("rule MSG-17"));
  }
};

enum class LaneDiscipline : std::uint8_t { priority_with_floor, strict_priority, single_fifo };
constexpr auto names_of(LaneDiscipline) {
  return std::array{
      EnumName<LaneDiscipline>{LaneDiscipline::priority_with_floor, "priority_with_floor",
                               "The highest lane, and now and then the one that has waited longest."},
      EnumName<LaneDiscipline>{LaneDiscipline::strict_priority, "strict_priority", "Always the highest lane."},
      EnumName<LaneDiscipline>{LaneDiscipline::single_fifo, "single_fifo", "By the time of reception alone."}};
}

/// MSG-19: what goes to the ERP first, and how fast.
struct ThrottleRule {
  LaneDiscipline discipline = LaneDiscipline::priority_with_floor;
  std::int32_t rate_per_second = 80;
  std::int32_t burst = 160;
  std::int32_t floor_every = 20;
  std::int32_t bulk_after_minutes = 30;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&ThrottleRule::discipline, Field("discipline", "Which lane is served next.").from("rule MSG-19"));
    visit(&ThrottleRule::rate_per_second,
          Field("rate_per_second", "Calls that the ERP's interface allows; 0: any number.")
              .in("calls/s")
              .range(0, 1e6)
              .from("rule MSG-19"));
    visit(&ThrottleRule::burst, Field("burst", "Calls that may be made at once after a quiet time.")
                                    .in("calls")
                                    .range(1, 1e6)
                                    .from("rule MSG-19"));
    visit(&ThrottleRule::floor_every,
          Field("floor_every", "Each so many calls serve the lane that has waited longest; 0: none does.")
              .in("calls")
              .range(0, 1e6)
              .from("rule MSG-19"));
    visit(&ThrottleRule::bulk_after_minutes,
          Field("bulk_after_minutes",
                "A message that is older than this when it is received is a replay: it goes into the bulk lane.")
              .in("min")
              .range(0, 1e6)
              .from("assumption: longer than any retry, shorter than an outage worth the name"));
  }
};

}  // namespace tillstorm
