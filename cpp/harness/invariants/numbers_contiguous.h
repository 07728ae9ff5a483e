#pragma once
// For every till, and every other source of numbers:  number of its n-th transaction = n.
#include <cstdint>
#include <vector>

#include "harness/invariants/promise.h"
#include "harness/invariants/source_numbers.h"

namespace tillstorm {

class NumbersContiguous {
 public:
  static constexpr PromiseText text{
      .name = "numbers_contiguous",
      .equation = "for every till, and every other source of numbers: number of its n-th transaction = n",
      .meaning = "No transaction number is skipped and none is given twice, so that a gap always means a loss.",
      .check_points = "handed_over",
      .guards = "SALE-09"};
  explicit NumbersContiguous(const World& world) : numbers_(world), last_(numbers_.slots(), 0) {}
  void handed_over(const CheckPoint& c, std::uint32_t /*source*/, MessageId message) {
    const Envelope& e = c.world.pool[message].envelope;
    std::uint32_t& last = last_[numbers_.slot_of(e)];
    if (e.revision != 0 && e.number <= last) return;  // corrects a transaction, and is none
    const std::uint32_t expected = last + 1;
    last = e.number;
    if (e.number != expected) [[unlikely]]
      report(c, e, expected);
  }

 private:
  static void report(const CheckPoint& c, const Envelope& envelope, std::uint32_t expected);

  SourceNumbers numbers_;
  std::vector<std::uint32_t> last_;  ///< By source of numbers: the last one that it gave.
};

}  // namespace tillstorm
