#pragma once
// For every store s and business date d:  Z(s, d) = ledger(s, d)  in tickets, net, tax and each kind of tender,
// when the Z report is posted and again when the run is over; and the newest export of the day = ledger(s, d).
// A day of which something is parked or handed back is judged once that is posted; one of which the rules have put
// something on another date (MSG-15, FIN-13) is not judged.
#include <cstdint>
#include <vector>

#include "harness/invariants/promise.h"

namespace tillstorm {

/// Reads the ledger's accounts, not the totals that the ERP keeps beside them.
class ZEqualsLedger {
 public:
  static constexpr PromiseText text{
      .name = "z_equals_ledger",
      .equation =
          "for every store and business date: Z report = ledger in tickets, net, tax and takings by tender, when the Z "
          "report is posted and when the run is over; newest export = ledger",
      .meaning = "The day that a store's tills report is the day that the ledger shows, also after late postings.",
      .check_points = "posted finished",
      .guards = "CLOSE-01 CLOSE-05 OFFLINE-09 MSG-04 MSG-15 MSG-16"};
  explicit ZEqualsLedger(const World& world) : reports_(world.addresses().stores) {}
  void posted(const CheckPoint& c, PlaceId place, const Message& message, erp::Posting posting);
  void finished(const CheckPoint& c);

 private:
  struct Report {
    Envelope envelope;
    DayCloseBody z;
    bool was_wrong = false;  ///< Has been reported.
  };
  void judge(const CheckPoint& c, Report& report) const;
  static void judge_export(const CheckPoint& c, PlaceId place, const erp::BookDay& day);

  std::vector<std::vector<Report>> reports_;  ///< By store, in order of posting.
};

}  // namespace tillstorm
