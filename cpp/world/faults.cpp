#include "world/faults.h"

#include <algorithm>
#include <string>

#include "base/iso8601.h"
#include "base/log.h"
#include "messages/event_kind.h"

namespace tillstorm {
namespace {

using integration::FaultKnobs;

/// What fault number `f` does at one end. Every kind has its case here.
void apply(FaultKnobs& knobs, const FaultSetup& fault, std::uint32_t f, RoadEnd end) {
  const bool is_sender = end == RoadEnd::source_sends || end == RoadEnd::middleware_sends;
  const bool is_link = end != RoadEnd::ingress;
  const bool is_source = end == RoadEnd::source_sends;
  switch (fault.kind) {
    case FaultKind::store_link_down:
    case FaultKind::store_link_flapping:
    case FaultKind::region_partition:
      if (is_link) knobs.down.raise(1, f);
      return;
    case FaultKind::store_link_slow:
      if (is_link) knobs.latency_milli.raise(fault.factor_milli, f);
      return;
    case FaultKind::store_link_lossy:
      if (is_link) knobs.lost_ppm.raise(fault.share_ppm, f);
      return;
    case FaultKind::duplicate:
      if (is_source) knobs.duplicate_ppm.raise(fault.share_ppm, f);
      return;
    case FaultKind::delay:
      if (is_source && fault.share_ppm > knobs.delay_ppm.value) knobs.delay = fault.delay;
      if (is_source) knobs.delay_ppm.raise(fault.share_ppm, f);
      return;
    case FaultKind::reorder:
      if (is_source) knobs.reorder_ppm.raise(fault.share_ppm, f);
      return;
    case FaultKind::corrupt:
      if (is_source) knobs.corrupt_ppm.raise(fault.share_ppm, f);
      return;
    case FaultKind::lost_acknowledgement:
      if (is_source) knobs.acknowledgement_lost_ppm.raise(fault.share_ppm, f);
      return;
    case FaultKind::middleware_down:
      if (end == RoadEnd::middleware_receives || end == RoadEnd::middleware_sends) knobs.down.raise(1, f);
      if (end == RoadEnd::ingress) knobs.stopped.raise(1, f);
      return;
    case FaultKind::middleware_slow:
      if (end == RoadEnd::ingress) knobs.middleware_service.raise(fault.service.us, f);
      if (is_sender && !is_source) knobs.latency_extra.raise(fault.service.us, f);
      return;
    case FaultKind::middleware_rejecting:
      if (end == RoadEnd::middleware_receives) knobs.refuse_ppm.raise(fault.share_ppm, f);
      return;
    case FaultKind::erp_down:
      if (end == RoadEnd::ingress) knobs.stopped.raise(1, f);
      return;
    case FaultKind::erp_slow:
      if (end == RoadEnd::ingress) knobs.erp_service.raise(fault.service.us, f);
      return;
    case FaultKind::erp_rejecting:
      if (end == RoadEnd::ingress && fault.share_ppm > knobs.reject_ppm.value) knobs.retry_after = fault.retry_after;
      if (end == RoadEnd::ingress) knobs.reject_ppm.raise(fault.share_ppm, f);
      return;
    case FaultKind::key_reuse:
      if (is_source) knobs.key_reuse_ppm.raise(fault.share_ppm, f);
      return;
    case FaultKind::tender_correction:
      if (is_source) knobs.tender_correction_ppm.raise(fault.share_ppm, f);
      return;
    case FaultKind::masters_late:
      return;  // happens in the books: erp::MasterGap
    case FaultKind::terminal_crash:
      return;  // happens in the store: Dispatcher::crash_tills
  }
}

}  // namespace

FaultKnobs knobs_at(const WorldSetup& setup, std::uint32_t source, RoadEnd end, Time now) {
  FaultKnobs knobs;
  for (std::uint32_t f = 0; f < setup.faults.size(); ++f) {
    const FaultSetup& fault = setup.faults[f];
    if (fault.when.is_active(now) && fault.hits(source)) apply(knobs, fault, f, end);
  }
  const integration::Knob all[] = {knobs.down,
                                   knobs.latency_milli,
                                   knobs.latency_extra,
                                   knobs.lost_ppm,
                                   knobs.acknowledgement_lost_ppm,
                                   knobs.duplicate_ppm,
                                   knobs.delay_ppm,
                                   knobs.reorder_ppm,
                                   knobs.corrupt_ppm,
                                   knobs.key_reuse_ppm,
                                   knobs.refuse_ppm,
                                   knobs.stopped,
                                   knobs.middleware_service,
                                   knobs.erp_service,
                                   knobs.reject_ppm};
  knobs.any = std::any_of(std::begin(all), std::end(all), [](const integration::Knob& knob) { return knob.is_on(); });
  return knobs;
}

void schedule_next_change(World& world, std::uint32_t fault, std::uint32_t source) {
  const FaultSchedule& when = world.setup->faults[fault].when;
  const Time at = when.next_change(world.kernel.now);
  if (at == kNever) return;
  world.kernel.schedule(at, static_cast<std::uint16_t>(EventKind::fault_changes), integration::pack(fault, source),
                        when.is_active(at) ? Priority::fault_begin : Priority::fault_end);
}

void schedule_faults(World& world) {
  const Addresses& a = world.addresses();
  for (std::uint32_t f = 0; f < world.setup->faults.size(); ++f) {
    const FaultSchedule& when = world.setup->faults[f].when;
    for (const std::uint32_t source : world.setup->faults[f].sources) {
      const auto tell = [&](SiteId site) {
        world.kernel.act_as(site);
        world.kernel.schedule(std::max(when.from, world.kernel.now),
                              static_cast<std::uint16_t>(EventKind::fault_changes), integration::pack(f, source),
                              Priority::fault_begin);
      };
      tell(a.source(source));
      if (source < a.places()) tell(a.partition(PlaceId{source}));
      tell(a.middleware());
    }
  }
}

void log_change(const World& world, std::uint32_t f, std::uint32_t source) {
  const FaultSetup& fault = world.setup->faults[f];
  if (!log_enabled(LogLevel::info) || source != fault.sources.front()) return;
  const bool begins = fault.when.is_active(world.kernel.now);
  const std::size_t more = fault.sources.size() - 1;
  log(LogLevel::info, "fault " + std::to_string(f) + ", " + std::string(text_of(fault.kind).name) +
                          (begins ? ", begins at " : ", is over at ") +
                          (source < world.setup->place_ids.size() ? world.setup->place_ids[source] : "the web shop") +
                          (more != 0 ? " and " + std::to_string(more) + " others" : "") + ": " +
                          format_moment({world.kernel.now.us, true}));
}

bool crashes_now(const FaultSetup& fault, Time now) {
  return fault.kind == FaultKind::terminal_crash && (now - fault.when.from).us % fault.when.every.us == 0 &&
         fault.when.is_active(now);
}

bool wait_for_erp(World& world, const Event& event) {
  const auto& faults = world.setup->faults;
  for (std::uint32_t f = 0; f < faults.size(); ++f) {
    if (faults[f].kind != FaultKind::erp_down || !faults[f].when.is_active(world.kernel.now)) continue;
    world.faults.count(f, FaultEffect::jobs_postponed);
    world.kernel.schedule(faults[f].when.next_change(world.kernel.now), event.kind(), event.payload, event.priority());
    return true;
  }
  return false;
}

}  // namespace tillstorm
