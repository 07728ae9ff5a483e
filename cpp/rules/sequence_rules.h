#pragma once
// Rules of the numbers that a till gives: gaps in them, and numbers that start again.
#include "rules/rule.h"

namespace tillstorm::rule {

struct SequenceGap {
  static constexpr RuleText text{
      .id = "MSG-07",
      .flow = "msg",
      .title = "Sequence gap: hold, re-request, declare",
      .statement =
          "What comes after a gap in a till's numbers is held for gap_hold_seconds; then the missing numbers are "
          "asked for, up to gap_requests times, gap_request_interval_seconds apart. The store answers with the "
          "tickets from the till's journal, or with a placeholder for a number that no ticket has. If the last "
          "request stays unanswered, one exception sequence_gap opens and gap_policy applies: release passes on "
          "what was held and still takes the missing ones later, block keeps the till's messages back. An epoch that "
          "does not follow on the last one is held and asked about too, and goes on if nothing says that a number is "
          "missing.",
      .home = "integration/sequence_guard.cpp",
      .parameters =
          "integration.sequence.gap_hold_seconds integration.sequence.gap_requests "
          "integration.sequence.gap_request_interval_seconds integration.sequence.gap_policy "
          "integration.pos.cancelled_takes_number",
      .guards = "nothing_lost ordered_per_source"};
  enum class Outcome : std::uint8_t {
    no_gap,
    filled_while_held,
    filled_by_re_request,
    placeholder_received,
    gap_exception_opened,
    late_fill_posted
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::no_gap, "no_gap", "The next number of its till."},
        EnumName<Outcome>{Outcome::filled_while_held, "filled_while_held",
                          "The missing ones came by themselves while later ones were held."},
        EnumName<Outcome>{Outcome::filled_by_re_request, "filled_by_re_request",
                          "They came after they were asked for."},
        EnumName<Outcome>{Outcome::placeholder_received, "placeholder_received",
                          "A number that no ticket has: it accounts for itself and posts nothing."},
        EnumName<Outcome>{Outcome::gap_exception_opened, "gap_exception_opened", "Nobody answered: work for a person."},
        EnumName<Outcome>{Outcome::late_fill_posted, "late_fill_posted", "A missing one came after the exception."}};
  }
};

struct SequenceEpoch {
  static constexpr RuleText text{
      .id = "MSG-08",
      .flow = "msg",
      .title = "Sequence epoch on rollover or re-installation",
      .statement =
          "Numbers compare as (epoch, number). The epoch rises by one when a till's number passes rollover_at, the "
          "next one being 1, or when the till is re-installed; the first ticket of an epoch states the last number "
          "of the epoch before, as far as the store knows it. A ticket of an epoch before that the books remember "
          "is posted only if it is missing there and not beyond that last number, or if somebody has looked at it and "
          "sends it "
          "on; any other ticket of an old epoch is set aside as epoch_conflict.",
      .home = "erp/epochs.cpp",
      .parameters =
          "integration.sequence.compare integration.sequence.rollover_at integration.sequence.epoch_handshake",
      .guards = "nothing_lost ordered_per_source exactly_once"};
  enum class Outcome : std::uint8_t { same_epoch, rolled_over, reinstalled, old_epoch_fill, epoch_conflict };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::same_epoch, "same_epoch", "A ticket of its till's current epoch."},
        EnumName<Outcome>{Outcome::rolled_over, "rolled_over", "The till's number passed its highest: a new epoch."},
        EnumName<Outcome>{Outcome::reinstalled, "reinstalled", "The till started again below it: a new epoch."},
        EnumName<Outcome>{Outcome::old_epoch_fill, "old_epoch_fill", "Missing from the epoch before: posted."},
        EnumName<Outcome>{Outcome::epoch_conflict, "epoch_conflict",
                          "Of an old epoch and not missing from it: set aside."}};
  }
};

}  // namespace tillstorm::rule
