#pragma once
// MSG-14: which message needs which other one to be in the books first. This is the one list: a new dependency is a
// line.
#include <array>
#include <cstdint>

#include "messages/message.h"

namespace tillstorm::erp {

/// `child` posts only after the `predecessor` that `reference` names: a number that both carry.
struct Dependency {
  MessageType child{};
  MessageType predecessor{};
  std::uint32_t (*reference)(const Message&) = nullptr;  ///< 0: this child has no predecessor.
};

inline constexpr std::array kDependencies{
    // What a store unloads, the DC has loaded. Document 0 is no delivery of the DC.
    Dependency{MessageType::goods_receipt, MessageType::dispatch,
               [](const Message& message) { return message.goods.document; }},
};

/// A bit for each type that may have to wait: what the posting of every message looks at.
inline constexpr std::uint32_t kDependentTypes = [] {
  std::uint32_t types = 0;
  for (const Dependency& each : kDependencies) types |= 1U << static_cast<std::uint32_t>(each.child);
  return types;
}();

constexpr bool may_wait(MessageType type) { return (kDependentTypes >> static_cast<std::uint32_t>(type) & 1U) != 0; }

}  // namespace tillstorm::erp
