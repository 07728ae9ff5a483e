#pragma once
// One problem as a work item.
#include <cstdint>

#include "base/civil.h"
#include "base/ids.h"
#include "base/message_type.h"
#include "base/money.h"
#include "base/time.h"
#include "messages/envelope.h"
#include "record/book_tables.h"
#include "rules/exception_type.h"

namespace tillstorm::erp {

struct ExceptionItem {
  enum class State : std::uint8_t {
    queued,    ///< Waits for somebody.
    in_work,   ///< Somebody is at it.
    awaiting,  ///< Somebody has done what can be done; its subject is not final yet.
    closed,
  };
  std::uint64_t id = 0;  ///< From 1, in order of opening.
  std::uint64_t subject = 0;
  std::uint64_t part = 0;       ///< Which of several items of one type and subject (CoalesceBy).
  std::uint64_t place_key = 0;  ///< Of the place it is about.
  ExceptionType type{};
  Role role{};
  Severity severity{};
  State state = State::queued;
  Resolution resolution = Resolution::open;
  MessageType about{};
  PlaceId place{};
  std::uint16_t terminal = 0;
  std::uint32_t number = 0;
  std::uint32_t cause = 0;  ///< Source sequence of the message that caused it.
  Date business_date{};
  Time opened_at{}, due{}, taken_at{}, closed_at{};
  Time queued_since{};
  Minor amount = 0;
  std::int32_t units = 0;
  std::uint32_t occurrences = 1;
  std::uint32_t held = 0;  ///< Messages that are kept out of the books because of it.
  std::uint32_t reopened = 0;
  std::uint32_t works = 0;  ///< How often somebody has taken it.
  Duration worked{};
  std::uint8_t level = 0;
  std::uint8_t to_mend = 0;  ///< As in ExceptionBody: what must be edited in its message.
  std::uint32_t reminders = 0;
  std::uint32_t due_number = 0;        ///< Of the due time in force.
  std::uint32_t clearing_number = 0;   ///< How often its cause has come and gone.
  std::uint32_t person = 0xffffffffU;  ///< At work on it, or the last one who was.
  std::uint32_t not_person = kNone;    ///< Queued for a second opinion: who gave the first one.
  Role asked_by{};                     ///< Whose it was before somebody else's second opinion was asked for.
  bool is_ordered = false;             ///< The middleware was told what to do with its message.
  bool is_cleared = false;             ///< Its cause is gone.
  bool is_breached = false;            ///< It has been overdue.
  bool wants_second = false;           ///< A second person must agree to its write-off, or to what is edited.
  bool holds_message = false;          ///< Its subject is a message that is set aside.
  bool holds_day = false;              ///< Its store day is not exported before it is closed.
};

/// What is known of the message that an item is about.
inline Envelope envelope_about(const ExceptionItem& item) {
  Envelope e;
  e.type = item.about;
  e.place = item.place;
  e.terminal = item.terminal;
  e.number = item.number;
  e.source_sequence = item.cause;
  return e;
}

/// Of these no message is ever set aside: their subject is a queue, a log or a hole.
constexpr bool holds_no_message(ExceptionType type) {
  switch (type) {
    case ExceptionType::backlog_overdue:
    case ExceptionType::till_log:
    case ExceptionType::queue_full:
    case ExceptionType::sequence_gap:
      return true;
    default:
      return false;
  }
}
/// Nobody at the desk can end these: somebody elsewhere says when they are over. A message that is handed back because
/// too many wait for items already is sent on like any other.
constexpr bool has_cause_of_its_own(const ExceptionItem& item) {
  return holds_no_message(item.type) || (item.type == ExceptionType::unmapped_item && !item.holds_message);
}

}  // namespace tillstorm::erp
