#pragma once
// For every business transaction t of a source:  postings(t) <= 1, always.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/prefetch.h"
#include "harness/invariants/witness.h"

namespace tillstorm {

/// Remembers what was posted on its own account, apart from the ERP's dedupe: all numbers below a mark, and the few
/// above it one by one. Memory follows what is out of order, not time.
class ExactlyOnce {
 public:
  static constexpr const char* kName = "exactly_once";
  explicit ExactlyOnce(const World& world);
  void posted(const World& world, const Message& message, Violations& violations);
  [[gnu::always_inline]] void ask_for_posting(const Envelope& envelope) const {
    if (index_of(envelope.place) < first_.size()) ask_for(&sources_[slot_of(envelope)]);
  }

 private:
  std::size_t slot_of(const Envelope& e) const {
    const std::uint32_t place = index_of(e.place);
    return first_[place] +
           (e.type == MessageType::ticket ? e.terminal : tills_[place] + static_cast<std::uint32_t>(e.type));
  }
  struct Posted {
    std::uint32_t below = 1;           ///< Every number below has been posted.
    std::vector<std::uint32_t> above;  ///< Posted numbers above, sorted.
    /// False if `number` had been posted.
    bool insert(std::uint32_t number);
  };
  std::vector<Posted> sources_;               ///< By first_[place] + till, then other types.
  std::vector<std::uint32_t> first_, tills_;  ///< By place.
};

}  // namespace tillstorm
