#include "harness/invariants/tenders_equal_ticket.h"

namespace tillstorm {

void TendersEqualTicket::check_ticket(const World& world, MessageId id, Violations& violations) const {
  const Message& message = world.pool[id];
  const TicketBody& ticket = message.ticket;
  Minor net = 0;
  for (const Line& line : world.pool.lines(id)) net += line.amount_minor;
  if (net == ticket.net && ticket.tendered == ticket.net + ticket.tax) [[likely]]
    return;
  const std::string name = message_name(world, message.envelope);
  violations.add(violation_at(world, kName, message.envelope.place, name, net + ticket.tax, ticket.tendered,
                              name + " took " + std::to_string(ticket.tendered) + " minor units for lines of " +
                                  std::to_string(net) + " and tax of " + std::to_string(ticket.tax) + "."));
}

void TendersEqualTicket::check_day(const World& world, MessageId id, Violations& violations) const {
  const Message& message = world.pool[id];
  const DayCloseBody& z = message.day_close;
  Minor taken = 0;
  for (const Minor tender : z.tenders) taken += tender;
  if (taken == z.net + z.tax) [[likely]]
    return;
  const std::string name = message_name(world, message.envelope);
  violations.add(violation_at(world, kName, message.envelope.place, name, z.net + z.tax, taken,
                              name + " counts takings of " + std::to_string(taken) + " minor units for sales of " +
                                  std::to_string(z.net) + " and tax of " + std::to_string(z.tax) + "."));
}

}  // namespace tillstorm
