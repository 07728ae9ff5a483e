#include "world/recording.h"

#include <utility>

namespace tillstorm {

void record_store_day(World& world, std::uint32_t index) {
  const model::Store& store = world.stores[index];
  const model::DayTotals& day = store.last_day();
  world.tables.truth.store_days.append({.place = PlaceId{index},
                                        .business_date = store.last_date(),
                                        .customers = static_cast<std::uint32_t>(day.customers),
                                        .tickets = static_cast<std::uint32_t>(day.tickets),
                                        .lines = static_cast<std::uint32_t>(day.lines),
                                        .units = day.units,
                                        .net_minor = day.net,
                                        .discount_minor = day.discount,
                                        .tax_minor = day.tax,
                                        .cash_minor = day.tenders[0],
                                        .credit_minor = day.tenders[1],
                                        .debit_minor = day.tenders[2],
                                        .gift_card_minor = day.tenders[3],
                                        .voucher_minor = day.tenders[4],
                                        .lost_units = day.lost_units,
                                        .lost_value_minor = day.lost_value,
                                        .substituted_lines = static_cast<std::uint32_t>(day.substituted_lines),
                                        .balked = static_cast<std::uint32_t>(day.balked),
                                        .gave_up = static_cast<std::uint32_t>(day.gave_up),
                                        .turned_away = static_cast<std::uint32_t>(day.turned_away),
                                        .trace_shortage_units = day.shortage_units,
                                        .wait_us_sum = day.wait_us});
}

void record_sale(World& world, MessageId id) {
  const Message& message = world.pool[id];
  const Envelope& e = message.envelope;
  const TicketBody& ticket = message.ticket;
  std::int64_t units = 0;
  for (const Line& line : std::as_const(world.pool).lines(id)) {
    units += line.quantity;
    if (world.tables.truth.ticket_lines.wanted)
      world.tables.truth.ticket_lines.append({.place = e.place,
                                              .terminal = till_number(e.type, e.terminal),
                                              .epoch = e.epoch,
                                              .number = e.number,
                                              .item = line.item,
                                              .quantity = line.quantity,
                                              .amount_minor = line.amount_minor,
                                              .discount_minor = line.discount_minor});
  }
  if (world.tables.truth.tickets.wanted)
    world.tables.truth.tickets.append({.place = e.place,
                                       .terminal = till_number(e.type, e.terminal),
                                       .epoch = e.epoch,
                                       .number = e.number,
                                       .business_date = e.business_date,
                                       .event_time = e.event_time,
                                       .customer = ticket.customer,
                                       .lines = message.lines.count,
                                       .units = units,
                                       .net_minor = ticket.net,
                                       .discount_minor = ticket.discount,
                                       .tax_minor = ticket.tax,
                                       .bag_fee_minor = ticket.bag_fee,
                                       .tender = ticket.tender});
}

void record_lost_sales(World& world) {
  for (const model::LostSale& lost : world.lost_sales)
    world.tables.truth.lost_sales.append({.place = PlaceId{lost.store},
                                          .event_time = lost.at,
                                          .item = lost.item,
                                          .units = lost.units,
                                          .cause = lost.cause});
  world.lost_sales.clear();
}

namespace {

template <class Row>
void start_again(Table<Row>& table) {
  const bool wanted = table.wanted;
  table = Table<Row>{};
  table.wanted = wanted;
}

}  // namespace

void record_book_days(World& world) {
  start_again(world.tables.book.store_days);
  start_again(world.tables.book.journal_days);
  for (const erp::Partition& partition : world.partitions)
    for (const erp::BookDay& day : partition.journal().days()) {
      world.tables.book.store_days.append({.place = partition.place(),
                                           .business_date = day.date,
                                           .tickets = static_cast<std::uint32_t>(day.tickets),
                                           .net_minor = day.net,
                                           .tax_minor = day.tax,
                                           .cost_minor = day.cost,
                                           .last_posted_at = day.last_posted,
                                           .late_postings = day.late_postings,
                                           .export_version = day.export_version,
                                           .exported_net_minor = day.exported_net});
      for (std::size_t account = 0; account < erp::kAccounts; ++account)
        if (day.debit[account] != 0 || day.credit[account] != 0)
          world.tables.book.journal_days.append({.place = partition.place(),
                                                 .business_date = day.date,
                                                 .account = static_cast<Account>(account),
                                                 .debit_minor = day.debit[account],
                                                 .credit_minor = day.credit[account]});
    }
}

void record_open_exceptions(World& world) {
  start_again(world.tables.book.open_exceptions);
  erp::Context books = world.erp_context();
  world.desk.record_open(books);
}

void begin_statistics(World& world) {
  world.is_warm = true;
  world.bus.reset_statistics(world.kernel.now);
  for (model::Store& store : world.stores) store.reset_statistics(world.kernel.now);
  for (erp::Partition& partition : world.partitions) partition.reset_statistics();
}

}  // namespace tillstorm
