#pragma once
// Messages of every type with arbitrary content, and the names of a small chain to write them with.
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "base/hash.h"
#include "messages/body_of.h"
#include "messages/identities.h"
#include "messages/message.h"

namespace tillstorm {

/// A small generator of arbitrary values: the same on every machine.
class Arbitrary {
 public:
  explicit Arbitrary(std::uint64_t seed) : state_(mix64(seed + 1)) {}

  std::uint64_t bits() { return mix64(state_ += 0x9e3779b97f4a7c15ULL); }
  std::uint64_t below(std::uint64_t limit) { return bits() % limit; }

  /// Half of the time anything at all, otherwise one of the ends or something small.
  template <class Integer>
  Integer integer() {
    using Limits = std::numeric_limits<Integer>;
    switch (below(6)) {
      case 0:
        return Limits::min();
      case 1:
        return Limits::max();
      case 2:
        return static_cast<Integer>(below(100));
      default:
        return static_cast<Integer>(bits());
    }
  }

 private:
  std::uint64_t state_;
};

inline constexpr std::uint64_t kPlaces = 3;
inline constexpr std::uint64_t kItems = 4;

/// Three places in three zones, four items of which two have a GTIN, names with everything that JSON must escape.
inline Identities small_chain() {
  IdentityLists lists;
  lists.place_codes = {"0001", "Caf\xC3\xA9 \"Nord\"", "DC1\\\t"};
  lists.place_zones = {TimeZone::find("America/New_York").value(), TimeZone::find("America/Los_Angeles").value(),
                       TimeZone::find("UTC").value()};
  lists.item_ids = {"lamp", "bulb", "nail", "60101010"};
  lists.item_gtins = {"4006381333931", "", "036000291452", ""};
  lists.currency = "USD";
  return Identities(std::move(lists));
}

/// Fills every field of a struct with arbitrary values that the small chain knows and the wire can say.
template <class Struct>
struct FillFields {
  Struct& object;
  Arbitrary& any;

  void fill(PlaceId& out) { out = PlaceId{static_cast<std::uint32_t>(any.below(kPlaces))}; }
  void fill(ItemId& out) { out = ItemId{static_cast<std::uint32_t>(any.below(kItems))}; }
  void fill(Date& out) { out = Date{static_cast<std::int32_t>(any.below(60'000)) - 20'000}; }
  void fill(Time& out) {
    constexpr std::uint64_t kRange = 200ULL * 365 * 86'400'000'000ULL;
    const std::uint64_t step = any.below(2) == 0 ? 1 : 1'000'000;  // with and without decimals
    out = Time{static_cast<std::int64_t>(any.below(kRange) / step * step) - static_cast<std::int64_t>(kRange / 4)};
  }
  template <class Value>
  void fill(Value& out) {
    if constexpr (std::is_enum_v<Value>) {
      constexpr auto kNames = names_of(Value{});
      out = kNames[any.below(kNames.size())].value;
    } else if constexpr (std::is_array_v<Value>) {
      for (auto& each : out) fill(each);
    } else {
      out = any.integer<Value>();
    }
  }
  template <class Value>
  void operator()(Value Struct::*member, const Field&) {
    fill(object.*member);
  }
};

template <class Struct>
void fill_fields(Struct& object, Arbitrary& any) {
  FillFields<Struct> visitor{object, any};
  Struct::fields(visitor);
}

/// A message of `type` with everything but its type arbitrary.
inline Message arbitrary_message(MessageType type, Arbitrary& any) {
  Message message;
  fill_fields(message.envelope, any);
  message.envelope.type = type;
  with_body(type, message, [&]<class Body>(Body& body) {
    body = Body{};
    fill_fields(body, any);
  });
  return message;
}

inline std::vector<Line> arbitrary_lines(Arbitrary& any) {
  std::vector<Line> lines(any.below(7));
  for (Line& line : lines) fill_fields(line, any);
  return lines;
}

/// Names of the fields in which two structs differ.
template <class Struct>
struct CompareFields {
  const Struct& a;
  const Struct& b;
  std::vector<std::string> different{};

  template <class Value>
  void operator()(Value Struct::*member, const Field& field) {
    bool same = true;
    if constexpr (std::is_array_v<Value>) {
      for (std::size_t i = 0; i < std::extent_v<Value>; ++i) same = same && (a.*member)[i] == (b.*member)[i];
    } else {
      same = a.*member == b.*member;
    }
    if (!same) different.emplace_back(field.name);
  }
};

template <class Struct>
std::vector<std::string> differences(const Struct& a, const Struct& b) {
  CompareFields<Struct> visitor{a, b};
  Struct::fields(visitor);
  return visitor.different;
}

/// Of envelope and body of two messages of one type.
inline std::vector<std::string> differences_of_messages(const Message& a, const Message& b) {
  std::vector<std::string> result = differences(a.envelope, b.envelope);
  if (a.envelope.type != b.envelope.type) return result;
  with_body(a.envelope.type, a, [&]<class Body>(const Body& body) {
    with_body(b.envelope.type, b, [&]<class Other>(const Other& other) {
      if constexpr (std::is_same_v<Body, Other>) {
        for (std::string& name : differences(body, other)) result.push_back(std::move(name));
      }
    });
  });
  return result;
}

}  // namespace tillstorm
