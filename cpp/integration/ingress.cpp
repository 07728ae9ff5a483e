#include "integration/ingress.h"

#include <algorithm>
#include <utility>

#include "messages/event_kind.h"

namespace tillstorm::integration {

bool Ingress::hold(Kernel& kernel, const IngressSettings& settings, MessageId message) {
  held_.push_back(message);
  if (settings.posting.mode == PostingMode::batch) {
    if (held_.size() != 1) return true;
    // The next multiple of the interval; a message received exactly at a cut belongs to it, so the cut is late.
    const Duration interval = settings.posting.interval_minutes * kMinute;
    const std::int64_t passed = (kernel.now - settings.epoch + interval - kMicrosecond) / interval;
    kernel.schedule(settings.epoch + passed * interval, static_cast<std::uint16_t>(EventKind::batch_due), batch_,
                    Priority::late);
    return true;
  }
  if (held() >= static_cast<std::uint32_t>(settings.posting.micro_batch_max_messages)) return false;
  if (held_.size() == 1)
    kernel.schedule(kernel.now + settings.posting.micro_batch_max_seconds * kSecond,
                    static_cast<std::uint16_t>(EventKind::batch_due), batch_);
  return true;
}

std::vector<MessageId> Ingress::release(const MessagePool& pool) {
  // The source numbers what it hands over, so its own sequence is also the order of each of its tills (MSG-06).
  std::stable_sort(held_.begin(), held_.end(), [&](MessageId a, MessageId b) {
    return pool[a].envelope.source_sequence < pool[b].envelope.source_sequence;
  });
  ++batch_;
  return std::exchange(held_, {});
}

}  // namespace tillstorm::integration
