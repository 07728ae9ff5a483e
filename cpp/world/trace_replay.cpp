#include "world/trace_replay.h"

#include <algorithm>

#include "messages/event_kind.h"

namespace tillstorm {

void start_trace(World& world, std::uint32_t store) {
  const std::uint32_t next = world.trace_next[store];
  if (next == world.setup->trace_tickets[store].size()) return;
  const std::uint32_t ticket = world.setup->trace_tickets[store][next];
  const Time at{world.setup->trace.ticket_time_us[ticket]};
  world.kernel.schedule(std::max(at, world.kernel.now), static_cast<std::uint16_t>(EventKind::trace_ticket), 0);
}

void replay_next_ticket(World& world, std::uint32_t store) {
  const Trace& trace = world.setup->trace;
  const std::uint32_t ticket = world.setup->trace_tickets[store][world.trace_next[store]++];
  const MessageId basket = world.pool.create(MessageType::ticket);
  TicketBody body;
  body.customer = world.trace_next[store] - 1;
  body.tender = Tender::credit;  // a log says nothing of tenders: all are taken as one kind
  body.tax = trace.ticket_tax_minor[ticket];
  for (std::uint64_t i = trace.ticket_first_line[ticket]; i < trace.ticket_first_line[ticket + 1]; ++i) {
    const Line line{ItemId{world.setup->trace_items[trace.line_item[i]]}, trace.line_quantity[i],
                    trace.line_amount_minor[i], trace.line_discount_minor[i]};
    body.net += line.amount_minor;
    body.discount += line.discount_minor;
    world.pool.add_line(basket, line);
  }
  body.tendered = body.net + body.tax;
  Message& message = world.pool[basket];
  message.ticket = body;
  message.envelope.terminal = static_cast<std::uint16_t>(trace.ticket_terminal[ticket]);
  model::Context context = world.model_context();
  world.stores[store].replay_ticket(context, basket);
  start_trace(world, store);
}

}  // namespace tillstorm
