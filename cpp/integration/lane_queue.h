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

  void push(Lane lane, const Entry& entry);
  /// Which lane is served next; `is_floor_turn`: it is the turn of the one that has waited longest.
  Choice choose(LaneDiscipline discipline, bool is_floor_turn) const;
  const Entry& head(std::size_t lane) const { return lanes_[lane].front(); }
  JobIndex pop(std::size_t lane);
  /// Takes out the entry of a job that is in this lane.
  void remove(Lane lane, JobIndex job);
  bool empty() const { return size_ == 0; }
  std::uint32_t size() const { return size_; }

 private:
  /// The lane whose head was received first; ties go to the higher lane.
  std::size_t oldest() const;

  std::array<std::vector<Entry>, kLanes> lanes_;  ///< Heaps.
  std::uint32_t size_ = 0;
};

}  // namespace tillstorm::integration
