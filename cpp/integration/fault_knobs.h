#pragma once
// Everything that a fault can change about the road, in one place. Defaults mean no fault.
//
// Each end of a link, and the bus, holds a copy of its own, made anew whenever a fault begins or ends there
// (world/faults.h). Faults that overlap combine knob by knob: the strongest one holds, the first in the scenario among
// equals, and what the knob does is put to its account.
#include <cstdint>

#include "base/ids.h"
#include "base/time.h"

namespace tillstorm::integration {

/// One thing that can be wrong, how much, and whose doing it is.
struct Knob {
  std::int64_t value = 0;       ///< 0: nothing is wrong.
  std::uint32_t fault = kNone;  ///< Which fault of the scenario set it.

  bool is_on() const { return value != 0; }
  std::uint32_t ppm() const { return static_cast<std::uint32_t>(value); }
  /// A fault wants at least this much.
  void raise(std::int64_t wanted, std::uint32_t by) {
    if (wanted <= value) return;
    value = wanted;
    fault = by;
  }
};

struct FaultKnobs {
  bool any = false;  ///< Some knob is on: the one thing that a sound run looks at.

  // Both ends of a link.
  Knob down;           ///< 1: nothing is sent or taken in here.
  Knob latency_milli;  ///< Travel times are multiplied by this [1/1000]; 0: as they are.
  Knob latency_extra;  ///< And this is added [us].
  Knob lost_ppm;       ///< Share of what is sent here that does not arrive.

  // What a source sends.
  Knob acknowledgement_lost_ppm;  ///< Share of the answers that come here and are not heard.
  Knob duplicate_ppm;             ///< Share of the copies that are followed by another.
  Knob delay_ppm;                 ///< Share of the copies that are held back on their way ...
  Duration delay{};               ///< ... by this; goes with `delay_ppm`.
  Knob reorder_ppm;               ///< Share of the copies that let their successor go first.
  Knob corrupt_ppm;               ///< Share of the copies whose body is damaged.
  Knob malformed_ppm;             ///< Share of the messages that are made wrong.
  Knob poison_ppm;                ///< Share of the messages that crash who works on them.
  Knob key_reuse_ppm;             ///< Share of the tickets whose key another ticket takes once they have arrived.

  Knob tender_correction_ppm;  ///< Share of a store's tickets whose tender is corrected at the till.

  // Between the tills and what a source sends; not part of `any`, which is about the road.
  Knob stuck_ppm;  ///< Share of the tickets that stay in their till.

  // Between head office and what is sent to a source; not part of `any` either.
  Knob masters_delayed_ppm;  ///< Share of the batches of master data that are held up ...
  Duration masters_delay{};  ///< ... by this; goes with `masters_delayed_ppm`.

  // Where messages come in.
  Knob refuse_ppm;  ///< Share of what comes in that is answered with a refusal.

  // The bus and the ERP.
  Knob stopped;             ///< 1: nothing is handed to the ERP, and everybody knows.
  Knob unreachable;         ///< 1: every call of the ERP fails at once.
  Knob answer_lost_ppm;     ///< Share of the calls that do their work and whose answer is lost.
  Knob erp_slow_milli;      ///< The ERP's work takes so many times as long [1/1000].
  Knob slow_worker_milli;   ///< That of its first worker does.
  Knob workers_lost;        ///< The first so many workers are not there.
  Knob commit_crash_ppm;    ///< Share of a batch's commits around which the poster crashes.
  Knob file_truncated_ppm;  ///< Share of the batches of which half does not arrive.
  Knob file_twice_ppm;      ///< Share of the batches that are sent twice.
  Knob middleware_service;  ///< What each message takes in the middleware [us] ...
  Knob erp_service;         ///< ... and then in the ERP [us]; both are added.
  Knob reject_ppm;          ///< Share of the attempts to post that fail ...
  Duration retry_after{};   ///< ... and are made again after this; goes with `reject_ppm`.

  /// Nothing at all can be posted.
  bool is_away() const { return stopped.is_on() || unreachable.is_on(); }
};

}  // namespace tillstorm::integration
