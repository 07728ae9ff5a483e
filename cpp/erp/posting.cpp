// What each message does to the books.
#include <algorithm>
#include <utility>

#include "erp/partition.h"

namespace tillstorm::erp {
namespace {

constexpr std::size_t kOtherTypes = names_of(MessageType{}).size();

Account account_of(Tender tender) {
  switch (tender) {
    case Tender::cash:
      return Account::cash_in_till;
    case Tender::credit:
    case Tender::debit:
      return Account::card_clearing;
    case Tender::gift_card:
      return Account::gift_card_liability;
    case Tender::voucher:
      return Account::voucher_clearing;
  }
  return Account::cash_in_till;
}

}  // namespace

Partition::Partition(const Setup& setup, PlaceId place)
    : place_(place),
      index_(setup.places[index_of(place)].index),
      first_cell_(setup.places[index_of(place)].first_cell),
      windows_(static_cast<std::size_t>(setup.places[index_of(place)].terminals) + kOtherTypes,
               DedupeWindow(setup.dedupe_window)),
      tills_(static_cast<std::uint32_t>(setup.places[index_of(place)].terminals)),
      epochs_(tills_),
      dates_(setup.places[index_of(place)].zone) {
  facts_.add(setup.places[index_of(place)].key);
}

DedupeWindow* Partition::window_of(Context& c, const Message& message) {
  const Envelope& envelope = message.envelope;
  DedupeWindow* window = &windows_[tills_ + static_cast<std::size_t>(envelope.type)];
  if (is_of_till(envelope.type))
    window = epochs_.window_of(c.rules, c.setup.sequence, message,
                               windows_[c.rules.is(Mutant::dedupe_key_omits_terminal) ? 0 : envelope.terminal]);
  if (c.kernel.now >= next_hour_) {
    hour_ = static_cast<std::uint32_t>(c.kernel.now.us / kHour.us);
    next_hour_ = Time{(std::int64_t{hour_} + 1) * kHour.us};
  }
  if (window != nullptr && window->hour() != hour_) window->age(hour_, c.setup.dedupe_hours);
  return window;
}

std::uint64_t Partition::dedupe_bytes() const {
  std::uint64_t bytes = 0;
  for (const DedupeWindow& window : windows_) bytes += window.bytes() + sizeof(DedupeWindow);
  return bytes + keys_.bytes();
}

Posting Partition::receive(Context& c, MessageId id, bool is_racing) {
  const Message& message = c.pool[id];
  facts_.add(c.kernel.now.us);
  facts_.add(message.envelope.body_hash);
  DedupeWindow* const window = window_of(c, message);
  if (window == nullptr) [[unlikely]]
    return set_aside(c, id, ExceptionType::epoch_conflict);
  if (const Known known = recognise(c, id, *window, is_racing); known != Known::no) [[unlikely]]
    return known == Known::yes ? again(c, id, *window) : set_aside(c, id, ExceptionType::late_key);
  if (const Need need = needs(c, id); need.kind != Need::Kind::nothing) [[unlikely]]
    return park(c, id, need);
  return post_new(c, id, *window, Posting::first);
}

Posting Partition::post_new(Context& c, MessageId id, DedupeWindow& window, Posting as, bool is_remembered) {
  if (const auto aside = date_of_posting(c, c.pool[id]); aside) [[unlikely]]
    return set_aside(c, id, *aside);
  const Message& message = c.pool[id];
  const Envelope& e = message.envelope;
  if (is_remembered && window.insert(e.number, Fingerprint::of(e)))
    c.rules.count(rule::DedupeWindow::Outcome::key_evicted);
  ++posted_;
  c.rules.count(rule::DedupeThenPost::Outcome::first_post);
  c.rules.count(dates_.at(c.kernel.now) > e.business_date ? rule::OriginalEventTime::Outcome::posted_late_on_its_day
                                                          : rule::OriginalEventTime::Outcome::posted_on_its_day);
  if (e.event_time < newest_event_) [[unlikely]]
    c.rules.count(rule::OrderPerSource::Outcome::event_time_disagrees);
  newest_event_ = std::max(newest_event_, e.event_time);
  if (c.is_warm) latency_.record((c.kernel.now - e.event_time).us);
  record_delivery(c, message, Delivered::first_post);
  post(c, id);
  remember_body(c, id);
  if (is_remembered && c.setup.idempotency.key_source != KeySource::business_identity) [[unlikely]]
    remember_key(c, id);
  if (!differences_.empty()) [[unlikely]]
    look_at_differences(c, c.pool[id].envelope);
  if (is_late_) [[unlikely]]
    note_late(c, c.pool[id].envelope);
  if (const Envelope& posted = c.pool[id].envelope; c.setup.dependencies.may_be_awaited(posted.type)) [[unlikely]]
    predecessor_arrives(c, is_of_till(posted.type) ? ticket_reference(posted.terminal, posted.number) : posted.number,
                        posted);
  c.pool.release(id);
  return as;
}

Posting Partition::again(Context& c, MessageId id, DedupeWindow& window) {
  const Message& message = c.pool[id];
  const Fingerprint posted = window.print(message.envelope.number);
  const Fingerprint now = Fingerprint::of(message.envelope);
  // Of a number older than the window no body is remembered: it counts as the same, unless it is a correction.
  const bool is_repeat = (posted.bits == 0 ? now.revision() == 0 : posted == now) ||
                         c.rules.is(Mutant::conflict_taken_for_repeat) || c.rules.is(Mutant::dedupe_key_omits_terminal);
  if (!is_repeat) return conflict(c, id, window, posted);
  ++duplicates_;
  c.rules.count(rule::DedupeThenPost::Outcome::duplicate_answered);
  record_delivery(c, message, Delivered::duplicate_answered);
  c.pool.release(id);
  return Posting::duplicate;
}

Partition::Known Partition::look_up(Context& c, const DedupeWindow& window, const Message& message) const {
  using Outcome = DedupeWindow::Outcome;
  const Outcome found = window.find(message.envelope.number);
  c.rules.count(found);
  if (found == Outcome::cache_miss_new) [[likely]]
    return Known::no;
  if (c.rules.is(Mutant::repeat_posted_again)) return Known::no;
  if (found == Outcome::cache_hit) return Known::yes;
  if (c.rules.is(Mutant::window_forgets_posted)) return Known::no;
  if (c.rules.is(Mutant::late_number_counts_as_posted)) return Known::yes;
  const Known by_index = found == Outcome::late_lookup_hit ? Known::yes : Known::no;
  switch (c.setup.late_lookup) {
    case LateLookup::posted_index:
      return by_index;
    case LateLookup::quarantine_late:  // whoever sends it on has looked it up
      return message.set_aside_as != 0 ? by_index : Known::uncertain;
    case LateLookup::none:
      break;
  }
  return Known::no;
}

Posting Partition::set_aside(Context& c, MessageId id, ExceptionType why) {
  record_delivery(c, c.pool[id], Delivered::set_aside);
  facts_.add(static_cast<std::uint64_t>(why));
  c.kernel.send(c.setup.addresses.middleware(), c.kernel.now + c.setup.middleware_latency,
                static_cast<std::uint16_t>(EventKind::set_aside),
                static_cast<std::uint64_t>(why) << 32 | static_cast<std::uint32_t>(id));
  return Posting::set_aside;
}

void Partition::post(Context& c, MessageId id) {
  switch (c.pool[id].envelope.type) {
    case MessageType::ticket:
      post_sale(c, id, 1);
      break;
    case MessageType::goods_receipt:
      post_goods_receipt(c, id);
      break;
    case MessageType::day_close:
      post_day_close(c, id);
      break;
    case MessageType::dispatch:
      post_dispatch(c, id);
      break;
    case MessageType::purchase_receipt:
      post_purchase_receipt(c, id);
      break;
    case MessageType::online_shipment:
      post_online_shipment(c, id);
      break;
    case MessageType::number_void:
      break;  // it accounts for its number
    case MessageType::refresh_request:
      ask_for_refresh(c, id);
      break;
    case MessageType::store_order:
    case MessageType::online_order:
    case MessageType::price_batch:
    case MessageType::item_batch:
    case MessageType::exception_report:
    case MessageType::repair:
    case MessageType::resend_request:
      check(false, "only what happened is posted");
      break;
  }
}

/// Head office tells the place all of an item again (MSG-18).
void Partition::ask_for_refresh(Context& c, MessageId id) const {
  for (const Line& line : std::as_const(c.pool).lines(id))
    c.kernel.send(c.setup.addresses.head_office(), c.kernel.now + c.setup.middleware_latency,
                  static_cast<std::uint16_t>(EventKind::refresh_wanted),
                  std::uint64_t{index_of(place_)} << 32 | index_of(line.item));
}

Minor Partition::revalue(std::int64_t change_micro) {
  stock_value_micro_ += change_micro;
  const Minor before = stock_value_;
  stock_value_ = divide_rounded(stock_value_micro_, 1'000'000, Rounding::half_up);
  return stock_value_ - before;
}

Minor Partition::move_lines(Context& c, MessageId id, std::int32_t sign, MovementReason reason) {
  constexpr std::size_t kAtATime = 16;    // cells are asked for together, so that their cache misses overlap
  std::array<BookCell*, kAtATime> cells;  // NOLINT(cppcoreguidelines-pro-type-member-init): set before it is read
  const std::span<const Line> lines = std::as_const(c.pool).lines(id);
  const ItemIndex& items = index(c);
  const bool is_receipt = reason == MovementReason::goods_receipt || reason == MovementReason::purchase_receipt;
  const bool is_recorded = c.tables.movements.wanted;
  const ItemMaster* const masters = c.setup.items.data();
  BookCell* const own_cells = c.cells.data() + first_cell_;
  Digest facts = facts_;
  std::int64_t change_micro = 0;
  const std::int32_t sold = reason == MovementReason::sale ? -sign : 1;  // a sale may be taken back
  if (c.rules.is(Mutant::dispatch_not_issued) && reason == MovementReason::dispatch) sign = 0;
  if (c.rules.is(Mutant::receipt_posted_twice_in_stock) && is_receipt) sign *= 2;
  c.rules.count(is_receipt                           ? rule::StockMovements::Outcome::receipt
                : reason == MovementReason::dispatch ? rule::StockMovements::Outcome::transfer_leg
                                                     : rule::StockMovements::Outcome::issue);
  for (std::size_t first = 0; first < lines.size(); first += kAtATime) {
    const std::size_t count = std::min(kAtATime, lines.size() - first);
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t position = items.position(lines[first + i].item);
      check(position != kNone, "a place moves only what it carries");
      cells[i] = own_cells + position;
      __builtin_prefetch(cells[i], 1);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Line& line = lines[first + i];
      BookCell& cell = *cells[i];
      std::int32_t change = sign * line.quantity;
      if (c.rules.is(Mutant::pack_factor_applied_twice)) [[unlikely]]
        change *= masters[index_of(line.item)].base_units;
      if (c.rules.is(Mutant::canary) && posted_ == 10 && first + i == 0) [[unlikely]]
        --change;
      const std::int32_t before = cell.on_hand;
      cell.on_hand += change;
      if ((cell.on_hand ^ before) < 0) [[unlikely]]
        report_stock(c, c.pool[id].envelope, line.item, cell.on_hand);
      (is_receipt ? cell.inbound : cell.sold) += is_receipt ? -line.quantity : sold * line.quantity;
      change_micro += change * masters[index_of(line.item)].unit_cost_micro;
      facts.add(static_cast<std::uint64_t>(index_of(line.item)) << 32 | static_cast<std::uint32_t>(cell.on_hand));
      if (is_recorded) [[unlikely]]
        record_movement(c, c.pool[id], line.item, change, reason);
    }
  }
  facts_ = facts;
  return revalue(change_micro);
}

template <std::size_t N>
BookDay& Partition::journal_entry(Context& c, const Message& message, const std::array<JournalLine, N>& lines) {
  BookDay& day = journal_.day(c.rules.is(Mutant::replay_dated_on_arrival) ? dates_.at(c.kernel.now) : posting_date_);
  journal_.post(day, lines);
  day.last_posted = c.kernel.now;
  day.closing_value = stock_value_;
  Digest facts = facts_;
  for (const JournalLine& line : lines) facts.add(line.amount);
  facts_ = facts;
  if (c.tables.journal.wanted) [[unlikely]]
    for (const JournalLine& line : lines) record_journal_line(c, message, line);
  return day;
}

void Partition::post_sale(Context& c, MessageId id, std::int32_t direction) {
  const Minor cost = -move_lines(c, id, -direction, MovementReason::sale);
  const Message& message = c.pool[id];
  const TicketBody& ticket = message.ticket;
  const Minor net = direction * (ticket.net + ticket.bag_fee), tax = direction * ticket.tax,
              discount = direction * ticket.discount;
  Minor revenue = net + discount;
  if (c.rules.is(Mutant::revenue_leg_rounded_alone)) revenue = divide_rounded(revenue, 10, Rounding::half_up) * 10;
  c.rules.count(rule::BalancedDocuments::Outcome::single_tender);
  c.rules.count(rule::RevenueAtHandover::Outcome::carried_at_ticket);
  BookDay& day =
      journal_entry(c, message,
                    std::array{JournalLine{account_of(ticket.tender), direction * ticket.tendered},
                               JournalLine{Account::discounts, discount}, JournalLine{Account::sales_revenue, -revenue},
                               JournalLine{Account::sales_tax_payable, -tax},
                               JournalLine{Account::cost_of_goods_sold, cost}, JournalLine{Account::inventory, -cost}});
  posted_tickets_ += static_cast<std::uint64_t>(std::int64_t{direction});
  day.tickets += static_cast<std::uint32_t>(direction);
  day.net += net;
  day.tax += tax;
  day.cost += cost;
  if (day.export_version != 0 && direction > 0) [[unlikely]]
    restate(c, day);
}

void Partition::post_online_shipment(Context& c, MessageId id) {
  Minor cost = -move_lines(c, id, -1, MovementReason::online_shipment);
  if (c.rules.is(Mutant::shipment_cost_not_posted)) cost = 0;
  c.rules.count(rule::RevenueAtHandover::Outcome::recognised_at_shipment);
  const Message& message = c.pool[id];
  const OnlineBody& order = message.online;
  BookDay& day = journal_entry(
      c, message,
      std::array{JournalLine{Account::card_clearing, order.net + order.tax},
                 JournalLine{Account::sales_revenue, -order.net}, JournalLine{Account::sales_tax_payable, -order.tax},
                 JournalLine{Account::cost_of_goods_sold, cost}, JournalLine{Account::inventory, -cost}});
  day.net += order.net;
  day.tax += order.tax;
  day.cost += cost;
  if (day.export_version != 0) [[unlikely]]
    restate(c, day);
}

void Partition::post_goods_receipt(Context& c, MessageId id) {
  const Minor value = move_lines(c, id, 1, MovementReason::goods_receipt);
  const Message& message = c.pool[id];
  // Document 0 is no delivery of the DC: units that a replayed log sold and the simulated shelf did not have.
  const bool is_delivery = message.goods.document != 0;
  if (!is_delivery)
    for (const Line& line : std::as_const(c.pool).lines(id))
      c.cells[first_cell_ + index(c).position(line.item)].inbound += line.quantity;
  journal_entry(c, message,
                std::array{JournalLine{Account::inventory, value},
                           JournalLine{is_delivery ? Account::goods_in_transit : Account::opening_balance, -value}});
  if (is_delivery) order_cycle_hours_.add(seconds(message.envelope.event_time - message.goods.ordered_at) / 3600.0);
}

void Partition::post_purchase_receipt(Context& c, MessageId id) {
  const Minor value = move_lines(c, id, 1, MovementReason::purchase_receipt);
  journal_entry(
      c, c.pool[id],
      std::array{JournalLine{Account::inventory, value}, JournalLine{Account::goods_received_not_invoiced, -value}});
}

void Partition::post_dispatch(Context& c, MessageId id) {
  const Minor value = -move_lines(c, id, -1, MovementReason::dispatch);
  const Message& message = c.pool[id];
  journal_entry(c, message,
                std::array{JournalLine{Account::goods_in_transit, value}, JournalLine{Account::inventory, -value}});
  // The store's partition learns what was loaded of its order.
  c.pool.retain(id);
  c.kernel.send(c.setup.addresses.partition(message.goods.to), c.kernel.now + c.setup.middleware_latency,
                static_cast<std::uint16_t>(EventKind::order_loaded), static_cast<std::uint32_t>(id));
}

void Partition::post_day_close(Context& c, MessageId id) {
  const Message message = c.pool[id];
  BookDay& day = journal_.day(message.envelope.business_date);
  const DayCloseBody& z = message.day_close;
  if (z.tickets != day.tickets || z.net != day.net || z.tax != day.tax) {
    ++z_differences_;
    differences_.push_back({message.envelope, z});
    report_difference(c, message.envelope, z.net - day.net, ExceptionSignal::raised);
  } else {
    c.rules.count(z.tickets != 0 ? rule::ZReport::Outcome::matched : rule::ZReport::Outcome::empty_day);
  }
  facts_.add(z.net);
  export_after_grace(c, day);
}

void Partition::write_off(Context& c, MessageId id) {
  const Message message = c.pool[id];
  const Minor amount = message.exception.amount;
  posting_date_ = dates_.at(c.kernel.now);
  journal_entry(
      c, message,
      std::array{JournalLine{Account::over_and_short, amount}, JournalLine{Account::settlement_differences, -amount}});
  c.pool.release(id);
}

void Partition::open_books(Context& c, std::span<const std::int32_t> on_hand) {
  const ItemIndex& items = index(c);
  Message opening;  // no message brings it: it is recorded as goods receipt number 0
  opening.envelope.type = MessageType::goods_receipt;
  opening.envelope.business_date = c.setup.first_date;
  opening.envelope.event_time = c.kernel.now;
  std::int64_t value_micro = 0;
  for (std::uint32_t position = 0; position < items.size(); ++position) {
    c.cells[first_cell_ + position].on_hand = on_hand[position];
    value_micro += on_hand[position] * c.setup.items[index_of(items.item(position))].unit_cost_micro;
    if (c.tables.movements.wanted && on_hand[position] != 0)
      record_movement(c, opening, items.item(position), on_hand[position], MovementReason::opening);
  }
  const Minor value = revalue(value_micro);
  BookDay& day = journal_.day(c.setup.first_date);
  day.closing_value = value;
  const std::array lines{JournalLine{Account::inventory, value}, JournalLine{Account::opening_balance, -value}};
  journal_.post(day, lines);
  if (c.tables.journal.wanted)
    for (const JournalLine& line : lines) record_journal_line(c, opening, line);
}

void Partition::record_movement(Context& c, const Message& message, ItemId item, std::int32_t change,
                                MovementReason reason) const {
  c.tables.movements.append({.place = place_,
                             .item = item,
                             .quantity = change,
                             .reason = reason,
                             .type = message.envelope.type,
                             .epoch = message.envelope.epoch,
                             .number = message.envelope.number,
                             .event_time = message.envelope.event_time,
                             .posted_at = c.kernel.now});
}

void Partition::record_journal_line(Context& c, const Message& message, const JournalLine& line) const {
  if (line.amount == 0) return;
  c.tables.journal.append({.place = place_,
                           .business_date = message.envelope.business_date,
                           .posted_at = c.kernel.now,
                           .type = message.envelope.type,
                           .epoch = message.envelope.epoch,
                           .number = message.envelope.number,
                           .account = line.account,
                           .debit_minor = std::max<Minor>(line.amount, 0),
                           .credit_minor = std::max<Minor>(-line.amount, 0)});
}

void Partition::record_delivery(Context& c, const Message& message, Delivered outcome) const {
  if (!c.tables.deliveries.wanted) return;
  c.tables.deliveries.append({.place = place_,
                              .type = message.envelope.type,
                              .terminal = till_number(message.envelope.type, message.envelope.terminal),
                              .epoch = message.envelope.epoch,
                              .number = message.envelope.number,
                              .source_sequence = message.envelope.source_sequence,
                              .event_time = message.envelope.event_time,
                              .posted_at = c.kernel.now,
                              .latency_us = (c.kernel.now - message.envelope.event_time).us,
                              .outcome = outcome});
}

}  // namespace tillstorm::erp
