#include "integration/ingress.h"

#include <algorithm>
#include <utility>

#include "messages/event_kind.h"

namespace tillstorm::integration {

bool Ingress::hold(Context& c, const IngressSettings& settings, MessageId message) {
  held_.push_back(message);
  if (settings.posting.mode == PostingMode::batch) {
    if (held_.size() != 1) return true;
    // The next multiple of the interval; a message received exactly at a cut belongs to it, so the cut is late.
    const Duration interval = settings.posting.interval_minutes * kMinute;
    const std::int64_t passed = (c.kernel.now - settings.epoch + interval - kMicrosecond) / interval;
    c.kernel.schedule(settings.epoch + passed * interval, static_cast<std::uint16_t>(EventKind::batch_due), batch_,
                      Priority::late);
    return true;
  }
  if (held() >= static_cast<std::uint32_t>(settings.posting.micro_batch_max_messages)) {
    c.rules.count(rule::PostingMode::Outcome::flushed_by_count);
    if (c.rules.is(Mutant::full_batch_drops_last)) {
      c.pool.release(message);
      held_.pop_back();
    }
    return false;
  }
  if (held_.size() == 1)
    c.kernel.schedule(c.kernel.now + settings.posting.micro_batch_max_seconds * kSecond,
                      static_cast<std::uint16_t>(EventKind::batch_due), batch_);
  return true;
}

std::vector<MessageId> Ingress::release(Context& c) {
  // The source numbers what it hands over, so its own sequence is also the order of each of its tills (MSG-06).
  std::stable_sort(held_.begin(), held_.end(), [&](MessageId a, MessageId b) {
    return c.pool[a].envelope.source_sequence < c.pool[b].envelope.source_sequence;
  });
  if (c.rules.is(Mutant::batch_stamps_one_date))
    for (const MessageId id : held_) c.pool[id].envelope.business_date = c.pool[held_.front()].envelope.business_date;
  ++batch_;
  return std::exchange(held_, {});
}

}  // namespace tillstorm::integration
