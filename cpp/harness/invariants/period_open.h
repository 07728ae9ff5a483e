#pragma once
// For every place and business date d with a posting:  time of the date's last posting < close of the period of d.
#include "harness/invariants/promise.h"

namespace tillstorm {

class PeriodOpen {
 public:
  static constexpr PromiseText text{
      .name = "period_open",
      .equation = "for every place and business date: last posting < close of the date's accounting period",
      .meaning = "Nothing posts into an accounting period that is closed, neither a late document nor a reversal.",
      .check_points = "finished",
      .guards = "FIN-13"};
  void finished(const CheckPoint& c) const;
};

}  // namespace tillstorm
