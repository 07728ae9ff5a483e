#include "harness/explain/exception_story.h"

#include <utility>

#include "harness/invariants/witness.h"
#include "world/world.h"

namespace tillstorm {
namespace {

using erp::ExceptionItem;

template <class Enum>
std::string name_in(Enum value) {
  const auto names = names_of(Enum{});
  for (const auto& each : names)
    if (each.value == value) return std::string(each.name);
  return {};
}

std::string name(const ExceptionItem& item) { return "exception " + std::to_string(item.id); }

std::string minutes(Duration length) { return std::to_string((length.us + kMinute.us / 2) / kMinute.us) + " min"; }

/// Whom it is for, how bad it is, and until when.
std::string duty(const World& world, const ExceptionItem& item) {
  std::string text = name_in(item.role) + ", severity " + name_in(item.severity);
  if (item.level != 0) text += ", level " + std::to_string(item.level);
  return text + ", due " + local_time(world, item.place, item.due);
}

/// The message that an item is about; empty if it is about the whole chain.
std::string about(const World& world, const ExceptionItem& item) {
  if (text_of(item.type).is_of_the_chain) return {};
  return " of " + (item.number == 0 ? place_name(world, item.place) : message_name(world, erp::envelope_about(item)));
}

bool is_about(const ExceptionItem& item, const Subject& subject) {
  if (subject.kind == Subject::Kind::exception) return item.id == subject.number;
  return subject.number != 0 && !text_of(item.type).is_of_the_chain && item.place == subject.place &&
         item.about == subject.type && item.terminal == subject.terminal && item.number == subject.number;
}

}  // namespace

void ExceptionStory::look(const World& world, Subject& subject, const Say& say) {
  for (Followed& each : followed_) {
    const auto at = world.desk.open().find(each.item.id);
    if (at != world.desk.open().end()) {
      tell_change(world, each, at->second, say);
      each = {at->second, true};
    } else if (std::exchange(each.is_open, false)) {
      const ExceptionItem* const closed = world.desk.find_closed(each.item.id);
      if (closed != nullptr) each.item = *closed;
      const std::string how = closed != nullptr ? ": " + name_in(closed->resolution) : "";
      say(name(each.item) + " closed" + how + ", after " + minutes(each.item.worked) + " of work");
    }
  }
  find_new(world, subject, say);
}

void ExceptionStory::find_new(const World& world, Subject& subject, const Say& say) {
  // Numbers only rise; one that is opened again is followed already.
  const auto& open = world.desk.open();
  for (auto at = open.upper_bound(seen_); at != open.end(); ++at) {
    const ExceptionItem& item = at->second;
    seen_ = at->first;
    if (!is_about(item, subject)) continue;
    if (subject.kind == Subject::Kind::exception) subject.place = item.place;
    say(name(item) + " opened: " + std::string(text_of(item.type).id) + about(world, item) + "; " + duty(world, item));
    Followed opened{item, true};
    opened.item.state = ExceptionItem::State::queued;
    opened.item.works = 0;
    tell_change(world, opened, item, say);
    followed_.push_back({item, true});
  }
}

void ExceptionStory::tell_change(const World& world, const Followed& before, const ExceptionItem& now, const Say& say) {
  const ExceptionItem& was = before.item;
  if (!before.is_open) say(name(now) + " opened again; " + duty(world, now));
  if (now.occurrences != was.occurrences && before.is_open)
    say(name(now) + ": it has happened " + std::to_string(now.occurrences) + " times");
  if (now.is_breached && !was.is_breached) say(name(now) + " is overdue");
  if (before.is_open &&
      (now.role != was.role || now.level != was.level || now.severity != was.severity || now.due != was.due))
    say(name(now) + " goes to " + duty(world, now));
  if (now.works != was.works) say(name(now) + " is taken on by " + name_in(now.role));
  if (now.state == ExceptionItem::State::awaiting && was.state != now.state)
    say(name(now) + ": done what can be done; it waits for its subject");
  if (now.is_cleared && !was.is_cleared) say(name(now) + ": its cause is gone");
}

}  // namespace tillstorm
