#pragma once
// EXC-06: the people who work exceptions off, and the queues that they take from.
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "erp/exception_item.h"
#include "erp/working_time.h"
#include "rules/exceptions.h"
#include "rules/rule_book.h"

namespace tillstorm::erp {

inline constexpr std::size_t kRoles = names_of(Role{}).size();

/// People in groups: one group for each role of head office in the order of roles, then one for each store with its
/// manager. Plain data.
class ExceptionTeam {
 public:
  ExceptionTeam() = default;
  explicit ExceptionTeam(const ExceptionStaff& rule) : rule_(rule) {}

  /// A further group of `people`; returns its number.
  std::uint32_t add_group(const WorkingHours& hours, std::uint32_t people);
  const WorkingHours& hours(std::uint32_t group) const { return groups_[group].hours; }
  std::uint32_t people(std::uint32_t group) const { return groups_[group].people; }

  void enqueue(std::uint32_t group, const ExceptionItem& item);
  void withdraw(std::uint32_t group, const ExceptionItem& item);
  std::uint32_t waiting(std::uint32_t group) const { return static_cast<std::uint32_t>(groups_[group].queue.size()); }

  /// What somebody has taken on.
  struct Work {
    std::uint64_t item = 0;  ///< 0: nobody could take anything.
    std::uint32_t person = 0;
    bool overtakes = false;  ///< An item opened earlier is still waiting.
  };
  /// If somebody of the group is free and at work at `now`: takes the next item that this person may take.
  Work take(std::uint32_t group, Time now);
  /// How long this piece of work takes, and when it is done if it begins at `now`, over as many shifts as it needs.
  Duration handling(std::uint64_t seed, const ExceptionItem& item) const;
  void free(std::uint32_t person) { is_busy_[person] = false; }
  /// When somebody should look at the queue again because a shift begins; kNever if no one need to. Asked once.
  Time call(std::uint32_t group, Time now);
  void called(std::uint32_t group) { groups_[group].is_called = false; }

 private:
  struct Key {
    std::int64_t first = 0, second = 0, third = 0;  ///< By discipline.
    std::uint64_t id = 0;
    bool operator<(const Key& other) const {
      return std::tie(first, second, third, id) < std::tie(other.first, other.second, other.third, other.id);
    }
  };
  struct Group {
    WorkingHours hours;
    std::uint32_t first_person = 0, people = 0;
    std::set<Key> queue;
    std::set<std::uint64_t> ids;                    ///< Of the queue, in order of opening.
    std::map<std::uint64_t, std::uint32_t> not_by;  ///< Of the queue: who may not take an item.
    bool is_called = false;
  };
  Key key_of_item(const ExceptionItem& item) const;

  ExceptionStaff rule_{};
  std::vector<Group> groups_;
  std::vector<bool> is_busy_;  ///< By person.
};

}  // namespace tillstorm::erp
