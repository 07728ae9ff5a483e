#include "integration/middleware.h"

#include <algorithm>
#include <tuple>

#include "messages/event_kind.h"

namespace tillstorm::integration {
namespace {

constexpr std::uint16_t kind(EventKind k) { return static_cast<std::uint16_t>(k); }

/// Order of a run: by ordering key (the source's place and till), then by the source's own sequence.
auto run_order(const Message& message) {
  return std::tuple(message.envelope.place, message.envelope.terminal, message.envelope.source_sequence);
}

}  // namespace

void Middleware::take(Kernel& kernel, const MessagePool& pool, const Addresses& addresses,
                      const MiddlewareSettings& settings, MessageId message) {
  if (settings.posting.mode == PostingMode::realtime) return hand_over(kernel, pool, addresses, settings, message);
  held_.push_back(message);
  most_held_ = std::max(most_held_, held());
  if (settings.posting.mode == PostingMode::batch) return;
  if (held_.size() == 1)
    kernel.schedule(kernel.now + settings.posting.micro_batch_max_seconds * kSecond, kind(EventKind::micro_batch_due),
                    batch_);
  if (held() >= static_cast<std::uint32_t>(settings.posting.micro_batch_max_messages))
    flush(kernel, pool, addresses, settings);
}

void Middleware::start(Kernel& kernel, const MiddlewareSettings& settings) const {
  if (settings.posting.mode != PostingMode::batch) return;
  const Duration interval = settings.posting.interval_minutes * kMinute;
  const std::int64_t passed = (kernel.now - settings.epoch) / interval;
  kernel.schedule(settings.epoch + (passed + 1) * interval, kind(EventKind::batch_cut), 0, Priority::late);
}

void Middleware::cut(Kernel& kernel, const MessagePool& pool, const Addresses& addresses,
                     const MiddlewareSettings& settings) {
  flush(kernel, pool, addresses, settings);
  if (!kernel.queue.empty()) start(kernel, settings);
}

void Middleware::micro_batch_due(Kernel& kernel, const MessagePool& pool, const Addresses& addresses,
                                 const MiddlewareSettings& settings, std::uint64_t batch) {
  if (batch == batch_) flush(kernel, pool, addresses, settings);
}

void Middleware::flush(Kernel& kernel, const MessagePool& pool, const Addresses& addresses,
                       const MiddlewareSettings& settings) {
  std::stable_sort(held_.begin(), held_.end(),
                   [&](MessageId a, MessageId b) { return run_order(pool[a]) < run_order(pool[b]); });
  for (const MessageId message : held_) hand_over(kernel, pool, addresses, settings, message);
  held_.clear();
  ++batch_;
}

void Middleware::hand_over(Kernel& kernel, const MessagePool& pool, const Addresses& addresses,
                           const MiddlewareSettings& settings, MessageId message) {
  kernel.send(addresses.partition(pool[message].envelope.place), kernel.now + settings.erp_latency,
              kind(EventKind::posts), static_cast<std::uint32_t>(message));
}

}  // namespace tillstorm::integration
