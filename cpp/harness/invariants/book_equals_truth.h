#pragma once
// For every item i at every place p, when everything the place said has been posted and no loss was injected:
//   book on hand = shelf + backroom  (at the DC: what is there).
#include <vector>

#include "harness/invariants/witness.h"

namespace tillstorm {

class BookEqualsTruth {
 public:
  static constexpr const char* kName = "book_equals_truth";
  explicit BookEqualsTruth(const World& world) : reported_(world.addresses().places(), false) {}
  void check_place(const World& world, PlaceId place, Violations& violations);

 private:
  std::vector<bool> reported_;  ///< A place's first difference is reported, not its whole assortment every night.
};

}  // namespace tillstorm
