#pragma once
// Rules of the books: documents, revenue, stock movements.
#include "rules/rule.h"

namespace tillstorm::rule {

struct BalancedDocuments {
  static constexpr RuleText text{
      .id = "FIN-01",
      .flow = "fin",
      .title = "Sale journal balances per ticket",
      .statement =
          "A sale posts on its business date and place: debit the tender's account and discounts, credit revenue "
          "at list price and sales tax payable; debit cost of goods sold, credit inventory at issue cost. "
          "Debits equal credits to the minor unit in every document.",
      .home = "erp/posting.cpp",
      .guards = "journal_balanced tenders_equal_ticket"};
  enum class Outcome : std::uint8_t { single_tender };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::single_tender, "single_tender", "A sale, one tender."}};
  }
};

struct RevenueAtHandover {
  static constexpr RuleText text{
      .id = "FIN-07",
      .flow = "fin",
      .title = "Order revenue and COGS at handover",
      .statement =
          "Carried goods are recognised at the ticket's business date, a shipped order when it is handed to the "
          "carrier: revenue, tax and cost of what was shipped, in one document.",
      .home = "erp/posting.cpp",
      .guards = "journal_balanced units_conserved kpi:gross_margin"};
  enum class Outcome : std::uint8_t { carried_at_ticket, recognised_at_shipment };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::carried_at_ticket, "carried_at_ticket", "A sale at a till."},
                      EnumName<Outcome>{Outcome::recognised_at_shipment, "recognised_at_shipment", "A shipment."}};
  }
};

struct StockMovements {
  static constexpr RuleText text{
      .id = "STOCK-01",
      .flow = "stock",
      .title = "Two-ended movements with reasons",
      .statement =
          "Book stock changes only by movements of a document, each with its reason: sales and shipments issue, "
          "receipts add, a dispatch moves from the DC to goods in transit.",
      .home = "erp/posting.cpp",
      .guards = "book_equals_truth units_conserved journal_balanced"};
  enum class Outcome : std::uint8_t { issue, receipt, transfer_leg };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::issue, "issue", "A sale or an online shipment."},
                      EnumName<Outcome>{Outcome::receipt, "receipt", "Goods received at a store or at the DC."},
                      EnumName<Outcome>{Outcome::transfer_leg, "transfer_leg", "Loaded at the DC for a store."}};
  }
};

}  // namespace tillstorm::rule
