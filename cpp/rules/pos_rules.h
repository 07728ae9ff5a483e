#pragma once
// Rules of the till: numbers, prices, tax, the trading day.
#include "rules/rule.h"

namespace tillstorm::rule {

struct ContiguousNumbers {
  static constexpr RuleText text{
      .id = "SALE-09",
      .flow = "sale",
      .title = "Contiguous transaction numbers per terminal",
      .statement =
          "Each transaction takes its terminal's last number + 1, online and offline alike. The business key is "
          "(store, terminal, epoch, number).",
      .home = "model/checkout.cpp",
      .guards = "exactly_once nothing_lost numbers_contiguous"};
  enum class Outcome : std::uint8_t { next_number };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::next_number, "next_number", "The terminal's last number + 1."}};
  }
};

struct StoreDayAndDate {
  static constexpr RuleText text{
      .id = "CLOSE-05",
      .flow = "close",
      .title = "Business date runs past midnight",
      .statement =
          "A ticket takes the business date of the day that its store has open when it completes. A day stays "
          "open after midnight until the store has closed and every customer inside has been served or has "
          "left.",
      .home = "model/store_day.cpp",
      .parameters = "chain.stores.opening",
      .guards = "z_equals_ledger"};
  enum class Outcome : std::uint8_t { before_midnight, after_midnight_kept, rolled_at_close, close_waited_for_ticket };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::before_midnight, "before_midnight", "Completed on the calendar day of its date."},
        EnumName<Outcome>{Outcome::after_midnight_kept, "after_midnight_kept",
                          "Completed after midnight, under the date of the open day."},
        EnumName<Outcome>{Outcome::rolled_at_close, "rolled_at_close", "The day ended when the store closed."},
        EnumName<Outcome>{Outcome::close_waited_for_ticket, "close_waited_for_ticket",
                          "The day ended later, when the last customer had left."}};
  }
};

struct ZReport {
  static constexpr RuleText text{
      .id = "CLOSE-01",
      .flow = "close",
      .title = "Z report equals the sales ledger",
      .statement =
          "The Z report of a store's business date sums its tickets since the previous one, sent or unsent. The "
          "ERP compares tickets, net and tax with what it has posted for the same store and date.",
      .home = "erp/posting.cpp",
      .guards = "z_equals_ledger tenders_equal_ticket"};
  enum class Outcome : std::uint8_t { matched, empty_day };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::matched, "matched", "Report and postings agree."},
                      EnumName<Outcome>{Outcome::empty_day, "empty_day", "The store was open and sold nothing."}};
  }
};

struct PriceVersions {
  static constexpr RuleText text{
      .id = "PRICE-03",
      .flow = "price",
      .title = "Highest price version wins, never latest arrival",
      .statement =
          "Price batches carry a rising version. A store applies the price of an item only if its version is higher "
          "than that of the one in force; a batch for later is kept beside the prices in force and changes nothing "
          "before its time.",
      .home = "integration/master_copy.cpp",
      .guards = "price_authorised"};
  enum class Outcome : std::uint8_t { newer_applied, future_stored };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::newer_applied, "newer_applied", "A higher version: applied."},
                      EnumName<Outcome>{Outcome::future_stored, "future_stored", "Kept until its time."}};
  }
};

struct PriceSwitch {
  static constexpr RuleText text{
      .id = "PRICE-04",
      .flow = "price",
      .title = "Prices switch in store-local time",
      .statement =
          "A batch is in force at a store from pricing.effective_at of its date on the store's own clock, or from "
          "its arrival if that is later.",
      .home = "integration/master_copy.cpp",
      .parameters = "pricing.effective_at",
      .guards = "price_authorised"};
  enum class Outcome : std::uint8_t { switched_at_local_time, switched_on_late_arrival };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::switched_at_local_time, "switched_at_local_time", "It was there in time."},
        EnumName<Outcome>{Outcome::switched_on_late_arrival, "switched_on_late_arrival", "It came after its time."}};
  }
};

struct TillPriceCopy {
  static constexpr RuleText text{
      .id = "PRICE-06",
      .flow = "price",
      .title = "Till prices from a complete local copy",
      .statement =
          "A till takes prices only from its store's own copy, in which a batch becomes visible all at once. A "
          "line keeps the price of its scan until the ticket completes, even if a switch falls in between.",
      .home = "model/checkout.cpp",
      .guards = "price_authorised"};
  enum class Outcome : std::uint8_t { priced_locally, line_price_kept };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::priced_locally, "priced_locally", "A basket priced from the store's own copy."},
        EnumName<Outcome>{Outcome::line_price_kept, "line_price_kept",
                          "Prices switched between scan and payment; the scanned ones were charged."}};
  }
};

struct TaxAddition {
  static constexpr RuleText text{
      .id = "TAX-02",
      .flow = "tax",
      .title = "Inclusive extraction and exclusive addition",
      .statement = "tax = net x rate / 1,000,000 at the rate of the selling store, on the lines whose class is taxed.",
      .home = "model/checkout.cpp",
      .parameters = "finance.sales_tax_rate_ppm chain.stores.sales_tax_rate_ppm",
      .guards = "tax_exact tenders_equal_ticket"};
  enum class Outcome : std::uint8_t { exclusive_added, zero_rate };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::exclusive_added, "exclusive_added", "A taxed line."},
                      EnumName<Outcome>{Outcome::zero_rate, "zero_rate", "A line that is not taxed."}};
  }
};

struct TaxRounding {
  static constexpr RuleText text{
      .id = "TAX-06",
      .flow = "tax",
      .title = "Rounding per receipt or per line",
      .statement =
          "per_receipt computes tax once from the sum of the taxed lines and rounds it once; per_line rounds each "
          "line's tax and sums. The rounding acts on the absolute value and restores the sign.",
      .home = "model/checkout.cpp",
      .parameters = "finance.tax_rounding_level finance.tax_rounding_mode",
      .guards = "tax_exact"};
  enum class Outcome : std::uint8_t { receipt_rounded, line_rounded };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::receipt_rounded, "receipt_rounded", "Once for the ticket."},
                      EnumName<Outcome>{Outcome::line_rounded, "line_rounded", "Line by line."}};
  }
};

}  // namespace tillstorm::rule
