#pragma once
// For every ticket, said and posted:  sum of line amounts = net  and  tendered = net + tax + bag fee.
// For every Z report:  sum of tenders = net + tax.
// For every place at quiet moments:  sum of (net, tax, tendered) posted = sum handed over.
#include <vector>

#include "harness/invariants/promise.h"

namespace tillstorm {

class TendersEqualTicket {
 public:
  static constexpr PromiseText text{
      .name = "tenders_equal_ticket",
      .equation =
          "for every ticket: sum of lines = net, tendered = net + tax + bag fee; for every Z report: sum of tenders = "
          "net + tax; "
          "for every place: amounts posted = amounts handed over",
      .meaning =
          "What was paid is what was sold plus tax, and the books have posted exactly the amounts that were said.",
      .check_points = "handed_over posted quiet",
      .guards = "MSG-01 MSG-20 OFFLINE-03 FIN-01 CLOSE-01 TAX-02"};
  explicit TendersEqualTicket(const World& world) : open_(world.addresses().places()) {}
  void handed_over(const CheckPoint& c, std::uint32_t source, MessageId id);
  void posted(const CheckPoint& c, PlaceId place, const Message& message, erp::Posting posting);
  void quiet(const CheckPoint& c, PlaceId place);

 private:
  struct Amounts {
    Minor net = 0, tax = 0, tendered = 0;
  };
  void check_ticket(const CheckPoint& c, const Message& message, Minor lines) const;
  static void check_day(const CheckPoint& c, const Message& message);

  std::vector<Amounts> open_;  ///< By place: handed over and not yet posted.
};

}  // namespace tillstorm
