#pragma once
// MSG-14: messages parked in the books of a place until what they need is there. Plain data; empty in a sound run.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "messages/message_pool.h"

namespace tillstorm::erp {

/// What a message waits for.
struct Need {
  enum class Kind : std::uint8_t { nothing, predecessor, item };
  Kind kind = Kind::nothing;
  std::uint64_t key = 0;  ///< Reference of the predecessor, or number of the item.

  friend constexpr bool operator==(const Need&, const Need&) = default;
};

struct Parked {
  MessageId message = kNoMessage;
  Need need{};
  std::uint32_t number = 0;  ///< Of the waiting: rises by one with each.
  Time since{};
};

/// A message that may be posted now.
struct Ready {
  MessageId message = kNoMessage;
  bool is_expired = false;  ///< What it waited for has not come.
};

class WaitingRoom {
 public:
  bool empty() const { return parked_.empty(); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(parked_.size()); }
  const std::vector<Parked>& parked() const { return parked_; }

  /// Returns the number of the waiting.
  std::uint32_t park(MessageId message, Need need, Time now) {
    parked_.push_back({message, need, ++parked_so_far_, now});
    return parked_so_far_;
  }
  /// Where the same message waits already: its key, with its body. Another body under the key waits beside it. Null if
  /// it does not wait.
  Parked* same_as(const MessagePool& pool, const Envelope& e) {
    const auto at = std::find_if(parked_.begin(), parked_.end(), [&](const Parked& each) {
      const Envelope& other = pool[each.message].envelope;
      return other.type == e.type && other.terminal == e.terminal && other.epoch == e.epoch &&
             other.number == e.number && other.body_hash == e.body_hash && other.revision == e.revision;
    });
    return at == parked_.end() ? nullptr : &*at;
  }
  /// Moves those that `is_free` says to `ready`, in order of event time, source and source sequence.
  template <class IsFree>
  void release(const MessagePool& pool, std::vector<Ready>& ready, IsFree is_free) {
    const auto first = ready.size();
    for (const Parked& each : parked_)
      if (is_free(each)) ready.push_back({each.message, false});
    std::erase_if(parked_, is_free);
    // Stable: of two bodies under one key the one that came first goes first.
    std::stable_sort(ready.begin() + static_cast<std::ptrdiff_t>(first), ready.end(),
                     [&](const Ready& a, const Ready& b) {
                       const Envelope &x = pool[a.message].envelope, &y = pool[b.message].envelope;
                       if (x.event_time != y.event_time) return x.event_time < y.event_time;
                       if (x.place != y.place) return x.place < y.place;
                       return x.source_sequence < y.source_sequence;
                     });
  }
  /// The one with this number of waiting, if it still waits.
  const Parked* find(std::uint32_t number) const {
    const auto at =
        std::find_if(parked_.begin(), parked_.end(), [&](const Parked& each) { return each.number == number; });
    return at == parked_.end() ? nullptr : &*at;
  }
  void expire(std::uint32_t number, std::vector<Ready>& ready) {
    ready.push_back({find(number)->message, true});
    leave(number);
  }
  /// It waits for that no longer; the caller has its reference.
  void leave(std::uint32_t number) {
    std::erase_if(parked_, [&](const Parked& each) { return each.number == number; });
  }
  std::uint64_t bytes() const { return parked_.capacity() * sizeof(Parked); }

 private:
  std::vector<Parked> parked_;  ///< In order of parking.
  std::uint32_t parked_so_far_ = 0;
};

}  // namespace tillstorm::erp
