#pragma once
// What every message carries, whatever it says.
#include <cstdint>

#include "base/civil.h"
#include "base/fields.h"
#include "base/ids.h"
#include "base/message_type.h"
#include "base/time.h"

namespace tillstorm {

/// Identity, origin and time of a message. The idempotency key is (type, place, terminal, epoch, number): business
/// identity that the source had before it first sent (MSG-02).
struct Envelope {
  MessageType type = MessageType::ticket;
  std::uint8_t schema_version = 1;
  std::uint16_t terminal = 0;         ///< Till of the place, from 0; 0 where no till is involved.
  PlaceId place{};                    ///< Store or DC whose business it is.
  std::uint32_t epoch = 0;            ///< Rises when the number starts again.
  std::uint32_t number = 0;           ///< Contiguous within (type, place, terminal, epoch), from 1 (SALE-09).
  std::uint32_t source_sequence = 0;  ///< Position in the place's outgoing log, from 1.
  Date business_date{};               ///< Trading day it belongs to, by the place's own close.
  Time event_time{};                  ///< When it happened, by the source's clock.
  std::uint64_t body_hash = 0;        ///< Hash of the body as sent: same key with another hash is a conflict.
  std::uint32_t causation = 0;        ///< Number of the message that caused it, by its own source; 0: none.
  std::uint16_t revision = 0;         ///< How often what the key says has been corrected (MSG-04).
  std::uint16_t price_version = 0;    ///< Price batch in force at the source.

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Envelope::type, Field("type", "What the message says."));
    visit(&Envelope::schema_version, Field("schema_version", "Version of the body's schema."));
    visit(&Envelope::place, Field("place", "Code of the store or DC whose business it is."));
    visit(&Envelope::terminal, Field("terminal", "Till, from 0."));
    visit(&Envelope::epoch, Field("epoch", "Rises when the number starts again."));
    visit(&Envelope::number, Field("number", "Contiguous within type, place, terminal and epoch, from 1."));
    visit(&Envelope::source_sequence, Field("source_sequence", "Position in the place's outgoing log, from 1."));
    visit(&Envelope::business_date, Field("business_date", "Trading day it belongs to."));
    visit(&Envelope::event_time, Field("event_time", "When it happened."));
    visit(&Envelope::body_hash, Field("body_hash", "Hash of the body as sent."));
    visit(
        &Envelope::causation,
        Field("causation", "Number of the message that caused it: a receipt's dispatch, a shipment's order; 0: none."));
    visit(&Envelope::revision, Field("revision", "How often what the key says has been corrected."));
    visit(&Envelope::price_version, Field("price_version", "Price batch in force at the source, modulo 65536."));
  }
};

}  // namespace tillstorm
