#pragma once
// MSG-08: which window of numbers a till's ticket belongs to, when its numbers have started again.
#include <cstdint>
#include <vector>

#include "erp/dedupe.h"
#include "messages/message.h"
#include "rules/rule_book.h"
#include "rules/sequence.h"

namespace tillstorm::erp {

/// What the books know of the epochs of a place's tills: the current one, and as many before it as it takes to remember
/// a window of numbers, at most 64. Of an older one nothing is known, and nothing taken.
class Epochs {
 public:
  explicit Epochs(std::uint32_t tills) : tills_(tills) {}

  /// The window that decides about a message of a till whose current one is `current`; null if it is of an old epoch
  /// and not missing from it. A message of a new epoch makes it the current one.
  DedupeWindow* window_of(RuleBook& rules, const SequenceRule& rule, const Message& message, DedupeWindow& current) {
    const std::uint32_t known = tills_[message.envelope.terminal].epoch;
    if (rule.compare == SequenceCompare::event_time) [[unlikely]]
      return by_event_time(rules, rule, message, current);
    if (message.envelope.epoch != known && rule.compare == SequenceCompare::epoch_number) [[unlikely]]
      return other_epoch(rules, rule, message, current);
    rules.count(rule::SequenceEpoch::Outcome::same_epoch);
    return &current;
  }

 private:
  /// An epoch that is over.
  struct Past {
    std::uint32_t epoch = 0;
    std::uint32_t last = kUnknown;  ///< Its last number: as stated, or without handshake the highest that was heard.
    DedupeWindow window;
  };
  struct Till {
    std::uint32_t epoch = 0;
    Time newest{};           ///< By event time alone: of the newest ticket.
    std::vector<Past> past;  ///< The newest first.
  };
  static constexpr std::uint32_t kUnknown = ~std::uint32_t{0};
  static constexpr std::size_t kMostPastEpochs = 64;
  DedupeWindow* other_epoch(RuleBook& rules, const SequenceRule& rule, const Message& message, DedupeWindow& current);
  DedupeWindow* by_event_time(RuleBook& rules, const SequenceRule& rule, const Message& message, DedupeWindow& current);
  static void forget(Till& till, std::uint32_t window);
  static void begin(Till& till, const SequenceRule& rule, const Message& message, DedupeWindow& current);
  static Past* find(Till& till, std::uint32_t epoch);

  std::vector<Till> tills_;
};

}  // namespace tillstorm::erp
