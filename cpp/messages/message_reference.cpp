#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>

#include "messages/body_hash.h"
#include "messages/codec.h"
#include "messages/message_schema.h"

namespace tillstorm {
namespace {

/// How a person would call the type of a member.
template <class Value>
std::string type_text() {
  if constexpr (std::is_array_v<Value>) {
    return "list of " + std::to_string(std::extent_v<Value>) + ": " + type_text<std::remove_extent_t<Value>>();
  } else if constexpr (std::is_same_v<Value, PlaceId>) {
    return "code of a place";
  } else if constexpr (std::is_same_v<Value, ItemId>) {
    return "GTIN, or id of an item without one";
  } else if constexpr (std::is_same_v<Value, Date>) {
    return "date";
  } else if constexpr (std::is_same_v<Value, Time>) {
    return "moment with offset";
  } else if constexpr (std::is_same_v<Value, std::uint64_t>) {
    return "16 hexadecimal digits, may be left out";
  } else if constexpr (std::is_enum_v<Value>) {
    std::string text;
    for (const auto& each : names_of(Value{})) text += (text.empty() ? "`" : ", `") + std::string(each.name) + "`";
    return text;
  } else {
    return std::string(std::is_signed_v<Value> ? "integer" : "integer, not negative") + " (" +
           std::to_string(8 * sizeof(Value)) + " bits)";
  }
}

template <class Struct>
struct RowWriter {
  std::string& out;

  template <class Value>
  void operator()(Value Struct::*, const Field& field) {
    out.append("| `").append(field.name).append("` | ").append(type_text<Value>()).append(" | ");
    out.append(field.unit).append(" | ").append(field.meaning).append(" |\n");
  }
};

template <class Struct>
void append_table(std::string& out) {
  out += "| member | type | unit | meaning |\n|---|---|---|---|\n";
  RowWriter<Struct> visitor{out};
  Struct::fields(visitor);
  out += '\n';
}

constexpr std::string_view kIntroduction = R"(# Messages

What travels between stores, distribution centre, ecommerce and ERP, as another system sees it. This page is generated
from the field tables in `cpp/messages/`; `scenarios/schema/messages.schema.json` says the same as JSON Schema.

A message is one JSON object with four members, all of them required:

| member | what it holds |
|---|---|
| `envelope` | who says it, when, and under which key |
| `currency` | `code` (ISO 4217) and `exponent` (its decimals) of every amount in the message |
| `body` | what is said, by type |
| `lines` | items and how much of each; empty where a message has none |

Conventions:

- **Money** is an integer of minor units. With `"exponent": 2`, 1299 is 12.99. There are no decimal amounts.
- **Places and items** go by names that both sides know: a place by its code, an item by its GTIN, or by its id if it has
  no GTIN. Leading zeros of a GTIN do not count when it is read.
- **Moments** are ISO 8601 with an offset, to the microsecond: written by the clock of the envelope's place, read with
  any offset. **Dates** are business dates, by the place's own close.
- **The idempotency key** is (`type`, `place`, `terminal`, `epoch`, `number`). A repeat says the same under the same key;
  the same key with another `body_hash` is a conflict. Who cannot compute the hash leaves it out.
- Members that are not listed here, listed ones that are missing or repeated, and numbers that do not fit are errors, all
  of them reported together.

)";

/// A small ticket, as it goes over the wire.
std::string example() {
  IdentityLists lists;
  lists.place_codes = {"0117"};
  lists.place_zones = {TimeZone::find("America/New_York").value()};
  lists.item_ids = {"lamp", "bulb"};
  lists.item_gtins = {"4006381333931", ""};
  const Identities identities(std::move(lists));
  Message message;
  message.envelope.terminal = 3;
  message.envelope.number = 4211;
  message.envelope.source_sequence = 90210;
  message.envelope.business_date = date_of({2026, 11, 27});
  message.envelope.event_time = Time{message.envelope.business_date.days * kDay.us} + 23 * kHour + 42 * kMinute;
  message.ticket = {
      .net = 3498, .discount = 500, .tax = 263, .tendered = 3761, .customer = 812, .units = 3, .tender = Tender::debit};
  const std::array lines{Line{ItemId{0}, 1, 2499, 500}, Line{ItemId{1}, 2, 999, 0}};
  message.envelope.body_hash = body_hash(message, lines);
  return encode_json(message, lines, identities, 2);
}

}  // namespace

std::string message_reference_markdown() {
  std::string out(kIntroduction);
  out += "## Envelope\n\n";
  append_table<Envelope>(out);
  out += "## Lines\n\n";
  append_table<Line>(out);
  const Message any;
  for (const auto& type : names_of(MessageType{})) {
    out.append("## `").append(type.name).append("`\n\n").append(type.meaning).append("\n\n");
    with_body(type.value, any, [&]<class Body>(const Body&) { append_table<Body>(out); });
  }
  out += "## Example\n\nA ticket: one lamp, five off, and two bulbs, paid by debit card.\n\n```json\n" + example() +
         "\n```\n";
  return out;
}

}  // namespace tillstorm
