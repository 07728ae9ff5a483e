#pragma once
// MSG-07 and MSG-08: how the numbers of a till are read.
#include <cstdint>

#include "base/fields.h"

namespace tillstorm {

enum class SequenceCompare : std::uint8_t { epoch_number, number_only, event_time };
constexpr auto names_of(SequenceCompare) {
  return std::array{
      EnumName<SequenceCompare>{SequenceCompare::epoch_number, "epoch_number", "By epoch, then by number."},
      EnumName<SequenceCompare>{SequenceCompare::number_only, "number_only",
                                "By number alone: after a rollover every ticket is taken for a repeat."},
      EnumName<SequenceCompare>{SequenceCompare::event_time, "event_time",
                                "By number, and a known one that happened after all others begins again: what comes "
                                "late of the time before may post twice."}};
}

enum class GapPolicy : std::uint8_t { release, block, ignore_gaps };
constexpr auto names_of(GapPolicy) {
  return std::array{
      EnumName<GapPolicy>{GapPolicy::release, "release", "What was held goes on; the missing ones may still come."},
      EnumName<GapPolicy>{GapPolicy::block, "block", "The till's messages stand still until the gap is filled."},
      EnumName<GapPolicy>{GapPolicy::ignore_gaps, "ignore_gaps",
                          "Nobody looks for gaps: nothing is held or asked for."}};
}

struct SequenceRule {
  SequenceCompare compare = SequenceCompare::epoch_number;
  std::int32_t rollover_at = 9999;
  bool epoch_handshake = true;
  std::int32_t gap_hold_seconds = 120;
  std::int32_t gap_requests = 3;
  std::int32_t gap_request_interval_seconds = 600;
  GapPolicy gap_policy = GapPolicy::release;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&SequenceRule::compare,
          Field("compare", "How the books tell a new number from an old one.").from("rule MSG-08"));
    visit(&SequenceRule::rollover_at,
          Field("rollover_at", "Highest number of a till; the next one is 1, in the next epoch.")
              .range(1, 999'999)
              .from("rule MSG-08"));
    visit(&SequenceRule::epoch_handshake,
          Field("epoch_handshake", "The first ticket of an epoch states the last number of the epoch before.")
              .from("rule MSG-08"));
    visit(&SequenceRule::gap_hold_seconds,
          Field("gap_hold_seconds", "How long what comes after a gap is held before the missing ones are asked for.")
              .in("s")
              .range(1, 86400)
              .from("rule MSG-07"));
    visit(&SequenceRule::gap_requests,
          Field("gap_requests", "How often they are asked for.").in("times").range(1, 100).from("rule MSG-07"));
    visit(&SequenceRule::gap_request_interval_seconds,
          Field("gap_request_interval_seconds", "From one request to the next, and from the last to the exception.")
              .in("s")
              .range(1, 86400)
              .from("rule MSG-07"));
    visit(&SequenceRule::gap_policy, Field("gap_policy", "What happens when nobody answers.").from("rule MSG-07"));
  }
};

}  // namespace tillstorm
