#pragma once
// The books, row by row: what the ERP believes.
#include <cstdint>

#include "base/civil.h"
#include "base/fields.h"
#include "base/ids.h"
#include "base/message_type.h"
#include "base/money.h"
#include "base/time.h"
#include "record/table.h"
#include "record/table_info.h"
#include "rules/exception_type.h"

namespace tillstorm {

/// What became of a message that reached the ERP.
enum class Delivered : std::uint8_t { first_post, duplicate_answered, parked, set_aside, revised, ignored };
constexpr auto names_of(Delivered) {
  return std::array{EnumName<Delivered>{Delivered::first_post, "first_post", "It was posted."},
                    EnumName<Delivered>{Delivered::duplicate_answered, "duplicate_answered",
                                        "Its key had been posted before: answered again, posted nothing."},
                    EnumName<Delivered>{Delivered::parked, "parked", "It waits in the books for what it needs."},
                    EnumName<Delivered>{Delivered::set_aside, "set_aside", "Not posted: handed back."},
                    EnumName<Delivered>{Delivered::revised, "revised", "Posted in place of an older version."},
                    EnumName<Delivered>{Delivered::ignored, "ignored", "Its key stands with another body: dropped."}};
}

/// Why the book stock changed.
enum class MovementReason : std::uint8_t { sale, goods_receipt, dispatch, purchase_receipt, online_shipment, opening };
constexpr auto names_of(MovementReason) {
  return std::array{
      EnumName<MovementReason>{MovementReason::sale, "sale", "Sold at a till."},
      EnumName<MovementReason>{MovementReason::goods_receipt, "goods_receipt", "Unloaded at a store."},
      EnumName<MovementReason>{MovementReason::dispatch, "dispatch", "Loaded for a store."},
      EnumName<MovementReason>{MovementReason::purchase_receipt, "purchase_receipt", "Delivered by a supplier."},
      EnumName<MovementReason>{MovementReason::online_shipment, "online_shipment", "Handed to the carrier."},
      EnumName<MovementReason>{MovementReason::opening, "opening", "There at the start."}};
}

/// The chart of accounts.
enum class Account : std::uint8_t {
  inventory,
  goods_in_transit,
  cash_in_till,
  card_clearing,
  gift_card_liability,
  voucher_clearing,
  sales_revenue,
  discounts,
  sales_tax_payable,
  cost_of_goods_sold,
  goods_received_not_invoiced,
  opening_balance,
  over_and_short,
  settlement_differences
};
constexpr auto names_of(Account) {
  return std::array{
      EnumName<Account>{Account::inventory, "inventory", "Stock at cost."},
      EnumName<Account>{Account::goods_in_transit, "goods_in_transit", "Stock at cost on its way between places."},
      EnumName<Account>{Account::cash_in_till, "cash_in_till", "Cash takings."},
      EnumName<Account>{Account::card_clearing, "card_clearing", "Credit and debit card takings not yet paid out."},
      EnumName<Account>{Account::gift_card_liability, "gift_card_liability", "What gift cards may still buy."},
      EnumName<Account>{Account::voucher_clearing, "voucher_clearing", "Vouchers taken."},
      EnumName<Account>{Account::sales_revenue, "sales_revenue", "Sales at list price, before tax."},
      EnumName<Account>{Account::discounts, "discounts", "Price reductions given."},
      EnumName<Account>{Account::sales_tax_payable, "sales_tax_payable", "Sales tax owed."},
      EnumName<Account>{Account::cost_of_goods_sold, "cost_of_goods_sold", "Cost of what was sold."},
      EnumName<Account>{Account::goods_received_not_invoiced, "goods_received_not_invoiced",
                        "Owed to suppliers for what they delivered."},
      EnumName<Account>{Account::opening_balance, "opening_balance", "Counterpart of the stock at the start."},
      EnumName<Account>{Account::over_and_short, "over_and_short", "Differences written off."},
      EnumName<Account>{Account::settlement_differences, "settlement_differences", "Their counterpart."}};
}

/// Who orders from whom.
enum class OrderKind : std::uint8_t { store_order, purchase_order };
constexpr auto names_of(OrderKind) {
  return std::array{
      EnumName<OrderKind>{OrderKind::store_order, "store_order", "A store from the distribution centre."},
      EnumName<OrderKind>{OrderKind::purchase_order, "purchase_order", "The distribution centre from a supplier."}};
}

/// What the ERP posted of a store's business date.
struct BookStoreDayRow {
  PlaceId place{};
  Date business_date{};
  std::uint32_t tickets = 0;
  Minor net_minor = 0;
  Minor tax_minor = 0;
  Minor cost_minor = 0;
  Time last_posted_at{};
  std::uint32_t late_postings = 0;
  std::uint32_t export_version = 0;
  Minor exported_net_minor = 0;

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&BookStoreDayRow::place, Field("place", "The store."));
    visit(&BookStoreDayRow::business_date, Field("business_date", "The trading day, by the store's own close."));
    visit(&BookStoreDayRow::tickets, Field("tickets", "Sales posted.").in("tickets"));
    visit(&BookStoreDayRow::net_minor, Field("net_minor", "Their amounts before tax.").in("minor"));
    visit(&BookStoreDayRow::tax_minor, Field("tax_minor", "Their sales tax.").in("minor"));
    visit(&BookStoreDayRow::cost_minor, Field("cost_minor", "Cost of what they sold.").in("minor"));
    visit(&BookStoreDayRow::last_posted_at, Field("last_posted_at", "When the last of them was posted."));
    visit(&BookStoreDayRow::late_postings,
          Field("late_postings", "Documents posted after the date's close and its grace.").in("documents"));
    visit(&BookStoreDayRow::export_version,
          Field("export_version", "How often the date was exported; each replaces the one before."));
    visit(&BookStoreDayRow::exported_net_minor,
          Field("exported_net_minor", "Amounts before tax in the newest export.").in("minor"));
  }
};

/// A message that reached the ERP.
struct DeliveryRow {
  PlaceId place{};
  MessageType type{};
  std::uint16_t terminal = 0;
  std::uint32_t epoch = 0;
  std::uint32_t number = 0;
  std::uint32_t source_sequence = 0;
  Time event_time{};
  Time posted_at{};
  std::int64_t latency_us = 0;
  Delivered outcome{};

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&DeliveryRow::place, Field("place", "Store or distribution centre whose business it is."));
    visit(&DeliveryRow::type, Field("type", "What it says."));
    visit(&DeliveryRow::terminal, Field("terminal", "Till of the place, from 1; 0 if no till is involved."));
    visit(&DeliveryRow::epoch, Field("epoch", "Rises when the numbers of the till start again, from 0."));
    visit(&DeliveryRow::number, Field("number", "Its number within type, place, terminal and epoch."));
    visit(&DeliveryRow::source_sequence, Field("source_sequence", "Position in the place's outgoing log, from 1."));
    visit(&DeliveryRow::event_time, Field("event_time", "When it happened, by the source's clock."));
    visit(&DeliveryRow::posted_at, Field("posted_at", "When the ERP dealt with it."));
    visit(&DeliveryRow::latency_us, Field("latency_us", "From what happened to the ERP dealing with it.").in("us"));
    visit(&DeliveryRow::outcome, Field("outcome", "What became of it."));
  }
};

/// A change of book stock.
struct MovementRow {
  PlaceId place{};
  ItemId item{};
  std::int32_t quantity = 0;
  MovementReason reason{};
  MessageType type{};
  std::uint32_t epoch = 0;
  std::uint32_t number = 0;
  Time event_time{};
  Time posted_at{};

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&MovementRow::place, Field("place", "Where."));
    visit(&MovementRow::item, Field("item", "Of what."));
    visit(&MovementRow::quantity, Field("quantity", "Change of units on hand; negative takes away.").in("base units"));
    visit(&MovementRow::reason, Field("reason", "Why."));
    visit(&MovementRow::type, Field("type", "The document's kind; of opening stock `goods_receipt`, with number 0."));
    visit(&MovementRow::epoch, Field("epoch", "Rises when the numbers of the till start again, from 0."));
    visit(&MovementRow::number, Field("number", "The document's number."));
    visit(&MovementRow::event_time, Field("event_time", "When it happened, by the source's clock."));
    visit(&MovementRow::posted_at, Field("posted_at", "When it was posted."));
  }
};

/// A line of a double entry; lines of one document balance.
struct JournalRow {
  PlaceId place{};
  Date business_date{};
  Time posted_at{};
  MessageType type{};
  std::uint32_t epoch = 0;
  std::uint32_t number = 0;
  Account account{};
  Minor debit_minor = 0;
  Minor credit_minor = 0;

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&JournalRow::place, Field("place", "Whose business it is."));
    visit(&JournalRow::business_date, Field("business_date", "Trading day it belongs to."));
    visit(&JournalRow::posted_at, Field("posted_at", "When it was posted."));
    visit(&JournalRow::type, Field("type", "The document's kind."));
    visit(&JournalRow::epoch, Field("epoch", "Rises when the numbers of the till start again, from 0."));
    visit(&JournalRow::number, Field("number", "The document's number."));
    visit(&JournalRow::account, Field("account", "The account."));
    visit(&JournalRow::debit_minor, Field("debit_minor", "Debited.").in("minor"));
    visit(&JournalRow::credit_minor, Field("credit_minor", "Credited.").in("minor"));
  }
};

/// An account of a place on a business date, summed.
struct JournalDayRow {
  PlaceId place{};
  Date business_date{};
  Account account{};
  Minor debit_minor = 0;
  Minor credit_minor = 0;

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&JournalDayRow::place, Field("place", "Whose business it is."));
    visit(&JournalDayRow::business_date, Field("business_date", "The trading day."));
    visit(&JournalDayRow::account, Field("account", "The account."));
    visit(&JournalDayRow::debit_minor, Field("debit_minor", "Sum of debits.").in("minor"));
    visit(&JournalDayRow::credit_minor, Field("credit_minor", "Sum of credits.").in("minor"));
  }
};

/// A line of an order that the ERP decided.
struct OrderRow {
  PlaceId place{};
  std::uint32_t document = 0;
  Time ordered_at{};
  ItemId item{};
  std::int32_t quantity = 0;
  OrderKind kind{};

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&OrderRow::place, Field("place", "Where the goods are to come to."));
    visit(&OrderRow::document, Field("document", "Number of the order."));
    visit(&OrderRow::ordered_at, Field("ordered_at", "When it was decided."));
    visit(&OrderRow::item, Field("item", "What is ordered."));
    visit(&OrderRow::quantity, Field("quantity", "How much.").in("base units"));
    visit(&OrderRow::kind, Field("kind", "Who orders from whom."));
  }
};

/// An exception: a problem as a work item, when it was closed, or as it stands.
struct ExceptionRow {
  std::int64_t id = 0;
  ExceptionType type{};
  Role role{};
  Severity severity{};
  Resolution resolution{};
  PlaceId place{};
  MessageType about{};
  std::uint16_t terminal = 0;
  std::uint32_t number = 0;
  Date business_date{};
  Time opened_at{};
  Time due{};
  Time taken_at{};
  Time closed_at{};
  std::uint16_t level = 0;
  std::uint32_t occurrences = 0;
  std::uint32_t reopened = 0;
  std::uint32_t works = 0;
  std::int64_t worked_us = 0;
  Minor amount_minor = 0;
  std::int32_t units = 0;
  std::uint16_t breached = 0;

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&ExceptionRow::id, Field("id", "In order of opening, from 1."));
    visit(&ExceptionRow::type, Field("type", "What kind of problem."));
    visit(&ExceptionRow::role, Field("role", "Whose it is."));
    visit(&ExceptionRow::severity, Field("severity", "How bad it is."));
    visit(&ExceptionRow::resolution, Field("resolution", "How it has ended."));
    visit(&ExceptionRow::place,
          Field("place", "The place that it is about; none if that is the whole chain.").or_none());
    visit(&ExceptionRow::about, Field("about", "The type of message that it is about.").or_none());
    visit(&ExceptionRow::terminal, Field("terminal", "The message's till, from 1; 0 if no till is involved."));
    visit(&ExceptionRow::number, Field("number", "The message's number."));
    visit(&ExceptionRow::business_date, Field("business_date", "The trading day.").or_none());
    visit(&ExceptionRow::opened_at, Field("opened_at", "When it was opened."));
    visit(&ExceptionRow::due, Field("due", "When it is due."));
    visit(&ExceptionRow::taken_at, Field("taken_at", "When somebody last took it on.").or_none());
    visit(&ExceptionRow::closed_at, Field("closed_at", "When it was closed.").or_none());
    visit(&ExceptionRow::level, Field("level", "How far it was escalated."));
    visit(&ExceptionRow::occurrences, Field("occurrences", "How often the problem occurred."));
    visit(&ExceptionRow::reopened, Field("reopened", "How often it was opened again."));
    visit(&ExceptionRow::works, Field("works", "How often somebody took it on."));
    visit(&ExceptionRow::worked_us, Field("worked_us", "Work on it.").in("us"));
    visit(&ExceptionRow::amount_minor, Field("amount_minor", "Money at stake.").in("minor"));
    visit(&ExceptionRow::units, Field("units", "Units at stake.").in("base units"));
    visit(&ExceptionRow::breached, Field("breached", "1 if it was overdue."));
  }
};

/// What is recorded of the books.
struct BookTables {
  Table<BookStoreDayRow> store_days;
  Table<DeliveryRow> deliveries;
  Table<MovementRow> movements;
  Table<JournalRow> journal;
  Table<JournalDayRow> journal_days;
  Table<OrderRow> orders;
  Table<ExceptionRow> exceptions;
  Table<ExceptionRow> open_exceptions;

  template <class Visitor>
  static void tables(Visitor& visit) {
    visit(&BookTables::store_days,
          TableInfo{"book.store_days", "What the ERP posted of each store and business date.", TableKind::summary});
    visit(&BookTables::deliveries,
          TableInfo{"book.deliveries", "Every message that reached the ERP, and what became of it.",
                    TableKind::drill_down});
    visit(&BookTables::movements, TableInfo{"book.movements", "The inventory ledger.", TableKind::drill_down});
    visit(&BookTables::journal, TableInfo{"book.journal", "The finance journal, line by line.", TableKind::drill_down});
    visit(
        &BookTables::journal_days,
        TableInfo{"book.journal_days", "The finance journal by place, business date and account.", TableKind::summary});
    visit(&BookTables::orders,
          TableInfo{"book.orders", "Every line of every order that the ERP decided.", TableKind::drill_down});
    visit(&BookTables::exceptions, TableInfo{"book.exceptions", "Exceptions that were closed.", TableKind::summary});
    visit(&BookTables::open_exceptions,
          TableInfo{"book.open_exceptions", "Exceptions that are open.", TableKind::summary});
  }
};

}  // namespace tillstorm
