#include "engine/ladder.h"

#include <algorithm>
#include <bit>

namespace tillstorm {
namespace {

// A function object, not a function: so that sorting compiles the comparison in.
constexpr auto after = [](const Event& a, const Event& b) { return before(b, a); };

/// log2 of the number of buckets for so many events, at least 0.
unsigned bucket_bits(std::size_t events, std::size_t per_bucket) {
  return static_cast<unsigned>(std::bit_width(events / per_bucket | 1)) - 1;
}

}  // namespace

void Ladder::push_near(const Event& event) {
  const std::int64_t time = event.time.us;
  if (size_ == 1) {  // it was empty: begin anew from here
    rungs_used_ = 0;
    top_after_ = time;
    next_.push_back(event);
    return;
  }
  if (time > top_after_) {
    if (!top_.empty() || rungs_used_ != 0) {
      top_.push_back(event);
      return;
    }
    top_after_ = time;  // few, and all of them near: so is this one
  }
  for (std::size_t r = 0; r < rungs_used_; ++r) {
    Rung& rung = rungs_[r];
    if (time < rung.start) continue;
    const std::size_t bucket = rung.bucket_of(time);
    if (bucket >= rung.current) {
      put(rung.buckets[bucket], event);
      return;
    }
  }
  const std::ptrdiff_t last = static_cast<std::ptrdiff_t>(next_.size());
  const std::ptrdiff_t least = last > kReach ? last - kReach : 0;
  std::ptrdiff_t place = last;
  while (place > least && before(next_[static_cast<std::size_t>(place - 1)], event)) --place;
  if (place > least || least == 0) {
    next_.insert(next_.begin() + place, event);
  } else {
    late_.push_back(event);
    std::push_heap(late_.begin(), late_.end(), after);
    if (late_.size() >= kLate && (late_.size() & (late_.size() - 1)) == 0) spread_late();
  }
}

Event Ladder::pop_late() {
  std::pop_heap(late_.begin(), late_.end(), after);
  const Event event = late_.back();
  late_.pop_back();
  if (next_.empty() && late_.empty() && size_ != 0) refill();
  return event;
}

void Ladder::sort_next() { std::sort(next_.begin(), next_.end(), after); }

Ladder::Rung& Ladder::add_rung(std::int64_t start, unsigned shift, std::size_t buckets) {
  if (rungs_.size() == rungs_used_) rungs_.emplace_back();
  Rung& rung = rungs_[rungs_used_++];
  rung.start = start;
  rung.shift = shift;
  rung.current = 0;
  rung.used = buckets;
  if (rung.buckets.size() < buckets) rung.buckets.resize(buckets);
  return rung;
}

void Ladder::spread_top() {
  std::int64_t least = top_.front().time.us, greatest = least;
  for (const Event& event : top_) {
    least = std::min(least, event.time.us);
    greatest = std::max(greatest, event.time.us);
  }
  top_after_ = greatest;
  const std::uint64_t length = static_cast<std::uint64_t>(greatest) - static_cast<std::uint64_t>(least);
  if (top_.size() <= kSortAtOnce || length == 0) {
    next_.swap(top_);
    return sort_next();
  }
  const unsigned width = static_cast<unsigned>(std::bit_width(length));
  const unsigned shift = width - std::min(width, bucket_bits(top_.size(), kPerBucket));
  Rung& rung = add_rung(least, shift, static_cast<std::size_t>(length >> shift) + 1);
  for (const Event& event : top_) put(rung.buckets[rung.bucket_of(event.time.us)], event);
  top_.clear();
}

void Ladder::refill() {
  while (next_.empty()) {
    if (rungs_used_ == 0) {
      spread_top();
      continue;
    }
    Rung& rung = rungs_[rungs_used_ - 1];
    while (rung.current < rung.used && rung.buckets[rung.current].empty()) ++rung.current;
    if (rung.current == rung.used) {
      --rungs_used_;
      continue;
    }
    const std::size_t current = rung.current++;
    const unsigned width = rung.shift;
    const std::size_t count = rung.buckets[current].size();
    if (count <= kSortAtOnce || width == 0 || rungs_used_ == kMaxRungs) {
      take_out(rung.buckets[current], next_);
      return sort_next();
    }
    const std::int64_t start = static_cast<std::int64_t>(static_cast<std::uint64_t>(rung.start) +
                                                         (static_cast<std::uint64_t>(current) << width));
    const unsigned shift = width - std::min(width, bucket_bits(count, kPerBucket));
    take_out(rung.buckets[current], spreading_);
    Rung& finer = add_rung(start, shift, std::size_t{1} << (width - shift));
    for (const Event& event : spreading_) put(finer.buckets[finer.bucket_of(event.time.us)], event);
    spreading_.clear();
  }
}

void Ladder::spread_late() {
  // All of next_ and late_ is earlier than `end`, where the finest rung has its current bucket, or top_ begins. The new
  // rung must reach up to there, as what comes later in between has its place in it.
  std::uint64_t end = static_cast<std::uint64_t>(top_after_) + 1;
  if (rungs_used_ != 0) {
    const Rung& finest = rungs_[rungs_used_ - 1];
    end = static_cast<std::uint64_t>(finest.start) + (static_cast<std::uint64_t>(finest.current) << finest.shift);
  }
  std::int64_t least = head().time.us, greatest = least;
  for (const Event& event : late_) greatest = std::max(greatest, event.time.us);
  if (least == greatest || rungs_used_ == kMaxRungs) return;  // one instant: the heap it stays
  const std::uint64_t length = end - 1 - static_cast<std::uint64_t>(least);
  const unsigned width = static_cast<unsigned>(std::bit_width(length));
  const unsigned shift = width - std::min(width, bucket_bits(next_.size() + late_.size(), kPerBucket));
  Rung& rung = add_rung(least, shift, static_cast<std::size_t>(length >> shift) + 1);
  for (const std::vector<Event>* events : {&next_, &late_})
    for (const Event& event : *events) put(rung.buckets[rung.bucket_of(event.time.us)], event);
  next_.clear();
  late_.clear();
  refill();
}

void Ladder::clear() {
  next_.clear();
  late_.clear();
  top_.clear();
  for (Rung& rung : rungs_)
    for (Bucket& bucket : rung.buckets) bucket = Bucket{};
  rungs_used_ = 0;
  size_ = 0;
}

}  // namespace tillstorm
