#include "harness/explain/tracer.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "harness/invariants/witness.h"

namespace tillstorm {
namespace {

using What = integration::Transmission::Kind;

std::string plural(std::int64_t count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string item_id(const World& world, ItemId item) { return world.setup->item_ids[index_of(item)]; }

std::string change(const char* what, std::int64_t before, std::int64_t after) {
  return std::string(what) + " " + std::to_string(before) + " -> " + std::to_string(after);
}

std::uint32_t source_of(const World& world, const Subject& subject) {
  return subject.type == MessageType::online_order ? world.addresses().online_source() : index_of(subject.place);
}

/// What moved an item of a message, in the words of its type.
const char* moved_by(MessageType type) {
  switch (type) {
    case MessageType::ticket:
      return "sold on ";
    case MessageType::goods_receipt:
    case MessageType::purchase_receipt:
      return "received with ";
    case MessageType::dispatch:
      return "loaded with ";
    case MessageType::online_shipment:
      return "shipped with ";
    default:
      return "in ";
  }
}

/// What the books did with a message other than post it; null if they posted it.
const char* instead_of_posting(erp::Posting posting) {
  switch (posting) {
    case erp::Posting::first:
    case erp::Posting::released:
    case erp::Posting::revised:
      break;
    case erp::Posting::duplicate:
      return "recognised as posted before: nothing is posted, answered again";
    case erp::Posting::parked:
      return "parked in the books until what it needs is there";
    case erp::Posting::set_aside:
      return "not posted: handed back to the middleware";
    case erp::Posting::conflict:
      return "its key stands in the books with another body: handed back to the middleware";
    case erp::Posting::ignored:
      return "its key stands in the books with another body, which stays: nothing is posted";
  }
  return nullptr;
}

}  // namespace

Tracer::Tracer(const World& world, const std::vector<Subject>& subjects, int decimals)
    : customers_(world.addresses().stores), came_(world.addresses().stores, 0), decimals_(decimals) {
  for (const Subject& subject : subjects) {
    Watch watch;
    watch.trail.subject = subject;
    watch.trail.filter = filter_of(world, subject);
    watch.source = source_of(world, subject);
    if (subject.sequence != 0) watch.sequences.push_back(subject.sequence);
    if (is_item(watch)) {
      watch.standing = standing_of(world, subject);
      const Standing& s = watch.standing;
      say(world, watch,
          "the run begins: shelf " + std::to_string(s.shelf) + ", backroom " + std::to_string(s.backroom) +
              "; book on hand " + std::to_string(s.on_hand));
    }
    watches_.push_back(std::move(watch));
  }
}

bool Tracer::has(const std::vector<std::uint32_t>& all, std::uint32_t one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// By its position in the log: a copy whose key was changed on the way is still the same message.
bool Tracer::is_watched(const Watch& watch, const Message& message) const {
  return is_message(watch) && watch.trail.subject.place == message.envelope.place &&
         watch.source == index_of(message.envelope.place) && has(watch.sequences, message.envelope.source_sequence);
}

Tracer::Standing Tracer::standing_of(const World& world, const Subject& subject) const {
  const erp::PlaceMaster& master = world.setup->erp.places[index_of(subject.place)];
  const std::uint32_t position = world.setup->erp.indexes[master.index].position(subject.item);
  const erp::BookCell& book = world.book[master.first_cell + position];
  Standing standing{.on_hand = book.on_hand, .inbound = book.inbound};
  if (index_of(subject.place) == world.addresses().stores) {
    standing.backroom = world.warehouses[0].on_hand(subject.item);
  } else {
    const model::TruthCell& cell = world.truth[master.first_cell + position];
    standing.shelf = cell.shelf;
    standing.backroom = cell.backroom;
    standing.price = cell.price_minor;
  }
  return standing;
}

std::string Tracer::money(Minor amount) const {
  std::uint64_t unit = 1;
  for (int i = 0; i < decimals_; ++i) unit *= 10;
  const auto minor = static_cast<std::uint64_t>(std::llabs(amount));
  std::string text = (amount < 0 ? "-" : "") + std::to_string(minor / unit);
  return decimals_ == 0 ? text : text + "." + padded(minor % unit, decimals_);
}

void Tracer::say(const World& world, Watch& watch, const std::string& text, Time at) const {
  if (watch.trail.lines.size() >= kTrailLines) {
    ++watch.trail.left_out;
    return;
  }
  watch.trail.times.push_back(at);
  watch.trail.lines.push_back(local_time(world, watch.trail.subject.place, at) + "  " + text);
}

// --- Customers before they have a ticket --------------------------------------------------------------------------

void Tracer::begins(const World& world, const Event& event) {
  leaves_.clear();
  const std::uint32_t store = index_of(event.site());
  if (store >= customers_.size()) return;
  const auto kind = static_cast<EventKind>(event.kind());
  std::vector<Customer>& customers = customers_[store];
  if (kind == EventKind::customer_arrives) {
    leaves_ = "customer " + std::to_string(came_[store]++);
    customers.push_back({event.time, event.time});
  } else if (kind == EventKind::customer_at_tills) {
    const std::uint32_t customer = world.pool[MessageId{static_cast<std::uint32_t>(event.payload)}].ticket.customer;
    leaves_ = "customer " + std::to_string(customer);
    if (customer < customers.size()) customers[customer].at_tills = event.time;
  }
}

void Tracer::tell_ticket(const World& world, Watch& watch, const Message& message) const {
  const std::vector<Customer>& customers = customers_[index_of(message.envelope.place)];
  const TicketBody& ticket = message.ticket;
  if (ticket.customer < customers.size() && !world.setup->model.demand.is_trace) {
    const Customer& customer = customers[ticket.customer];
    const std::string name = "customer " + std::to_string(ticket.customer);
    say(world, watch, name + " arrives", customer.arrived);
    say(world, watch, name + " is at the tills", customer.at_tills);
  }
  const auto names = names_of(Tender{});
  say(world, watch,
      "sold at till " + padded(message.envelope.terminal + 1U, 2) + ": " + plural(message.lines.count, "line") + ", " +
          money(ticket.net) + " and tax " + money(ticket.tax) + ", paid " + money(ticket.tendered) + " by " +
          std::string(names[static_cast<std::size_t>(ticket.tender)].name) + "; completed as " +
          message_name(world, message.envelope));
}

// --- What a source says -------------------------------------------------------------------------------------------

/// What a message says beside its lines.
std::string Tracer::content_of(const Message& message) const {
  if (message.envelope.type != MessageType::day_close) return plural(message.lines.count, "line");
  const DayCloseBody& z = message.day_close;
  std::string text = plural(z.tickets, "ticket") + ", net " + money(z.net) + ", tax " + money(z.tax);
  for (const auto& tender : names_of(Tender{}))
    text += ", " + std::string(tender.name) + " " + money(z.tenders[static_cast<std::size_t>(tender.value)]);
  return text;
}

void Tracer::tell_hand_over(const World& world, Watch& watch, MessageId id) const {
  const Message& message = world.pool[id];
  if (message.envelope.type == MessageType::ticket) {
    tell_ticket(world, watch, message);
  } else {
    say(world, watch, message_name(world, message.envelope) + " made: " + content_of(message));
  }
  for (const Line& line : world.pool.lines(id))
    say(world, watch,
        "  " + std::to_string(line.quantity) + " x " + item_id(world, line.item) +
            (line.amount_minor != 0 ? " for " + money(line.amount_minor) : ""));
  say(world, watch,
      "handed over as number " + std::to_string(message.envelope.source_sequence) + " of its source's log");
}

void Tracer::handed_over(const World& world, std::uint32_t source, MessageId id) {
  const Message& message = world.pool[id];
  const Envelope& e = message.envelope;
  for (Watch& watch : watches_) {
    Subject& subject = watch.trail.subject;
    if (source != watch.source || subject.kind == Subject::Kind::exception) continue;
    if (is_item(watch)) {
      for (const Line& line : world.pool.lines(id))
        if (line.item == subject.item)
          say(world, watch,
              "truth: " + std::to_string(line.quantity) + " " + moved_by(e.type) + message_name(world, e));
      continue;
    }
    if (subject.number == 0) {
      if (e.source_sequence != subject.sequence) continue;
      subject = subject_of(e);
      subject.sequence = e.source_sequence;
      watch.trail.filter = filter_of(world, subject);
    } else if (e.type != subject.type || e.place != subject.place || e.terminal != subject.terminal ||
               e.number != subject.number) {
      continue;
    }
    if (!has(watch.sequences, e.source_sequence)) watch.sequences.push_back(e.source_sequence);
    tell_hand_over(world, watch, id);
  }
}

// --- The road -----------------------------------------------------------------------------------------------------

void Tracer::tell_transmission(const World& world, Watch& watch, const integration::Transmission& each) const {
  const auto arrives = [&] { return ", arrives " + local_time(world, watch.trail.subject.place, each.arrives); };
  switch (each.kind) {
    case What::held:
      return say(world, watch, "kept in the log: the link is down");
    case What::queued:
      return say(world, watch, "waits in the log behind the backlog being replayed");
    case What::sent:
      watch.is_unanswered = false;
      return say(world, watch, "sent" + arrives());
    case What::sent_again:
      watch.is_unanswered = false;
      return say(world, watch, "sent again from the log" + arrives());
    case What::lost:
      return say(world, watch, "lost on its way");
    case What::dropped:
      return say(world, watch, "dropped: there was no room for it");
    case What::held_back:
      return say(world, watch, "held back: its successor goes first");
    case What::arrived:
      watch.is_held = true;
      return say(world, watch, "arrived, next of its source");
    case What::arrived_again:
      watch.is_held = true;
      return say(world, watch, "arrived again");
    case What::not_taken_in:
      return say(world, watch, "not taken in: the other end is down or refuses it, or a message before it is missing");
    case What::refused:
      return say(world, watch, "refused: damaged on its way");
    case What::attempt_failed:
      return say(world, watch, "the ERP did not take it");
    case What::set_aside:
      return say(world, watch, "set aside by the middleware, for somebody to look at");
    case What::resubmitted:
      return say(world, watch, "sent on after a repair");
    case What::acknowledgement_lost:
      if (std::exchange(watch.is_unanswered, true)) return;  // each later answer covers it too
      return say(world, watch, "the answer did not reach its source");
    case What::acknowledged:
      return say(world, watch, "acknowledged");
  }
}

/// What has happened on the road since it was last asked, before what happens next.
void Tracer::drain_log(const World& world) {
  for (const integration::Transmission& each : log_)
    for (Watch& watch : watches_) {
      if (!is_message(watch) || each.channel != World::up_channel(watch.source)) continue;
      const bool is_answer = each.kind == What::acknowledged || each.kind == What::acknowledgement_lost;
      for (const std::uint32_t sequence : watch.sequences) {
        if (is_answer ? sequence > each.sequence || has(watch.answered, sequence) : sequence != each.sequence) continue;
        if (each.kind == What::acknowledged || each.kind == What::dropped) watch.answered.push_back(sequence);
        tell_transmission(world, watch, each);
      }
    }
  log_.clear();
}

void Tracer::ended(const World& world, const Event& event) {
  drain_log(world);
  const bool is_at_desk = event.site() == world.addresses().exception_desk();
  for (Watch& watch : watches_) {
    if (is_at_desk && !is_item(watch))
      watch.exceptions.look(world, watch.trail.subject, [&](const std::string& text) { say(world, watch, text); });
    if (is_item(watch)) {
      const PlaceId place = watch.trail.subject.place;
      if (event.site() == world.addresses().source(index_of(place)) ||
          event.site() == world.addresses().partition(place))
        tell_item(world, watch, cause_of(world, event, place));
    } else if (std::exchange(watch.is_held, false)) {
      if (watch.source >= world.addresses().places()) say(world, watch, "passed on to the DC");
    }
  }
}

// --- The books ----------------------------------------------------------------------------------------------------

void Tracer::posting(const World& world, PlaceId place, MessageId id) {
  drain_log(world);
  const Message& message = world.pool[id];
  is_posting_watched_ =
      std::any_of(watches_.begin(), watches_.end(), [&](const Watch& watch) { return is_watched(watch, message); });
  if (!is_posting_watched_) return;
  const erp::PlaceMaster& master = world.setup->erp.places[index_of(place)];
  const ItemIndex& index = world.setup->erp.indexes[master.index];
  const std::span<const Line> lines = world.pool.lines(id);
  before_.lines.assign(lines.begin(), lines.end());
  before_.on_hand.clear();
  for (const Line& line : lines)
    before_.on_hand.push_back(world.book[master.first_cell + index.position(line.item)].on_hand);
  for (std::size_t account = 0; account < erp::kAccounts; ++account)
    before_.balance[account] = world.partitions[index_of(place)].journal().balance(static_cast<Account>(account));
}

void Tracer::tell_posting(const World& world, Watch& watch, const Message& message) const {
  const PlaceId place = watch.trail.subject.place;
  const erp::PlaceMaster& master = world.setup->erp.places[index_of(place)];
  const ItemIndex& index = world.setup->erp.indexes[master.index];
  const erp::Journal& journal = world.partitions[index_of(place)].journal();
  say(world, watch, "posted as " + message_name(world, message.envelope));
  std::vector<ItemId> told;
  for (std::size_t i = 0; i < before_.lines.size(); ++i) {
    const ItemId item = before_.lines[i].item;
    if (std::find(told.begin(), told.end(), item) != told.end()) continue;  // all lines of an item are one movement
    told.push_back(item);
    const std::int32_t after = world.book[master.first_cell + index.position(item)].on_hand;
    say(world, watch, "  movement " + item_id(world, item) + ": " + change("on hand", before_.on_hand[i], after));
  }
  std::string date;
  for (const erp::BookDay& day : journal.days())
    if (day.last_posted == world.kernel.now) date = date_text(day.date);
  for (const auto& account : names_of(Account{})) {
    const Minor moved = journal.balance(account.value) - before_.balance[static_cast<std::size_t>(account.value)];
    if (moved == 0) continue;
    say(world, watch,
        "  journal " + date + ": " + (moved > 0 ? "debit " : "credit ") + std::string(account.name) + " " +
            money(std::llabs(moved)));
  }
}

void Tracer::posted(const World& world, PlaceId place, const Message& message, erp::Posting posting) {
  for (Watch& watch : watches_) {
    if (is_item(watch)) {
      if (watch.trail.subject.place == place)
        tell_item(world, watch, message_name(world, message.envelope) + " posted");
    } else if (is_posting_watched_ && is_watched(watch, message)) {
      watch.is_held = false;
      if (const char* const instead = instead_of_posting(posting); instead != nullptr) {
        say(world, watch, instead);
      } else {
        tell_posting(world, watch, message);
      }
    }
  }
}

// --- An item at a place -------------------------------------------------------------------------------------------

void Tracer::tell_item(const World& world, Watch& watch, const std::string& cause) const {
  const Standing now = standing_of(world, watch.trail.subject);
  const Standing before = std::exchange(watch.standing, now);
  if (now == before) return;
  if (now.shelf != before.shelf || now.backroom != before.backroom)
    say(world, watch,
        std::string("truth: ") +
            (now.shelf != before.shelf ? change("shelf", before.shelf, now.shelf) : std::string()) +
            (now.shelf != before.shelf && now.backroom != before.backroom ? ", " : "") +
            (now.backroom != before.backroom ? change("backroom", before.backroom, now.backroom) : std::string()) +
            ": " + cause);
  if (now.price != before.price)
    say(world, watch, "truth: price at the tills " + money(before.price) + " -> " + money(now.price) + ": " + cause);
  if (now.on_hand != before.on_hand)
    say(world, watch, "book: " + change("on hand", before.on_hand, now.on_hand) + ": " + cause);
  if (now.inbound != before.inbound)
    say(world, watch, "book: " + change("ordered and not yet received", before.inbound, now.inbound) + ": " + cause);
}

std::string Tracer::cause_of(const World& world, const Event& event, PlaceId place) const {
  switch (static_cast<EventKind>(event.kind())) {
    case EventKind::customer_arrives:
      return "taken by " + leaves_;
    case EventKind::customer_at_tills:
    case EventKind::customer_gives_up:
      return (leaves_.empty() ? std::string("a customer who gave up") : leaves_) + " leaves without it";
    case EventKind::shelves_filled:
      return "shelves filled from the backroom";
    case EventKind::truck_arrives:
      return "a truck is unloaded";
    case EventKind::trace_ticket:
      return "a ticket of the log";
    case EventKind::masters_in_use:
      return "records of head office are in force";
    case EventKind::truck_loaded:
      return "loaded for a store";
    case EventKind::order_packed:
      return "packed for an online order";
    case EventKind::put_to_stock:
      return "a supplier's delivery is put to stock";
    case EventKind::reviews_stock:
      return "stock review of " + place_name(world, place);
    case EventKind::order_loaded:
      return "the DC has loaded less than was ordered";
    case EventKind::fault_changes:
      return "a till has crashed: the goods of its open ticket go back";
    default:
      return "another event";
  }
}

std::vector<Trail> Tracer::trails() const {
  std::vector<Trail> trails;
  for (const Watch& watch : watches_) trails.push_back(watch.trail);
  return trails;
}

}  // namespace tillstorm
