#pragma once
// For every line of a ticket completed at place p at moment t, and of an online order at t:
//   on_sale(item, p, s) for some s in [t - slack, t];
//   on_sale: the highest version of the item's records that has come to p says so at s, on p's clock.
//   slack: the longest that an item lies in a basket, a day at a store, nothing at the ecommerce front.
#include <cstdint>
#include <vector>

#include "harness/invariants/promise.h"

namespace tillstorm {

/// Reads the records for itself, as they reach a place, whatever the place makes of them.
class MasterDataMapped {
 public:
  static constexpr PromiseText text{
      .name = "master_data_mapped",
      .equation =
          "for every line sold at place p at moment t: the newest record of its item that has come to p had it on sale "
          "within the day before t; online at t",
      .meaning = "Nothing is sold that head office has taken off sale, as far as the place has been told.",
      .check_points = "handed_over taken_in",
      .guards = "MSG-18",
      .in_trace_mode = false};
  explicit MasterDataMapped(const World& world) : withdrawn_(world.addresses().sources()) {}
  void taken_in(const CheckPoint& c, std::uint32_t source, MessageId id);
  void handed_over(const CheckPoint& c, std::uint32_t source, MessageId id);

 private:
  /// The newest record of an item at a place.
  struct Withdrawn {
    ItemId item{};
    std::uint32_t version = 0;
    Time from{};   ///< Off sale from then on ...
    Time until{};  ///< ... until then; `from` == `until`: on sale.
  };
  static Time begins(const World& world, std::uint32_t source, const Message& batch);
  std::vector<std::vector<Withdrawn>> withdrawn_;  ///< By source.
};

}  // namespace tillstorm
