#pragma once
// One line of a business document.
#include <cstdint>

#include "base/fields.h"
#include "base/ids.h"

namespace tillstorm {

/// An item and how much of it. In a ticket the amounts are what was charged; in a goods document they are 0.
struct Line {
  ItemId item{};
  std::int32_t quantity = 0;        ///< Base units of the item.
  std::int32_t amount_minor = 0;    ///< Charged for the line, net of `discount_minor`, before tax.
  std::int32_t discount_minor = 0;  ///< Given on the line: list price of the line = amount + discount.

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Line::item, Field("item", "The item; a GTIN, or the item's id where it has none, on the wire."));
    visit(&Line::quantity, Field("quantity", "How much.").in("base units"));
    visit(&Line::amount_minor, Field("amount_minor", "Charged for the line, net of discount, before tax.").in("minor"));
    visit(&Line::discount_minor, Field("discount_minor", "Discount given on the line.").in("minor"));
  }
};
static_assert(sizeof(Line) == 16);

}  // namespace tillstorm
