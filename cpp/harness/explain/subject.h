#pragma once
// Whose story is told: a message (a ticket is one), an item at a place, or an exception.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/message_type.h"

namespace tillstorm {

struct World;
struct Envelope;

struct Subject {
  enum class Kind : std::uint8_t { nothing, message, item, exception };
  Kind kind = Kind::nothing;
  MessageType type = MessageType::ticket;
  PlaceId place{};
  std::uint16_t terminal = 0;
  std::uint32_t number = 0;    ///< Of the message, 0 if it is known by its sequence alone; or of the exception.
  std::uint32_t sequence = 0;  ///< Position in its source's log; 0 if it is known by its number.
  ItemId item{};

  bool operator==(const Subject&) const = default;
};

Subject subject_of(const Envelope& envelope);
/// The message with this position in the log of a place.
Subject subject_at(PlaceId place, std::uint32_t sequence);
Subject subject_of(ItemId item, PlaceId place);

/// `ticket=0117-03-004211`, `message=goods_receipt:12@0117`, `item=4006381333931@0117`, `exception=12`; empty for what
/// has no name yet.
std::string filter_of(const World& world, const Subject& subject);
/// The inverse. Throws InputError that says what is allowed and what is nearest.
Subject parse_filter(const World& world, std::string_view text);

}  // namespace tillstorm
