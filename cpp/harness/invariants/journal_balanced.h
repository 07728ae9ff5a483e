#pragma once
// At every instant and place:  debits = credits.
// At quiet moments:  inventory account = sum over items of book on hand x unit cost.
#include "harness/invariants/witness.h"

namespace tillstorm {

class JournalBalanced {
 public:
  static constexpr const char* kName = "journal_balanced";
  void posted(const World& world, PlaceId place, const Message& message, Violations& violations);
  void check_place(const World& world, PlaceId place, Violations& violations) const;

 private:
  std::vector<Minor> known_;  ///< By place: imbalance that has been reported.
};

}  // namespace tillstorm
