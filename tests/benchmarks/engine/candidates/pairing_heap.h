#pragma once
// Candidate: a pairing heap (Fredman, Sedgewick, Sleator, Tarjan 1986), two-pass, nodes in a pool.
#include <vector>

#include "base/ids.h"
#include "engine/event.h"

namespace tillstorm::candidates {

class PairingHeap {
 public:
  void push(const Event& event) {
    std::uint32_t node = 0;
    if (free_.empty()) {
      node = static_cast<std::uint32_t>(nodes_.size());
      nodes_.push_back({event, kNone, kNone});
    } else {
      node = free_.back();
      free_.pop_back();
      nodes_[node] = {event, kNone, kNone};
    }
    root_ = root_ == kNone ? node : meld(root_, node);
  }
  Event pop() {
    const std::uint32_t top = root_;
    std::uint32_t child = nodes_[top].child;
    pairs_.clear();
    while (child != kNone) {
      const std::uint32_t second = nodes_[child].sibling;
      if (second == kNone) {
        pairs_.push_back(child);
        break;
      }
      const std::uint32_t next = nodes_[second].sibling;
      pairs_.push_back(meld(child, second));
      child = next;
    }
    root_ = kNone;
    while (!pairs_.empty()) {
      root_ = root_ == kNone ? pairs_.back() : meld(pairs_.back(), root_);
      pairs_.pop_back();
    }
    free_.push_back(top);
    return nodes_[top].event;
  }

 private:
  struct Node {
    Event event;
    std::uint32_t child, sibling;
  };
  std::uint32_t meld(std::uint32_t a, std::uint32_t b) {
    if (before(nodes_[b].event, nodes_[a].event)) std::swap(a, b);
    nodes_[b].sibling = nodes_[a].child;
    nodes_[a].child = b;
    return a;
  }
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> free_, pairs_;
  std::uint32_t root_ = kNone;
};

}  // namespace tillstorm::candidates
