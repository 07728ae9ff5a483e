#pragma once
// MSG-16: when what has arrived is posted.
#include <cstdint>

#include "base/fields.h"

namespace tillstorm {

enum class PostingMode : std::uint8_t { realtime, microbatch, batch };
constexpr auto names_of(PostingMode) {
  return std::array{EnumName<PostingMode>{PostingMode::realtime, "realtime", "Each message on arrival."},
                    EnumName<PostingMode>{PostingMode::microbatch, "microbatch",
                                          "When enough are there, or the first has waited long enough."},
                    EnumName<PostingMode>{PostingMode::batch, "batch",
                                          "At every multiple of the interval after midnight of the chain's clock."}};
}

struct PostingRule {
  PostingMode mode = PostingMode::realtime;
  std::int32_t interval_minutes = 15;
  std::int32_t micro_batch_max_messages = 500;
  std::int32_t micro_batch_max_seconds = 30;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&PostingRule::mode, Field("mode", "When the middleware hands messages to the ERP.").from("rule MSG-16"));
    visit(&PostingRule::interval_minutes,
          Field("interval_minutes",
                "Distance of the cuts in mode `batch`, counted from each midnight of the chain's clock, which is a cut "
                "in any case; a message received exactly at a cut belongs to it.")
              .in("min")
              .range(1, 1440)
              .from("parameters: integration.posting_interval_min"));
    visit(&PostingRule::micro_batch_max_messages,
          Field("micro_batch_max_messages", "Messages that flush a micro-batch.")
              .in("messages")
              .range(1, 1e6)
              .from("rule MSG-16"));
    visit(&PostingRule::micro_batch_max_seconds,
          Field("micro_batch_max_seconds", "Age of the first message that flushes a micro-batch.")
              .in("s")
              .range(1, 86400)
              .from("rule MSG-16"));
  }
};

}  // namespace tillstorm
