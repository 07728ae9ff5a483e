#pragma once
// What each message says, beside its lines. Plain data with one field table each: the struct, its JSON Schema and its
// codec come from the same list.
#include <cstdint>

#include "base/fields.h"
#include "base/ids.h"
#include "base/message_type.h"
#include "base/money.h"
#include "base/tender.h"
#include "base/time.h"
#include "rules/exception_type.h"

namespace tillstorm {

/// A sale. Lines carry the amounts; tendered = net + tax + bag fee.
struct TicketBody {
  Minor net = 0;       ///< Sum of the lines' amounts.
  Minor discount = 0;  ///< Sum of the lines' discounts.
  Minor tax = 0;
  Minor tendered = 0;          ///< Paid, net of change.
  std::uint32_t customer = 0;  ///< The store's how-manieth customer.
  std::uint32_t units = 0;     ///< Sales units of all lines.
  Tender tender = Tender::cash;
  Tender replaced_tender =
      Tender::cash;                  ///< Of a revision: how the version before said it was paid; all else is equal.
  std::uint32_t previous_last = 0;   ///< First ticket of an epoch: last number of the epoch before; 0: another ticket.
  Minor bag_fee = 0;                 ///< For carrier bags, beside the lines. Since version 2 of the schema.
  std::uint32_t loyalty_points = 0;  ///< Given for this sale. Since version 3.

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&TicketBody::net, Field("net", "Sum of the lines' amounts.").in("minor"));
    visit(&TicketBody::discount, Field("discount", "Sum of the lines' discounts.").in("minor"));
    visit(&TicketBody::tax, Field("tax", "Sales tax.").in("minor"));
    visit(&TicketBody::tendered, Field("tendered", "Paid, net of change.").in("minor"));
    visit(&TicketBody::customer, Field("customer", "The store's how-manieth customer."));
    visit(&TicketBody::units, Field("units", "Sales units of all lines.").in("sales units"));
    visit(&TicketBody::tender, Field("tender", "How it was paid."));
    visit(&TicketBody::replaced_tender,
          Field("replaced_tender", "Of a revision: how the version before said it was paid; `cash` otherwise."));
    visit(&TicketBody::previous_last,
          Field("previous_last", "First ticket of an epoch: the till's last number of the epoch before; else 0."));
    visit(&TicketBody::bag_fee, Field("bag_fee", "Charged for carrier bags, beside the lines.").in("minor").since(2));
    visit(&TicketBody::loyalty_points,
          Field("loyalty_points", "Given to the customer for this sale.").in("points").since(3));
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

/// Why a batch of records is sent.
enum class MasterBatchKind : std::uint8_t { change, refresh };
constexpr auto names_of(MasterBatchKind) {
  return std::array{
      EnumName<MasterBatchKind>{MasterBatchKind::change, "change", "What has changed, to everybody."},
      EnumName<MasterBatchKind>{MasterBatchKind::refresh, "refresh", "What one receiver has asked for, again."}};
}

/// Records of master data. Of a price batch each line's amount is the new price of its item; of an item batch the
/// quantity is 1 for an item that is on sale from then on, 0 for one that is not. A request has lines alone.
struct MasterBatchBody {
  std::uint32_t version = 0;           ///< Rises by one with each batch of the chain.
  std::uint32_t effective_minute = 0;  ///< Minute of the store's clock, on the business date, from which it is used.
  std::uint32_t days = 0;              ///< For how many days from then on; 0: until another record.
  MasterBatchKind kind = MasterBatchKind::change;

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&MasterBatchBody::version, Field("version", "Rises by one with each batch."));
    visit(&MasterBatchBody::effective_minute,
          Field("effective_minute", "From which minute of the store's clock on its date it is used."));
    visit(&MasterBatchBody::days, Field("days", "For how many days; 0: until another record of the same item."));
    visit(&MasterBatchBody::kind, Field("kind", "Why it is sent."));
  }
};

/// What has become of the cause of an exception.
enum class ExceptionSignal : std::uint8_t { raised, cleared };
constexpr auto names_of(ExceptionSignal) {
  return std::array{
      EnumName<ExceptionSignal>{ExceptionSignal::raised, "raised", "It is there."},
      EnumName<ExceptionSignal>{ExceptionSignal::cleared, "cleared", "It is gone: posted, matched, filled."}};
}

/// Something that needs a person (EXC-01). Place, terminal and business date are those of the envelope, and so is the
/// number where the subject is a message.
struct ExceptionBody {
  ExceptionType exception = ExceptionType::envelope;
  ExceptionSignal signal = ExceptionSignal::raised;
  MessageType about = MessageType::ticket;  ///< Type of the message that it is about.
  std::uint64_t subject = 0;                ///< What it is about: exceptions of one type and subject are one.
  std::int32_t units = 0;
  Minor amount = 0;
  std::uint32_t cause = 0;  ///< Source sequence of the message that caused it; 0: none.
  std::uint32_t held = 0;   ///< Messages that are kept out of the books because of it, since it was last heard of.
  /// One more than the MessageField that must be edited before its message can be posted; 0: none.
  std::uint8_t to_mend = 0;

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&ExceptionBody::exception, Field("exception", "Its type."));
    visit(&ExceptionBody::signal, Field("signal", "Whether it is there or gone."));
    visit(&ExceptionBody::about, Field("about", "Type of the message that it is about."));
    visit(&ExceptionBody::subject, Field("subject", "What it is about; one exception for each type and subject."));
    visit(&ExceptionBody::units, Field("units", "Units at stake.").in("base units"));
    visit(&ExceptionBody::amount, Field("amount", "Money at stake.").in("minor"));
    visit(&ExceptionBody::cause, Field("cause", "Source sequence of the message that caused it; 0: none."));
    visit(&ExceptionBody::held, Field("held", "Messages that are kept out of the books because of it."));
    visit(&ExceptionBody::to_mend,
          Field("to_mend",
                "One more than the index of the field that must be edited before its message can be "
                "posted; 0: none."));
  }
};

/// What a person has decided of a message that was set aside (MSG-13).
enum class RepairAction : std::uint8_t { resubmit, resubmit_edited, cancel };
constexpr auto names_of(RepairAction) {
  return std::array{EnumName<RepairAction>{RepairAction::resubmit, "resubmit", "Send it on as it is."},
                    EnumName<RepairAction>{RepairAction::resubmit_edited, "resubmit_edited",
                                           "Send it on with what was wrong mended."},
                    EnumName<RepairAction>{RepairAction::cancel, "cancel", "It is never posted, with a reason."}};
}

struct RepairBody {
  ExceptionType exception = ExceptionType::envelope;
  RepairAction action = RepairAction::resubmit;
  std::uint64_t subject = 0;  ///< Of the exception.
  std::uint32_t level = 0;    ///< How far it was escalated: who decides.

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&RepairBody::exception, Field("exception", "Type of the exception."));
    visit(&RepairBody::action, Field("action", "What is to be done."));
    visit(&RepairBody::subject, Field("subject", "Subject of the exception."));
    visit(&RepairBody::level, Field("level", "How far it was escalated."));
  }
};

}  // namespace tillstorm
