// The tills: queueing, scanning, paying, numbering.
#include <algorithm>
#include <utility>

#include "model/store.h"

namespace tillstorm::model {
namespace {

/// Versions of the messages' schema with which tills learn of bag fees and points.
constexpr std::uint8_t kBagFeeSince = 2, kPointsSince = 3;
constexpr std::int64_t kUnitsWithoutBag = 5;

constexpr std::uint64_t kService = purpose_of("customer.checkout");
constexpr std::uint64_t kPatience = purpose_of("customer.patience");
constexpr std::uint64_t kBalking = purpose_of("customer.balking");
constexpr std::uint64_t kCorrection = purpose_of("till.tender_correction");
constexpr std::uint64_t kUp = purpose_of("till.up");
constexpr std::uint64_t kRepair = purpose_of("till.repair");

std::int64_t microseconds(double value, Duration unit) {
  return static_cast<std::int64_t>(std::max(0.0, value) * static_cast<double>(unit.us));
}

}  // namespace

void Store::at_tills(Context& c, MessageId basket) {
  const TillSetup& tills = c.setup.tills;
  const std::uint32_t customer = c.pool[basket].ticket.customer;
  if (is_trading_stopped_) [[unlikely]] {
    ++today_.turned_away;
    return put_back(c, basket, LostCause::balked);
  }
  if (tills.has_balking && tills_.waiting() >= tills.balk_from) {
    RandomStream stream(c.setup.seed, kBalking, key_, customer);
    const std::uint64_t ppm = std::uint64_t{tills.balk_ppm} * (tills_.waiting() - tills.balk_from);
    if (stream.bernoulli_ppm(static_cast<std::uint32_t>(std::min<std::uint64_t>(ppm, kMillion)))) {
      ++today_.balked;
      return put_back(c, basket, LostCause::balked);
    }
  }
  const ServerGroup::Arrival arrival = tills_.arrive(static_cast<std::uint32_t>(basket), c.kernel.now);
  switch (arrival.outcome) {
    case ServerGroup::Outcome::starts:
      return begin_service(c, arrival.server, basket);
    case ServerGroup::Outcome::blocked:
      ++today_.turned_away;
      return put_back(c, basket, LostCause::balked);
    case ServerGroup::Outcome::waits:
      break;
  }
  if (!tills.patience_minutes) return;
  RandomStream stream(c.setup.seed, kPatience, key_, customer);
  const std::int64_t patience = microseconds(sample(*tills.patience_minutes, stream), kMinute);
  c.schedule(c.kernel.now + Duration{patience}, EventKind::customer_gives_up, arrival.ticket);
}

void Store::leaves_shelves(Context& c, MessageId basket) {
  inside_.add(-1, c.kernel.now);
  at_tills(c, basket);
  if (!open_) end_day_if_over(c);
}

void Store::gives_up(Context& c, std::uint64_t place_in_queue) {
  const std::uint32_t basket = tills_.abandon(static_cast<std::uint32_t>(place_in_queue), c.kernel.now);
  if (basket == kNone) return;
  ++today_.gave_up;
  put_back(c, MessageId{basket}, LostCause::gave_up);
  end_day_if_over(c);
}

void Store::begin_service(Context& c, std::uint32_t terminal, MessageId basket) {
  price_lines(c, basket);
  scanned_at_change_[terminal] = price_changes_;
  c.rules.count(rule::TillPriceCopy::Outcome::priced_locally);
  const Time end = c.kernel.now + Duration{checkout_time_us(c, c.pool[basket].ticket)};
  c.schedule(end, EventKind::checkout_ends, tills_.begin_service(terminal, end).payload());
}

/// Scans the lines: each gets its item and the price of the tills' own copy at this moment (PRICE-06).
void Store::price_lines(Context& c, MessageId basket) {
  const ItemIndex& items = index_of_items(c);
  const Ppm rate = me(c).tax_rate;
  const bool per_line = c.setup.tax_per_line || c.rules.is(Mutant::tax_always_per_line);
  const Ppm discount_ppm = c.setup.demand.discount_ppm;
  Minor net = 0, discount = 0, taxable = 0, tax = 0;
  std::int64_t units = 0;
  std::uint32_t taxed_lines = 0, packs = 0;
  for (Line& line : c.pool.lines(basket)) {
    const std::uint32_t position = index_of(line.item);
    line.item = items.item(position);
    const ItemSetup& item = c.setup.items[index_of(line.item)];
    const std::int32_t sold = item.base_units == 1 ? line.quantity : line.quantity / item.base_units;
    line.amount_minor = cell(c, position).price_minor * sold;
    if (discount_ppm != 0) {
      line.discount_minor = static_cast<std::int32_t>(share_of(line.amount_minor, discount_ppm, Rounding::half_up));
      line.amount_minor -= line.discount_minor;
      discount += line.discount_minor;
    }
    units += sold;
    net += line.amount_minor;
    packs += item.base_units != 1 ? 1U : 0U;
    if (!item.is_taxed && !c.rules.is(Mutant::tax_on_exempt_lines)) continue;
    ++taxed_lines;
    taxable += line.amount_minor;
    if (per_line) tax += share_of(line.amount_minor, rate, c.setup.tax_rounding);
  }
  const std::uint32_t lines = c.pool[basket].lines.count;
  c.rules.count(rule::PackConversion::Outcome::pack_sold, packs);
  c.rules.count(rule::PackConversion::Outcome::each_sold, lines - packs);
  c.rules.count(rule::TaxAddition::Outcome::exclusive_added, taxed_lines);
  c.rules.count(rule::TaxAddition::Outcome::zero_rate, lines - taxed_lines);
  c.rules.count(per_line ? rule::TaxRounding::Outcome::line_rounded : rule::TaxRounding::Outcome::receipt_rounded);
  TicketBody& ticket = c.pool[basket].ticket;
  ticket.net = net;
  ticket.discount = discount;
  ticket.tax = per_line ? tax : share_of(taxable, rate, c.setup.tax_rounding);
  ticket.bag_fee = schema_version_ >= kBagFeeSince && units > kUnitsWithoutBag ? c.setup.bag_fee : 0;
  ticket.loyalty_points = schema_version_ >= kPointsSince ? static_cast<std::uint32_t>(net / 100) : 0;
  ticket.tendered = ticket.net + ticket.tax + ticket.bag_fee;
  ticket.units = static_cast<std::uint32_t>(units);
}

std::int64_t Store::checkout_time_us(const Context& c, const TicketBody& ticket) const {
  const TillSetup& tills = c.setup.tills;
  if (tills.law_seconds) {
    RandomStream stream(c.setup.seed, kService, key_, ticket.customer);
    return microseconds(sample(*tills.law_seconds, stream), kSecond);
  }
  return tills.overhead_us + tills.scan_us * ticket.units + tills.tender_us[static_cast<std::size_t>(ticket.tender)];
}

void Store::checkout_ends(Context& c, std::uint64_t service) {
  const ServiceKey key = ServiceKey::from_payload(service);
  const ServerGroup::Departure departure = tills_.finish(key, c.kernel.now);
  if (departure.customer == kNone) return;  // the till has failed since: its repair set a new end
  complete(c, MessageId{departure.customer}, key.server);
  if (departure.next != kNone) begin_service(c, key.server, MessageId{departure.next});
  if (!open_) end_day_if_over(c);
}

void Store::complete(Context& c, MessageId basket, std::uint32_t terminal) {
  Message& message = c.pool[basket];
  TicketBody& ticket = message.ticket;
  ++today_.tickets;
  today_.lines += message.lines.count;
  today_.units += ticket.units;
  today_.net += ticket.net + ticket.bag_fee;
  today_.discount += ticket.discount;
  today_.tax += ticket.tax;
  today_.tenders[static_cast<std::size_t>(ticket.tender)] += ticket.tendered;
  c.rules.count(c.kernel.now < midnight_ ? rule::StoreDayAndDate::Outcome::before_midnight
                                         : rule::StoreDayAndDate::Outcome::after_midnight_kept);
  if (scanned_at_change_[terminal] != price_changes_) {
    c.rules.count(rule::TillPriceCopy::Outcome::line_price_kept);
    if (c.rules.is(Mutant::line_repriced_at_total)) reprice(c, basket);
  }
  const std::uint32_t number = next_number(c, terminal);
  if (numbers_[terminal].stated != 0) [[unlikely]]
    ticket.previous_last = std::exchange(numbers_[terminal].stated, 0);
  if (c.rules.is(Mutant::tills_share_numbers) && terminal == 1) terminal = 0;
  emit(c, basket, static_cast<std::uint16_t>(terminal), number);
  if (correction_ppm_ != 0) [[unlikely]]
    correct_tender(c, basket);
}

/// The cashier sees at once that the tender was wrong: the same ticket again, one revision up, says what was paid with
/// and what it replaces.
void Store::correct_tender(Context& c, MessageId ticket) {
  RandomStream stream(c.setup.seed, kCorrection, key_, c.pool[ticket].ticket.customer);
  if (!stream.bernoulli_ppm(correction_ppm_)) return;
  const auto moves = 1 + stream.below(static_cast<std::uint32_t>(kTenders) - 1);
  const MessageId corrected = c.pool.copy(ticket);
  Message& message = c.pool[corrected];
  TicketBody& body = message.ticket;
  ++message.envelope.revision;
  message.envelope.causation = message.envelope.number;
  body.replaced_tender = body.tender;
  body.tender = static_cast<Tender>((static_cast<std::uint32_t>(body.tender) + moves) % kTenders);
  today_.tenders[static_cast<std::size_t>(body.replaced_tender)] -= body.tendered;
  today_.tenders[static_cast<std::size_t>(body.tender)] += body.tendered;
  c.faults.count(correction_fault_, FaultEffect::tenders_corrected);
  emit(c, corrected, message.envelope.terminal, message.envelope.number);
}

/// SALE-09: contiguous for each terminal, whether the store has a link or not.
std::uint32_t Store::next_number(Context& c, std::uint32_t terminal) {
  c.rules.count(rule::ContiguousNumbers::Outcome::next_number);
  std::uint32_t& last = numbers_[terminal].last;
  if (last >= static_cast<std::uint32_t>(c.setup.sequence.rollover_at)) [[unlikely]]
    begin_epoch(c, terminal, last);
  if (c.rules.is(Mutant::number_skipped) && last % 100 == 99) ++last;
  return ++last;
}

/// MSG-08: the next number is 1 again.
void Store::begin_epoch(const Context& c, std::uint32_t terminal, std::uint32_t known_last) {
  TillNumbers& numbers = numbers_[terminal];
  numbers = {.last = 0, .epoch = numbers.epoch + 1, .stated = c.setup.sequence.epoch_handshake ? known_last : 0};
}

void Store::till_reinstalled(Context& c, std::uint32_t terminal, std::uint32_t known_last) {
  if (numbers_[terminal].last != 0) begin_epoch(c, terminal, known_last);  // else they have only just started
}

/// What Mutant::line_repriced_at_total does: amounts of now, tax of then.
void Store::reprice(Context& c, MessageId basket) {
  for (Line& line : c.pool.lines(basket)) {
    const std::int32_t sold = line.quantity / c.setup.items[index_of(line.item)].base_units;
    line.amount_minor = cell(c, index_of_items(c).position(line.item)).price_minor * sold;
  }
}

void Store::schedule_failure(Context& c, std::uint32_t terminal) {
  RandomStream stream(c.setup.seed, kUp, key_, std::uint64_t{terminal} << 32 | failures_[terminal]);
  const std::int64_t up = microseconds(sample(c.setup.tills.up_hours, stream), kHour);
  const Time at = c.kernel.now + Duration{up};
  if (me(c).zone.date_at(at) < c.setup.last_date) c.schedule(at, EventKind::till_fails, terminal);
}

void Store::till_fails(Context& c, std::uint32_t terminal) {
  tills_.fail(terminal, c.kernel.now);
  RandomStream stream(c.setup.seed, kRepair, key_, std::uint64_t{terminal} << 32 | failures_[terminal]++);
  const std::int64_t repair = microseconds(sample(c.setup.tills.repair_hours, stream), kHour);
  c.schedule(c.kernel.now + Duration{repair}, EventKind::till_repaired, terminal);
}

void Store::till_repaired(Context& c, std::uint32_t terminal) {
  till_restarts(c, terminal);
  schedule_failure(c, terminal);
}

/// OFFLINE-03. Completed tickets are in the store's log, which no crash touches.
void Store::till_crashes(Context& c, std::uint32_t terminal, std::uint32_t fault) {
  using Crash = rule::TerminalCrash::Outcome;
  if (tills_.is_down(terminal)) return;
  const std::uint32_t basket = tills_.fail(terminal, c.kernel.now);
  c.schedule(c.kernel.now + c.setup.tills.crash.restart_seconds * kSecond, EventKind::till_restarts, terminal);
  if (basket == kNone) return c.rules.count(Crash::no_open_ticket);
  c.faults.count(fault, FaultEffect::tickets_interrupted);
  if (c.setup.tills.crash.journal_flush == JournalFlush::each_line) return c.rules.count(Crash::open_ticket_restored);
  c.rules.count(Crash::open_ticket_cancelled);
  tills_.cancel(terminal, c.kernel.now);
  cancel_ticket(c, MessageId{basket}, terminal);
  end_day_if_over(c);
}

/// A ticket that has been scanned is given up: its goods go back to the shelf, its customer goes without.
void Store::cancel_ticket(Context& c, MessageId basket, std::uint32_t terminal) {
  const ItemIndex& items = index_of_items(c);
  if (c.setup.tills.crash.cancelled_takes_number) {
    const std::uint32_t number = next_number(c, terminal);
    const MessageId placeholder = c.pool.create(MessageType::number_void);
    c.pool[placeholder].numbers = {.first = number, .last_epoch = numbers_[terminal].epoch, .last = number};
    emit(c, placeholder, static_cast<std::uint16_t>(terminal), number);
  }
  if (c.rules.is(Mutant::crash_keeps_cancelled_goods)) return c.pool.release(basket);
  for (Line& line : c.pool.lines(basket)) line.item = ItemId{items.position(line.item)};  // as before it was scanned
  put_back(c, basket, LostCause::till_crashed);
}

void Store::till_restarts(Context& c, std::uint32_t terminal) {
  const ServerGroup::Repair repair = tills_.repair(terminal, c.kernel.now);
  if (repair.resumed != kNone) c.schedule(repair.finish_at, EventKind::checkout_ends, repair.key.payload());
  if (repair.next != kNone) begin_service(c, terminal, MessageId{repair.next});
}

void Store::replay_ticket(Context& c, MessageId basket) {
  ++today_.customers;
  ++customers_;
  const ItemIndex& items = index_of_items(c);
  MessageId shortage = kNoMessage;
  for (std::uint32_t i = 0; i < c.pool[basket].lines.count; ++i) {
    const Line line = c.pool.lines(basket)[i];  // a copy: adding lines to the shortage may move the arena
    const std::uint32_t position = items.position(line.item);
    TruthCell& at = cell(c, position);
    if (at.shelf < line.quantity) top_up(at);
    if (const std::int32_t missing = line.quantity - at.shelf; missing > 0) {
      if (shortage == kNoMessage) shortage = c.pool.create(MessageType::goods_receipt);
      at.shelf += missing;
      today_.shortage_units += missing;
      c.pool.add_line(shortage, Line{line.item, missing, 0, 0});
    }
    at.shelf -= line.quantity;
    c.pool[basket].ticket.units +=
        static_cast<std::uint32_t>(line.quantity / c.setup.items[index_of(line.item)].base_units);
  }
  const std::uint32_t terminal = c.pool[basket].envelope.terminal;
  scanned_at_change_[terminal] = price_changes_;
  if (shortage != kNoMessage) {
    c.pool[shortage].goods = GoodsBody{.document = 0, .to = PlaceId{index_}, .ordered_at = c.kernel.now};
    emit(c, shortage, 0, ++receipts_);
  }
  complete(c, basket, terminal);
}

}  // namespace tillstorm::model
