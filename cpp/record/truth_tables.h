#pragma once
// The truth, row by row: what really happened in the stores. Book-side code may not include this file.
#include <cstdint>

#include "base/civil.h"
#include "base/fields.h"
#include "base/ids.h"
#include "base/money.h"
#include "base/tender.h"
#include "base/time.h"
#include "record/table.h"
#include "record/table_info.h"

namespace tillstorm {

/// Why a customer went without.
enum class LostCause : std::uint8_t { no_stock, shelf_empty, gave_up, balked, till_crashed, off_sale };
constexpr auto names_of(LostCause) {
  return std::array{EnumName<LostCause>{LostCause::no_stock, "no_stock", "Neither on the shelf nor in the backroom."},
                    EnumName<LostCause>{LostCause::shelf_empty, "shelf_empty", "In the backroom, not on the shelf."},
                    EnumName<LostCause>{LostCause::gave_up, "gave_up", "The customer left the queue at the tills."},
                    EnumName<LostCause>{LostCause::balked, "balked", "The customer saw the queue and left."},
                    EnumName<LostCause>{LostCause::till_crashed, "till_crashed",
                                        "The till crashed and had forgotten the ticket in the making."},
                    EnumName<LostCause>{LostCause::off_sale, "off_sale", "Head office had taken the item off sale."}};
}

/// What a store really did on a business date.
struct StoreDayRow {
  PlaceId place{};
  Date business_date{};
  std::uint32_t customers = 0;
  std::uint32_t tickets = 0;
  std::uint32_t lines = 0;
  std::int64_t units = 0;
  Minor net_minor = 0;
  Minor discount_minor = 0;
  Minor tax_minor = 0;
  Minor cash_minor = 0;
  Minor credit_minor = 0;
  Minor debit_minor = 0;
  Minor gift_card_minor = 0;
  Minor voucher_minor = 0;
  std::int64_t lost_units = 0;
  Minor lost_value_minor = 0;
  std::uint32_t substituted_lines = 0;
  std::uint32_t balked = 0;
  std::uint32_t gave_up = 0;
  std::uint32_t turned_away = 0;
  std::int64_t trace_shortage_units = 0;
  std::int64_t wait_us_sum = 0;

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&StoreDayRow::place, Field("place", "The store."));
    visit(&StoreDayRow::business_date, Field("business_date", "The trading day, by the store's own close."));
    visit(&StoreDayRow::customers, Field("customers", "Customers who came, served or not.").in("customers"));
    visit(&StoreDayRow::tickets, Field("tickets", "Sales completed.").in("tickets"));
    visit(&StoreDayRow::lines, Field("lines", "Lines of those sales.").in("lines"));
    visit(&StoreDayRow::units, Field("units", "Units sold.").in("sales units"));
    visit(&StoreDayRow::net_minor, Field("net_minor", "Charged, net of discounts, before tax.").in("minor"));
    visit(&StoreDayRow::discount_minor, Field("discount_minor", "Discounts given.").in("minor"));
    visit(&StoreDayRow::tax_minor, Field("tax_minor", "Sales tax charged.").in("minor"));
    visit(&StoreDayRow::cash_minor, Field("cash_minor", "Taken in cash, net of change.").in("minor"));
    visit(&StoreDayRow::credit_minor, Field("credit_minor", "Taken by credit card.").in("minor"));
    visit(&StoreDayRow::debit_minor, Field("debit_minor", "Taken by debit card.").in("minor"));
    visit(&StoreDayRow::gift_card_minor, Field("gift_card_minor", "Taken by gift card.").in("minor"));
    visit(&StoreDayRow::voucher_minor, Field("voucher_minor", "Taken by voucher.").in("minor"));
    visit(&StoreDayRow::lost_units,
          Field("lost_units", "Units that customers wanted and did not get.").in("sales units"));
    visit(&StoreDayRow::lost_value_minor, Field("lost_value_minor", "The same at list price.").in("minor"));
    visit(&StoreDayRow::substituted_lines,
          Field("substituted_lines", "Lines on which a customer took another item than the wanted one.").in("lines"));
    visit(&StoreDayRow::balked, Field("balked", "Customers who saw the queue and left at once.").in("customers"));
    visit(&StoreDayRow::gave_up,
          Field("gave_up", "Customers who joined a queue and left it unserved.").in("customers"));
    visit(&StoreDayRow::turned_away, Field("turned_away", "Customers for whom the queue had no room.").in("customers"));
    visit(&StoreDayRow::trace_shortage_units,
          Field("trace_shortage_units",
                "Units that a replayed log sold and the shelf did not have; received at that moment.")
              .in("base units"));
    visit(&StoreDayRow::wait_us_sum,
          Field("wait_us_sum", "Time from joining the queue to the till, summed over the customers served.").in("us"));
  }
};

/// A sale at a till.
struct TicketRow {
  PlaceId place{};
  std::uint16_t terminal = 0;
  std::uint32_t epoch = 0;
  std::uint32_t number = 0;
  Date business_date{};
  Time event_time{};
  std::uint32_t customer = 0;
  std::uint32_t lines = 0;
  std::int64_t units = 0;
  Minor net_minor = 0;
  Minor discount_minor = 0;
  Minor tax_minor = 0;
  Minor bag_fee_minor = 0;
  Tender tender{};

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&TicketRow::place, Field("place", "The store."));
    visit(&TicketRow::terminal, Field("terminal", "Till of the store, from 1."));
    visit(&TicketRow::epoch, Field("epoch", "Rises when the numbers of the till start again, from 0."));
    visit(&TicketRow::number, Field("number", "Number that the till gave it, from 1."));
    visit(&TicketRow::business_date, Field("business_date", "Trading day it belongs to."));
    visit(&TicketRow::event_time, Field("event_time", "When it was completed."));
    visit(&TicketRow::customer, Field("customer", "The store's how-manieth customer."));
    visit(&TicketRow::lines, Field("lines", "Its lines.").in("lines"));
    visit(&TicketRow::units, Field("units", "Units sold.").in("base units"));
    visit(&TicketRow::net_minor, Field("net_minor", "Charged, net of discounts, before tax.").in("minor"));
    visit(&TicketRow::discount_minor, Field("discount_minor", "Discounts given.").in("minor"));
    visit(&TicketRow::tax_minor, Field("tax_minor", "Sales tax charged.").in("minor"));
    visit(&TicketRow::bag_fee_minor, Field("bag_fee_minor", "Charged for carrier bags, beside the lines.").in("minor"));
    visit(&TicketRow::tender, Field("tender", "How it was paid."));
  }
};

/// A line of a sale; store, terminal, epoch and number name its ticket.
struct TicketLineRow {
  PlaceId place{};
  std::uint16_t terminal = 0;
  std::uint32_t epoch = 0;
  std::uint32_t number = 0;
  ItemId item{};
  std::int32_t quantity = 0;
  Minor amount_minor = 0;
  Minor discount_minor = 0;

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&TicketLineRow::place, Field("place", "The store."));
    visit(&TicketLineRow::terminal, Field("terminal", "Till of the store, from 1."));
    visit(&TicketLineRow::epoch, Field("epoch", "Rises when the numbers of the till start again, from 0."));
    visit(&TicketLineRow::number, Field("number", "Number of the ticket."));
    visit(&TicketLineRow::item, Field("item", "What was sold."));
    visit(&TicketLineRow::quantity, Field("quantity", "How much.").in("base units"));
    visit(&TicketLineRow::amount_minor,
          Field("amount_minor", "Charged for the line, net of discount, before tax.").in("minor"));
    visit(&TicketLineRow::discount_minor, Field("discount_minor", "Discount given on the line.").in("minor"));
  }
};

/// Units that a customer wanted and did not get.
struct LostSaleRow {
  PlaceId place{};
  Time event_time{};
  ItemId item{};
  std::int32_t units = 0;
  LostCause cause{};

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&LostSaleRow::place, Field("place", "The store."));
    visit(&LostSaleRow::event_time, Field("event_time", "When the customer went without."));
    visit(&LostSaleRow::item, Field("item", "What was wanted."));
    visit(&LostSaleRow::units, Field("units", "How much of it.").in("sales units"));
    visit(&LostSaleRow::cause, Field("cause", "Why it was not sold."));
  }
};

/// What is recorded of the true side of a run.
struct TruthTables {
  Table<StoreDayRow> store_days;
  Table<TicketRow> tickets;
  Table<TicketLineRow> ticket_lines;
  Table<LostSaleRow> lost_sales;

  template <class Visitor>
  static void tables(Visitor& visit) {
    visit(&TruthTables::store_days,
          TableInfo{"truth.store_days", "What each store really did on each business date.", TableKind::summary});
    visit(&TruthTables::tickets, TableInfo{"truth.tickets", "Every sale.", TableKind::drill_down});
    visit(&TruthTables::ticket_lines,
          TableInfo{"truth.ticket_lines", "Every line of every sale.", TableKind::drill_down});
    visit(&TruthTables::lost_sales,
          TableInfo{"truth.lost_sales", "What customers wanted and did not get.", TableKind::drill_down});
  }
};

}  // namespace tillstorm
