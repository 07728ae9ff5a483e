#pragma once
// For every place p there is a moment t at or after the end of the last fault at which
//   handed over by p = posted of p,  and  book on hand of p = opening + received - sold - sent, as handed over.
// The run has converged at the latest of these moments.
//
// Books are looked at only when a place has nothing pending, and no more once it has converged; a run without faults
// pays one comparison for each message.
#include <cstdint>
#include <optional>
#include <vector>

#include "harness/invariants/promise.h"
#include "harness/invariants/units_conserved.h"

namespace tillstorm {

/// Plain data: a copy goes with a snapshot of the world.
class Convergence {
 public:
  explicit Convergence(const World& world);

  /// Before anything that has happened now is taken note of: once, just after the last fault, looks at all places.
  void before(const World& world, const Told& messages, const UnitsConserved& units) {
    if (world.kernel.now < healed_ || has_looked_) [[likely]]
      return;
    look_at_all(world, messages, units);
  }
  /// Something of `place` has been posted.
  void posted(const World& world, PlaceId place, const Told& messages, const UnitsConserved& units) {
    if (!has_looked_ || at_[index_of(place)] != kNever || !messages.is_quiet(index_of(place))) [[likely]]
      return;
    look(world, place, world.kernel.now, messages, units);
  }

  /// When the last fault was over; kNever in a run without faults.
  Time healed() const { return healed_; }
  /// When the last place converged; nothing if there was no fault, or if some place has not.
  std::optional<Time> converged() const;
  /// Places that have not converged, ascending.
  std::vector<PlaceId> missing() const;

 private:
  void look_at_all(const World& world, const Told& messages, const UnitsConserved& units);
  void look(const World& world, PlaceId place, Time at, const Told& messages, const UnitsConserved& units);

  Time healed_ = kNever;
  bool has_looked_ = false;
  std::vector<Time> at_;  ///< By place; kNever: not yet.
};

}  // namespace tillstorm
