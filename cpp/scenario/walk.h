#pragma once
// Every value of one type in a scenario, with its path.
#include <string>
#include <type_traits>
#include <utility>

#include "scenario/field_traits.h"
#include "scenario/json_node.h"

namespace tillstorm {

template <class Wanted, class Call>
class Walk {
 public:
  explicit Walk(Call call) : call_(std::move(call)) {}

  template <class T>
  void value(const T& value, const std::string& path) {
    if constexpr (std::is_same_v<T, Wanted>) {
      call_(value, path);
    } else if constexpr (is_optional<T>) {
      if (value) this->value(*value, path);
    } else if constexpr (is_list<T>) {
      if constexpr (FieldStruct<typename T::value_type>)
        for (std::size_t i = 0; i < value.size(); ++i) this->value(value[i], entry_path(path, i));
    } else if constexpr (is_named<T>) {
      for (const auto& [name, entry] : value.entries) this->value(entry, member_path(path, name));
    } else if constexpr (FieldStruct<T>) {
      MemberVisitor<T> visitor{*this, value, path};
      T::fields(visitor);
    }
  }

 private:
  template <class S>
  struct MemberVisitor {
    Walk& walk;
    const S& object;
    const std::string& path;
    template <class T>
    void operator()(T S::*member, const Field& field) {
      walk.value(object.*member, member_path(path, field.name));
    }
  };

  Call call_;
};

/// Calls `call(value, path)` for each `Wanted` in `object`.
template <class Wanted, class S, class Call>
void walk(const S& object, Call call) {
  Walk<Wanted, Call>(std::move(call)).value(object, "");
}

}  // namespace tillstorm
