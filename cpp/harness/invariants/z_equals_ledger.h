#pragma once
// For every store s and business date d:  Z(s, d) = ledger(s, d)  in tickets, net, tax and each kind of tender,
// when the Z report is posted and again when the run is over.
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
          "report is posted and when the run is over",
      .meaning = "The day that a store's tills report is the day that the ledger shows, also after late postings.",
      .check_points = "posted finished",
      .guards = "CLOSE-01 CLOSE-05 OFFLINE-09 MSG-16"};
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

  std::vector<std::vector<Report>> reports_;  ///< By store, in order of posting.
};

}  // namespace tillstorm
