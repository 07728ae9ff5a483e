#pragma once
// Between a store's tills and its outgoing log: what a till has completed and not handed on stays in its journal until
// somebody asks for it (MSG-07), the till restarts (OFFLINE-03), or it is the newest that the till has.
//
// Who forwards keeps its place by the last number that it handed on: what it has passed over before stays behind.
#include <cstdint>
#include <vector>

#include "integration/context.h"
#include "integration/fault_knobs.h"
#include "messages/message_pool.h"

namespace tillstorm::integration {

/// The journals of a store's tills, as far as their tickets are not in the store's log.
class TillJournal {
 public:
  /// `key` of the store names the streams of what gets stuck.
  TillJournal(std::uint64_t seed, std::uint64_t key, std::uint32_t tills) : seed_(seed), key_(key), handed_on_(tills) {}

  /// True if `message` stays here, with the caller's reference to it.
  bool keeps(Context& c, MessageId message) {
    if (!is_watched_ && c.pool[message].envelope.type != MessageType::number_void) [[likely]]
      return false;
    return decide(c, message);
  }
  /// A share of the tickets gets stuck from now on, and nothing that is here can be read; or no longer.
  void set_fault(const Knob& stuck);

  /// Somebody misses these numbers: they are given out as soon as they can be read.
  void ask(const Context& c, const Message& request);
  /// What is given out, in order of completion; the caller gets the reference. kNoMessage: no more, or unreadable. What
  /// was asked for, what is newer than everything that its till has handed on, and what an epoch that is over has left.
  MessageId take_due(const Context& c);
  /// Anything of a till.
  MessageId take_any(const Context& c, std::uint32_t terminal);
  /// The highest number of the epoch up to `last` that is not here: as far as the store knows what its till did.
  std::uint32_t known_last(const Context& c, std::uint32_t terminal, std::uint32_t epoch, std::uint32_t last) const;

  std::uint32_t kept() const { return static_cast<std::uint32_t>(kept_.size()); }

 private:
  struct Kept {
    MessageId message = kNoMessage;
    bool is_asked_for = false;
  };
  bool decide(Context& c, MessageId message);
  template <class Wanted>
  MessageId take(const Context& c, Wanted wanted);

  std::uint64_t seed_, key_;
  std::vector<std::uint64_t> handed_on_;  ///< By till: highest key handed on while something was stuck here.
  std::vector<Kept> kept_;                ///< In order of completion.
  Knob stuck_;
  bool is_watched_ = false;  ///< Something is or gets stuck.
};

}  // namespace tillstorm::integration
