#pragma once
// Rules of exceptions: one item for each problem, with one owner, until the problem has come to its end.
#include "rules/rule.h"

namespace tillstorm::rule {

struct OneWorkItem {
  static constexpr RuleText text{
      .id = "EXC-01",
      .flow = "exc",
      .title = "One owned work item per problem",
      .statement =
          "Whatever is set aside, overdue or different opens exactly one exception for each type and subject, with "
          "amount, units, cause, owner and due time. A repeat while it is open raises its count and the number of "
          "messages held; within reopen_hours of its closing it is opened again, later a new one is.",
      .home = "erp/exception_desk.cpp",
      .parameters = "integration.exceptions.coalesce_by integration.exceptions.reopen_hours",
      .guards = "exception_owned kpi:reconciliation_effort_min"};
  enum class Outcome : std::uint8_t { opened, coalesced, reopened, opened_again };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::opened, "opened", "A problem that nobody knew."},
        EnumName<Outcome>{Outcome::coalesced, "coalesced", "Once more while it is open."},
        EnumName<Outcome>{Outcome::reopened, "reopened", "Once more, soon after it was closed."},
        EnumName<Outcome>{Outcome::opened_again, "opened_again", "Once more, long after it was closed: a new item."}};
  }
};

struct OwnerRole {
  static constexpr RuleText text{
      .id = "EXC-02",
      .flow = "exc",
      .title = "Owner role by type and store",
      .statement =
          "Each type has a role; a store's manager gets what is about that store. Without one who is in within "
          "absence_hours the fallback role gets it. An exception is never without exactly one owner role.",
      .home = "erp/exception_desk.cpp",
      .parameters =
          "integration.exceptions.routing integration.exceptions.fallback_role "
          "integration.exceptions.absence_hours",
      .guards = "exception_owned kpi:reconciliation_effort_min"};
  enum class Outcome : std::uint8_t {
    to_store_manager,
    to_inventory_planner,
    to_finance_analyst,
    to_it_support,
    fallback_used
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::to_store_manager, "to_store_manager", "Of the store that it is about."},
        EnumName<Outcome>{Outcome::to_inventory_planner, "to_inventory_planner", "Stock and items."},
        EnumName<Outcome>{Outcome::to_finance_analyst, "to_finance_analyst", "Ledgers and closing."},
        EnumName<Outcome>{Outcome::to_it_support, "to_it_support", "Messages, links, tills."},
        EnumName<Outcome>{Outcome::fallback_used, "fallback_used", "Whose it would be is not there."}};
  }
};

struct SeverityAndDue {
  static constexpr RuleText text{
      .id = "EXC-03",
      .flow = "exc",
      .title = "Severity and due time",
      .statement =
          "Severity is the highest of the type's own, of the amount's bracket and of that of the messages held because "
          "of it, and is looked at again whenever they change. Due is its SLA later, counted in the owner's working "
          "time alone, and a store manager's in the hours in which the store is open; a change of severity moves it "
          "earlier, never later.",
      .home = "erp/exception_desk.cpp",
      .parameters =
          "integration.exceptions.base_severity integration.exceptions.type_severities "
          "integration.exceptions.high_amount_minor integration.exceptions.critical_amount_minor "
          "integration.exceptions.critical_blocked_messages integration.exceptions.sla_critical_hours "
          "integration.exceptions.sla_high_hours integration.exceptions.sla_medium_hours "
          "integration.exceptions.sla_low_hours people.exceptions.office_open people.exceptions.office_close",
      .guards = "exception_owned kpi:exceptions_overdue"};
  enum class Outcome : std::uint8_t { low, medium, high, critical, raised_while_open, due_moved_earlier };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::low, "low", "Opened with low severity."},
                      EnumName<Outcome>{Outcome::medium, "medium", "Opened with medium severity."},
                      EnumName<Outcome>{Outcome::high, "high", "Opened with high severity."},
                      EnumName<Outcome>{Outcome::critical, "critical", "Opened with critical severity."},
                      EnumName<Outcome>{Outcome::raised_while_open, "raised_while_open", "It became more severe."},
                      EnumName<Outcome>{Outcome::due_moved_earlier, "due_moved_earlier", "And was due earlier."}};
  }
};

struct OverdueEscalates {
  static constexpr RuleText text{
      .id = "EXC-04",
      .flow = "exc",
      .title = "Escalation of overdue items",
      .statement =
          "At its due time an unresolved item moves one level up, gains a step of severity and gets a new due time; "
          "whoever works on it carries on. At the top a reminder is counted every reminder_hours, and the store day "
          "that it is about is not exported before it is closed.",
      .home = "erp/exception_desk.cpp",
      .parameters =
          "integration.exceptions.escalation integration.exceptions.escalation_levels "
          "integration.exceptions.reminder_hours",
      .guards = "exception_owned kpi:exceptions_overdue"};
  enum class Outcome : std::uint8_t {
    resolved_in_time,
    escalated,
    escalated_to_top,
    reminded_at_top,
    day_close_blocked
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::resolved_in_time, "resolved_in_time", "Closed before it was due."},
                      EnumName<Outcome>{Outcome::escalated, "escalated", "One level up."},
                      EnumName<Outcome>{Outcome::escalated_to_top, "escalated_to_top", "To the last level."},
                      EnumName<Outcome>{Outcome::reminded_at_top, "reminded_at_top", "Still there, at the last level."},
                      EnumName<Outcome>{Outcome::day_close_blocked, "day_close_blocked",
                                        "The export of its store day was due, and waits for it."}};
  }
};

struct ResolvesItself {
  static constexpr RuleText text{.id = "EXC-05",
                                 .flow = "exc",
                                 .title = "Auto-resolve when the cause is gone",
                                 .statement =
                                     "The cause of an open item is looked at whenever its subject is heard of, and "
                                     "every recheck_minutes. An item whose cause has been gone for settle_minutes "
                                     "without a break closes by itself, unless its type is in never_auto; one that "
                                     "somebody works on is only marked.",
                                 .home = "erp/exception_desk.cpp",
                                 .parameters =
                                     "integration.exceptions.auto_resolve integration.exceptions.recheck_minutes "
                                     "integration.exceptions.settle_minutes integration.exceptions.never_auto",
                                 .guards = "exception_owned nothing_lost kpi:reconciliation_effort_min"};
  enum class Outcome : std::uint8_t {
    auto_resolved,
    still_true,
    flapped_kept_open,
    never_auto_kept,
    marked_cleared_in_work
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::auto_resolved, "auto_resolved", "Closed by itself."},
        EnumName<Outcome>{Outcome::still_true, "still_true", "Looked at again, and still there."},
        EnumName<Outcome>{Outcome::flapped_kept_open, "flapped_kept_open", "The cause came back in time."},
        EnumName<Outcome>{Outcome::never_auto_kept, "never_auto_kept", "The cause is gone, a person must look."},
        EnumName<Outcome>{Outcome::marked_cleared_in_work, "marked_cleared_in_work", "Somebody is at work on it."}};
  }
};

struct FiniteStaff {
  static constexpr RuleText text{
      .id = "EXC-06",
      .flow = "exc",
      .title = "Finite staff work the queue",
      .statement =
          "A free person takes the role's most severe item, the one due first among equals, and works on it without "
          "interruption for a log-normal time; at the end of the shift the rest carries over to the same person's next "
          "one. A store's manager has minutes_per_day. Minutes worked are the reconciliation effort.",
      .home = "erp/exception_staff.cpp",
      .parameters =
          "people.exceptions.discipline people.exceptions.handling_mean_minutes people.exceptions.handling_cv_ppm "
          "people.exceptions.finance_analysts people.exceptions.it_support people.exceptions.inventory_planners "
          "people.exceptions.store_manager_minutes_per_day",
      .guards = "exception_owned kpi:reconciliation_effort_min"};
  enum class Outcome : std::uint8_t {
    taken_at_once,
    waited_for_staff,
    carried_to_next_shift,
    overtaken_by_more_severe
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::taken_at_once, "taken_at_once", "Somebody was free."},
        EnumName<Outcome>{Outcome::waited_for_staff, "waited_for_staff", "All were at work, or at home."},
        EnumName<Outcome>{Outcome::carried_to_next_shift, "carried_to_next_shift", "The shift ended before the work."},
        EnumName<Outcome>{Outcome::overtaken_by_more_severe, "overtaken_by_more_severe",
                          "An item opened later was taken first."}};
  }
};

struct FinalState {
  static constexpr RuleText text{
      .id = "EXC-07",
      .flow = "exc",
      .title = "Closing needs a final state",
      .statement =
          "An item closes when its subject is final: its message posted or cancelled, its difference matched or "
          "written off. A difference is not written off while a message of the same store day is set aside; above "
          "finance.write_off_limit_minor a second, different person must agree, an analyst. A message that is set "
          "aside "
          "anew under another type is from then on the subject of that type's item alone.",
      .home = "erp/exception_desk.cpp",
      .parameters = "integration.exceptions.close_requires finance.write_off_limit_minor",
      .guards = "nothing_lost exception_owned journal_balanced"};
  enum class Outcome : std::uint8_t {
    closed_final,
    close_refused,
    written_off,
    second_person_required,
    second_person_refused
  };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::closed_final, "closed_final", "Posted, cancelled, matched or accepted."},
        EnumName<Outcome>{Outcome::close_refused, "close_refused", "Somebody was done, and the subject was not."},
        EnumName<Outcome>{Outcome::written_off, "written_off", "A difference was journalled."},
        EnumName<Outcome>{Outcome::second_person_required, "second_person_required", "Too much for one person."},
        EnumName<Outcome>{Outcome::second_person_refused, "second_person_refused", "There is no second person."}};
  }
};

}  // namespace tillstorm::rule
