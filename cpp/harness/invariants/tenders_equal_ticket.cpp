#include "harness/invariants/tenders_equal_ticket.h"

namespace tillstorm {

void TendersEqualTicket::check_ticket(const CheckPoint& c, const Message& message, Minor lines) const {
  const TicketBody& ticket = message.ticket;
  if (lines == ticket.net && ticket.tendered == ticket.net + ticket.tax + ticket.bag_fee) [[likely]]
    return;
  const Entity entity = entity_of(c.world, message.envelope);
  c.violations.add(violation_at(
      c.world, text.name, message.envelope.place, entity, lines + ticket.tax + ticket.bag_fee, ticket.tendered,
      entity.name + " took " + std::to_string(ticket.tendered) + " minor units for lines of " + std::to_string(lines) +
          ", tax of " + std::to_string(ticket.tax) + " and a bag fee of " + std::to_string(ticket.bag_fee) + "."));
}

void TendersEqualTicket::check_day(const CheckPoint& c, const Message& message) {
  const DayCloseBody& z = message.day_close;
  Minor taken = 0;
  for (const Minor tender : z.tenders) taken += tender;
  if (taken == z.net + z.tax) [[likely]]
    return;
  const Entity entity = entity_of(c.world, message.envelope);
  c.violations.add(violation_at(c.world, text.name, message.envelope.place, entity, z.net + z.tax, taken,
                                entity.name + " counts takings of " + std::to_string(taken) +
                                    " minor units for sales of " + std::to_string(z.net) + " and tax of " +
                                    std::to_string(z.tax) + "."));
}

void TendersEqualTicket::handed_over(const CheckPoint& c, std::uint32_t, MessageId id) {
  const Message& message = c.world.pool[id];
  Amounts& open = open_[index_of(message.envelope.place)];
  if (message.envelope.type == MessageType::ticket) {
    Minor lines = 0;
    for (const Line& line : c.world.pool.lines(id)) lines += line.amount_minor;
    check_ticket(c, message, lines);
    open.net += message.ticket.net + message.ticket.bag_fee;
    open.tax += message.ticket.tax;
    open.tendered += message.ticket.tendered;
  } else if (message.envelope.type == MessageType::day_close) {
    check_day(c, message);
  } else if (message.envelope.type == MessageType::online_shipment) {
    open.net += message.online.net;
    open.tax += message.online.tax;
  }
}

void TendersEqualTicket::posted(const CheckPoint& c, PlaceId place, const Message& message, erp::Posting posting) {
  // A ticket that comes after its own correction is dropped: the correction says the same amounts, and so do both.
  if ((!erp::is_posted(posting) && posting != erp::Posting::ignored) || c.is_repeat) return;
  Amounts& open = open_[index_of(place)];
  if (message.envelope.type == MessageType::ticket) {
    if (message.ticket.tendered != message.ticket.net + message.ticket.tax + message.ticket.bag_fee) [[unlikely]]
      check_ticket(c, message, message.ticket.net);
    open.net -= message.ticket.net + message.ticket.bag_fee;
    open.tax -= message.ticket.tax;
    open.tendered -= message.ticket.tendered;
  } else if (message.envelope.type == MessageType::online_shipment) {
    open.net -= message.online.net;
    open.tax -= message.online.tax;
  }
}

void TendersEqualTicket::quiet(const CheckPoint& c, PlaceId place) {
  Amounts& open = open_[index_of(place)];
  if (open.net == 0 && open.tax == 0 && open.tendered == 0) [[likely]]
    return;
  const std::string name = place_name(c.world, place);
  c.violations.add(violation_at(c.world, text.name, place, {"amounts of " + name}, 0, open.net + open.tax,
                                "all that " + name + " said is posted, but with other amounts: net differs by " +
                                    std::to_string(-open.net) + ", tax by " + std::to_string(-open.tax) +
                                    ", takings by " + std::to_string(-open.tendered) + " minor units."));
  open = {};  // said once
}

}  // namespace tillstorm
