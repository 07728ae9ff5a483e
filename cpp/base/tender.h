#pragma once
// How a sale is paid.
#include <cstddef>
#include <cstdint>

#include "base/fields.h"

namespace tillstorm {

enum class Tender : std::uint8_t { cash, credit, debit, gift_card, voucher };
inline constexpr std::size_t kTenders = 5;
constexpr auto names_of(Tender) {
  return std::array{EnumName<Tender>{Tender::cash, "cash", "Notes and coins."},
                    EnumName<Tender>{Tender::credit, "credit", "Credit card."},
                    EnumName<Tender>{Tender::debit, "debit", "Debit card."},
                    EnumName<Tender>{Tender::gift_card, "gift_card", "Gift card of the chain."},
                    EnumName<Tender>{Tender::voucher, "voucher", "Paper voucher."}};
}

}  // namespace tillstorm
