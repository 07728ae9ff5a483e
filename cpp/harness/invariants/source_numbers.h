#pragma once
// Who numbers what: each till its tickets, each place its messages of every other type (SALE-09).
#include <cstdint>
#include <vector>

#include "world/world.h"

namespace tillstorm {

/// A slot for each source of numbers in the chain.
class SourceNumbers {
 public:
  explicit SourceNumbers(const World& world) {
    for (const erp::PlaceMaster& place : world.setup->erp.places) {
      const auto tills = static_cast<std::uint32_t>(place.terminals);
      places_.push_back({slots_, tills});
      slots_ += tills + static_cast<std::uint32_t>(names_of(MessageType{}).size());
    }
  }
  std::uint32_t slots() const { return slots_; }
  std::uint32_t slot_of(const Envelope& e) const {
    const Place& place = places_[index_of(e.place)];
    return place.first + (is_of_till(e.type) ? e.terminal : place.tills + static_cast<std::uint32_t>(e.type));
  }

 private:
  struct Place {
    std::uint32_t first = 0;
    std::uint32_t tills = 0;
  };
  std::vector<Place> places_;
  std::uint32_t slots_ = 0;
};

}  // namespace tillstorm
