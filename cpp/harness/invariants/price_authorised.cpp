#include "harness/invariants/price_authorised.h"

#include <algorithm>

#include "scenario/fault_kinds.h"

namespace tillstorm {
namespace {

/// Where the length of a checkout is not known, it is taken to be at most this.
constexpr Duration kLongestCheckout = kDay;

/// True if the fault does not touch a till in the middle of a checkout.
bool leaves_tills_alone(const FaultSetup& fault) { return text_of(fault.kind).target != FaultTarget::tills; }

}  // namespace

PriceAuthorised::PriceAuthorised(const World& world)
    : arrived_(world.addresses().sources()), steady_(world.addresses().sources()) {
  const WorldSetup& setup = *world.setup;
  for (std::uint32_t item = 0; item < setup.item_ids.size(); ++item) {
    newest_.push_back({world.head_office[0].price(ItemId{item}), 0, setup.erp.items[item].base_units, kNone});
  }
  scan_is_known_ = !setup.model.tills.law_seconds && !setup.model.tills.can_fail &&
                   std::all_of(setup.faults.begin(), setup.faults.end(), leaves_tills_alone);
}

void PriceAuthorised::published(const CheckPoint& c) {
  const erp::HeadOffice& office = c.world.head_office[0];
  if (office.batches() == version_) return;
  for (std::uint32_t item = 0; item < newest_.size(); ++item) {
    const std::uint32_t version = office.price_version(ItemId{item});
    if (version <= version_) continue;
    earlier_.push_back(newest_[item]);
    newest_[item] = {office.price(ItemId{item}), version, newest_[item].base_units,
                     static_cast<std::uint32_t>(earlier_.size() - 1)};
    if (published_.empty() || published_.back() != version) published_.push_back(version);
  }
  version_ = office.batches();
}

void PriceAuthorised::taken_in(const CheckPoint& c, std::uint32_t source, MessageId id) {
  const Message& batch = c.world.pool[id];
  if (batch.envelope.type != MessageType::price_batch) return;
  const World& world = c.world;
  const Time now = world.kernel.now;
  Time from = now;
  if (source < world.addresses().stores)
    from = std::max(from, world.setup->model.stores[source].zone.at(batch.envelope.business_date,
                                                                    world.setup->erp.pricing.effective_minute));
  Arrived& arrived = arrived_[source];
  const bool is_refresh = batch.master.kind == MasterBatchKind::refresh;
  come(source, batch.master.version, is_refresh ? kNever : from);
  if (is_refresh)
    for (const Line& line : world.pool.lines(id)) arrived.refreshed.push_back({line.item, batch.master.version, from});
  std::vector<Switch>& switches = arrived.switches;
  const Switch added{batch.master.version, from};
  switches.insert(std::upper_bound(switches.begin(), switches.end(), added,
                                   [](const Switch& a, const Switch& b) { return a.from < b.from; }),
                  added);
  // What was replaced longer ago than any ticket can remember is forgotten, but for the version in force then.
  const Time oldest = now - kLongestCheckout;
  while (switches.size() > 2 && switches[1].from < oldest)
    switches.erase(switches.begin() + (switches[1].version > switches[0].version ? 0 : 1));
  std::erase_if(arrived.missing, [&](const Missing& each) { return each.from < oldest; });
  std::erase_if(arrived.refreshed, [&](const Refreshed& each) {
    return each.from < oldest && std::none_of(arrived.missing.begin(), arrived.missing.end(),
                                              [&](const Missing& other) { return other.version == each.version; });
  });
  steady_[source] = {};
}

/// A batch has come, or has been heard of (kNever): what was published before it and has not come is missing.
void PriceAuthorised::come(std::uint32_t source, std::uint32_t version, Time from) {
  Arrived& arrived = arrived_[source];
  for (Missing& each : arrived.missing)
    if (each.version == version) each.from = std::min(each.from, from);
  if (version <= arrived.highest) return;
  for (auto each = std::upper_bound(published_.begin(), published_.end(), arrived.highest);
       each != published_.end() && *each <= version; ++each)
    if (*each < version || from == kNever) arrived.missing.push_back({*each, kNever});
  arrived.highest = version;
}

bool PriceAuthorised::is_missing(const Arrived& arrived, ItemId item, std::uint32_t version, Time at) {
  const auto missing = std::find_if(arrived.missing.begin(), arrived.missing.end(),
                                    [&](const Missing& each) { return each.version == version; });
  if (missing == arrived.missing.end() || missing->from <= at) return false;
  return std::none_of(arrived.refreshed.begin(), arrived.refreshed.end(), [&](const Refreshed& each) {
    return each.item == item && each.version == version && each.from <= at;
  });
}

std::uint32_t PriceAuthorised::version_at(std::uint32_t source, Time at) const {
  std::uint32_t version = 0;
  for (const Switch& each : arrived_[source].switches)
    if (each.from <= at) version = std::max(version, each.version);
  return version;
}

const PriceAuthorised::Price& PriceAuthorised::price(std::uint32_t source, ItemId item, std::uint32_t version,
                                                     Time at) const {
  const Arrived& arrived = arrived_[source];
  const Price* found = &newest_[index_of(item)];
  while (found->version > version ||
         (found->version != 0 && !arrived.missing.empty() && is_missing(arrived, item, found->version, at)))
    found = &earlier_[found->earlier];
  return *found;
}

/// The version in force all through the span; kNone if there is more than one.
std::uint32_t PriceAuthorised::steady_version(std::uint32_t source, Time from, Time until) {
  Steady& steady = steady_[source];
  if (steady.from <= from && until < steady.until) [[likely]]
    return steady.version;
  Time begin{}, end = kNever;
  for (const Switch& each : arrived_[source].switches) {
    if (each.from <= from) begin = each.from + kMicrosecond;  // at its instant before and after are both right
    if (each.from > from) end = std::min(end, each.from);
  }
  if (from < begin || until >= end) return kNone;
  steady = {begin, end, version_at(source, from)};
  return steady.version;
}

const Line* PriceAuthorised::wrong_line(const World& world, std::uint32_t source, MessageId id, std::uint32_t version,
                                        Time at) const {
  for (const Line& line : world.pool.lines(id)) {
    const Price& list = price(source, line.item, version, at);
    const std::int64_t charged = std::int64_t{line.amount_minor} + line.discount_minor;
    if (charged * list.base_units != std::int64_t{list.minor} * line.quantity) [[unlikely]]
      return &line;
  }
  return nullptr;
}

bool PriceAuthorised::any_fits(const World& world, std::uint32_t source, MessageId id, Time from, Time until) const {
  if (wrong_line(world, source, id, from - kMicrosecond) == nullptr) return true;
  if (wrong_line(world, source, id, from) == nullptr) return true;
  const std::vector<Switch>& switches = arrived_[source].switches;
  return std::any_of(switches.begin(), switches.end(), [&](const Switch& each) {
    return each.from >= from && each.from <= until && wrong_line(world, source, id, each.from) == nullptr;
  });
}

void PriceAuthorised::handed_over(const CheckPoint& c, std::uint32_t source, MessageId id) {
  const Message& message = c.world.pool[id];
  Time from = message.envelope.event_time, until = from;
  if (message.envelope.type == MessageType::ticket) {
    const model::TillSetup& tills = c.world.setup->model.tills;
    const TicketBody& ticket = message.ticket;
    if (scan_is_known_) {
      until = from = from - Duration{tills.overhead_us + tills.scan_us * ticket.units +
                                     tills.tender_us[static_cast<std::size_t>(ticket.tender)]};
    } else {
      from = from - kLongestCheckout;
    }
  } else if (message.envelope.type != MessageType::online_order) {
    return;
  }
  const std::uint32_t steady = steady_version(source, from, until);
  if (steady != kNone) [[likely]] {
    if (wrong_line(c.world, source, id, steady, from) == nullptr) [[likely]]
      return;
  } else if (any_fits(c.world, source, id, from, until)) {
    return;
  }
  report(c, source, id, until);
}

void PriceAuthorised::report(const CheckPoint& c, std::uint32_t source, MessageId id, Time scanned) const {
  const Envelope& e = c.world.pool[id].envelope;
  const Line* line = wrong_line(c.world, source, id, scanned);
  if (line == nullptr) line = c.world.pool.lines(id).data();  // no one version fits, each line fits one
  const Price& in_force = price(source, line->item, version_at(source, scanned), scanned);
  const std::int64_t per_sale = in_force.base_units;
  const std::int64_t list = std::int64_t{in_force.minor} * line->quantity / per_sale;
  const std::int64_t charged = std::int64_t{line->amount_minor} + line->discount_minor;
  const Entity entity = entity_of(c.world, e);
  c.violations.add(violation_at(c.world, text.name, e.place, entity, list, charged,
                                entity.name + " charged " + std::to_string(charged) + " minor units for " +
                                    std::to_string(line->quantity / per_sale) + " x item " +
                                    c.world.setup->item_ids[index_of(line->item)] +
                                    "; the price in force there and then (version " + std::to_string(in_force.version) +
                                    ") makes " + std::to_string(list) + "."));
}

}  // namespace tillstorm
