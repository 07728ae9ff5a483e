#pragma once
// For every source, once nothing is pending:  handed over = posted + parked + set aside + held behind a declared gap
//   (+ what waits for a batch that is not due). A second body under a posted key is no business, and not counted; what
//   is cancelled without one is lost.
// Every ticket that is still in a till's journal is one that an exception says is missing.
#include <cstdint>

#include "harness/invariants/promise.h"

namespace tillstorm {

class NothingLost {
 public:
  static constexpr PromiseText text{
      .name = "nothing_lost",
      .equation =
          "for every source, once nothing is pending: handed over = posted + parked + set aside + held behind a "
          "declared gap; what is still in a till is part of a declared gap",
      .meaning =
          "Everything that happened at a store or the DC has been posted when the run is over, or is kept in the "
          "books, with the middleware or in a till, and somebody has been told.",
      .check_points = "finished",
      .guards =
          "MSG-01 MSG-02 MSG-03 MSG-04 MSG-05 MSG-06 MSG-07 MSG-08 MSG-20 MSG-14 MSG-16 OFFLINE-02 OFFLINE-03 "
          "OFFLINE-05 OFFLINE-08"};
  void finished(const CheckPoint& c) const;

 private:
  static void check_stuck(const CheckPoint& c, std::uint32_t place);
};

}  // namespace tillstorm
