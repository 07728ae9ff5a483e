#include "messages/message_schema.h"

#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>
#include <vector>

#include "messages/body_of.h"
#include "messages/json_text.h"

namespace tillstorm {
namespace {

using wire::JsonText;

/// The members that say which values a type may have on the wire.
template <class Value>
void write_type(JsonText& out) {
  if constexpr (std::is_array_v<Value>) {
    out.member("type", "array");
    out.key("items");
    out.begin_object();
    write_type<std::remove_extent_t<Value>>(out);
    out.end_object();
    out.member("minItems", std::int64_t{std::extent_v<Value>});
    out.member("maxItems", std::int64_t{std::extent_v<Value>});
  } else if constexpr (std::is_same_v<Value, PlaceId> || std::is_same_v<Value, ItemId>) {
    out.member("type", "string");
    out.member("minLength", 1);
  } else if constexpr (std::is_same_v<Value, Date>) {
    out.member("type", "string");
    out.member("format", "date");
  } else if constexpr (std::is_same_v<Value, Time>) {
    out.member("type", "string");
    out.member("format", "date-time");
  } else if constexpr (std::is_same_v<Value, std::uint64_t>) {
    out.member("type", "string");
    out.member("pattern", "^[0-9a-f]{16}$");
  } else if constexpr (std::is_enum_v<Value>) {
    out.key("enum");
    out.begin_list();
    for (const auto& each : names_of(Value{})) out.text(each.name);
    out.end_list();
  } else {
    out.member("type", "integer");
    out.member("minimum", std::int64_t{std::numeric_limits<Value>::min()});
    out.member("maximum", std::int64_t{std::numeric_limits<Value>::max()});
  }
}

/// Writes the entries of `properties` and remembers which members must be there.
template <class Struct>
struct PropertyWriter {
  JsonText& out;
  std::vector<std::string_view> required{};

  template <class Value>
  void operator()(Value Struct::*, const Field& field) {
    std::string description(field.meaning);
    if (!field.unit.empty()) description.append(" [").append(field.unit).append("]");
    out.key(field.name);
    out.begin_object();
    out.member("description", description);
    write_type<Value>(out);
    out.end_object();
    if constexpr (!std::is_same_v<Value, std::uint64_t>) required.push_back(field.name);
  }
};

void write_required(JsonText& out, const std::vector<std::string_view>& names) {
  out.key("required");
  out.begin_list();
  for (const std::string_view name : names) out.text(name);
  out.end_list();
  out.key("additionalProperties");
  out.boolean(false);
}

template <class Struct>
void write_object_schema(JsonText& out) {
  out.begin_object();
  out.member("type", "object");
  out.key("properties");
  out.begin_object();
  PropertyWriter<Struct> visitor{out};
  Struct::fields(visitor);
  out.end_object();
  write_required(out, visitor.required);
  out.end_object();
}

void write_currency_schema(JsonText& out) {
  out.begin_object();
  out.member("description", "Currency of every amount of the message.");
  out.member("type", "object");
  out.key("properties");
  out.begin_object();
  out.key("code");
  out.begin_object();
  out.member("description", "ISO 4217 code.");
  out.member("type", "string");
  out.member("pattern", "^[A-Z]{3}$");
  out.end_object();
  out.key("exponent");
  out.begin_object();
  out.member("description", "Decimals of the currency: an amount is whole minor units, 1299 is 12.99 where this is 2.");
  out.member("type", "integer");
  out.member("minimum", 0);
  out.member("maximum", 4);
  out.end_object();
  out.end_object();
  write_required(out, {"code", "exponent"});
  out.end_object();
}

void write_reference(JsonText& out, std::string_view key, std::string_view definition) {
  out.key(key);
  out.begin_object();
  out.member("$ref", definition);
  out.end_object();
}

void write_message_schema(JsonText& out, const EnumName<MessageType>& type) {
  out.begin_object();
  out.member("description", type.meaning);
  out.member("type", "object");
  out.key("properties");
  out.begin_object();
  out.key("envelope");
  out.begin_object();
  out.member("$ref", "#/$defs/envelope");
  out.key("properties");
  out.begin_object();
  out.key("type");
  out.begin_object();
  out.member("const", type.name);
  out.end_object();
  out.end_object();
  out.end_object();
  write_reference(out, "currency", "#/$defs/currency");
  out.key("body");
  const Message any;
  with_body(type.value, any, [&]<class Body>(const Body&) { write_object_schema<Body>(out); });
  out.key("lines");
  out.begin_object();
  out.member("type", "array");
  write_reference(out, "items", "#/$defs/line");
  out.end_object();
  out.end_object();
  write_required(out, {"envelope", "currency", "body", "lines"});
  out.end_object();
}

}  // namespace

std::string message_schema() {
  JsonText out(2);
  out.begin_object();
  out.member("$schema", "https://json-schema.org/draft/2020-12/schema");
  out.member("title", "tillstorm message");
  out.member("description",
             "One message between tillstorm and another system; docs/messages.md says the same in prose.");
  out.key("oneOf");
  out.begin_list();
  for (const auto& type : names_of(MessageType{})) {
    out.begin_object();
    out.member("$ref", "#/$defs/" + std::string(type.name));
    out.end_object();
  }
  out.end_list();
  out.key("$defs");
  out.begin_object();
  for (const auto& type : names_of(MessageType{})) {
    out.key(type.name);
    write_message_schema(out, type);
  }
  out.key("envelope");
  write_object_schema<Envelope>(out);
  out.key("currency");
  write_currency_schema(out);
  out.key("line");
  write_object_schema<Line>(out);
  out.end_object();
  out.end_object();
  return out.take() + "\n";
}

}  // namespace tillstorm
