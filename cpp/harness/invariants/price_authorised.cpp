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
    : switches_(world.addresses().sources()), steady_(world.addresses().sources()) {
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
  version_ = office.batches();
  for (std::uint32_t item = 0; item < newest_.size(); ++item) {
    const std::int32_t now = office.price(ItemId{item});
    if (now == newest_[item].minor) continue;
    earlier_.push_back(newest_[item]);
    newest_[item] = {now, version_, newest_[item].base_units, static_cast<std::uint32_t>(earlier_.size() - 1)};
  }
}

void PriceAuthorised::taken_in(const CheckPoint& c, std::uint32_t source, const Message& batch) {
  const World& world = c.world;
  Time from = world.kernel.now;
  if (source < world.addresses().stores) {
    const model::Setup& model = world.setup->model;
    from = std::max(from, model.stores[source].zone.at(batch.envelope.business_date, model.supply.price_switch_minute));
  }
  std::vector<Switch>& switches = switches_[source];
  const Switch added{batch.prices.version, from};
  switches.insert(std::upper_bound(switches.begin(), switches.end(), added,
                                   [](const Switch& a, const Switch& b) { return a.from < b.from; }),
                  added);
  // What was replaced longer ago than any ticket can remember is forgotten, but for the version in force then.
  while (switches.size() > 2 && switches[1].from < world.kernel.now - kLongestCheckout &&
         switches[1].version > switches[0].version)
    switches.erase(switches.begin());
  steady_[source] = {};
}

std::uint32_t PriceAuthorised::version_at(std::uint32_t source, Time at) const {
  std::uint32_t version = 0;
  for (const Switch& each : switches_[source])
    if (each.from <= at) version = std::max(version, each.version);
  return version;
}

const PriceAuthorised::Price& PriceAuthorised::price(ItemId item, std::uint32_t version) const {
  const Price* at = &newest_[index_of(item)];
  while (at->version > version) at = &earlier_[at->earlier];
  return *at;
}

/// The version in force all through the span; kNone if there is more than one.
std::uint32_t PriceAuthorised::steady_version(std::uint32_t source, Time from, Time until) {
  Steady& steady = steady_[source];
  if (steady.from <= from && until < steady.until) [[likely]]
    return steady.version;
  Time begin{}, end = kNever;
  for (const Switch& each : switches_[source]) {
    if (each.from <= from) begin = each.from + kMicrosecond;  // at its instant before and after are both right
    if (each.from > from) end = std::min(end, each.from);
  }
  if (from < begin || until >= end) return kNone;
  steady = {begin, end, version_at(source, from)};
  return steady.version;
}

const Line* PriceAuthorised::wrong_line(const World& world, MessageId id, std::uint32_t version) const {
  for (const Line& line : world.pool.lines(id)) {
    const Price& list = price(line.item, version);
    const std::int64_t charged = std::int64_t{line.amount_minor} + line.discount_minor;
    if (charged * list.base_units != std::int64_t{list.minor} * line.quantity) [[unlikely]]
      return &line;
  }
  return nullptr;
}

bool PriceAuthorised::any_fits(const World& world, std::uint32_t source, MessageId id, Time from, Time until) const {
  if (wrong_line(world, id, version_at(source, from - kMicrosecond)) == nullptr) return true;
  if (wrong_line(world, id, version_at(source, from)) == nullptr) return true;
  return std::any_of(switches_[source].begin(), switches_[source].end(), [&](const Switch& each) {
    return each.from >= from && each.from <= until && wrong_line(world, id, version_at(source, each.from)) == nullptr;
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
    if (wrong_line(c.world, id, steady) == nullptr) [[likely]]
      return;
  } else if (any_fits(c.world, source, id, from, until)) {
    return;
  }
  report(c, source, id, until);
}

void PriceAuthorised::report(const CheckPoint& c, std::uint32_t source, MessageId id, Time scanned) const {
  const Envelope& e = c.world.pool[id].envelope;
  const Line* line = wrong_line(c.world, id, version_at(source, scanned));
  if (line == nullptr) line = c.world.pool.lines(id).data();  // no one version fits, each line fits one
  const Price& in_force = price(line->item, version_at(source, scanned));
  const std::int64_t per_sale = in_force.base_units;
  const std::int64_t list = std::int64_t{in_force.minor} * line->quantity / per_sale;
  const std::int64_t charged = std::int64_t{line->amount_minor} + line->discount_minor;
  const Entity entity = entity_of(c.world, e);
  c.violations.add(violation_at(
      c.world, text.name, e.place, entity, list, charged,
      entity.name + " charged " + std::to_string(charged) + " minor units for " +
          std::to_string(line->quantity / per_sale) + " x item " + c.world.setup->item_ids[index_of(line->item)] +
          "; the prices in force there and then (version " + std::to_string(version_at(source, scanned)) + ") make " +
          std::to_string(list) + "."));
}

}  // namespace tillstorm
