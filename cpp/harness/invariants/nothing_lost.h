#pragma once
// For every source, once nothing is pending:  handed over = posted + parked + set aside
//   (+ what waits for a batch that is not due). A second body under a posted key is no business, and not counted.
#include <cstdint>

#include "harness/invariants/promise.h"

namespace tillstorm {

class NothingLost {
 public:
  static constexpr PromiseText text{
      .name = "nothing_lost",
      .equation = "for every source, once nothing is pending: handed over = posted + parked + set aside",
      .meaning =
          "Everything that a store or the DC hands over for the books has been posted when the run is over, or is kept "
          "there or with the middleware, accounted for.",
      .check_points = "finished",
      .guards = "MSG-01 MSG-02 MSG-03 MSG-04 MSG-06 MSG-14 MSG-16 OFFLINE-02 OFFLINE-03 OFFLINE-05 OFFLINE-08"};
  void finished(const CheckPoint& c) const;
};

}  // namespace tillstorm
