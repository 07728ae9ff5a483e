#pragma once
// MSG-20: one body, other versions of its schema. Pure functions of the message; key and hash stay as they were sent.
#include <type_traits>

#include "messages/body_of.h"
#include "messages/message.h"

namespace tillstorm {
namespace up_convert_detail {

/// Gives every field that a later version than `version` has added, up to `last`, its declared default.
template <class Body>
struct FillAdded {
  Body& body;
  std::uint8_t version, last;

  template <class Value>
  void operator()(Value Body::*member, const Field& field) {
    if (field.added_in <= version || field.added_in > last) return;
    static const Body kDefaults{};
    if constexpr (!std::is_array_v<Value>) body.*member = kDefaults.*member;
  }
};

inline void fill(Message& message, std::uint8_t version, std::uint8_t last) {
  with_body(message.envelope.type, message, [&]<class Body>(Body& body) {
    FillAdded<Body> visitor{body, version, last};
    Body::fields(visitor);
  });
}

}  // namespace up_convert_detail

/// The same message in the next version: the fields that it adds have their declared defaults.
inline void up_convert(Message& message) {
  const std::uint8_t version = message.envelope.schema_version;
  const auto next = static_cast<std::uint8_t>(version + 1);
  up_convert_detail::fill(message, version, next);
  message.envelope.schema_version = next;
}

/// What a receiver of `version` makes of a newer message if it reads on: it does not see what was added later.
inline void forget_newer_fields(Message& message, std::uint8_t version) {
  up_convert_detail::fill(message, version, 0xff);
  message.envelope.schema_version = version;
}

}  // namespace tillstorm
