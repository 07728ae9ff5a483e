#pragma once
// For every source, once nothing is pending:  handed over = posted.
#include <cstdint>
#include <vector>

#include "harness/invariants/witness.h"

namespace tillstorm {

class NothingLost {
 public:
  static constexpr const char* kName = "nothing_lost";
  explicit NothingLost(const World& world) : said_(world.addresses().places()), posted_(said_.size()) {}
  void handed_over(std::uint32_t source, const Message& message) {
    if (message.envelope.type != MessageType::online_order) ++said_[source];
  }
  void posted(const Message& message) { ++posted_[index_of(message.envelope.place)]; }
  /// Everything the place has said has been posted.
  bool is_quiet(std::uint32_t place) const { return said_[place] == posted_[place]; }
  void finished(const World& world, Violations& violations) const;

 private:
  std::vector<std::uint64_t> said_, posted_;  ///< By place.
};

}  // namespace tillstorm
