#pragma once
// For every delivery of the DC to a store:  dispatch posted  before  receipt posted, unless the receipt has waited for
//   integration.dependency.wait_hours and expiry_policy is post_unreferenced.
#include <cstdint>
#include <vector>

#include "harness/invariants/promise.h"

namespace tillstorm {

class ShippedBeforeReceived {
 public:
  static constexpr PromiseText text{
      .name = "shipped_before_received",
      .equation =
          "for every delivery: dispatch posted before receipt posted, unless the receipt has waited in vain for "
          "wait_hours",
      .meaning = "The books never receive at a store what, for them, the DC has not loaded.",
      .check_points = "posted",
      .guards = "MSG-14"};
  explicit ShippedBeforeReceived(const World& world) : loaded_(world.addresses().stores) {}
  void posted(const CheckPoint& c, PlaceId place, const Message& message, erp::Posting posting) {
    if (message.envelope.type == MessageType::ticket || !erp::is_posted(posting)) [[likely]]
      return;
    if (message.envelope.type == MessageType::dispatch) {
      loaded_[index_of(message.goods.to)].insert(message.goods.document);
    } else if (message.envelope.type == MessageType::goods_receipt) {
      judge(c, place, message);
    }
  }

 private:
  void judge(const CheckPoint& c, PlaceId place, const Message& receipt) const;

  std::vector<NumberSet> loaded_;  ///< By store: documents whose dispatch is posted.
};

}  // namespace tillstorm
