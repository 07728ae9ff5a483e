// MSG-14: who waits for what, until when, and in which order it is let go.
#include "erp/waiting.h"

#include <utility>

#include "erp/dependencies.h"
#include "erp/partition.h"
#include "messages/exception_report.h"

namespace tillstorm::erp {
namespace {

using Outcome = rule::DependentWaits::Outcome;

}  // namespace

/// An item of a message that the masters do not have yet.
Need Partition::missing_item(const Context& c, MessageId id) const {
  for (const MasterGap& gap : c.setup.master_gaps) {
    if (c.kernel.now < gap.from || c.kernel.now >= gap.until) continue;
    for (const Line& line : std::as_const(c.pool).lines(id))
      if (gap.items[index_of(line.item)]) return {Need::Kind::item, index_of(line.item)};
  }
  return {};
}

Need Partition::missing_predecessor(Context& c, const Message& message) const {
  const MessageType type = message.envelope.type;
  if (!c.setup.dependencies.may_wait(type) || c.rules.is(Mutant::predecessor_not_awaited)) return {};
  if (message.set_aside_as != 0) return {};  // somebody has looked, and sent it on without
  const Dependency& dependency = c.setup.dependencies.of(type);
  const std::uint64_t reference = dependency.reference(message);
  if (reference == 0) return {};
  if (!is_there(dependency, reference)) return {Need::Kind::predecessor, reference};
  c.rules.count(Outcome::predecessor_present);
  return {};
}

bool Partition::is_there(const Dependency& dependency, std::uint64_t reference) const {
  if (dependency.by == Dependency::By::order)  // one that the DC has not loaded is still open here
    return std::none_of(orders_.begin(), orders_.end(),
                        [&](const OpenOrder& order) { return order.document == reference; });
  const auto number = static_cast<std::uint32_t>(reference);
  return windows_[is_of_till(dependency.predecessor) ? reference >> 32
                                                     : tills_ + static_cast<std::size_t>(dependency.predecessor)]
      .contains(number);
}

Posting Partition::park(Context& c, MessageId id, Need need) {
  const Message& message = c.pool[id];
  const bool is_item = need.kind == Need::Kind::item;
  if (Parked* const same = waiting_.same_as(c.pool, message.envelope); same != nullptr) {
    // Sent again: it waits already. What somebody has sent on takes the place of the other one, which may be shared
    // with the hospital and its source.
    const bool is_sent_on = message.set_aside_as != 0;
    c.pool.release(is_sent_on ? std::exchange(same->message, id) : id);
    // Nobody need wait for the predecessor of what somebody has sent on without: for its item alone.
    if (!is_sent_on || !is_item || same->need.kind == Need::Kind::item) return Posting::parked;
    waiting_.leave(same->number);
  }
  if (c.rules.is(Mutant::orphan_discarded) && !is_item) {
    c.pool.release(id);
    return Posting::duplicate;
  }
  if (c.rules.is(Mutant::unmapped_item_dropped) && is_item) {
    c.pool.release(id);
    return Posting::duplicate;
  }
  if (waiting_.size() >= static_cast<std::uint32_t>(c.setup.dependency.max_parked))
    return set_aside(c, id, is_item ? ExceptionType::unmapped_item : ExceptionType::missing_predecessor);
  record_delivery(c, message, Delivered::parked);
  if (is_item) {
    for (const MasterGap& gap : c.setup.master_gaps)
      if (c.kernel.now >= gap.from && c.kernel.now < gap.until && gap.items[need.key])
        c.faults.count(gap.fault, FaultEffect::parked);
    report_item(c, message.envelope, static_cast<std::uint32_t>(need.key), ExceptionSignal::raised);
  }
  const std::uint32_t number = waiting_.park(id, need, c.kernel.now);
  if (!is_item)
    c.kernel.schedule(c.kernel.now + c.setup.dependency.wait_hours * kHour,
                      static_cast<std::uint16_t>(EventKind::wait_over), number);
  return Posting::parked;
}

void Partition::report_item(Context& c, Envelope about, std::uint32_t item, ExceptionSignal signal) const {
  ExceptionBody body;
  body.exception = ExceptionType::unmapped_item;
  body.signal = signal;
  body.subject = c.setup.items[item].key;
  body.held = signal == ExceptionSignal::raised ? 1 : 0;  // this one waits
  report_exception(c, c.setup.addresses, c.setup.middleware_latency, about, body);
}

void Partition::expect_masters(Context& c) {
  for (std::uint32_t i = 0; i < c.setup.master_gaps.size(); ++i)
    c.kernel.schedule(c.setup.master_gaps[i].until, static_cast<std::uint16_t>(EventKind::masters_arrive), i,
                      Priority::fault_end);
}

void Partition::masters_arrive(Context& c, std::uint32_t gap) {
  const auto& items = c.setup.master_gaps[gap].items;
  const auto is_free = [&](const Parked& each) {
    return each.need.kind == Need::Kind::item && items[each.need.key] != 0;
  };
  std::vector<std::uint64_t> told;
  for (const Parked& each : waiting_.parked()) {
    if (!is_free(each) || std::find(told.begin(), told.end(), each.need.key) != told.end()) continue;
    told.push_back(each.need.key);
    report_item(c, c.pool[each.message].envelope, static_cast<std::uint32_t>(each.need.key), ExceptionSignal::cleared);
  }
  waiting_.release(c.pool, ready_, is_free);
}

void Partition::predecessor_arrives(Context& c, std::uint64_t reference, Envelope about) {
  const auto unlinked = std::find(unlinked_.begin(), unlinked_.end(), reference);
  if (unlinked != unlinked_.end()) {
    unlinked_.erase(unlinked);
    c.rules.count(Outcome::linked_after_expiry);
    report_predecessor(c, about, reference, ExceptionSignal::cleared);
  }
  if (waiting_.empty()) return;
  const Need need{Need::Kind::predecessor, reference};
  waiting_.release(c.pool, ready_, [&](const Parked& each) { return each.need == need; });
}

void Partition::report_predecessor(Context& c, Envelope about, std::uint64_t reference, ExceptionSignal signal) const {
  const std::uint64_t subject = mix64(std::uint64_t{index_of(place_)} << 32 ^ reference);
  report_exception(c, c.setup.addresses, c.setup.middleware_latency, about,
                   {.exception = ExceptionType::missing_predecessor, .signal = signal, .subject = subject});
}

void Partition::wait_over(Context& /*c*/, std::uint32_t number) {
  if (waiting_.find(number) != nullptr) waiting_.expire(number, ready_);
}

MessageId Partition::next_ready() const { return ready_.empty() ? kNoMessage : ready_.front().message; }

Posting Partition::release_ready(Context& c) {
  const Ready ready = ready_.front();
  ready_.erase(ready_.begin());
  const Message& message = c.pool[ready.message];
  facts_.add(c.kernel.now.us);
  facts_.add(message.envelope.body_hash);
  if (ready.is_expired) {
    const ExpiryPolicy policy = c.setup.dependency.expiry_policy;
    if (policy != ExpiryPolicy::post_unreferenced) {
      c.rules.count(Outcome::expired_quarantined);
      return set_aside(
          c, ready.message,
          policy == ExpiryPolicy::reject ? ExceptionType::dead_letter : ExceptionType::missing_predecessor);
    }
    const std::uint64_t reference = c.setup.dependencies.of(message.envelope.type).reference(message);
    c.rules.count(Outcome::expired_posted_unreferenced);
    unlinked_.push_back(reference);
    report_predecessor(c, message.envelope, reference, ExceptionSignal::raised);
  } else {
    if (const Need need = needs(c, ready.message); need.kind != Need::Kind::nothing)
      return park(c, ready.message, need);
    c.rules.count(c.setup.dependencies.may_wait(message.envelope.type) ? Outcome::parked_then_released
                                                                       : Outcome::item_missing_then_released);
  }
  DedupeWindow* const window = window_of(c, c.pool[ready.message]);
  if (window == nullptr) return set_aside(c, ready.message, ExceptionType::epoch_conflict);
  switch (recognise(c, ready.message, *window, false)) {
    case Known::yes:
      return again(c, ready.message, *window);
    case Known::uncertain:
      return set_aside(c, ready.message, ExceptionType::late_key);
    case Known::no:
      break;
  }
  return post_new(c, ready.message, *window, Posting::released);
}

}  // namespace tillstorm::erp
