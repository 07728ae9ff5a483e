#pragma once
// The middleware: takes what arrives from the sources, decides when it is posted (MSG-16), and hands on what the ERP
// sends.
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "engine/kernel.h"
#include "integration/channel.h"
#include "messages/addresses.h"
#include "messages/message_pool.h"
#include "rules/posting.h"

namespace tillstorm::integration {

struct MiddlewareSettings {
  PostingRule posting{};
  Duration erp_latency = 5 * kMillisecond;
  Time epoch{};  ///< Midnight of the chain's clock on the first day: cuts of mode `batch` are counted from here.
};

class Middleware {
 public:
  /// Takes over one reference to `message`, which has just been received from a source and belongs to the ERP.
  void take(Kernel& kernel, const MessagePool& pool, const Addresses& addresses, const MiddlewareSettings& settings,
            MessageId message);
  /// The first cut of mode `batch`; nothing in the other modes.
  void start(Kernel& kernel, const MiddlewareSettings& settings) const;
  /// A cut of mode `batch`; schedules the next one as long as anything else is pending.
  void cut(Kernel& kernel, const MessagePool& pool, const Addresses& addresses, const MiddlewareSettings& settings);
  /// The micro-batch with this number has waited long enough.
  void micro_batch_due(Kernel& kernel, const MessagePool& pool, const Addresses& addresses,
                       const MiddlewareSettings& settings, std::uint64_t batch);

  /// Messages received and not yet handed to the ERP.
  std::uint32_t held() const { return static_cast<std::uint32_t>(held_.size()); }
  std::uint32_t most_held() const { return most_held_; }

 private:
  void flush(Kernel& kernel, const MessagePool& pool, const Addresses& addresses, const MiddlewareSettings& settings);
  static void hand_over(Kernel& kernel, const MessagePool& pool, const Addresses& addresses,
                        const MiddlewareSettings& settings, MessageId message);

  std::vector<MessageId> held_;
  std::uint64_t batch_ = 0;  ///< Number of the micro-batch being collected.
  std::uint32_t most_held_ = 0;
};

}  // namespace tillstorm::integration
