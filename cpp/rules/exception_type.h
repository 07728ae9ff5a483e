#pragma once
// The types of business exceptions that a run can raise: work for a person. This is the one list; a new type is an
// enumerator and a line.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/fields.h"

namespace tillstorm {

/// Who has to deal with an exception (EXC-02).
enum class Role : std::uint8_t { store_manager, inventory_planner, finance_analyst, it_support };
constexpr auto names_of(Role) {
  return std::array{EnumName<Role>{Role::store_manager, "store_manager", "Of the store that the exception is about."},
                    EnumName<Role>{Role::inventory_planner, "inventory_planner", "Stock and orders, head office."},
                    EnumName<Role>{Role::finance_analyst, "finance_analyst", "Ledgers and closing, head office."},
                    EnumName<Role>{Role::it_support, "it_support", "Messages, links, tills; round the clock."}};
}

/// How bad it is (EXC-03).
enum class Severity : std::uint8_t { low, medium, high, critical };
constexpr auto names_of(Severity) {
  return std::array{EnumName<Severity>{Severity::low, "low", "Some day."},
                    EnumName<Severity>{Severity::medium, "medium", "Tomorrow."},
                    EnumName<Severity>{Severity::high, "high", "Today."},
                    EnumName<Severity>{Severity::critical, "critical", "Now."}};
}

/// How an exception has ended (EXC-07).
enum class Resolution : std::uint8_t {
  open,
  resubmitted,
  repaired,
  cancelled,
  matched,
  accepted,
  written_off,
  auto_resolved
};
constexpr auto names_of(Resolution) {
  return std::array{
      EnumName<Resolution>{Resolution::open, "open", "It has not."},
      EnumName<Resolution>{Resolution::resubmitted, "resubmitted",
                           "Its message was sent again, and no field had to be edited."},
      EnumName<Resolution>{Resolution::repaired, "repaired",
                           "A field of its message was edited, and it was sent again."},
      EnumName<Resolution>{Resolution::cancelled, "cancelled", "Its message was cancelled: it never posts."},
      EnumName<Resolution>{Resolution::matched, "matched", "Its cause was gone when somebody looked."},
      EnumName<Resolution>{Resolution::accepted, "accepted", "Somebody has looked and lets it be."},
      EnumName<Resolution>{Resolution::written_off, "written_off", "The difference was journalled."},
      EnumName<Resolution>{Resolution::auto_resolved, "auto_resolved", "Its cause was gone, by itself."}};
}

enum class ExceptionType : std::uint8_t {
  envelope,
  schema_version,
  key_conflict,
  late_key,
  epoch_conflict,
  sequence_gap,
  missing_predecessor,
  dead_letter,
  queue_full,
  till_log,
  backlog_overdue,
  unmapped_item,
  negative_stock,
  period_closed,
  recon_difference,
};

struct ExceptionTypeText {
  ExceptionType type;
  std::string_view id;           ///< Snake case: `late_sale`.
  Role role;                     ///< Who has to deal with it.
  std::string_view meaning;      ///< One sentence.
  bool is_of_the_chain = false;  ///< It is about the bus or the ERP, and no store's.
};

// clang-format off
inline constexpr std::array kExceptionTypes{
    ExceptionTypeText{ExceptionType::envelope, "envelope", Role::it_support, "A message that fails the checks at the ingress, kept whole."},
    ExceptionTypeText{ExceptionType::schema_version, "schema_version", Role::it_support, "A message of a schema version that the receiver does not read."},
    ExceptionTypeText{ExceptionType::key_conflict, "key_conflict", Role::it_support, "A key that is known, with another body."},
    ExceptionTypeText{ExceptionType::late_key, "late_key", Role::it_support, "A number older than the dedupe window, which may have been posted or not."},
    ExceptionTypeText{ExceptionType::epoch_conflict, "epoch_conflict", Role::it_support, "A number of an epoch that is over and was not missing from it."},
    ExceptionTypeText{ExceptionType::sequence_gap, "sequence_gap", Role::it_support, "Numbers of a till that did not come although they were asked for."},
    ExceptionTypeText{ExceptionType::missing_predecessor, "missing_predecessor", Role::it_support, "A message that waited in vain for the one it refers to."},
    ExceptionTypeText{ExceptionType::dead_letter, "dead_letter", Role::it_support, "A message that could not be delivered in all its attempts, or that crashes its consumer."},
    ExceptionTypeText{ExceptionType::queue_full, "queue_full", Role::it_support, "A queue of the bus that refused messages.", true},
    ExceptionTypeText{ExceptionType::till_log, "till_log", Role::it_support, "A store whose outgoing log is nearly full."},
    ExceptionTypeText{ExceptionType::backlog_overdue, "backlog_overdue", Role::it_support, "A backlog that took longer to drain than capacity allows.", true},
    ExceptionTypeText{ExceptionType::unmapped_item, "unmapped_item", Role::inventory_planner, "An item that the ERP's masters do not know yet."},
    ExceptionTypeText{ExceptionType::negative_stock, "negative_stock", Role::inventory_planner, "Book stock below zero."},
    ExceptionTypeText{ExceptionType::period_closed, "period_closed", Role::finance_analyst, "A message whose accounting period is closed."},
    ExceptionTypeText{ExceptionType::recon_difference, "recon_difference", Role::finance_analyst, "A store day whose Z report and ledger differ."},
};
// clang-format on

constexpr const ExceptionTypeText& text_of(ExceptionType type) {
  return kExceptionTypes[static_cast<std::size_t>(type)];
}
constexpr auto names_of(ExceptionType) {
  std::array<EnumName<ExceptionType>, kExceptionTypes.size()> names{};
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i] = {kExceptionTypes[i].type, kExceptionTypes[i].id, kExceptionTypes[i].meaning};
  return names;
}
static_assert(
    [] {
      for (std::size_t i = 0; i < kExceptionTypes.size(); ++i)
        if (static_cast<std::size_t>(kExceptionTypes[i].type) != i) return false;
      return true;
    }(),
    "the types stand in the order of their enumerators");

}  // namespace tillstorm
