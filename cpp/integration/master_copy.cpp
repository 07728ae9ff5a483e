#include "integration/master_copy.h"

#include <algorithm>
#include <utility>

namespace tillstorm::integration {
namespace {

using Outcome = rule::MasterVersions::Outcome;

}  // namespace

bool MasterCopy::arrives(Context& c, const MasterReceiver& r, MessageId batch) {
  if (r.switches_at_once) return true;
  const Message& message = c.pool[batch];
  const Date date = message.envelope.business_date;
  const auto minute = static_cast<std::int32_t>(message.master.effective_minute);
  Time switch_at = r.zone.at(date, minute);
  if (c.rules.is(Mutant::prices_switch_in_utc)) switch_at = Time{} + date.days * kDay + minute * kMinute;
  if (c.rules.is(Mutant::future_prices_applied_on_arrival)) switch_at = c.kernel.now;
  const bool is_price = message.envelope.type == MessageType::price_batch;
  if (switch_at > c.kernel.now) {
    c.rules.count(Outcome::future_dated_stored);
    if (is_price) {
      c.rules.count(rule::PriceVersions::Outcome::future_stored);
      c.rules.count(rule::PriceSwitch::Outcome::switched_at_local_time);
    }
  } else if (is_price) {
    c.rules.count(rule::PriceSwitch::Outcome::switched_on_late_arrival);
  }
  c.kernel.schedule(std::max(switch_at, c.kernel.now), static_cast<std::uint16_t>(EventKind::masters_in_use),
                    static_cast<std::uint32_t>(batch), Priority::early);
  return false;
}

std::span<const MasterChange> MasterCopy::come_into_use(Context& c, const MasterReceiver& r, MessageId batch) {
  changes_.clear();
  const Message& message = c.pool[batch];
  const bool is_price = message.envelope.type == MessageType::price_batch;
  std::span<const Line> lines = std::as_const(c.pool).lines(batch);
  if (is_price && c.rules.is(Mutant::half_a_batch_visible)) lines = lines.first(lines.size() / 2);
  const bool is_older = is_price && message.master.version <= newest_batch_;
  if (is_older && c.rules.is(Mutant::older_batch_ignored_whole)) lines = {};
  if (is_price) newest_batch_ = std::max(newest_batch_, message.master.version);
  for (const Line& line : lines) {
    const std::uint32_t position = r.items.position(line.item);
    if (position == kNone) continue;  // not for us: it is not in our range
    if (is_price) {
      judge_price(c, r, {message.master.version, message.envelope.event_time}, position, line.amount_minor);
    } else {
      judge_item(c, r, message, position, line.quantity != 0);
    }
  }
  c.pool.release(batch);
  return changes_;
}

bool MasterCopy::exceeds(const Context& c, const MasterRule& rule, const Stamp& incoming, const Stamp& known) {
  if (c.rules.is(Mutant::last_master_wins)) return true;
  switch (rule.order_guard) {
    case OrderGuard::version:
      return incoming.version > known.version;
    case OrderGuard::event_time:
      return incoming.published > known.published;
    case OrderGuard::last_arrival_wins:
      break;
  }
  return true;
}

/// What a record of the item must exceed. Of what was deleted nothing is known once its tombstone is gone.
MasterCopy::Stamp MasterCopy::known_of(const Context& c, const MasterRule& rule, const ItemRecord& record) {
  if (!record.is_deleted) return record.newest;
  const bool is_remembered = c.kernel.now - record.deleted_at <= rule.tombstone_days * kDay;
  return is_remembered && !c.rules.is(Mutant::tombstone_forgotten) ? record.newest : Stamp{};
}

MasterCopy::Stamp MasterCopy::price_stamp(std::uint32_t position) const {
  if (prices_.empty()) return {};
  return {prices_[position], published_.empty() ? Time{} : published_[position]};
}

void MasterCopy::set_price_stamp(const MasterReceiver& r, std::uint32_t position, const Stamp& stamp) {
  if (prices_.empty()) {
    prices_.resize(r.items.size());
    if (r.rule.order_guard == OrderGuard::event_time) published_.resize(r.items.size());
  }
  prices_[position] = stamp.version;
  if (!published_.empty()) published_[position] = stamp.published;
}

void MasterCopy::judge_price(Context& c, const MasterReceiver& r, const Stamp& stamp, std::uint32_t position,
                             std::int32_t price) {
  ItemRecord* const record = records_.empty() ? nullptr : find(position);
  if (record != nullptr && record->is_deleted) {
    if (!exceeds(c, r.rule, stamp, known_of(c, r.rule, *record))) return c.rules.count(Outcome::tombstone_blocked);
    return park(c, r, *record, stamp, price);
  }
  if (!exceeds(c, r.rule, stamp, price_stamp(position))) return c.rules.count(Outcome::stale_ignored);
  set_price_stamp(r, position, stamp);
  c.rules.count(Outcome::applied);
  c.rules.count(rule::PriceVersions::Outcome::newer_applied);
  changes_.push_back({MasterChange::Kind::price, position, price});
  if (record == nullptr) return;
  record->has_price = true;
  tell(*record);
}

void MasterCopy::judge_item(Context& c, const MasterReceiver& r, const Message& batch, std::uint32_t position,
                            bool is_listed) {
  ItemRecord& record = record_of(position);
  const Stamp stamp{batch.master.version, batch.envelope.event_time};
  if (!exceeds(c, r.rule, stamp, known_of(c, r.rule, record))) {
    // A refresh that confirms the delete: nothing will come for what waits, unless it is younger than the refresh.
    const bool is_answer = batch.master.kind == MasterBatchKind::refresh && record.parked.published <= stamp.published;
    if (is_answer && record.is_deleted && !is_listed && record.is_parked) {
      record.is_parked = false;
      --parked_;
    }
    return c.rules.count(record.is_deleted && is_listed ? Outcome::tombstone_blocked : Outcome::stale_ignored);
  }
  c.rules.count(Outcome::applied);
  record.newest = stamp;
  if (!is_listed) return take_off(c, r, batch, record);
  record.is_deleted = record.is_blocked = false;
  release(c, r, record);
  tell(record);
}

void MasterCopy::take_off(Context& c, const MasterReceiver& r, const Message& batch, ItemRecord& record) {
  if (batch.master.days == 0) {
    record.is_deleted = true;
    record.deleted_at = c.kernel.now;
    // The price goes with the item, and no older one comes back; one that is newer than the delete is there to stay.
    const bool takes_price = exceeds(c, r.rule, record.newest, price_stamp(record.position));
    if (takes_price && !c.rules.is(Mutant::tombstone_forgotten)) {
      record.has_price = false;
      set_price_stamp(r, record.position, record.newest);
    }
    if (record.is_parked && !exceeds(c, r.rule, record.parked, record.newest)) {
      c.rules.count(Outcome::tombstone_blocked);
      record.is_parked = false;
      --parked_;
    }
  } else {
    const Date back = batch.envelope.business_date + static_cast<std::int32_t>(batch.master.days);
    const Time until = r.zone.at(back, static_cast<std::int32_t>(batch.master.effective_minute));
    record.is_blocked = until > c.kernel.now;
    if (record.is_blocked)
      c.kernel.schedule(until, static_cast<std::uint16_t>(EventKind::withdrawal_ends),
                        std::uint64_t{record.newest.version} << 32 | record.position, Priority::early);
  }
  tell(record);
}

std::span<const MasterChange> MasterCopy::withdrawal_ends(std::uint64_t payload) {
  changes_.clear();
  ItemRecord* const record = find(static_cast<std::uint32_t>(payload));
  if (record != nullptr && record->newest.version == payload >> 32) {
    record->is_blocked = false;
    tell(*record);
  }
  return changes_;
}

void MasterCopy::park(Context& c, const MasterReceiver& r, ItemRecord& record, const Stamp& stamp, std::int32_t price) {
  if (record.is_parked && !exceeds(c, r.rule, stamp, record.parked)) return c.rules.count(Outcome::stale_ignored);
  c.rules.count(Outcome::parked_for_reference);
  if (c.rules.is(Mutant::parked_master_dropped)) return;
  record.parked = stamp;
  record.parked_price = price;
  if (record.is_parked) return;  // it takes the place of an older one
  record.is_parked = true;
  ++parked_;
  c.kernel.schedule(c.kernel.now + r.rule.reference_wait_minutes * kMinute,
                    static_cast<std::uint16_t>(EventKind::reference_due),
                    std::uint64_t{++record.waiting} << 32 | record.position);
}

/// The item is there: what waited for it is judged.
void MasterCopy::release(Context& c, const MasterReceiver& r, ItemRecord& record) {
  if (!record.is_parked) return;
  record.is_parked = false;
  --parked_;
  judge_price(c, r, record.parked, record.position, record.parked_price);
}

std::uint32_t MasterCopy::reference_due(Context& c, const MasterReceiver& r, std::uint64_t payload) {
  const ItemRecord* const record = find(static_cast<std::uint32_t>(payload));
  if (record == nullptr || !record->is_parked || record->waiting != payload >> 32) return kNone;
  c.rules.count(Outcome::refresh_requested);
  c.kernel.schedule(c.kernel.now + r.rule.reference_wait_minutes * kMinute,
                    static_cast<std::uint16_t>(EventKind::reference_due), payload);
  return record->position;
}

/// The receiver hears whether the item is on sale, if that has changed.
void MasterCopy::tell(ItemRecord& record) {
  const bool is_on_sale = !record.is_deleted && !record.is_blocked && record.has_price;
  if (is_on_sale == record.is_on_sale) return;
  record.is_on_sale = is_on_sale;
  changes_.push_back({is_on_sale ? MasterChange::Kind::on_sale : MasterChange::Kind::off_sale, record.position, 0});
}

MasterCopy::ItemRecord* MasterCopy::find(std::uint32_t position) {
  const auto at = std::lower_bound(records_.begin(), records_.end(), position,
                                   [](const ItemRecord& each, std::uint32_t p) { return each.position < p; });
  return at == records_.end() || at->position != position ? nullptr : &*at;
}

MasterCopy::ItemRecord& MasterCopy::record_of(std::uint32_t position) {
  const auto at = std::lower_bound(records_.begin(), records_.end(), position,
                                   [](const ItemRecord& each, std::uint32_t p) { return each.position < p; });
  if (at != records_.end() && at->position == position) return *at;
  ItemRecord record;
  record.position = position;
  return *records_.insert(at, record);
}

}  // namespace tillstorm::integration
