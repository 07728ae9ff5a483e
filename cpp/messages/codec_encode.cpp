#include <array>
#include <cstdint>
#include <type_traits>

#include "base/check.h"
#include "base/iso8601.h"
#include "messages/body_of.h"
#include "messages/codec.h"
#include "messages/json_text.h"

namespace tillstorm {
namespace {

/// A moment by the clock of a place.
std::string moment_text(Time time, PlaceId place, const Identities& identities) {
  constexpr Time kFirst{date_of({1900, 1, 2}).days * kDay.us};
  constexpr Time kLast{date_of({9999, 12, 31}).days * kDay.us};
  check(kFirst <= time && time < kLast, "a moment on the wire lies in the years 1900 to 9999");
  const Duration offset = identities.offset_at(place, time);
  std::string text = format_utc(time + offset);
  if (offset == Duration{}) return text;
  text.pop_back();  // the Z
  const bool is_west = offset < Duration{};
  const std::int64_t minutes = (is_west ? -offset : offset) / kMinute;
  return text + (is_west ? '-' : '+') + format_time_of_day({static_cast<std::int32_t>(minutes)});
}

std::string hash_text(std::uint64_t value) {
  std::string text(16, '0');
  for (std::size_t i = 0; i < 16; ++i) text[15 - i] = "0123456789abcdef"[(value >> (4 * i)) & 15];
  return text;
}

/// Writes one value as its type demands.
struct ValueWriter {
  wire::JsonText& out;
  const Identities& identities;
  PlaceId clock;  ///< Whose clock moments are written by.

  void operator()(PlaceId place) const { out.text(identities.code_of(place)); }
  void operator()(ItemId item) const { out.text(identities.code_of(item)); }
  void operator()(Date date) const { out.text(format_date(date)); }
  void operator()(Time time) const { out.text(moment_text(time, clock, identities)); }
  void operator()(std::uint64_t hash) const { out.text(hash_text(hash)); }
  template <class Value>
  void operator()(const Value& value) const {
    if constexpr (std::is_enum_v<Value>) {
      for (const auto& each : names_of(value)) {
        if (each.value == value) return out.text(each.name);
      }
      check(false, "an enumerator has a name");
    } else if constexpr (std::is_array_v<Value>) {
      out.begin_list();
      for (const auto& each : value) (*this)(each);
      out.end_list();
    } else {
      static_assert(std::is_integral_v<Value>, "a field of a message has one of the types named in codec.h");
      out.number(value);
    }
  }
};

template <class Struct>
struct FieldWriter {
  const Struct& object;
  const ValueWriter& write;

  template <class Value>
  void operator()(Value Struct::*member, const Field& field) {
    write.out.key(field.name);
    write(object.*member);
  }
};

template <class Struct>
void write_object(const Struct& object, const ValueWriter& write) {
  write.out.begin_object();
  FieldWriter<Struct> visitor{object, write};
  Struct::fields(visitor);
  write.out.end_object();
}

}  // namespace

std::string encode_json(const Message& message, std::span<const Line> lines, const Identities& identities, int indent) {
  wire::JsonText out(indent);
  const ValueWriter write{out, identities, message.envelope.place};
  out.begin_object();
  out.key("envelope");
  write_object(message.envelope, write);
  out.key("currency");
  out.begin_object();
  out.member("code", identities.currency());
  out.member("exponent", identities.currency_exponent());
  out.end_object();
  out.key("body");
  with_body(message.envelope.type, message, [&](const auto& body) { write_object(body, write); });
  out.key("lines");
  out.begin_list();
  for (const Line& line : lines) write_object(line, write);
  out.end_list();
  out.end_object();
  return out.take();
}

}  // namespace tillstorm
