#pragma once
// How far the books are behind what has been handed over to the links.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "integration/channel.h"

namespace tillstorm {

/// Messages handed over by sources and not posted; and how long the backlog of each outage took to drain.
class Backlog {
 public:
  explicit Backlog(std::uint32_t sources = 0) : drains_(sources) {}

  void handed_over() {
    ++behind_;
    most_ = std::max(most_, behind_);
  }
  void posted(std::uint32_t source, std::uint32_t sequence, Time now) {
    --behind_;
    Drain& drain = drains_[source];
    if (drain.target == 0 || sequence < drain.target) return;
    longest_drain_ = std::max(longest_drain_, now - drain.since);
    ++drained_;
    drain.target = 0;
  }
  /// Online orders go to the DC, not to the books.
  void left() { --behind_; }
  /// The link of `source` is back: what it holds now is the backlog to drain.
  void outage_ended(std::uint32_t source, const integration::ChannelSender& sender, Time now) {
    if (sender.is_down() || sender.pending() == 0) return;
    drains_[source] = {sender.next_sequence() - 1, now};
  }

  std::int64_t behind() const { return behind_; }
  std::int64_t most() const { return most_; }
  Duration longest_drain() const { return longest_drain_; }
  std::uint64_t drained() const { return drained_; }

 private:
  struct Drain {
    std::uint32_t target = 0;  ///< Last message of the backlog; 0: none is draining.
    Time since{};
  };
  std::vector<Drain> drains_;
  std::int64_t behind_ = 0;
  std::int64_t most_ = 0;
  Duration longest_drain_{};
  std::uint64_t drained_ = 0;
};

}  // namespace tillstorm
