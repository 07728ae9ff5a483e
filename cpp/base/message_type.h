#pragma once
// The kinds of message, by name: what messages are made of is in messages/, what was recorded of them in record/.
#include <cstdint>

#include "base/fields.h"

namespace tillstorm {

enum class MessageType : std::uint8_t {
  ticket,
  goods_receipt,
  day_close,
  store_order,
  dispatch,
  purchase_receipt,
  online_order,
  online_shipment,
  price_batch,
  exception_report,
  repair,
  resend_request,
  number_void,
  item_batch,
  refresh_request,
};
/// True if a message of this type has a number of its till, not one of its place.
constexpr bool is_of_till(MessageType type) { return type == MessageType::ticket || type == MessageType::number_void; }
/// A till as it is printed on a receipt, from 1; 0 where no till is involved. `terminal` counts from 0.
constexpr std::uint16_t till_number(MessageType type, std::uint16_t terminal) {
  return static_cast<std::uint16_t>(is_of_till(type) ? terminal + 1 : 0);
}
constexpr auto names_of(MessageType) {
  return std::array{
      EnumName<MessageType>{MessageType::ticket, "ticket", "A sale at a till. Store to ERP."},
      EnumName<MessageType>{MessageType::goods_receipt, "goods_receipt",
                            "A delivery unloaded at a store. Store to ERP."},
      EnumName<MessageType>{MessageType::day_close, "day_close",
                            "The Z report of a store's business date. Store to ERP."},
      EnumName<MessageType>{MessageType::store_order, "store_order", "What a store is to be sent. ERP to DC."},
      EnumName<MessageType>{MessageType::dispatch, "dispatch", "What was loaded for a store. DC to ERP."},
      EnumName<MessageType>{MessageType::purchase_receipt, "purchase_receipt",
                            "A supplier's delivery put to stock. DC to ERP."},
      EnumName<MessageType>{MessageType::online_order, "online_order", "An order to ship. Ecommerce to DC."},
      EnumName<MessageType>{MessageType::online_shipment, "online_shipment",
                            "An order handed to the carrier. DC to ERP."},
      EnumName<MessageType>{MessageType::price_batch, "price_batch", "New list prices. ERP to store."},
      EnumName<MessageType>{MessageType::exception_report, "exception_report",
                            "What a person must look at, or no longer must. Anybody to the exception desk."},
      EnumName<MessageType>{MessageType::repair, "repair",
                            "What a person decided of a message set aside. Exception desk to middleware."},
      EnumName<MessageType>{MessageType::resend_request, "resend_request",
                            "Numbers of a till that did not come. Middleware to store."},
      EnumName<MessageType>{MessageType::number_void, "number_void",
                            "A number of a till that no ticket has. Store to ERP."},
      EnumName<MessageType>{MessageType::item_batch, "item_batch", "Items taken off sale, or back. ERP to store."},
      EnumName<MessageType>{MessageType::refresh_request, "refresh_request",
                            "An item that prices name and nobody knows. Store to ERP."}};
}

}  // namespace tillstorm
