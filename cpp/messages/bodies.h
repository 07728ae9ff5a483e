#pragma once
// What each message says, beside its lines. Plain data with one field table each: the struct, its JSON Schema and its
// codec come from the same list.
#include <cstdint>

#include "base/fields.h"
#include "base/ids.h"
#include "base/money.h"
#include "base/tender.h"
#include "base/time.h"

namespace tillstorm {

/// A sale. Lines carry the amounts; tendered = net + tax.
struct TicketBody {
  Minor net = 0;       ///< Sum of the lines' amounts.
  Minor discount = 0;  ///< Sum of the lines' discounts.
  Minor tax = 0;
  Minor tendered = 0;          ///< Paid, net of change.
  std::uint32_t customer = 0;  ///< The store's how-manieth customer.
  std::uint32_t units = 0;     ///< Sales units of all lines.
  Tender tender = Tender::cash;

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&TicketBody::net, Field("net", "Sum of the lines' amounts.").in("minor"));
    visit(&TicketBody::discount, Field("discount", "Sum of the lines' discounts.").in("minor"));
    visit(&TicketBody::tax, Field("tax", "Sales tax.").in("minor"));
    visit(&TicketBody::tendered, Field("tendered", "Paid, net of change.").in("minor"));
    visit(&TicketBody::customer, Field("customer", "The store's how-manieth customer."));
    visit(&TicketBody::units, Field("units", "Sales units of all lines.").in("sales units"));
    visit(&TicketBody::tender, Field("tender", "How it was paid."));
  }
};

/// Goods moved under a document: store_order, dispatch, goods_receipt and purchase_receipt share it.
struct GoodsBody {
  std::uint32_t document = 0;  ///< The store order or purchase order all of them refer to.
  PlaceId to{};                ///< Where the goods go.
  Time ordered_at{};           ///< When the order was decided.

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&GoodsBody::document, Field("document", "Number of the order it belongs to."));
    visit(&GoodsBody::to, Field("to", "Code of the place the goods go to."));
    visit(&GoodsBody::ordered_at, Field("ordered_at", "When the order was decided."));
  }
};

/// The Z report: what the store's tills say of a business date (CLOSE-01).
struct DayCloseBody {
  std::uint32_t tickets = 0;
  std::uint32_t lines = 0;
  Minor net = 0;
  Minor tax = 0;
  Minor tenders[kTenders] = {};

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&DayCloseBody::tickets, Field("tickets", "Tickets of the business date."));
    visit(&DayCloseBody::lines, Field("lines", "Their lines."));
    visit(&DayCloseBody::net, Field("net", "Sum of amounts before tax.").in("minor"));
    visit(&DayCloseBody::tax, Field("tax", "Sum of tax.").in("minor"));
    visit(&DayCloseBody::tenders,
          Field("tenders", "Takings by tender: cash, credit, debit, gift card, voucher.").in("minor"));
  }
};

/// An ecommerce order, and its shipment. Charged when handed to the carrier (FIN-07).
struct OnlineBody {
  std::uint32_t order = 0;
  Minor net = 0;
  Minor tax = 0;
  Time ordered_at{};

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&OnlineBody::order, Field("order", "Order number."));
    visit(&OnlineBody::net, Field("net", "Sum of the lines' amounts.").in("minor"));
    visit(&OnlineBody::tax, Field("tax", "Sales tax.").in("minor"));
    visit(&OnlineBody::ordered_at, Field("ordered_at", "When the customer ordered."));
  }
};

/// New list prices; each line's amount is the new price of its item.
struct PriceBatchBody {
  std::uint32_t version = 0;  ///< Rises by one with each batch of the chain.
  Time effective_at{};        ///< When the tills switch.

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&PriceBatchBody::version, Field("version", "Rises by one with each batch."));
    visit(&PriceBatchBody::effective_at, Field("effective_at", "When the tills switch."));
  }
};

}  // namespace tillstorm
