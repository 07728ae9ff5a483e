#pragma once
// Which body a message has: the one place that maps a type to a member of the union.
#include "base/check.h"
#include "messages/message.h"

namespace tillstorm {

/// Calls `with(body)` for the body that a message of `type` has, as it lies in `message` (const or not).
template <class AnyMessage, class With>
constexpr decltype(auto) with_body(MessageType type, AnyMessage& message, With&& with) {
  switch (type) {
    case MessageType::ticket:
      return with(message.ticket);
    case MessageType::goods_receipt:
    case MessageType::store_order:
    case MessageType::dispatch:
    case MessageType::purchase_receipt:
      return with(message.goods);
    case MessageType::day_close:
      return with(message.day_close);
    case MessageType::online_order:
    case MessageType::online_shipment:
      return with(message.online);
    case MessageType::price_batch:
    case MessageType::item_batch:
    case MessageType::refresh_request:
      return with(message.master);
    case MessageType::exception_report:
      return with(message.exception);
    case MessageType::repair:
      return with(message.repair);
    case MessageType::resend_request:
    case MessageType::number_void:
      return with(message.numbers);
  }
  fail_check("a message has one of the known types", __FILE__, __LINE__);
}

}  // namespace tillstorm
