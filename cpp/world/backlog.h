#pragma once
// How far the books are behind what has been handed over to the links.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/number_set.h"
#include "base/time.h"

namespace tillstorm {

/// Messages handed over by sources that have not come to an end: posted or recognised by the books, set aside, passed
/// on or dropped; and how long the backlog of each outage took to drain. What comes to its end more than once, because
/// a copy was not recognised or another body came under its number, counts once.
class Backlog {
 public:
  explicit Backlog(std::uint32_t sources = 0) : sources_(sources) {}

  void handed_over(std::uint32_t source) {
    ++sources_[source].behind;
    ++behind_;
    most_ = std::max(most_, behind_);
  }
  /// A message, by its position in its source's log, has come to its end.
  void over(std::uint32_t source, std::uint32_t sequence, Time now) {
    Source& s = sources_[source];
    if (!s.over.insert(sequence)) return;
    --behind_;
    --s.behind;
    if (s.draining == 0 || sequence > s.last || --s.draining != 0) [[likely]]
      return;
    longest_drain_ = std::max(longest_drain_, now - s.since);
    ++drained_;
  }
  /// The link of `source`, or the ERP, is back: what is behind now, up to the message `last`, is the backlog to drain.
  void outage_ended(std::uint32_t source, std::uint32_t last, Time now) {
    Source& s = sources_[source];
    if (s.behind <= 0) return;
    s.draining = static_cast<std::uint32_t>(s.behind);
    s.last = last;
    s.since = now;
  }

  std::uint64_t state_bytes() const {
    std::uint64_t bytes = sources_.size() * sizeof(Source);
    for (const Source& source : sources_) bytes += source.over.state_bytes();
    return bytes;
  }
  std::int64_t behind() const { return behind_; }
  std::int64_t most() const { return most_; }
  Duration longest_drain() const { return longest_drain_; }
  std::uint64_t drained() const { return drained_; }

 private:
  struct Source {
    std::int32_t behind = 0;
    std::uint32_t draining = 0;  ///< Of the backlog of the last outage: messages that are not over.
    std::uint32_t last = 0;      ///< The newest of that backlog.
    Time since{};
    NumberSet over;
  };
  std::vector<Source> sources_;
  std::int64_t behind_ = 0;
  std::int64_t most_ = 0;
  Duration longest_drain_{};
  std::uint64_t drained_ = 0;
};

}  // namespace tillstorm
