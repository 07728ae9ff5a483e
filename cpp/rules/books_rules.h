#pragma once
// Rules of the books' intake: conflicts, what waits, what comes late, accounting periods.
#include "rules/rule.h"

namespace tillstorm::rule {

struct KeyConflict {
  static constexpr RuleText text{
      .id = "MSG-04",
      .flow = "msg",
      .title = "Same key, different body",
      .statement =
          "If a key is known and its body is another, the revision decides. Higher than the posted one: the posted "
          "entries are reversed and the new body is posted in one commit, under the same business date. Lower: "
          "acknowledged and ignored. Equal: integration.idempotency.conflict_policy; under quarantine the first "
          "posting stands and the second body is handed back whole as a key_conflict. A revision says what it "
          "replaces, and the books post it only if that has the fingerprint of what they posted; of a number older "
          "than "
          "the dedupe window, whose body is not remembered, the first revision is taken at its word, and a later one "
          "is a key_conflict unless it follows the one that is known.",
      .home = "erp/conflict.cpp",
      .parameters = "integration.idempotency.conflict_policy integration.idempotency.recent_bodies",
      .guards = "nothing_lost exactly_once z_equals_ledger"};
  enum class Outcome : std::uint8_t {
    conflict_quarantined,
    revision_superseded,
    stale_revision_ignored,
    conflict_resolved_by_policy
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::conflict_quarantined, "conflict_quarantined", "Handed back whole, for a person."},
        EnumName<Outcome>{Outcome::revision_superseded, "revision_superseded",
                          "Reversed and posted anew in one commit."},
        EnumName<Outcome>{Outcome::stale_revision_ignored, "stale_revision_ignored",
                          "Older than what is posted: answered, nothing posted."},
        EnumName<Outcome>{Outcome::conflict_resolved_by_policy, "conflict_resolved_by_policy",
                          "Dropped, put in the first one's place, or rejected, as the policy says."}};
  }
};

struct DedupeWindow {
  static constexpr RuleText text{
      .id = "MSG-05",
      .flow = "msg",
      .title = "Dedupe window and memory bound",
      .statement =
          "Of each source the newest integration.dedupe.window_messages numbers are remembered one by one, with a "
          "fingerprint of their bodies, 4 bytes each, for integration.dedupe.window_hours. An older number is looked "
          "up in the index of all numbers ever "
          "posted, which keeps only the gaps and what stands corrected: a number that was never posted may still "
          "post, one that was may not, and of its body only the revision is known. "
          "Under late_lookup quarantine_late a person looks it up there: the message is set aside as late_key, and "
          "when it is sent on it posts unless it was posted before. What somebody has sent on for another reason "
          "counts "
          "as looked up.",
      .home = "erp/dedupe.h",
      .parameters = "integration.dedupe.window_messages integration.dedupe.window_hours integration.dedupe.late_lookup",
      .guards = "exactly_once nothing_lost"};
  enum class Outcome : std::uint8_t { cache_hit, cache_miss_new, key_evicted, late_lookup_hit, late_lookup_miss };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::cache_hit, "cache_hit", "One of the numbers remembered one by one."},
        EnumName<Outcome>{Outcome::cache_miss_new, "cache_miss_new", "Within the window or above it, and new."},
        EnumName<Outcome>{Outcome::key_evicted, "key_evicted", "The oldest number made room for a new one."},
        EnumName<Outcome>{Outcome::late_lookup_hit, "late_lookup_hit", "Older than the window, and posted before."},
        EnumName<Outcome>{Outcome::late_lookup_miss, "late_lookup_miss", "Older than the window, and never posted."}};
  }
};

struct DependentWaits {
  static constexpr RuleText text{
      .id = "MSG-14",
      .flow = "msg",
      .title = "Dependent message waits for its predecessor",
      .statement =
          "A message that names a predecessor (a goods receipt its dispatch), or an item that the ERP's masters do not "
          "have yet, posts only after it. Until then it is parked in the books and counts as accounted for in its "
          "source's order. When the predecessor posts, or the item arrives, those that wait are released in order "
          "of event time, source and source sequence. A child parked for integration.dependency.wait_hours takes "
          "integration.dependency.expiry_policy and raises missing_predecessor; an item is waited for.",
      .home = "erp/waiting.cpp",
      .parameters =
          "integration.dependency.wait_hours integration.dependency.expiry_policy integration.dependency.max_parked",
      .guards = "nothing_lost ordered_per_source shipped_before_received"};
  enum class Outcome : std::uint8_t {
    predecessor_present,
    parked_then_released,
    expired_posted_unreferenced,
    expired_quarantined,
    linked_after_expiry,
    item_missing_then_released
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::predecessor_present, "predecessor_present", "It was there: posted at once."},
        EnumName<Outcome>{Outcome::parked_then_released, "parked_then_released", "It came, and the child was posted."},
        EnumName<Outcome>{Outcome::expired_posted_unreferenced, "expired_posted_unreferenced",
                          "It did not come in time: posted with the link left open."},
        EnumName<Outcome>{Outcome::expired_quarantined, "expired_quarantined",
                          "It did not come in time: handed back, for a person or as a dead letter."},
        EnumName<Outcome>{Outcome::linked_after_expiry, "linked_after_expiry",
                          "It came after the child had been posted without it."},
        EnumName<Outcome>{Outcome::item_missing_then_released, "item_missing_then_released",
                          "The item's master came, and the document was posted."}};
  }
};

struct LateArrival {
  static constexpr RuleText text{
      .id = "MSG-15",
      .flow = "msg",
      .title = "Late arrival restates its own day",
      .statement =
          "A store's document is late if the middleware took it in more than integration.late.grace_minutes after the "
          "close of its business date: how long it then waits for its batch or for the ERP makes it no later. It "
          "posts under its business date while that date's period is not closed, else as "
          "finance.period.closed_policy says. Each posting that is late, or comes after the export of its store day, "
          "marks the day restated: its export is made again integration.late.restate_delay_minutes after the last one, "
          "with version + 1, and replaces the previous export.",
      .home = "erp/late.cpp",
      .parameters =
          "integration.late.grace_minutes integration.late.date_policy integration.late.restate_delay_minutes",
      .guards = "z_equals_ledger period_open"};
  enum class Outcome : std::uint8_t {
    on_time,
    late_restated,
    late_period_closed,
    late_by_policy,
    export_replaced,
    restatements_coalesced
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::on_time, "on_time", "Before its day's close, or within the grace."},
        EnumName<Outcome>{Outcome::late_restated, "late_restated", "Late, and posted to its own day."},
        EnumName<Outcome>{Outcome::late_period_closed, "late_period_closed", "Late, and its period is closed."},
        EnumName<Outcome>{Outcome::late_by_policy, "late_by_policy",
                          "Late, and posted on the day of its arrival or set aside, as the policy says."},
        EnumName<Outcome>{Outcome::export_replaced, "export_replaced", "A store day exported again, one version up."},
        EnumName<Outcome>{Outcome::restatements_coalesced, "restatements_coalesced",
                          "Another late posting while the new export was due already."}};
  }
};

struct AccountingPeriods {
  static constexpr RuleText text{
      .id = "FIN-13",
      .flow = "fin",
      .title = "Posting periods: open, soft-closed, closed",
      .statement =
          "A late document's period is that of its business date. Open and soft-closed periods accept it; a closed one "
          "accepts nothing: roll_forward posts the document on the first day of the earliest period that is not "
          "closed and raises period_closed, quarantine hands it back.",
      .home = "erp/late.cpp",
      .parameters =
          "finance.period.calendar finance.period.soft_close_day finance.period.close_day "
          "finance.period.closed_policy",
      .guards = "period_open"};
  enum class Outcome : std::uint8_t { posted_open, soft_closed_system_posted, rolled_forward, quarantined };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::posted_open, "posted_open", "Late, and its period is open."},
        EnumName<Outcome>{Outcome::soft_closed_system_posted, "soft_closed_system_posted",
                          "Late, and its period is soft-closed: a document of the period still posts."},
        EnumName<Outcome>{Outcome::rolled_forward, "rolled_forward", "Closed: posted in the earliest open period."},
        EnumName<Outcome>{Outcome::quarantined, "quarantined", "Closed: handed back, for a person."}};
  }
};

}  // namespace tillstorm::rule
