#pragma once
// The exception desk: every problem as one owned work item, until it has come to its end (EXC-01 to EXC-07). A site of
// its own: it hears of problems and of their ends by messages, and tells the middleware what to do with what was set
// aside.
#include <compare>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "erp/exception_item.h"
#include "erp/exception_staff.h"
#include "erp/partition.h"

namespace tillstorm::erp {

/// What the desk has counted.
struct ExceptionCounters {
  std::uint64_t opened = 0, closed = 0, breached = 0, auto_resolved = 0, reminders = 0;
  Duration worked{};
  std::uint64_t most_open = 0;
};

class ExceptionDesk {
 public:
  ExceptionDesk() = default;
  explicit ExceptionDesk(const Setup& setup);

  /// Something has happened to a problem; takes over the reference.
  void reported(Context& c, MessageId report);
  void work_ends(Context& c, std::uint64_t payload);
  void due(Context& c, std::uint64_t payload);
  void settles(Context& c, std::uint64_t payload);
  void recheck(Context& c);
  void shift_begins(Context& c, std::uint64_t group);
  /// Records what is open as it stands.
  void record_open(Context& c) const;

  /// Open items, by number.
  const std::map<std::uint64_t, ExceptionItem>& open() const { return items_; }
  /// The item of this subject, the oldest if there are several; null if there is none.
  const ExceptionItem* find(ExceptionType type, std::uint64_t subject) const;
  /// Open items of whatever type that hold the message of this subject.
  std::uint32_t count_holding(std::uint64_t subject) const;
  /// The item as it was closed, as long as it may be opened again; null if there is none.
  const ExceptionItem* find_closed(std::uint64_t id) const;
  /// Somebody can work on it, now or on a later shift.
  bool has_people(const ExceptionItem& item) const { return team_.people(group_of(item)) != 0; }
  const ExceptionCounters& counters() const { return counters_; }
  /// How many of each type and role, opened so far.
  std::uint64_t opened(ExceptionType type, Role role) const {
    return by_type_[static_cast<std::size_t>(type)][static_cast<std::size_t>(role)];
  }
  const Digest& facts() const { return facts_; }
  std::uint64_t state_bytes() const;

 private:
  /// What is one item: `part` tells apart those of one subject, and is 0 where there is one at most (CoalesceBy).
  struct Problem {
    ExceptionType type{};
    std::uint64_t subject = 0;
    std::uint64_t part = 0;
    auto operator<=>(const Problem&) const = default;
    bool is_about(ExceptionType other, std::uint64_t what) const { return type == other && subject == what; }
  };
  struct Closed {
    ExceptionItem item;
    Time at{};
  };

  static Problem problem_of(const ExceptionItem& item) { return {item.type, item.subject, item.part}; }
  void raise(Context& c, const Message& report);
  void open_item(Context& c, const Message& report, const Problem& problem);
  void clear(Context& c, const Message& report);
  void clear(Context& c, ExceptionItem& item);
  void masters_came(Context& c);
  void raise_again(Context& c, ExceptionItem& item, const Message& report);
  void reopen(Context& c, const Closed& closed, const Message& report);
  void expect_recheck(Context& c);
  void route(Context& c, ExceptionItem& item) const;
  Role role_of(const Context& c, const ExceptionItem& item, bool& is_fallback) const;
  void judge_severity(Context& c, ExceptionItem& item, bool is_new);
  void set_due(Context& c, ExceptionItem& item, bool only_earlier);
  void enqueue(Context& c, ExceptionItem& item);
  void give_work(Context& c, std::uint32_t group);
  void work_done(Context& c, ExceptionItem& item);
  bool may_write_off(Context& c, ExceptionItem& item);
  bool may_edit(Context& c, ExceptionItem& item);
  bool ask_for_consent(Context& c, ExceptionItem& item);
  static void forget_consent(ExceptionItem& item);
  void order_repair(Context& c, const ExceptionItem& item) const;
  void write_off(Context& c, const ExceptionItem& item) const;
  static void hold_day(Context& c, ExceptionItem& item, bool is_held);
  static Resolution resolution_of_cleared(const ExceptionItem& item);
  void close(Context& c, ExceptionItem& item, Resolution resolution);
  static void record(Table<ExceptionRow>& table, const ExceptionItem& item);
  void forget_old(Time now, Duration keep);
  std::uint32_t group_of(const ExceptionItem& item) const;
  bool has_message_aside(PlaceId place, Date date) const;
  ExceptionItem* item_of(std::uint64_t payload);

  ExceptionTeam team_;
  std::map<std::uint64_t, ExceptionItem> items_;  ///< Open ones, by number.
  std::map<Problem, std::uint64_t> problems_;     ///< Open ones, by what they are about.
  std::map<Problem, Closed> closed_;              ///< Those that may be opened again.
  std::map<Problem, Time> over_;                  ///< When those were closed that no longer may.
  std::vector<std::pair<Time, Problem>> closed_order_;
  std::size_t over_until_ = 0;  ///< Of closed_order_: those before are in over_.
  std::uint64_t last_id_ = 0;
  bool is_recheck_due_ = false;
  ExceptionCounters counters_;
  std::uint64_t by_type_[kExceptionTypes.size()][kRoles] = {};
  Digest facts_;
};

}  // namespace tillstorm::erp
