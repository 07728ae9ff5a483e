#pragma once
// Field tables: each plain struct lists its fields once, and reader, schema, documentation, writer and codec all come
// from that list.
//
// A struct `S` takes part by a static member template
//
//   template <class Visitor> static void fields(Visitor& visit) {
//     visit(&S::window, Field("window_hours", "How long a posted key is remembered.").in("h").range(1, 8760));
//   }
//
// A visitor is called with a pointer to member, so it works on the type alone (schema, docs) or on an object
// (`object.*member`). Member types: bool, integers, double, std::string, Duration, Date, TimeOfDay, Moment, an enum
// with a `names_of` overload, std::optional<T>, std::vector<T>, and any struct that has `fields`; in scenarios also
// the two of scenario/named.h.
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace tillstorm {

/// What is said of a field besides its type and default. All text is static; built by chaining, read as plain data.
struct Field {
  std::string_view name;     ///< Key in JSON: snake case.
  std::string_view meaning;  ///< One sentence: the role of the value.
  std::string_view unit{};   ///< "us", "minor", "ppm", "each", ...; empty where there is none.
  double min = -std::numeric_limits<double>::infinity();  ///< Least allowed value (lists: of each entry).
  double max = std::numeric_limits<double>::infinity();   ///< Greatest allowed value.
  std::uint8_t added_in = 1;                              ///< Messages: the version of the schema that added the field.
  std::string_view source{};  ///< Where the default comes from, if it is a figure about the world.
  std::size_t min_items = 0;  ///< Least length of a list.
  std::size_t max_items = std::numeric_limits<std::size_t>::max();  ///< Greatest length of a list.
  bool is_required = false;                                         ///< Missing is an error.
  bool is_identifier = false;                                       ///< Unique within its list.
  bool may_be_none = false;  ///< Tables: a row may have none, as kNoTime, kNoDate or a position beyond all names.

  constexpr Field(std::string_view field_name, std::string_view field_meaning)
      : name(field_name), meaning(field_meaning) {}

  constexpr Field in(std::string_view text) const {
    return with([&](Field& f) { f.unit = text; });
  }
  constexpr Field range(double low, double high) const {
    return with([&](Field& f) { f.min = low, f.max = high; });
  }
  constexpr Field from(std::string_view text) const {
    return with([&](Field& f) { f.source = text; });
  }
  constexpr Field items(std::size_t low, std::size_t high) const {
    return with([&](Field& f) { f.min_items = low, f.max_items = high; });
  }
  /// A field of a message that this version of the schema has added.
  constexpr Field since(std::uint8_t version) const {
    return with([&](Field& f) { f.added_in = version; });
  }
  constexpr Field or_none() const {
    return with([](Field& f) { f.may_be_none = true; });
  }
  constexpr Field required() const {
    return with([](Field& f) { f.is_required = true; });
  }
  constexpr Field identifies() const {
    return with([](Field& f) { f.is_identifier = f.is_required = true; });
  }

 private:
  template <class Change>
  constexpr Field with(Change change) const {
    Field copy = *this;
    change(copy);
    return copy;
  }
};

/// An enumerator and its name in JSON. Each enum of a field table has `constexpr auto names_of(Enum)` returning a
/// std::array of these, found by argument-dependent lookup.
template <class Enum>
struct EnumName {
  Enum value;
  std::string_view name;
  std::string_view meaning;
};

}  // namespace tillstorm
