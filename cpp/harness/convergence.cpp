#include "harness/convergence.h"

#include <algorithm>

namespace tillstorm {

Convergence::Convergence(const World& world) : at_(world.addresses().places(), kNever) {
  if (world.setup->faults.empty()) return;
  healed_ = world.setup->start;
  for (const FaultSetup& fault : world.setup->faults) healed_ = std::max(healed_, fault.when.until());
}

void Convergence::look_at_all(const World& world, const Told& messages, const UnitsConserved& units) {
  has_looked_ = true;
  for (std::uint32_t place = 0; place < at_.size(); ++place)
    if (messages.is_quiet(place)) look(world, PlaceId{place}, healed_, messages, units);
}

void Convergence::look(const World& world, PlaceId place, Time at, const Told& messages, const UnitsConserved& units) {
  if (messages.is_quiet(index_of(place)) && units.book_fingerprint(world, place) == units.expected(place))
    at_[index_of(place)] = at;
}

std::optional<Time> Convergence::converged() const {
  if (healed_ == kNever || !missing().empty()) return std::nullopt;
  return *std::max_element(at_.begin(), at_.end());
}

std::vector<PlaceId> Convergence::missing() const {
  std::vector<PlaceId> places;
  if (healed_ == kNever) return places;
  for (std::uint32_t place = 0; place < at_.size(); ++place)
    if (at_[place] == kNever) places.push_back(PlaceId{place});
  return places;
}

}  // namespace tillstorm
