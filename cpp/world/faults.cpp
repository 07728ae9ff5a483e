#include "world/faults.h"

#include <algorithm>
#include <string>

#include "base/iso8601.h"
#include "base/log.h"
#include "messages/event_kind.h"

namespace tillstorm {
namespace {

using integration::FaultKnobs;

/// What fault number `f` does to what a source says.
void apply_to_messages(FaultKnobs& knobs, const FaultSetup& fault, std::uint32_t f) {
  switch (fault.kind) {
    case FaultKind::duplicate:
      return knobs.duplicate_ppm.raise(fault.share_ppm, f);
    case FaultKind::delay:
      if (fault.share_ppm > knobs.delay_ppm.value) knobs.delay = fault.delay;
      return knobs.delay_ppm.raise(fault.share_ppm, f);
    case FaultKind::reorder:
      return knobs.reorder_ppm.raise(fault.share_ppm, f);
    case FaultKind::corrupt:
      return knobs.corrupt_ppm.raise(fault.share_ppm, f);
    case FaultKind::lost_acknowledgement:
      return knobs.acknowledgement_lost_ppm.raise(fault.share_ppm, f);
    case FaultKind::malformed:
      return knobs.malformed_ppm.raise(fault.share_ppm, f);
    case FaultKind::poison:
      return knobs.poison_ppm.raise(fault.share_ppm, f);
    case FaultKind::key_reuse:
      return knobs.key_reuse_ppm.raise(fault.share_ppm, f);
    case FaultKind::tickets_stuck:
      return knobs.stuck_ppm.raise(fault.share_ppm, f);
    case FaultKind::tender_correction:
      return knobs.tender_correction_ppm.raise(fault.share_ppm, f);
    default:
      return;  // at another end, or in the store: Dispatcher::crash_tills
  }
}

/// What fault number `f` does to one end of a link, or to what goes through it.
void apply_to_link(FaultKnobs& knobs, const FaultSetup& fault, std::uint32_t f, RoadEnd end) {
  const bool is_source = end == RoadEnd::source_sends, is_middleware = end == RoadEnd::middleware_sends;
  switch (fault.kind) {
    case FaultKind::store_link_down:
    case FaultKind::store_link_flapping:
    case FaultKind::region_partition:
      return knobs.down.raise(1, f);
    case FaultKind::store_link_slow:
      return knobs.latency_milli.raise(fault.factor_milli, f);
    case FaultKind::store_link_lossy:
      return knobs.lost_ppm.raise(fault.share_ppm, f);
    case FaultKind::middleware_down:
      if (end == RoadEnd::middleware_receives || is_middleware) knobs.down.raise(1, f);
      return;
    case FaultKind::middleware_slow:
      if (is_middleware) knobs.latency_extra.raise(fault.service.us, f);
      return;
    case FaultKind::middleware_rejecting:
      if (end == RoadEnd::middleware_receives) knobs.refuse_ppm.raise(fault.share_ppm, f);
      return;
    case FaultKind::masters_delayed:
      if (!is_middleware) return;
      if (fault.share_ppm > knobs.masters_delayed_ppm.value) knobs.masters_delay = fault.delay;
      return knobs.masters_delayed_ppm.raise(fault.share_ppm, f);
    default:
      if (is_source) apply_to_messages(knobs, fault, f);
  }
}

/// What fault number `f` does to the bus and the ERP.
void apply_to_bus(FaultKnobs& knobs, const FaultSetup& fault, std::uint32_t f) {
  switch (fault.kind) {
    case FaultKind::middleware_down:
    case FaultKind::erp_down:
      return knobs.stopped.raise(1, f);
    case FaultKind::middleware_slow:
      return knobs.middleware_service.raise(fault.service.us, f);
    case FaultKind::erp_slow:
      if (fault.has_factor) return knobs.erp_slow_milli.raise(fault.factor_milli, f);
      return knobs.erp_service.raise(fault.service.us, f);
    case FaultKind::erp_rejecting:
      if (fault.share_ppm > knobs.reject_ppm.value) knobs.retry_after = fault.retry_after;
      return knobs.reject_ppm.raise(fault.share_ppm, f);
    case FaultKind::erp_unreachable:
      return knobs.unreachable.raise(1, f);
    case FaultKind::erp_answer_lost:
      return knobs.answer_lost_ppm.raise(fault.share_ppm, f);
    case FaultKind::consumer_down:
      return knobs.workers_lost.raise(fault.workers, f);
    case FaultKind::consumer_slow:
      return knobs.slow_worker_milli.raise(fault.factor_milli, f);
    case FaultKind::batch_crash:
      return knobs.commit_crash_ppm.raise(fault.share_ppm, f);
    case FaultKind::file_truncated:
      return knobs.file_truncated_ppm.raise(fault.share_ppm, f);
    case FaultKind::file_sent_twice:
      return knobs.file_twice_ppm.raise(fault.share_ppm, f);
    default:
      return;
  }
}

}  // namespace

FaultKnobs knobs_at(const WorldSetup& setup, std::uint32_t source, RoadEnd end, Time now) {
  FaultKnobs knobs;
  for (std::uint32_t f = 0; f < setup.faults.size(); ++f) {
    const FaultSetup& fault = setup.faults[f];
    if (!fault.when.is_active(now) || !fault.hits(source)) continue;
    if (end == RoadEnd::bus) {
      apply_to_bus(knobs, fault, f);
    } else {
      apply_to_link(knobs, fault, f, end);
    }
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
                                   knobs.tender_correction_ppm,
                                   knobs.refuse_ppm,
                                   knobs.stopped,
                                   knobs.middleware_service,
                                   knobs.erp_service,
                                   knobs.reject_ppm,
                                   knobs.malformed_ppm,
                                   knobs.poison_ppm,
                                   knobs.unreachable,
                                   knobs.answer_lost_ppm,
                                   knobs.erp_slow_milli,
                                   knobs.slow_worker_milli,
                                   knobs.workers_lost,
                                   knobs.commit_crash_ppm,
                                   knobs.file_truncated_ppm,
                                   knobs.file_twice_ppm};
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
  return text_of(fault.kind).target == FaultTarget::tills && (now - fault.when.from).us % fault.when.every.us == 0 &&
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
