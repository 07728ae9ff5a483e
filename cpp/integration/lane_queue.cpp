#include "integration/lane_queue.h"

#include <algorithm>

#include "base/check.h"

namespace tillstorm::integration {

void LaneQueue::push(Lane lane, const Entry& entry) {
  std::vector<Entry>& heap = lanes_[static_cast<std::size_t>(lane)];
  heap.push_back(entry);
  std::push_heap(heap.begin(), heap.end(), Entry::after);
  ++size_;
}

std::size_t LaneQueue::oldest() const {
  std::size_t found = kLanes;
  for (std::size_t lane = 0; lane < kLanes; ++lane)
    if (!lanes_[lane].empty() && (found == kLanes || Entry::after(lanes_[found].front(), lanes_[lane].front())))
      found = lane;
  return found;
}

LaneQueue::Choice LaneQueue::choose(LaneDiscipline discipline, bool is_floor_turn) const {
  if (size_ == 0) return {};
  std::size_t highest = 0;
  while (lanes_[highest].empty()) ++highest;
  if (lanes_[highest].size() == size_) return {highest, false, false};
  const std::size_t first = oldest();
  if (discipline == LaneDiscipline::single_fifo) return {first, false, false};
  if (discipline == LaneDiscipline::priority_with_floor && is_floor_turn) return {first, first != highest, false};
  return {highest, false, first != highest};
}

JobIndex LaneQueue::pop(std::size_t lane) {
  std::vector<Entry>& heap = lanes_[lane];
  std::pop_heap(heap.begin(), heap.end(), Entry::after);
  const JobIndex job = heap.back().job;
  heap.pop_back();
  --size_;
  return job;
}

void LaneQueue::remove(Lane lane, JobIndex job) {
  std::vector<Entry>& heap = lanes_[static_cast<std::size_t>(lane)];
  const auto at = std::find_if(heap.begin(), heap.end(), [job](const Entry& entry) { return entry.job == job; });
  check(at != heap.end(), "a job that is taken out of a lane stands in it");
  heap.erase(at);
  std::make_heap(heap.begin(), heap.end(), Entry::after);
  --size_;
}

}  // namespace tillstorm::integration
