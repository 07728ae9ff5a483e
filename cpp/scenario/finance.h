#pragma once
// `finance`: tax, tenders, rounding and accounting periods.
#include <cstdint>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "rules/books.h"

namespace tillstorm {

constexpr auto names_of(Rounding) {
  return std::array{EnumName<Rounding>{Rounding::half_up, "half_up", "Halves away from zero."},
                    EnumName<Rounding>{Rounding::half_even, "half_even", "Halves to the even neighbour."},
                    EnumName<Rounding>{Rounding::down, "down", "Towards zero."}};
}

enum class TaxRoundingLevel : std::uint8_t { per_receipt, per_line };
constexpr auto names_of(TaxRoundingLevel) {
  return std::array{EnumName<TaxRoundingLevel>{TaxRoundingLevel::per_receipt, "per_receipt", "Once per ticket."},
                    EnumName<TaxRoundingLevel>{TaxRoundingLevel::per_line, "per_line", "Each line, then summed."}};
}

struct Finance {
  std::int64_t sales_tax_rate_ppm = 75'200;
  TaxRoundingLevel tax_rounding_level = TaxRoundingLevel::per_receipt;
  Rounding tax_rounding_mode = Rounding::half_up;
  std::int64_t write_off_limit_minor = 5'000;
  std::int32_t bag_fee_minor = 10;
  std::vector<std::int64_t> tender_mix_ppm{170'000, 420'000, 360'000, 40'000, 10'000};
  PeriodRule period{};
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Finance::sales_tax_rate_ppm, Field("sales_tax_rate_ppm", "Sales tax added to standard-class items.")
                                            .in("ppm")
                                            .range(0, 1e6)
                                            .from("parameters: finance.sales_tax_rate"));
    visit(&Finance::tax_rounding_level, Field("tax_rounding_level", "Where tax is rounded.").from("rule TAX-06"));
    visit(&Finance::tax_rounding_mode, Field("tax_rounding_mode", "How tax is rounded.").from("rule TAX-06"));
    visit(&Finance::write_off_limit_minor,
          Field("write_off_limit_minor", "Above this a second person must agree to writing a difference off.")
              .in("minor")
              .range(0, 1e15)
              .from("rule EXC-07"));
    visit(
        &Finance::bag_fee_minor,
        Field("bag_fee_minor", "Charged for a carrier bag on a ticket of more than five units, where tills know of it.")
            .in("minor")
            .range(0, 10'000)
            .from("assumption: a usual statutory charge"));
    visit(&Finance::tender_mix_ppm,
          Field("tender_mix_ppm", "Share of tickets paid by cash, credit, debit, gift card, voucher; relative weights.")
              .in("ppm")
              .range(0, 1e6)
              .items(5, 5)
              .from("parameters: finance.tender_mix_store"));
    visit(&Finance::period, Field("period", "Until when a date can be posted to (rule FIN-13)."));
  }
};

}  // namespace tillstorm
