#pragma once
// Candidate: a ladder queue (W. T. Tang, R. S. M. Goh, I. L.-J. Thng, ACM TOMACS 15, 2005): far events unsorted in
// `top`, nearer ones in the buckets of a few rungs, the next ones sorted in `bottom`.
#include <algorithm>
#include <vector>

#include "engine/event.h"

namespace tillstorm::candidates {

class LadderQueue {
 public:
  void push(const Event& event) {
    const std::int64_t t = event.time.us;
    if (t >= top_start_) {
      top_.push_back(event);
      least_ = std::min(least_, t);
      greatest_ = std::max(greatest_, t);
      return;
    }
    for (std::size_t r = 0; r < rungs_; ++r) {
      Rung& rung = ladder_[r];
      const std::int64_t current = rung.start + static_cast<std::int64_t>(rung.current) * rung.width;
      if (t >= current) {
        rung.buckets[static_cast<std::size_t>((t - rung.start) / rung.width)].push_back(event);
        return;
      }
    }
    // bottom_ is descending: the next event is at its end.
    auto place = bottom_.end();
    while (place != bottom_.begin() && before(*(place - 1), event)) --place;
    bottom_.insert(place, event);
  }
  Event pop() {
    if (bottom_.empty()) refill();
    const Event event = bottom_.back();
    bottom_.pop_back();
    return event;
  }

 private:
  static constexpr std::size_t kSplit = 64, kMaxRungs = 8;
  struct Rung {
    std::vector<std::vector<Event>> buckets;
    std::int64_t start = 0, width = 1;
    std::size_t current = 0, used = 0;
  };
  void spread(std::vector<Event>& events, std::int64_t start, std::int64_t length) {
    if (ladder_.size() == rungs_) ladder_.emplace_back();
    Rung& rung = ladder_[rungs_++];
    const std::size_t wanted = std::max<std::size_t>(events.size() / 8, 1);
    rung.width =
        std::max<std::int64_t>(1, (length + static_cast<std::int64_t>(wanted) - 1) / static_cast<std::int64_t>(wanted));
    rung.used = static_cast<std::size_t>((length + rung.width - 1) / rung.width);
    if (rung.buckets.size() < rung.used) rung.buckets.resize(rung.used);
    rung.start = start;
    rung.current = 0;
    for (const Event& e : events) rung.buckets[static_cast<std::size_t>((e.time.us - start) / rung.width)].push_back(e);
    events.clear();
  }
  void refill() {
    for (;;) {
      if (rungs_ == 0) {
        top_start_ = greatest_ + 1;
        spread(top_, least_, greatest_ - least_ + 1);
        least_ = INT64_MAX;
        greatest_ = INT64_MIN;
      }
      Rung& rung = ladder_[rungs_ - 1];
      while (rung.current < rung.used && rung.buckets[rung.current].empty()) ++rung.current;
      if (rung.current == rung.used) {
        --rungs_;
        continue;
      }
      std::vector<Event>& bucket = rung.buckets[rung.current];
      const std::int64_t start = rung.start + static_cast<std::int64_t>(rung.current) * rung.width;
      const std::int64_t width = rung.width;
      ++rung.current;
      if (bucket.size() > kSplit && rungs_ < kMaxRungs && width > 1) {
        scratch_.swap(bucket);
        spread(scratch_, start, width);
        continue;
      }
      bottom_.swap(bucket);
      std::sort(bottom_.begin(), bottom_.end(), [](const Event& a, const Event& b) { return before(b, a); });
      return;
    }
  }
  std::vector<Event> top_, bottom_, scratch_;
  std::int64_t top_start_ = INT64_MIN, least_ = INT64_MAX, greatest_ = INT64_MIN;
  std::vector<Rung> ladder_;
  std::size_t rungs_ = 0;
};

}  // namespace tillstorm::candidates
