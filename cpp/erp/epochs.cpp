#include "erp/epochs.h"

#include <algorithm>
#include <utility>

#include "messages/till_numbers.h"

namespace tillstorm::erp {

DedupeWindow* Epochs::other_epoch(RuleBook& rules, const SequenceRule& rule, const Message& message,
                                  DedupeWindow& current) {
  using Outcome = rule::SequenceEpoch::Outcome;
  const Envelope& e = message.envelope;
  Till& till = tills_[e.terminal];
  if (rules.is(Mutant::epochs_not_compared)) return &current;
  if (e.epoch > till.epoch) {
    const std::uint32_t stated = stated_last(rule, message);
    const std::uint32_t last = stated != 0 ? stated : current.highest();
    rules.count(last >= static_cast<std::uint32_t>(rule.rollover_at) ? Outcome::rolled_over : Outcome::reinstalled);
    begin(till, rule, message, current);
    return &current;
  }
  if (const std::uint32_t stated = stated_last(rule, message); stated != 0)
    if (Past* const before = find(till, e.epoch - 1)) before->last = stated;
  Past* const past = find(till, e.epoch);
  if (past != nullptr && past->window.contains(e.number)) return &past->window;  // a repeat of what is known
  // Missing from what the epoch is known to have had; or somebody has looked at it, and says that it is.
  const bool is_missing = past != nullptr && (e.number <= past->last || message.set_aside_as != 0);
  if (is_missing && !rules.is(Mutant::old_epoch_refused)) {
    rules.count(Outcome::old_epoch_fill);
    return &past->window;
  }
  rules.count(Outcome::epoch_conflict);
  return nullptr;
}

/// Without epochs: a number that is known, of a ticket newer than all others, is taken for the next round of numbers.
DedupeWindow* Epochs::by_event_time(RuleBook& rules, const SequenceRule& rule, const Message& message,
                                    DedupeWindow& current) {
  using Outcome = rule::SequenceEpoch::Outcome;
  const Envelope& e = message.envelope;
  Till& till = tills_[e.terminal];
  const bool starts_again = e.event_time > till.newest && current.contains(e.number);
  till.newest = std::max(till.newest, e.event_time);
  if (!starts_again) {
    rules.count(Outcome::same_epoch);
    return &current;
  }
  const bool is_full = current.highest() >= static_cast<std::uint32_t>(rule.rollover_at);
  rules.count(is_full ? Outcome::rolled_over : Outcome::reinstalled);
  current = current.emptied();
  return &current;
}

/// The epoch of `message` becomes the current one. Epochs in between, of which nothing has come yet, are past, too.
void Epochs::begin(Till& till, const SequenceRule& rule, const Message& message, DedupeWindow& current) {
  const std::uint32_t epoch = message.envelope.epoch;
  const std::uint32_t heard = rule.epoch_handshake ? kUnknown : current.highest();
  DedupeWindow fresh = current.emptied();
  till.past.insert(till.past.begin(), {till.epoch, heard, std::exchange(current, fresh)});
  const std::uint32_t most = kMostPastEpochs;
  for (std::uint32_t skipped = std::max(till.epoch + 1, epoch > most ? epoch - most : 0); skipped < epoch; ++skipped)
    till.past.insert(till.past.begin(), {skipped, kUnknown, fresh});
  forget(till, fresh.window());
  if (const std::uint32_t stated = stated_last(rule, message); stated != 0) till.past.front().last = stated;
  till.epoch = epoch;
}

/// The oldest epochs go when the younger ones have a whole window of numbers between them.
void Epochs::forget(Till& till, std::uint32_t window) {
  std::uint64_t numbers = 0;
  std::size_t keep = 0;
  for (; keep < till.past.size() && keep < kMostPastEpochs && numbers < window; ++keep)
    numbers += till.past[keep].window.highest();
  till.past.erase(till.past.begin() + static_cast<std::ptrdiff_t>(keep), till.past.end());
}

Epochs::Past* Epochs::find(Till& till, std::uint32_t epoch) {
  const auto found =
      std::find_if(till.past.begin(), till.past.end(), [&](const Past& past) { return past.epoch == epoch; });
  return found == till.past.end() ? nullptr : &*found;
}

}  // namespace tillstorm::erp
