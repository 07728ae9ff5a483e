#pragma once
// Exceptions as work: how problems become items, whose they are, when they are due, and who works them off.
#include <cstdint>
#include <string>
#include <vector>

#include "base/civil.h"
#include "base/fields.h"
#include "rules/exception_type.h"

namespace tillstorm {

enum class CoalesceBy : std::uint8_t { subject, message, none };
constexpr auto names_of(CoalesceBy) {
  return std::array{EnumName<CoalesceBy>{CoalesceBy::subject, "subject", "One item for each type and subject."},
                    EnumName<CoalesceBy>{CoalesceBy::message, "message",
                                         "One item for each type, subject and message that meets with it."},
                    EnumName<CoalesceBy>{CoalesceBy::none, "none", "Each occurrence is an item."}};
}
enum class Routing : std::uint8_t { by_type, by_store, single_queue };
constexpr auto names_of(Routing) {
  return std::array{EnumName<Routing>{Routing::by_type, "by_type", "To the role of the type."},
                    EnumName<Routing>{Routing::by_store, "by_store", "To the manager of the store."},
                    EnumName<Routing>{Routing::single_queue, "single_queue", "All to the fallback role."}};
}
enum class Escalation : std::uint8_t { step_up, remind_only, none };
constexpr auto names_of(Escalation) {
  return std::array{
      EnumName<Escalation>{Escalation::step_up, "step_up", "One level and one step of severity up."},
      EnumName<Escalation>{Escalation::remind_only, "remind_only", "Reminders are counted, nothing else happens."},
      EnumName<Escalation>{Escalation::none, "none", "Overdue items are overdue."}};
}
enum class AutoResolve : std::uint8_t { predicate, age_out, off };
constexpr auto names_of(AutoResolve) {
  return std::array{
      EnumName<AutoResolve>{AutoResolve::predicate, "predicate", "When the cause has been gone for settle_minutes."},
      EnumName<AutoResolve>{AutoResolve::age_out, "age_out", "A week after it was opened, whatever the cause."},
      EnumName<AutoResolve>{AutoResolve::off, "off", "Only people close items."}};
}
enum class CloseRequires : std::uint8_t { final_state, code_only };
constexpr auto names_of(CloseRequires) {
  return std::array{
      EnumName<CloseRequires>{CloseRequires::final_state, "final_state", "Its message is posted or cancelled."},
      EnumName<CloseRequires>{CloseRequires::code_only, "code_only", "Somebody has said so."}};
}

/// How bad exceptions of a type are at least (EXC-03).
struct TypeSeverity {
  ExceptionType type = ExceptionType::envelope;
  Severity severity = Severity::medium;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&TypeSeverity::type, Field("type", "The type; of two entries for one type the first counts.").required());
    visit(&TypeSeverity::severity, Field("severity", "How bad they are at least.").required());
  }
};

/// EXC-01 to EXC-05 and EXC-07.
struct ExceptionRule {
  CoalesceBy coalesce_by = CoalesceBy::subject;
  std::int32_t reopen_hours = 24;
  Routing routing = Routing::by_type;
  Role fallback_role = Role::it_support;
  std::int32_t absence_hours = 24;
  Severity base_severity = Severity::medium;
  /// Of differences the amount decides; what is about to stop a store or the bus does not wait for tomorrow.
  std::vector<TypeSeverity> type_severities{{ExceptionType::negative_stock, Severity::low},
                                            {ExceptionType::recon_difference, Severity::low},
                                            {ExceptionType::backlog_overdue, Severity::high},
                                            {ExceptionType::till_log, Severity::high},
                                            {ExceptionType::queue_full, Severity::high}};
  std::int64_t high_amount_minor = 100'000;
  std::int64_t critical_amount_minor = 1'000'000;
  std::int32_t critical_blocked_messages = 500;
  std::int32_t sla_critical_hours = 2;
  std::int32_t sla_high_hours = 8;
  std::int32_t sla_medium_hours = 24;
  std::int32_t sla_low_hours = 72;
  Escalation escalation = Escalation::step_up;
  std::int32_t escalation_levels = 3;
  std::int32_t reminder_hours = 24;
  AutoResolve auto_resolve = AutoResolve::predicate;
  std::int32_t recheck_minutes = 15;
  std::int32_t settle_minutes = 30;
  std::vector<ExceptionType> never_auto{ExceptionType::key_conflict};
  CloseRequires close_requires = CloseRequires::final_state;
  template <class Visitor>
  static void fields(Visitor& visit) {
    const auto sla = [](const char* name, const char* meaning) {
      return Field(name, meaning).in("working h").range(1, 10'000).from("rule EXC-03");
    };
    visit(&ExceptionRule::coalesce_by, Field("coalesce_by", "What is one item.").from("rule EXC-01"));
    visit(&ExceptionRule::reopen_hours,
          Field("reopen_hours", "The same problem within this time opens the old item again.")
              .in("h")
              .range(0, 10'000)
              .from("rule EXC-01"));
    visit(&ExceptionRule::routing, Field("routing", "Whose an item is.").from("rule EXC-02"));
    visit(&ExceptionRule::fallback_role, Field("fallback_role", "Whose it is if nobody else's.").from("rule EXC-02"));
    visit(&ExceptionRule::absence_hours,
          Field("absence_hours", "A manager who is not in for so long is absent: the fallback role gets the item.")
              .in("h")
              .range(1, 10'000)
              .from("rule EXC-02"));
    visit(&ExceptionRule::base_severity,
          Field("base_severity", "How bad an item is at least, unless its type says otherwise.").from("rule EXC-03"));
    visit(&ExceptionRule::type_severities,
          Field("type_severities", "Types that are worse than that, or not so bad.").from("assumption"));
    visit(&ExceptionRule::high_amount_minor, Field("high_amount_minor", "Amount at which an item is of high severity.")
                                                 .in("minor")
                                                 .range(1, 1e15)
                                                 .from("rule EXC-03"));
    visit(&ExceptionRule::critical_amount_minor, Field("critical_amount_minor", "Amount at which it is critical.")
                                                     .in("minor")
                                                     .range(1, 1e15)
                                                     .from("rule EXC-03"));
    visit(&ExceptionRule::critical_blocked_messages,
          Field("critical_blocked_messages",
                "Messages that are kept out of the books because of it at which it is "
                "critical.")
              .in("messages")
              .range(1, 1e9)
              .from("rule EXC-03"));
    visit(&ExceptionRule::sla_critical_hours, sla("sla_critical_hours", "Working time until a critical item is due."));
    visit(&ExceptionRule::sla_high_hours, sla("sla_high_hours", "Of high severity."));
    visit(&ExceptionRule::sla_medium_hours, sla("sla_medium_hours", "Of medium severity."));
    visit(&ExceptionRule::sla_low_hours, sla("sla_low_hours", "Of low severity."));
    visit(&ExceptionRule::escalation, Field("escalation", "What happens to an overdue item.").from("rule EXC-04"));
    visit(&ExceptionRule::escalation_levels, Field("escalation_levels", "Owner, team lead, head of function.")
                                                 .in("levels")
                                                 .range(1, 10)
                                                 .from("rule EXC-04"));
    visit(&ExceptionRule::reminder_hours, Field("reminder_hours", "From one reminder at the top to the next.")
                                              .in("h")
                                              .range(1, 10'000)
                                              .from("rule EXC-04"));
    visit(&ExceptionRule::auto_resolve, Field("auto_resolve", "When an item closes by itself.").from("rule EXC-05"));
    visit(&ExceptionRule::recheck_minutes,
          Field("recheck_minutes", "How often the causes of all open items are looked at again, under `predicate`.")
              .in("min")
              .range(1, 100'000)
              .from("rule EXC-05"));
    visit(&ExceptionRule::settle_minutes, Field("settle_minutes", "How long its cause must be gone without a break.")
                                              .in("min")
                                              .range(1, 100'000)
                                              .from("rule EXC-05"));
    visit(&ExceptionRule::never_auto, Field("never_auto", "Types that only people close.").from("rule EXC-05"));
    visit(&ExceptionRule::close_requires,
          Field("close_requires", "What it takes to close an item.").from("rule EXC-07"));
  }
};

enum class WorkDiscipline : std::uint8_t { severity_due, fifo, newest_first };
constexpr auto names_of(WorkDiscipline) {
  return std::array{EnumName<WorkDiscipline>{WorkDiscipline::severity_due, "severity_due",
                                             "The most severe, then the one due first."},
                    EnumName<WorkDiscipline>{WorkDiscipline::fifo, "fifo", "In order of opening."},
                    EnumName<WorkDiscipline>{WorkDiscipline::newest_first, "newest_first", "What came last."}};
}

/// EXC-06: people who work exceptions off.
struct ExceptionStaff {
  WorkDiscipline discipline = WorkDiscipline::severity_due;
  double handling_mean_minutes = 12;
  std::int64_t handling_cv_ppm = 800'000;
  std::int32_t finance_analysts = 4;
  std::int32_t it_support = 3;
  std::int32_t inventory_planners = 4;
  std::int32_t store_manager_minutes_per_day = 45;
  TimeOfDay office_open{8 * 60};
  TimeOfDay office_close{18 * 60};
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&ExceptionStaff::discipline, Field("discipline", "Which item a free person takes.").from("rule EXC-06"));
    visit(&ExceptionStaff::handling_mean_minutes,
          Field("handling_mean_minutes", "Work on an item, mean of a log-normal law.")
              .in("min")
              .range(0.01, 10'000)
              .from("rule EXC-06"));
    visit(&ExceptionStaff::handling_cv_ppm,
          Field("handling_cv_ppm", "Its coefficient of variation.").in("ppm").range(0, 1e7).from("rule EXC-06"));
    visit(&ExceptionStaff::finance_analysts, Field("finance_analysts", "Finance analysts at head office.")
                                                 .in("people")
                                                 .range(0, 10'000)
                                                 .from("rule EXC-06"));
    visit(&ExceptionStaff::it_support, Field("it_support", "IT support on each shift, round the clock.")
                                           .in("people")
                                           .range(0, 10'000)
                                           .from("rule EXC-06"));
    visit(&ExceptionStaff::inventory_planners, Field("inventory_planners", "Inventory planners at head office.")
                                                   .in("people")
                                                   .range(0, 10'000)
                                                   .from("rule EXC-06"));
    visit(&ExceptionStaff::store_manager_minutes_per_day,
          Field("store_manager_minutes_per_day", "Time of a store's manager for exceptions, from the opening on.")
              .in("min")
              .range(0, 1440)
              .from("rule EXC-06"));
    visit(&ExceptionStaff::office_open,
          Field("office_open", "Offices open, Monday to Friday, head-office time.").from("rule EXC-03"));
    visit(&ExceptionStaff::office_close, Field("office_close", "And close.").from("rule EXC-03"));
  }
};

}  // namespace tillstorm
