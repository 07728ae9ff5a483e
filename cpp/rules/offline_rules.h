#pragma once
// Rules for when something is down: the link, the ERP, a till.
#include "rules/rule.h"

namespace tillstorm::rule {

struct ErpLossAbsorbed {
  static constexpr RuleText text{
      .id = "OFFLINE-02",
      .flow = "offline",
      .title = "ERP loss is absorbed by the bus",
      .statement =
          "While the ERP is down, slow or rejecting, the bus keeps what it has acknowledged, in order; stores "
          "stay online. On recovery it hands the messages of each source over in their order of acceptance.",
      .home = "integration/outage.cpp",
      .guards = "nothing_lost ordered_per_source kpi:backlog_drain_s"};
  enum class Outcome : std::uint8_t { buffered, drained_in_order, retried_after_rejection };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::buffered, "buffered", "Accepted from the store and kept for the ERP."},
        EnumName<Outcome>{Outcome::drained_in_order, "drained_in_order", "Handed over after the ERP was back."},
        EnumName<Outcome>{Outcome::retried_after_rejection, "retried_after_rejection",
                          "Offered again after the ERP had said no."}};
  }
};

struct TerminalCrash {
  static constexpr RuleText text{
      .id = "OFFLINE-03",
      .flow = "offline",
      .title = "Crash recovery from the terminal journal",
      .statement =
          "A ticket is committed if and only if it is in the journal before its receipt is printed. After a crash "
          "and a restart every committed ticket is still sent, under its own key; a ticket in the making is "
          "restored to its last line (each_line) or cancelled, its goods going back to the shelf (each_ticket).",
      .home = "model/checkout.cpp",
      .parameters = "integration.pos.journal_flush integration.pos.restart_seconds",
      .guards = "nothing_lost exactly_once tenders_equal_ticket units_conserved"};
  enum class Outcome : std::uint8_t { open_ticket_restored, open_ticket_cancelled, no_open_ticket, committed_requeued };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::open_ticket_restored, "open_ticket_restored", "Goes on after the restart."},
        EnumName<Outcome>{Outcome::open_ticket_cancelled, "open_ticket_cancelled", "Given up; the goods go back."},
        EnumName<Outcome>{Outcome::no_open_ticket, "no_open_ticket", "Nobody was being served."},
        EnumName<Outcome>{Outcome::committed_requeued, "committed_requeued",
                          "Completed and not yet acknowledged when the till crashed: still sent."}};
  }
};

struct StoreAndForward {
  static constexpr RuleText text{
      .id = "OFFLINE-05",
      .flow = "offline",
      .title = "Store-and-forward keeps order per terminal",
      .statement =
          "A store's outgoing log is first in, first out. What has no acknowledgement after ack_timeout_seconds "
          "is sent again with the same key and content; an acknowledgement covers everything before it.",
      .home = "integration/channel.cpp",
      .parameters = "integration.forward.ack_timeout_seconds integration.forward.sweep_seconds",
      .guards = "ordered_per_source exactly_once nothing_lost"};
  enum class Outcome : std::uint8_t { sent_in_order, held_while_down, resent_same_key, acknowledgement_lost };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::sent_in_order, "sent_in_order", "Sent at once, behind what was sent before."},
        EnumName<Outcome>{Outcome::held_while_down, "held_while_down", "Kept in the log: there was no link."},
        EnumName<Outcome>{Outcome::resent_same_key, "resent_same_key", "Sent again from the log."},
        EnumName<Outcome>{Outcome::acknowledgement_lost, "acknowledgement_lost",
                          "The answer did not reach the store: outcome unknown."}};
  }
};

struct PacedReplay {
  static constexpr RuleText text{
      .id = "OFFLINE-08",
      .flow = "offline",
      .title = "Replay is paced and protects live traffic",
      .statement =
          "After an outage a store sends its backlog from the first unacknowledged message on, at most "
          "replay_per_second messages a second; new tickets queue behind it. A second outage during the replay "
          "ends it, and the next one starts from the first unacknowledged message again.",
      .home = "integration/channel.cpp",
      .parameters = "integration.forward.replay_per_second",
      .guards = "ordered_per_source exactly_once nothing_lost kpi:backlog_drain_s"};
  enum class Outcome : std::uint8_t { started, throttled, queued_behind, drained, interrupted_by_second_outage };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::started, "started", "A backlog begins to be sent."},
        EnumName<Outcome>{Outcome::throttled, "throttled", "The next message waits for its turn."},
        EnumName<Outcome>{Outcome::queued_behind, "queued_behind", "A new message takes its place behind the backlog."},
        EnumName<Outcome>{Outcome::drained, "drained", "All of the log has been sent."},
        EnumName<Outcome>{Outcome::interrupted_by_second_outage, "interrupted_by_second_outage",
                          "The link went down again during the replay."}};
  }
};

struct OriginalEventTime {
  static constexpr RuleText text{
      .id = "OFFLINE-09",
      .flow = "offline",
      .title = "Replay keeps the original event time",
      .statement =
          "A message posts under its own business date, with the prices and the tax that were charged, however "
          "late it arrives; the time of arrival is kept beside it and used for latency only.",
      .home = "erp/posting.cpp",
      .guards = "z_equals_ledger kpi:posting_latency_p99_s"};
  enum class Outcome : std::uint8_t { posted_on_its_day, posted_late_on_its_day };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::posted_on_its_day, "posted_on_its_day", "Posted on its business date."},
        EnumName<Outcome>{Outcome::posted_late_on_its_day, "posted_late_on_its_day",
                          "Posted on a later calendar day, under its own business date."}};
  }
};

}  // namespace tillstorm::rule
