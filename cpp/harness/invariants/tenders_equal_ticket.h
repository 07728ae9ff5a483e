#pragma once
// For every ticket:  sum of line amounts = net  and  tendered = net + tax.
// For every Z report:  sum of tenders = net + tax.
#include "harness/invariants/witness.h"

namespace tillstorm {

class TendersEqualTicket {
 public:
  static constexpr const char* kName = "tenders_equal_ticket";
  void check_ticket(const World& world, MessageId ticket, Violations& violations) const;
  void check_day(const World& world, MessageId day_close, Violations& violations) const;
};

}  // namespace tillstorm
