#pragma once
// For every item i at every place p:  units there = opening + received - sold - sent away.
//
// All items of a place are checked at once by a fingerprint, sum over i of w_i x units_i modulo 2^64 with fixed odd
// random weights w_i: it is linear, so it follows every movement, and a difference at one item cannot hide (a random
// error passes with probability 2^-64). When it fails, the item is found from w_i^-1 x difference.
#include <cstdint>
#include <vector>

#include "harness/invariants/promise.h"

namespace tillstorm {

class UnitsConserved {
 public:
  static constexpr PromiseText text{
      .name = "units_conserved",
      .equation = "for every item at every place: units there = opening + received - sold - sent away",
      .meaning = "Goods neither appear nor vanish: what is on shelf and in the backroom is what came less what went.",
      .check_points = "handed_over quiet finished",
      .guards = "STOCK-01 OFFLINE-03 FIN-07 ITEM-05 DC-05"};
  explicit UnitsConserved(const World& world);
  void handed_over(const CheckPoint& c, std::uint32_t source, MessageId message);
  /// Judged when no customer of the place holds a basket.
  void quiet(const CheckPoint& c, PlaceId place);
  /// Also where messages are still missing: goods do not wait for the books.
  void finished(const CheckPoint& c);
  /// Fingerprint of what should be at a place after all that it has handed over.
  std::uint64_t expected(PlaceId place) const { return expected_[index_of(place)]; }
  /// Fingerprint of what the books say of a place.
  std::uint64_t book_fingerprint(const World& world, PlaceId place) const;

 private:
  std::uint64_t fingerprint(const World& world, PlaceId place) const;
  static void report_several(const CheckPoint& c, PlaceId place);
  void report(const CheckPoint& c, PlaceId place, std::uint64_t difference) const;

  std::vector<std::uint64_t> weights_;   ///< By item, odd.
  std::vector<std::uint64_t> expected_;  ///< By place.
};

}  // namespace tillstorm
