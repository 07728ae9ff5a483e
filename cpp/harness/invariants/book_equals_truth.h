#pragma once
// For every item i at every place p, when everything the place said has been posted and no loss was injected:
//   book on hand = shelf + backroom  (at the DC: what is there).
#include <vector>

#include "harness/invariants/promise.h"

namespace tillstorm {

class BookEqualsTruth {
 public:
  static constexpr PromiseText text{
      .name = "book_equals_truth",
      .equation =
          "for every item at every place, when all that the place said is posted: book on hand = shelf + backroom",
      .meaning = "Once the books have heard everything, they show exactly the stock that is really there.",
      .check_points = "quiet",
      .guards = "MSG-01 STOCK-01 ITEM-05 DC-05"};
  explicit BookEqualsTruth(const World& world) : reported_(world.addresses().places(), false) {}
  void quiet(const CheckPoint& c, PlaceId place);

 private:
  std::vector<bool> reported_;  ///< A place's first difference is reported, not its whole assortment every night.
};

}  // namespace tillstorm
