#pragma once
// MSG-19: who is ready to be delivered, in lanes.
#include <array>
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "integration/job.h"
#include "rules/bus.h"

namespace tillstorm::integration {

/// Jobs of each lane by (time of reception, place, sequence). Plain data.
class LaneQueue {
 public:
  struct Entry {
    Time received{};
    std::uint32_t place = 0, sequence = 0;
    JobIndex job = 0;

    /// True if `a` is served after `b`.
    static bool after(const Entry& a, const Entry& b) {
      if (a.received != b.received) return a.received > b.received;
      return a.place != b.place ? a.place > b.place : a.sequence > b.sequence;
    }
  };
  /// A choice: a lane, and what it means.
  struct Choice {
    std::size_t lane = kLanes;  ///< kLanes: there is nothing.
    bool is_floor = false;      ///< A lower lane got its share.
    bool overtakes = false;     ///< Something of a lower lane was received earlier.
  };

  /// Among queues that stand side by side, whose turn it is.
  class Turn {
   public:
    /// `is_floor_turn`: it is the turn of the lane that has waited longest.
    Turn(LaneDiscipline discipline, bool is_floor_turn)
        : by_age_(discipline == LaneDiscipline::single_fifo ||
                  (discipline == LaneDiscipline::priority_with_floor && is_floor_turn)),
          is_floor_(discipline != LaneDiscipline::single_fifo) {}
    /// The lane of a queue, which is not empty, that could be served.
    std::size_t lane_of(const LaneQueue& queue) const { return by_age_ ? queue.oldest() : queue.highest(); }
    /// One more queue that something could be served of. True if it is its turn, as far as is known.
    bool takes(const LaneQueue& queue, std::size_t lane, std::uint32_t number);
    /// kNone: nothing could be served.
    std::uint32_t queue() const { return queue_; }
    Choice choice() const;

   private:
    struct Head {
      std::size_t lane = kLanes;
      Entry entry;
      bool is_older_than(const Head& other) const {
        return other.lane == kLanes || Entry::after(other.entry, entry) ||
               (!Entry::after(entry, other.entry) && lane < other.lane);
      }
    };
    bool by_age_, is_floor_;
    std::uint32_t queue_ = kNone;
    Head chosen_, oldest_;
    std::size_t highest_ = kLanes;
  };

  void push(Lane lane, const Entry& entry);
  /// The highest lane that has something. There is something.
  std::size_t highest() const {
    std::size_t lane = 0;
    while (lanes_[lane].empty()) ++lane;
    return lane;
  }
  /// The lane whose head was received first; ties go to the higher lane.
  std::size_t oldest() const;
  const Entry& head(std::size_t lane) const { return lanes_[lane].front(); }
  JobIndex pop(std::size_t lane);
  /// Takes out the entry of a job that is in this lane.
  void remove(Lane lane, JobIndex job);
  bool empty() const { return size_ == 0; }
  std::uint32_t size() const { return size_; }

 private:
  std::array<std::vector<Entry>, kLanes> lanes_;  ///< Heaps.
  std::uint32_t size_ = 0;
};

}  // namespace tillstorm::integration
