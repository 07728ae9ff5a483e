#include "harness/invariants/witness.h"

#include <cstdio>
#include <utility>

#include "base/civil.h"

namespace tillstorm {

std::string padded(std::uint64_t number, int width) {
  char text[32];
  std::snprintf(text, sizeof text, "%0*llu", width, static_cast<unsigned long long>(number));
  return text;
}

std::string place_name(const World& world, PlaceId place) { return world.setup->place_ids[index_of(place)]; }

std::string ticket_name(const World& world, const Envelope& e) {
  return place_name(world, e.place) + "-" + padded(e.terminal + 1U, 2) + "-" + padded(e.number, 6);
}

std::string message_name(const World& world, const Envelope& e) {
  if (e.type == MessageType::ticket) return "ticket " + ticket_name(world, e);
  std::string type;
  for (const auto& name : names_of(MessageType{}))
    if (name.value == e.type) type = name.name;
  return type + " " + std::to_string(e.number) + " of " + place_name(world, e.place);
}

std::string date_text(Date date) {
  const YearMonthDay day = civil_of(date);
  return padded(static_cast<std::uint64_t>(day.year), 4) + "-" + padded(static_cast<std::uint64_t>(day.month), 2) +
         "-" + padded(static_cast<std::uint64_t>(day.day), 2);
}

std::string local_time(const World& world, PlaceId place, Time at) {
  const TimeZone& zone = world.setup->erp.places[index_of(place)].zone;
  const Date date = zone.date_at(at);
  const std::int64_t second = ((at + zone.offset_at(at)).us - date.days * kDay.us) / kSecond.us;
  return date_text(date) + " " + padded(static_cast<std::uint64_t>(second / 3600), 2) + ":" +
         padded(static_cast<std::uint64_t>(second / 60 % 60), 2) + ":" +
         padded(static_cast<std::uint64_t>(second % 60), 2);
}

Entity entity_of(const World& world, const Envelope& e) { return {message_name(world, e), subject_of(e)}; }

Entity entity_of(const World& world, ItemId item, PlaceId place) {
  return {"item " + world.setup->item_ids[index_of(item)], subject_of(item, place)};
}

Violation violation_at(const World& world, std::string_view promise, PlaceId place, Entity entity,
                       std::int64_t expected, std::int64_t actual, const std::string& sentence) {
  Violation v;
  v.promise = promise;
  v.at = world.kernel.now;
  v.place = place_name(world, place);
  v.entity = std::move(entity.name);
  v.subject = entity.subject;
  v.expected = expected;
  v.actual = actual;
  v.message = v.promise + " violated at " + local_time(world, place, world.kernel.now) + ": " + sentence;
  return v;
}

}  // namespace tillstorm
