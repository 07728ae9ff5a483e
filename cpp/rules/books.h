#pragma once
// How the books deal with what does not fit: a key with another body, a message before its predecessor, a document that
// comes late. MSG-04, MSG-14, MSG-15, FIN-13.
#include <cstdint>

#include "base/fields.h"

namespace tillstorm {

enum class LateLookup : std::uint8_t { posted_index, quarantine_late, none };
constexpr auto names_of(LateLookup) {
  return std::array{
      EnumName<LateLookup>{LateLookup::posted_index, "posted_index", "It is looked up among all numbers ever posted."},
      EnumName<LateLookup>{LateLookup::quarantine_late, "quarantine_late", "It is set aside for a person."},
      EnumName<LateLookup>{LateLookup::none, "none", "It counts as new: a repeat that is old enough posts twice."}};
}

enum class ConflictPolicy : std::uint8_t { quarantine, first_wins, last_wins, reject_permanent };
constexpr auto names_of(ConflictPolicy) {
  return std::array{
      EnumName<ConflictPolicy>{ConflictPolicy::quarantine, "quarantine",
                               "The first stands; the second is kept whole, for a person to judge."},
      EnumName<ConflictPolicy>{ConflictPolicy::first_wins, "first_wins", "The first stands; the second is dropped."},
      EnumName<ConflictPolicy>{ConflictPolicy::last_wins, "last_wins",
                               "The first is reversed and the second posted in its place."},
      EnumName<ConflictPolicy>{ConflictPolicy::reject_permanent, "reject_permanent",
                               "The first stands; the second is a dead letter."}};
}

/// What names a business transaction (MSG-02).
enum class KeySource : std::uint8_t { business_identity, client_uuid, content_hash, server_assigned };
constexpr auto names_of(KeySource) {
  return std::array{
      EnumName<KeySource>{KeySource::business_identity, "business_identity", "Type, place, terminal, epoch, number."},
      EnumName<KeySource>{KeySource::client_uuid, "client_uuid",
                          "A random number, made by the source when it first sends the message."},
      EnumName<KeySource>{KeySource::content_hash, "content_hash",
                          "What the message says: a customer who buys the same again on a day is taken for a repeat."},
      EnumName<KeySource>{KeySource::server_assigned, "server_assigned",
                          "A number that the receiver gives: what is sent again after a lost answer gets another."}};
}

/// MSG-02 and MSG-04: what a key is, and the same key with another body.
struct IdempotencyRule {
  KeySource key_source = KeySource::business_identity;
  bool persist_before_send = true;
  ConflictPolicy conflict_policy = ConflictPolicy::quarantine;
  std::int32_t recent_bodies = 256;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&IdempotencyRule::key_source, Field("key_source", "What makes two messages the same.").from("rule MSG-02"));
    visit(&IdempotencyRule::persist_before_send,
          Field("persist_before_send",
                "Of `client_uuid`: it is written down with the ticket. If not, a till that crashes makes another one "
                "for each ticket that it sends again.")
              .from("rule MSG-02"));
    visit(&IdempotencyRule::conflict_policy,
          Field("conflict_policy", "What becomes of a body whose key is known with another body and the same revision.")
              .from("rule MSG-04"));
    visit(&IdempotencyRule::recent_bodies,
          Field("recent_bodies",
                "Tickets that each place's books keep whole under `last_wins`, so as to reverse them; a conflict with "
                "an older one is set aside.")
              .in("messages")
              .range(1, 65'536)
              .from("assumption: the tickets of a store in half a day"));
  }
};

enum class ExpiryPolicy : std::uint8_t { post_unreferenced, quarantine, reject };
constexpr auto names_of(ExpiryPolicy) {
  return std::array{EnumName<ExpiryPolicy>{ExpiryPolicy::post_unreferenced, "post_unreferenced",
                                           "Stock and money are posted; the link to the predecessor stays open."},
                    EnumName<ExpiryPolicy>{ExpiryPolicy::quarantine, "quarantine", "It is set aside for a person."},
                    EnumName<ExpiryPolicy>{ExpiryPolicy::reject, "reject", "It is set aside as a dead letter."}};
}

/// MSG-14: a message waits for what it depends on.
struct DependencyRule {
  std::int32_t wait_hours = 24;
  ExpiryPolicy expiry_policy = ExpiryPolicy::post_unreferenced;
  std::int32_t max_parked = 10'000;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&DependencyRule::wait_hours,
          Field("wait_hours", "How long a message waits for its predecessor before `expiry_policy` decides.")
              .in("h")
              .range(1, 8784)
              .from("rule MSG-14"));
    visit(&DependencyRule::expiry_policy,
          Field("expiry_policy", "What becomes of a message whose predecessor has not come in time.")
              .from("rule MSG-14"));
    visit(&DependencyRule::max_parked,
          Field("max_parked", "Most messages that wait at each place's books; further ones are set aside.")
              .in("messages")
              .range(1, 1e6)
              .from("assumption: a week of a busy store"));
  }
};

enum class LateDatePolicy : std::uint8_t { original_business_date, arrival_date, quarantine };
constexpr auto names_of(LateDatePolicy) {
  return std::array{
      EnumName<LateDatePolicy>{LateDatePolicy::original_business_date, "original_business_date",
                               "On the trading day that it belongs to."},
      EnumName<LateDatePolicy>{LateDatePolicy::arrival_date, "arrival_date", "On the day on which it came."},
      EnumName<LateDatePolicy>{LateDatePolicy::quarantine, "quarantine", "It is set aside for a person."}};
}

/// MSG-15: a document that comes after its day was closed.
struct LateRule {
  std::int32_t grace_minutes = 120;
  LateDatePolicy date_policy = LateDatePolicy::original_business_date;
  std::int32_t restate_delay_minutes = 15;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&LateRule::grace_minutes,
          Field("grace_minutes", "A store's document is late this long after the close of its business date.")
              .in("min")
              .range(0, 10'080)
              .from("rule MSG-15"));
    visit(&LateRule::date_policy, Field("date_policy", "Where a late document posts.").from("rule MSG-15"));
    visit(&LateRule::restate_delay_minutes,
          Field("restate_delay_minutes", "From the last late posting of a store day to the new export of that day.")
              .in("min")
              .range(1, 10'080)
              .from("rule MSG-15"));
  }
};

enum class PeriodCalendar : std::uint8_t { day, week, month };
constexpr auto names_of(PeriodCalendar) {
  return std::array{EnumName<PeriodCalendar>{PeriodCalendar::day, "day", "Each date by itself."},
                    EnumName<PeriodCalendar>{PeriodCalendar::week, "week", "Monday to Sunday."},
                    EnumName<PeriodCalendar>{PeriodCalendar::month, "month", "Calendar months."}};
}

enum class ClosedPolicy : std::uint8_t { roll_forward, quarantine };
constexpr auto names_of(ClosedPolicy) {
  return std::array{EnumName<ClosedPolicy>{ClosedPolicy::roll_forward, "roll_forward",
                                           "It posts on the first day of the earliest period that is open."},
                    EnumName<ClosedPolicy>{ClosedPolicy::quarantine, "quarantine", "It is set aside for a person."}};
}

/// FIN-13: until when a date can be posted to.
struct PeriodRule {
  PeriodCalendar calendar = PeriodCalendar::month;
  std::int32_t soft_close_day = 3;
  std::int32_t close_day = 6;
  ClosedPolicy closed_policy = ClosedPolicy::roll_forward;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&PeriodRule::calendar, Field("calendar", "What an accounting period is.").from("rule FIN-13"));
    visit(&PeriodRule::soft_close_day,
          Field("soft_close_day",
                "Day after the period's last date at whose beginning, by the chain's clock, it is soft-closed: only "
                "documents of the period itself still post.")
              .in("days")
              .range(1, 366)
              .from("rule FIN-13"));
    visit(&PeriodRule::close_day,
          Field("close_day", "Day at whose beginning it is closed: nothing posts; not before it is soft-closed.")
              .in("days")
              .range(1, 366)
              .from("rule FIN-13"));
    visit(&PeriodRule::closed_policy,
          Field("closed_policy", "What becomes of a late document of a closed period.").from("rule FIN-13"));
  }
};

}  // namespace tillstorm
