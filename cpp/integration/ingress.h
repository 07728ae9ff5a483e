#pragma once
// Where a place's messages come in: the middleware's partition of that place, beside the books of the place. It decides
// when what has arrived is posted (MSG-16).
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "integration/context.h"
#include "rules/posting.h"

namespace tillstorm::integration {

struct IngressSettings {
  PostingRule posting{};
  Time epoch{};  ///< Midnight of the chain's clock on the first day: cuts of mode `batch` are counted from here.
};

class Ingress {
 public:
  /// `message` has been received. True: it is to be posted now; false: it is held, and an event of the current site
  /// will say when.
  bool take(Context& c, const IngressSettings& settings, MessageId message) {
    if (settings.posting.mode != PostingMode::realtime) return !hold(c, settings, message);
    c.rules.count(rule::PostingMode::Outcome::posted_on_arrival);
    return true;
  }
  /// True if the micro-batch with this number, or the cut with this number, is still to be run.
  bool is_due(std::uint64_t batch) const { return batch == batch_ && !held_.empty(); }
  /// What is held, in the order of a run: by the source's own sequence. Nothing is held any more.
  std::vector<MessageId> release(Context& c);

  std::uint32_t held() const { return static_cast<std::uint32_t>(held_.size()); }

 private:
  /// True if the message is held; false if it completes a micro-batch, which it then belongs to.
  bool hold(Context& c, const IngressSettings& settings, MessageId message);

  std::vector<MessageId> held_;
  std::uint64_t batch_ = 0;  ///< Number of the batch being collected.
};

}  // namespace tillstorm::integration
