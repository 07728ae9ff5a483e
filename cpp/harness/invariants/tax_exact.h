#pragma once
// For every ticket, with T its taxed lines and r the rate of its store:
//   tax = round(r x sum of amounts in T)  per receipt,  sum over T of round(r x amount)  per line.
// The same for every online shipment at the web shop's rate.
#include <cstdint>
#include <vector>

#include "harness/invariants/promise.h"

namespace tillstorm {

/// Has a rounding of its own: in millionths of a minor unit, apart from base/money.h.
class TaxExact {
 public:
  static constexpr PromiseText text{
      .name = "tax_exact",
      .equation =
          "for every ticket and shipment: tax = round(rate x sum of taxed amounts) per receipt, sum of round(rate x "
          "amount) per line",
      .meaning = "Each sale was charged the tax that its lines, its place's rate and the rounding rule give.",
      .check_points = "handed_over",
      .guards = "TAX-02 TAX-06",
      .in_trace_mode = false};
  explicit TaxExact(const World& world);
  void handed_over(const CheckPoint& c, std::uint32_t /*source*/, MessageId id) {
    const MessageType type = c.world.pool[id].envelope.type;
    if (type == MessageType::ticket || type == MessageType::online_shipment) judge(c, id);
  }
  /// `millionths` of a minor unit in whole minor units.
  static Minor rounded(std::int64_t millionths, Rounding rounding);

 private:
  void judge(const CheckPoint& c, MessageId id) const;

  std::vector<std::uint8_t> is_taxed_;  ///< By item.
  std::vector<Ppm> rates_;              ///< By place.
  Rounding rounding_;
  bool per_line_;
};

}  // namespace tillstorm
