#pragma once
// Two kinds of members that only scenarios have: an object whose keys are names, and a choice of names.
#include <string>
#include <utility>
#include <vector>

namespace tillstorm {

/// An object with free keys: `{"tickets": {...}, "net_sales": {...}}`. In order of the names, each once.
template <class T>
struct Named {
  std::vector<std::pair<std::string, T>> entries;
};

template <class T>
inline constexpr bool is_named = false;
template <class T>
inline constexpr bool is_named<Named<T>> = true;

/// `"all"`, or a list of names.
struct AllOrSome {
  bool all = true;
  std::vector<std::string> names;  ///< Empty if it is all.
  bool operator==(const AllOrSome&) const = default;
};

}  // namespace tillstorm
