#include "erp/exception_staff.h"

#include <algorithm>
#include <cmath>

#include "engine/elementary.h"
#include "engine/normal.h"
#include "engine/random_stream.h"

namespace tillstorm::erp {
namespace {

constexpr std::uint64_t kHandling = purpose_of("exception.handling");

}  // namespace

std::uint32_t ExceptionTeam::add_group(const WorkingHours& hours, std::uint32_t people) {
  Group group;
  group.hours = hours;
  group.first_person = static_cast<std::uint32_t>(is_busy_.size());
  group.people = people;
  is_busy_.resize(is_busy_.size() + people, false);
  groups_.push_back(group);
  return static_cast<std::uint32_t>(groups_.size()) - 1;
}

ExceptionTeam::Key ExceptionTeam::key_of_item(const ExceptionItem& item) const {
  switch (rule_.discipline) {
    case WorkDiscipline::severity_due:
      return {-static_cast<std::int64_t>(item.severity), item.due.us, item.opened_at.us, item.id};
    case WorkDiscipline::fifo:
      return {item.opened_at.us, 0, 0, item.id};
    case WorkDiscipline::newest_first:
      return {-item.opened_at.us, 0, 0, ~item.id};
  }
  return {};
}

void ExceptionTeam::enqueue(std::uint32_t group, const ExceptionItem& item) {
  groups_[group].queue.insert(key_of_item(item));
  groups_[group].ids.insert(item.id);
  if (item.not_person != kNone) groups_[group].not_by[item.id] = item.not_person;
}

void ExceptionTeam::withdraw(std::uint32_t group, const ExceptionItem& item) {
  groups_[group].queue.erase(key_of_item(item));
  groups_[group].ids.erase(item.id);
  groups_[group].not_by.erase(item.id);
}

ExceptionTeam::Work ExceptionTeam::take(std::uint32_t number, Time now) {
  Group& group = groups_[number];
  if (group.queue.empty() || group.hours.next_working(now) != now) return {};
  const std::uint32_t end = group.first_person + group.people;
  const auto free_person = [&](std::uint32_t from) {
    while (from < end && is_busy_[from]) ++from;
    return from;
  };
  const std::uint32_t first = free_person(group.first_person);
  if (first == end) return {};
  bool is_passed_over = false;  // for who is free, not for how severe it is
  for (auto key = group.queue.begin(); key != group.queue.end(); ++key) {
    const std::uint64_t id = rule_.discipline == WorkDiscipline::newest_first ? ~key->id : key->id;
    const auto other = group.not_by.find(id);
    const bool is_barred = other != group.not_by.end() && other->second == first;
    const std::uint32_t person = is_barred ? free_person(first + 1) : first;
    if (person == end) {
      is_passed_over = true;
      continue;
    }
    group.queue.erase(key);
    group.ids.erase(id);
    group.not_by.erase(id);
    is_busy_[person] = true;
    return {id, person, !is_passed_over && !group.ids.empty() && *group.ids.begin() < id};
  }
  return {};
}

/// Log-normal with the rule's mean and coefficient of variation: sigma^2 = ln(1 + cv^2), median = mean / sqrt(1 +
/// cv^2).
Duration ExceptionTeam::handling(std::uint64_t seed, const ExceptionItem& item) const {
  const double cv = static_cast<double>(rule_.handling_cv_ppm) / 1e6;
  double minutes = rule_.handling_mean_minutes;
  if (cv > 0) {
    const double variance = elementary::log(1 + cv * cv);
    RandomStream own(seed, kHandling, item.place_key ^ key_of(text_of(item.type).id),
                     std::uint64_t{item.number} << 24 ^ std::uint64_t{item.terminal} << 8 ^ item.works);
    const double z = normal_quantile(own.uniform_open());
    minutes *= elementary::exp(std::sqrt(variance) * z - variance / 2);
  }
  return Duration{std::max<std::int64_t>(1, static_cast<std::int64_t>(minutes * static_cast<double>(kMinute.us)))};
}

Time ExceptionTeam::call(std::uint32_t number, Time now) {
  Group& group = groups_[number];
  if (group.is_called || group.queue.empty() || group.people == 0) return kNever;
  const Time next = group.hours.next_working(now);
  if (next == now || next == kNever) return kNever;  // somebody is there, and takes it when there is time
  group.is_called = true;
  return next;
}

}  // namespace tillstorm::erp
