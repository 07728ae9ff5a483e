#pragma once
// Messages as JSON between tillstorm and other systems.
//
// One message is one object: `envelope`, `currency`, `body`, `lines`. Its members are those of the field tables, in
// their order; docs/messages.md lists them and scenarios/schema/messages.schema.json says the same to a machine.
//
//   an integer        a JSON integer; money is whole minor units, and `currency.exponent` says how many decimals they
//   have an enum           its name a place           its code an item           its GTIN, or its id where it has none
//   a date            2026-11-27
//   a moment          2026-11-27T13:42:07.25-05:00: the clock of the envelope's place with its offset; any offset is
//   read a 64-bit hash     sixteen hexadecimal digits; may be left out, and is then made from what was read a fixed
//   list      a JSON list of that length
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "messages/identities.h"
#include "messages/message_pool.h"

namespace tillstorm {

/// In one line, or with `indent` spaces a level. Every index must be known to `identities`, every moment lie in the
/// years 1900 to 9999.
std::string encode_json(const Message& message, std::span<const Line> lines, const Identities& identities,
                        int indent = 0);

/// What a text turned out to be: a message, or what is wrong with it.
struct Decoded {
  std::optional<MessageId> message;  ///< In the pool, with one reference.
  std::vector<Problem> problems;     ///< Empty if there is a message; otherwise all that was found, at most 20.
};

/// Reads one message. Nothing is created unless all of it is right: a missing, repeated or unknown member, a wrong
/// type, a number that does not fit, an unknown place or item, or another currency is a problem.
Decoded decode_json(std::string_view text, const Identities& identities, MessagePool& pool);

}  // namespace tillstorm
