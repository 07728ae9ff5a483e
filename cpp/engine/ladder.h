#pragma once
// The structure under the event queue: a ladder of buckets by time. Chosen by measurement, see
// docs/decisions/event-queue.md.
//
// After W. T. Tang, R. S. M. Goh, I. L.-J. Thng: "Ladder queue: an O(1) priority queue structure for large-scale
// discrete event simulation", ACM TOMACS 15 (2005). Far events lie unsorted in `top_`; as time reaches them they are
// spread over the buckets of a rung, a full bucket over a finer rung, and a small one is sorted into `next_`. Two
// changes: a bucket's width is a power of two, so that finding it is a shift; and events that arrive far inside a long
// `next_` go to a heap beside it, so that no pattern of times costs more than O(log n).
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "engine/event.h"

namespace tillstorm {

/// A priority queue of events in the total order of event.h. A value: a copy is a snapshot.
class Ladder {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  /// The next event. Not empty.
  const Event& head() const { return head_is_late() ? late_.front() : next_.back(); }

  void push(const Event& event) {
    ++size_;
    if (event.time.us > top_after_ && size_ > kFew) {
      top_.push_back(event);
      return;
    }
    push_near(event);
  }
  /// Removes and returns the next event. Not empty.
  Event pop() {
    --size_;
    if (head_is_late()) [[unlikely]]
      return pop_late();
    const Event event = next_.back();
    next_.pop_back();
    if (next_.empty() && late_.empty() && size_ != 0) refill();
    return event;
  }

  void reserve(std::size_t events) { top_.reserve(events); }
  void clear();
  /// Removes the events for which `goes` is true, in no particular order.
  template <class Predicate>
  void remove_if(Predicate goes) {
    std::vector<Event> kept;
    kept.reserve(size_);
    const auto sort_out = [&](const Event& event) {
      if (!goes(event)) kept.push_back(event);
    };
    for (const std::vector<Event>* events : {&next_, &late_, &top_})
      for (const Event& event : *events) sort_out(event);
    for (std::size_t r = 0; r < rungs_used_; ++r)
      for (std::size_t b = rungs_[r].current; b < rungs_[r].used; ++b)
        for (const Event& event : rungs_[r].buckets[b]) sort_out(event);
    clear();
    for (const Event& event : kept) push(event);
  }

 private:
  static constexpr std::size_t kFew = 4;        ///< So many are simply kept in order: a lone queue has one or two.
  static constexpr std::size_t kPerBucket = 3;  ///< Events per bucket when a rung is made: 3 to 12, as widths round up.
  static constexpr std::size_t kSortAtOnce = 24;  ///< A bucket of at most so many is sorted, a larger one is spread.
  static constexpr std::size_t kMaxRungs = 12;    ///< Below the last rung a bucket is sorted whatever its size.
  static constexpr std::size_t kLate = 256;       ///< So many in late_ are spread over a rung of their own.
  static constexpr std::ptrdiff_t kReach = 24;  ///< An arrival is inserted among so many next events, else into late_.

  using Bucket = std::vector<Event>;
  /// Buckets of 2^shift microseconds from `start` on; those before `current` are used up.
  struct Rung {
    std::vector<Bucket> buckets;  ///< All empty, and without storage, outside current .. used-1.
    std::int64_t start = 0;
    unsigned shift = 0;
    std::size_t current = 0, used = 0;
    std::size_t bucket_of(std::int64_t time) const {
      return static_cast<std::size_t>((static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(start)) >> shift);
    }
  };

  /// Storage of used buckets goes to the next ones that need some, so memory follows what is pending.
  void put(Bucket& bucket, const Event& event) {
    if (bucket.capacity() == 0) {
      if (spare_.empty()) {
        bucket.reserve(2 * kPerBucket);
      } else {
        bucket.swap(spare_.back());
        spare_.pop_back();
      }
    }
    bucket.push_back(event);
  }
  /// Exchanges a bucket with `empty` and takes the storage back.
  void take_out(Bucket& bucket, Bucket& empty) {
    empty.swap(bucket);
    if (bucket.capacity() != 0) {
      spare_.push_back(std::move(bucket));
      bucket = Bucket{};
    }
  }

  bool head_is_late() const { return !late_.empty() && (next_.empty() || before(late_.front(), next_.back())); }
  void push_near(const Event& event);
  Event pop_late();
  /// Finds the next events when next_ and late_ are empty and something is pending.
  void refill();
  /// Spreads top_ over a first rung, or sorts it into next_ if it is small.
  void spread_top();
  Rung& add_rung(std::int64_t start, unsigned shift, std::size_t buckets);
  void spread_late();
  void sort_next();

  std::vector<Event> next_;  ///< Descending: the next event is the last.
  std::vector<Event> late_;  ///< A heap: events that came when their place in next_ was far off.
  std::vector<Rung> rungs_;  ///< The first rungs_used_ are in use, from coarse to fine.
  std::size_t rungs_used_ = 0;
  std::vector<Event> top_;  ///< Later than top_after_, unsorted.
  std::int64_t top_after_ = 0;
  std::size_t size_ = 0;
  Bucket spreading_;           ///< The bucket being spread.
  std::vector<Bucket> spare_;  ///< Storage without events.
};

}  // namespace tillstorm
