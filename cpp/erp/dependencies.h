#pragma once
// MSG-14: which message needs which other one to be in the books first. This is the one list: a new dependency is a
// line.
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "messages/message.h"

namespace tillstorm::erp {

/// `child` posts only after the `predecessor` that `reference` names, by a number that both carry.
struct Dependency {
  /// How it is known that the predecessor is there.
  enum class By : std::uint8_t {
    order,   ///< The order that both belong to is no longer open.
    number,  ///< A message of its type and number has been posted at this place: a sale, for its return.
  };
  MessageType child{};
  MessageType predecessor{};
  std::uint64_t (*reference)(const Message&) = nullptr;  ///< 0: this child has no predecessor.
  By by = By::order;
};

/// A predecessor of a till: which till, and its number, in the epoch in force; 0 for number 0.
constexpr std::uint64_t ticket_reference(std::uint16_t terminal, std::uint32_t number) {
  return number == 0 ? 0 : std::uint64_t{terminal} << 32 | number;
}

inline constexpr std::array kDependencies{
    // What a store unloads, the DC has loaded. Document 0 is no delivery of the DC.
    Dependency{MessageType::goods_receipt, MessageType::dispatch,
               [](const Message& message) { return std::uint64_t{message.goods.document}; }},
};

/// The list, with what the posting of every message looks at.
class Dependencies {
 public:
  constexpr explicit Dependencies(std::span<const Dependency> list) : list_(list) {
    for (const Dependency& each : list) {
      children_ |= bit(each.child);
      if (each.by == Dependency::By::number) predecessors_ |= bit(each.predecessor);
    }
  }
  constexpr bool may_wait(MessageType type) const { return (children_ & bit(type)) != 0; }
  /// True if something may wait for the posting of a message of this type.
  constexpr bool may_be_awaited(MessageType type) const { return (predecessors_ & bit(type)) != 0; }
  /// The line of a type that may wait.
  constexpr const Dependency& of(MessageType child) const {
    return *std::find_if(list_.begin(), list_.end(), [&](const Dependency& each) { return each.child == child; });
  }

 private:
  static constexpr std::uint32_t bit(MessageType type) { return 1U << static_cast<std::uint32_t>(type); }
  std::span<const Dependency> list_;
  std::uint32_t children_ = 0;      ///< A bit for each type that may have to wait.
  std::uint32_t predecessors_ = 0;  ///< And for each that others wait for by its number.
};

}  // namespace tillstorm::erp
