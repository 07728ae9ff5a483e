#pragma once
// What a field table's member is, at compile time.
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/civil.h"
#include "base/fields.h"
#include "base/time.h"
#include "scenario/named.h"

namespace tillstorm {

struct IgnoringVisitor {
  template <class Member>
  void operator()(Member, const Field&) {}
};

/// A struct with a field table.
template <class T>
concept FieldStruct = requires(IgnoringVisitor& visitor) {
  T::fields(visitor);
};

/// An enum whose enumerators have names.
template <class T>
concept NamedEnum = std::is_enum_v<T> && requires(T value) {
  names_of(value);
};

template <class T>
concept WholeNumber = std::integral<T> && !std::same_as<T, bool>;

/// Written as a text of a fixed form.
template <class T>
concept TimeText =
    std::same_as<T, Duration> || std::same_as<T, Date> || std::same_as<T, TimeOfDay> || std::same_as<T, Moment>;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

/// The name of an enumerator; empty for a value that is none.
template <NamedEnum Enum>
std::string_view name_of(Enum value) {
  for (const auto& entry : names_of(value))
    if (entry.value == value) return entry.name;
  return {};
}

/// The value type of `Named<T>`.
template <class T>
struct NamedValue;
template <class T>
struct NamedValue<Named<T>> {
  using Type = T;
};

/// Field by field; lists entry by entry.
template <class T>
bool same_value(const T& a, const T& b);

template <class S>
struct SameVisitor {
  const S& a;
  const S& b;
  bool is_same = true;
  template <class T>
  void operator()(T S::*member, const Field&) {
    is_same = is_same && same_value(a.*member, b.*member);
  }
};

template <class T>
bool same_value(const T& a, const T& b) {
  if constexpr (is_optional<T>) {
    return a.has_value() == b.has_value() && (!a || same_value(*a, *b));
  } else if constexpr (is_list<T>) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (!same_value(a[i], b[i])) return false;
    return true;
  } else if constexpr (is_named<T>) {
    if (a.entries.size() != b.entries.size()) return false;
    for (std::size_t i = 0; i < a.entries.size(); ++i)
      if (a.entries[i].first != b.entries[i].first || !same_value(a.entries[i].second, b.entries[i].second))
        return false;
    return true;
  } else if constexpr (FieldStruct<T>) {
    SameVisitor<T> visitor{a, b};
    T::fields(visitor);
    return visitor.is_same;
  } else {
    return a == b;
  }
}

}  // namespace tillstorm
