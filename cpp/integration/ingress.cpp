#include "integration/ingress.h"

#include <algorithm>
#include <utility>

#include "engine/random_stream.h"
#include "messages/event_kind.h"

namespace tillstorm::integration {
namespace {

using Absorbed = rule::ErpLossAbsorbed::Outcome;

constexpr std::uint64_t kReject = purpose_of("fault.reject");

}  // namespace

Ingress::Taken Ingress::collect(Context& c, const IngressSettings& settings, MessageId message) {
  collected_.push_back(message);
  if (settings.posting.mode == PostingMode::batch) {
    if (collected_.size() != 1) return Taken::held;
    // The next multiple of the interval; a message received exactly at a cut belongs to it, so the cut is late.
    const Duration interval = settings.posting.interval_minutes * kMinute;
    const std::int64_t passed = (c.kernel.now - settings.epoch + interval - kMicrosecond) / interval;
    c.kernel.schedule(settings.epoch + passed * interval, static_cast<std::uint16_t>(EventKind::batch_due), batch_,
                      Priority::late);
    return Taken::held;
  }
  if (collected_.size() >= static_cast<std::size_t>(settings.posting.micro_batch_max_messages)) {
    c.rules.count(rule::PostingMode::Outcome::flushed_by_count);
    if (c.rules.is(Mutant::full_batch_drops_last)) {
      c.pool.release(message);
      collected_.pop_back();
    }
    cut(c);
    return Taken::in_line;
  }
  if (collected_.size() == 1)
    c.kernel.schedule(c.kernel.now + settings.posting.micro_batch_max_seconds * kSecond,
                      static_cast<std::uint16_t>(EventKind::batch_due), batch_);
  return Taken::held;
}

void Ingress::cut(Context& c) {
  // The source numbers what it hands over, so its own sequence is also the order of each of its tills (MSG-06).
  std::stable_sort(collected_.begin(), collected_.end(), [&](MessageId a, MessageId b) {
    return c.pool[a].envelope.source_sequence < c.pool[b].envelope.source_sequence;
  });
  if (c.rules.is(Mutant::batch_stamps_one_date))
    for (const MessageId id : collected_)
      c.pool[id].envelope.business_date = c.pool[collected_.front()].envelope.business_date;
  ++batch_;
  if (c.rules.is(Mutant::batch_posts_singles_again)) add_again(c);
  for (const MessageId id : collected_) line_.push_back(id);
  collected_.clear();
}

/// What Mutant::batch_posts_singles_again does.
void Ingress::add_again(Context& c) {
  for (std::size_t i = 0, count = collected_.size(); i < count; ++i) {
    if (c.pool[collected_[i]].envelope.type != MessageType::ticket) continue;
    collected_.push_back(c.pool.copy(collected_[i]));
    c.pool[collected_.back()].envelope.number += 1'000'000;
  }
}

MessageId Ingress::next(Context& c) {
  if (line_.empty()) return kNoMessage;
  if (knobs_.any || state_ != State::idle) [[unlikely]] {
    if (knobs_.stopped.is_on()) {
      note_buffered(c, knobs_.stopped);
      return kNoMessage;
    }
    if (state_ != State::idle) {
      note_buffered(c, state_ == State::serving ? slow_one() : knobs_.reject_ppm);
      return kNoMessage;
    }
    const Duration service{knobs_.middleware_service.value + knobs_.erp_service.value};
    if (service.us != 0 && !is_served_) {
      c.faults.count(knobs_.middleware_service.fault, FaultEffect::slowed);
      c.faults.count(knobs_.erp_service.fault, FaultEffect::slowed);
      return wait(c, State::serving, service, slow_one());
    }
    if (is_refused()) {
      c.faults.count(knobs_.reject_ppm.fault, FaultEffect::refused);
      is_served_ = false;
      return wait(c, State::backing_off, knobs_.retry_after, knobs_.reject_ppm);
    }
  }
  is_served_ = false;
  if (buffered_ != 0) {
    --buffered_;
    c.rules.count(Absorbed::drained_in_order);
  }
  return line_.pop_front();
}

MessageId Ingress::wait(Context& c, State state, Duration time, const Knob& why) {
  state_ = state;
  c.kernel.schedule(c.kernel.now + time, static_cast<std::uint16_t>(EventKind::handover_goes_on), generation_);
  note_buffered(c, why);
  return kNoMessage;
}

void Ingress::note_buffered(Context& c, const Knob& why) {
  const std::uint32_t more = line_.size() - buffered_;
  buffered_ = line_.size();
  c.rules.count(Absorbed::buffered, more);
  c.faults.count(why.fault, FaultEffect::buffered, more);
}

bool Ingress::is_refused() {
  return knobs_.reject_ppm.is_on() &&
         RandomStream(seed_, kReject, key_, attempts_++).bernoulli_ppm(knobs_.reject_ppm.ppm());
}

bool Ingress::goes_on(Context& c, std::uint64_t generation) {
  if (generation != generation_ || state_ == State::idle) return false;
  is_served_ = state_ == State::serving;
  if (state_ == State::backing_off) c.rules.count(Absorbed::retried_after_rejection);
  state_ = State::idle;
  return true;
}

void Ingress::set_faults(Context& c, const FaultKnobs& knobs) {
  const bool was_stopped = knobs_.stopped.is_on();
  knobs_ = knobs;
  if (knobs_.stopped.is_on() && !was_stopped) {
    ++generation_;
    state_ = State::idle;
    is_served_ = false;
  }
  if (was_stopped && !knobs_.stopped.is_on()) recover(c);
}

/// Middleware and ERP are there again: the line goes on from its head.
void Ingress::recover(Context& c) {
  const bool is_volatile = c.rules.is(Mutant::buffer_lost_with_erp);
  const bool is_reversed = c.rules.is(Mutant::drained_newest_first);
  if (!is_volatile && !is_reversed) [[likely]]
    return;
  std::vector<MessageId> line;
  while (!line_.empty()) line.push_back(line_.pop_front());
  if (is_volatile) {
    buffered_ = 0;
    for (const MessageId id : line) c.pool.release(id);
    return;
  }
  std::reverse(line.begin(), line.end());
  for (const MessageId id : line) line_.push_back(id);
}

}  // namespace tillstorm::integration
