// MSG-14: who waits for what, until when, and in which order it is let go.
#include "erp/waiting.h"

#include "erp/dependencies.h"
#include "erp/partition.h"
#include "messages/exception_report.h"

namespace tillstorm::erp {
namespace {

using Outcome = rule::DependentWaits::Outcome;

const Dependency& dependency_of(MessageType child) {
  const auto* const found = std::find_if(kDependencies.begin(), kDependencies.end(),
                                         [&](const Dependency& each) { return each.child == child; });
  check(found != kDependencies.end(), "a type that may wait has its line in the list of dependencies");
  return *found;
}

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
  if (!may_wait(message.envelope.type) || c.rules.is(Mutant::predecessor_not_awaited)) return {};
  if (message.set_aside_as != 0) return {};  // somebody has looked, and sent it on without
  const std::uint32_t document = dependency_of(message.envelope.type).reference(message);
  if (document == 0) return {};
  // An order that the DC has not loaded is still open here.
  const bool is_open =
      std::any_of(orders_.begin(), orders_.end(), [&](const OpenOrder& order) { return order.document == document; });
  if (is_open) return {Need::Kind::predecessor, document};
  c.rules.count(Outcome::predecessor_present);
  return {};
}

Posting Partition::park(Context& c, MessageId id, Need need) {
  const Message& message = c.pool[id];
  const bool is_item = need.kind == Need::Kind::item;
  if (waiting_.holds(c.pool, message.envelope)) {  // sent again: it waits already
    c.pool.release(id);
    return Posting::parked;
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
    if (!waiting_.waits(need)) report_item(c, message.envelope, need.key, ExceptionSignal::raised);
  }
  const std::uint32_t number = waiting_.park(id, need, c.kernel.now);
  if (!is_item)
    c.kernel.schedule(c.kernel.now + c.setup.dependency.wait_hours * kHour,
                      static_cast<std::uint16_t>(EventKind::wait_over), number);
  return Posting::parked;
}

void Partition::report_item(Context& c, Envelope about, std::uint32_t item, ExceptionSignal signal) const {
  report_exception(c, c.setup.addresses, c.setup.middleware_latency, about,
                   {.exception = ExceptionType::unmapped_item, .signal = signal, .subject = c.setup.items[item].key});
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
  std::vector<std::uint32_t> told;
  for (const Parked& each : waiting_.parked()) {
    if (!is_free(each) || std::find(told.begin(), told.end(), each.need.key) != told.end()) continue;
    told.push_back(each.need.key);
    report_item(c, c.pool[each.message].envelope, each.need.key, ExceptionSignal::cleared);
  }
  waiting_.release(c.pool, ready_, is_free);
}

void Partition::predecessor_arrives(Context& c, std::uint32_t document, Envelope about) {
  const auto unlinked = std::find(unlinked_.begin(), unlinked_.end(), document);
  if (unlinked != unlinked_.end()) {
    unlinked_.erase(unlinked);
    c.rules.count(Outcome::linked_after_expiry);
    report_predecessor(c, about, document, ExceptionSignal::cleared);
  }
  if (waiting_.empty()) return;
  const Need need{Need::Kind::predecessor, document};
  waiting_.release(c.pool, ready_, [&](const Parked& each) { return each.need == need; });
}

void Partition::report_predecessor(Context& c, Envelope about, std::uint32_t document, ExceptionSignal signal) const {
  const std::uint64_t subject = mix64(std::uint64_t{index_of(place_)} << 32 | document);
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
    const std::uint32_t document = dependency_of(message.envelope.type).reference(message);
    c.rules.count(Outcome::expired_posted_unreferenced);
    unlinked_.push_back(document);
    report_predecessor(c, message.envelope, document, ExceptionSignal::raised);
  } else {
    if (const Need need = needs(c, ready.message); need.kind != Need::Kind::nothing)
      return park(c, ready.message, need);
    c.rules.count(may_wait(message.envelope.type) ? Outcome::parked_then_released
                                                  : Outcome::item_missing_then_released);
  }
  DedupeWindow* const window = window_of(c, c.pool[ready.message]);
  if (window == nullptr) return set_aside(c, ready.message, ExceptionType::epoch_conflict);
  const Known known = recognise(c, ready.message, *window, false);
  if (known == Known::yes) return again(c, ready.message, *window);
  return post_new(c, ready.message, *window, Posting::released);
}

}  // namespace tillstorm::erp
