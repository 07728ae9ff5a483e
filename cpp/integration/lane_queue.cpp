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

bool LaneQueue::Turn::takes(const LaneQueue& queue, std::size_t lane, std::uint32_t number) {
  const std::size_t its_oldest = by_age_ ? lane : queue.oldest();
  if (const Head first{its_oldest, queue.head(its_oldest)}; first.is_older_than(oldest_)) oldest_ = first;
  highest_ = std::min(highest_, by_age_ ? queue.highest() : lane);
  const Head head{lane, queue.head(lane)};
  if (!by_age_ && lane > chosen_.lane) return false;
  if ((by_age_ || lane == chosen_.lane) && !head.is_older_than(chosen_)) return false;
  chosen_ = head;
  queue_ = number;
  return true;
}

LaneQueue::Choice LaneQueue::Turn::choice() const {
  return {chosen_.lane, by_age_ && is_floor_ && chosen_.lane != highest_, !by_age_ && chosen_.lane != oldest_.lane};
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
