#pragma once
// Plain structs into a JSON tree, by their field tables.
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "base/iso8601.h"
#include "scenario/field_traits.h"
#include "scenario/json_write.h"

namespace tillstorm {

template <class T>
JsonNode encode(const T& value, const T& usual);

template <class S>
struct EncodeVisitor {
  const S& object;
  const S& usual;
  JsonNode& out;
  template <class T>
  void operator()(T S::*member, const Field& field) {
    const T& value = object.*member;
    const T& usual_value = usual.*member;
    if (field.is_required || !same_value(value, usual_value)) json_add(out, field.name, encode(value, usual_value));
  }
};

/// `value` as JSON, objects with only what differs from `usual`.
template <class T>
JsonNode encode(const T& value, const T& usual) {
  if constexpr (is_optional<T>) {
    using Inner = typename T::value_type;
    return value ? encode<Inner>(*value, usual ? *usual : Inner{}) : JsonNode{};
  } else if constexpr (is_list<T>) {
    JsonNode list = json_array();
    for (const auto& entry : value) {
      using Entry = typename T::value_type;
      list.children.push_back(encode<Entry>(entry, Entry{}));
    }
    return list;
  } else if constexpr (is_named<T>) {
    using Entry = typename NamedValue<T>::Type;
    JsonNode object = json_object();
    for (const auto& [name, entry] : value.entries) json_add(object, name, encode<Entry>(entry, Entry{}));
    return object;
  } else if constexpr (std::is_same_v<T, AllOrSome>) {
    return value.all ? json_text("all") : encode(value.names, {});
  } else if constexpr (FieldStruct<T>) {
    JsonNode object = json_object();
    EncodeVisitor<T> visitor{value, usual, object};
    T::fields(visitor);
    return object;
  } else if constexpr (NamedEnum<T>) {
    return json_text(name_of(value));
  } else if constexpr (std::is_same_v<T, bool>) {
    return json_boolean(value);
  } else if constexpr (WholeNumber<T> && std::is_signed_v<T>) {
    return json_integer(static_cast<std::int64_t>(value));
  } else if constexpr (WholeNumber<T>) {
    return json_integer(static_cast<std::uint64_t>(value));
  } else if constexpr (std::is_same_v<T, double>) {
    return json_number(value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return json_text(value);
  } else if constexpr (std::is_same_v<T, Duration>) {
    return json_text(format_duration(value));
  } else if constexpr (std::is_same_v<T, Date>) {
    return json_text(format_date(value));
  } else if constexpr (std::is_same_v<T, TimeOfDay>) {
    return json_text(format_time_of_day(value));
  } else {
    return json_text(format_moment(value));
  }
}

}  // namespace tillstorm
