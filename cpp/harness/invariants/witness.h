#pragma once
// How violations speak of places, tickets and items.
#include <string>
#include <string_view>

#include "harness/violations.h"
#include "world/world.h"

namespace tillstorm {

/// Code of a place.
std::string place_name(const World& world, PlaceId place);
/// `0117-03-004211`: store, till from 01, number.
std::string ticket_name(const World& world, const Envelope& envelope);
/// `ticket 0117-03-004211`, `goods_receipt 12 of 0117`: any message by its business identity.
std::string message_name(const World& world, const Envelope& envelope);
/// Local date and time at the place, to the second.
std::string local_time(const World& world, PlaceId place, Time at);
/// `2026-11-27`.
std::string date_text(Date date);
/// A number with leading zeros.
std::string padded(std::uint64_t number, int width);

/// What a violation is about, in one word and as something that can be traced.
struct Entity {
  std::string name;
  Subject subject{};
};
Entity entity_of(const World& world, const Envelope& envelope);
Entity entity_of(const World& world, ItemId item, PlaceId place);

/// A violation seen now, with its sentence begun in the usual way.
Violation violation_at(const World& world, std::string_view promise, PlaceId place, Entity entity,
                       std::int64_t expected, std::int64_t actual, const std::string& sentence);

}  // namespace tillstorm
