#pragma once
// At every instant and place:  debits = credits.
// At quiet moments:  inventory account = sum over items of book on hand x unit cost.
#include <vector>

#include "harness/invariants/promise.h"

namespace tillstorm {

class JournalBalanced {
 public:
  static constexpr PromiseText text{
      .name = "journal_balanced",
      .equation =
          "at every instant and place: debits = credits; at quiet moments: inventory account = sum of book on hand x "
          "unit cost",
      .meaning = "Every document balances, and the stock account is worth what the stock ledger holds.",
      .check_points = "posted quiet",
      .guards = "FIN-01 FIN-07 STOCK-01"};
  explicit JournalBalanced(const World& world) : known_(world.partitions.size(), 0) {}
  void posted(const CheckPoint& c, PlaceId place, const Message& message, erp::Posting /*posting*/) {
    const Minor imbalance = c.world.partitions[index_of(place)].journal().imbalance();
    if (imbalance != known_[index_of(place)]) [[unlikely]]
      report(c, place, message.envelope, imbalance);
  }
  void quiet(const CheckPoint& c, PlaceId place) const;

 private:
  void report(const CheckPoint& c, PlaceId place, const Envelope& envelope, Minor imbalance);

  std::vector<Minor> known_;  ///< By place: imbalance that has been reported.
};

}  // namespace tillstorm
