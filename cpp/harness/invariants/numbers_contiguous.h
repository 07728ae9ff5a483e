#pragma once
// For every till, and every other source of numbers:  number of its n-th transaction = n, from 1 again in each epoch.
#include <cstdint>
#include <vector>

#include "harness/invariants/promise.h"
#include "harness/invariants/source_numbers.h"

namespace tillstorm {

class NumbersContiguous {
 public:
  static constexpr PromiseText text{
      .name = "numbers_contiguous",
      .equation = "for every till, and every other source of numbers: number of its n-th transaction of an epoch = n",
      .meaning = "No transaction number is skipped and none is given twice, so that a gap always means a loss.",
      .check_points = "handed_over",
      .guards = "SALE-09"};
  explicit NumbersContiguous(const World& world) : numbers_(world), last_(numbers_.slots()) {}
  void handed_over(const CheckPoint& c, std::uint32_t /*source*/, MessageId message) {
    const Envelope& e = c.world.pool[message].envelope;
    Last& last = last_[numbers_.slot_of(e)];
    if (e.revision != 0 && e.epoch == last.epoch && e.number <= last.number)
      return;  // corrects a transaction, and is none
    const std::uint32_t expected = e.epoch == last.epoch ? last.number + 1 : 1;
    const bool is_next_epoch = e.epoch == last.epoch || e.epoch == last.epoch + 1;
    last = {e.epoch, e.number};
    if (e.number != expected || !is_next_epoch) [[unlikely]]
      report(c, e, expected);
  }

 private:
  struct Last {
    std::uint32_t epoch = 0, number = 0;
  };
  static void report(const CheckPoint& c, const Envelope& envelope, std::uint32_t expected);

  SourceNumbers numbers_;
  std::vector<Last> last_;  ///< By source of numbers: the last one that it gave.
};

}  // namespace tillstorm
