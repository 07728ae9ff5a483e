#pragma once
// One number for what a message says, so that the same key with another body is seen (MSG-01, MSG-04).
#include <cstdint>
#include <span>
#include <type_traits>

#include "base/civil.h"
#include "base/hash.h"
#include "base/ids.h"
#include "base/time.h"
#include "messages/body_of.h"
#include "messages/message.h"

namespace tillstorm {
namespace body_hash_detail {

/// Two lanes that do not wait for each other: a line costs two multiplications side by side.
struct Lanes {
  std::uint64_t even = 0x9e3779b97f4a7c15ULL;
  std::uint64_t odd = 0xc2b2ae3d27d4eb4fULL;

  constexpr void add(std::uint64_t first, std::uint64_t second) {
    even = (even ^ first) * 0x9fb21c651e98df25ULL;
    even ^= even >> 32;
    odd = (odd ^ second) * 0xd6e8feb86659fd93ULL;
    odd ^= odd >> 32;
  }
  constexpr std::uint64_t value() const { return mix64(even ^ mix64(odd)); }
};

template <class Value>
constexpr std::uint64_t word_of(const Value& value) {
  if constexpr (std::is_same_v<Value, Time>) {
    return static_cast<std::uint64_t>(value.us);
  } else if constexpr (std::is_same_v<Value, Date>) {
    return static_cast<std::uint64_t>(value.days);
  } else {
    return static_cast<std::uint64_t>(value);
  }
}

/// Adds every field of a body, in the order of its field table, two at a time.
template <class Body>
struct AddFields {
  const Body& body;
  Lanes& lanes;
  std::uint8_t version = 1;  ///< Of the schema: fields that a later one has added are not part of what was sent.
  std::uint64_t pending = 0;
  bool has_pending = false;

  template <class Value>
  [[gnu::always_inline]] constexpr void operator()(Value Body::*member, const Field& field) {
    if (field.added_in <= version) add(word_of(body.*member));
  }
  template <class Value, std::size_t N>
  [[gnu::always_inline]] constexpr void operator()(Value (Body::*member)[N], const Field&) {
    for (const Value& each : body.*member) add(word_of(each));
  }
  [[gnu::always_inline]] constexpr void add(std::uint64_t word) {
    if (has_pending) lanes.add(pending, word);
    pending = word;
    has_pending = !has_pending;
  }
  constexpr void finish() {
    if (has_pending) lanes.add(pending, 0);
  }
};

}  // namespace body_hash_detail

/// Hash of a message's type, body and lines: of what it says, not of who says it when. The same on every machine.
/// Places and items enter by their index, so hashes compare within a run (and with what was decoded for that run).
inline std::uint64_t body_hash(const Message& message, std::span<const Line> lines) {
  body_hash_detail::Lanes lanes;
  lanes.add(static_cast<std::uint64_t>(message.envelope.type), lines.size());
  with_body(message.envelope.type, message, [&]<class Body>(const Body& body) {
    body_hash_detail::AddFields<Body> add{body, lanes, message.envelope.schema_version};
    Body::fields(add);
    add.finish();
  });
  for (const Line& line : lines) {
    lanes.add(std::uint64_t{index_of(line.item)} | std::uint64_t{static_cast<std::uint32_t>(line.quantity)} << 32,
              std::uint64_t{static_cast<std::uint32_t>(line.amount_minor)} |
                  std::uint64_t{static_cast<std::uint32_t>(line.discount_minor)} << 32);
  }
  return lanes.value();
}

}  // namespace tillstorm
