#pragma once
// For every item i at every place p:  units there = opening + received - sold - sent away.
//
// All items of a place are checked at once by a fingerprint, sum over i of w_i x units_i modulo 2^64 with fixed odd
// random weights w_i: it is linear, so it follows every movement, and a difference at one item cannot hide (a random
// error passes with probability 2^-64). When it fails, the item is found from w_i^-1 x difference.
#include <cstdint>
#include <vector>

#include "harness/invariants/witness.h"

namespace tillstorm {

class UnitsConserved {
 public:
  static constexpr const char* kName = "units_conserved";
  explicit UnitsConserved(const World& world);
  void handed_over(const World& world, std::uint32_t source, MessageId message);
  /// At a moment when no customer of the place holds a basket.
  void check_place(const World& world, PlaceId place, Violations& violations);
  /// Fingerprint of what should be at a place after all that it has handed over.
  std::uint64_t expected(PlaceId place) const { return expected_[index_of(place)]; }
  /// Fingerprint of what the books say of a place.
  std::uint64_t book_fingerprint(const World& world, PlaceId place) const;

 private:
  std::uint64_t fingerprint(const World& world, PlaceId place) const;
  void report(const World& world, PlaceId place, std::uint64_t difference, Violations& violations) const;

  std::vector<std::uint64_t> weights_;   ///< By item, odd.
  std::vector<std::uint64_t> expected_;  ///< By place.
};

}  // namespace tillstorm
