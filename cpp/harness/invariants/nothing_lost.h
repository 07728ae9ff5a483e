#pragma once
// For every source, once nothing is pending:
//   handed over = posted + set aside + cancelled  (+ what waits for a batch that is not due).
#include <cstdint>

#include "harness/invariants/promise.h"

namespace tillstorm {

class NothingLost {
 public:
  static constexpr PromiseText text{
      .name = "nothing_lost",
      .equation = "for every source, once nothing is pending: handed over = posted + set aside + cancelled",
      .meaning =
          "Everything that a store or the DC hands over for the books has been posted when the run is over, or is kept "
          "for somebody to look at, or was given up by a person.",
      .check_points = "finished",
      .guards = "MSG-01 MSG-02 MSG-03 MSG-06 MSG-16 OFFLINE-02 OFFLINE-03 OFFLINE-05 OFFLINE-08"};
  void finished(const CheckPoint& c) const;
};

}  // namespace tillstorm
