#include "world/source_log.h"

#include "messages/exception_report.h"
#include "world/world.h"

namespace tillstorm {
namespace {

using Outcome = rule::BoundedQueues::Outcome;

/// Tells IT support that the log is nearly full, or no longer is.
void report(World& world, std::uint32_t source, ExceptionSignal signal) {
  Envelope about;
  about.place = PlaceId{source};
  about.event_time = world.kernel.now;
  ExceptionBody body;
  body.exception = ExceptionType::till_log;
  body.signal = signal;
  body.subject = world.setup->bus.place_keys[source];
  body.units = static_cast<std::int32_t>(world.senders[World::up_channel(source)].pending());
  model::Context c = world.model_context();
  report_exception(c, world.addresses(), world.setup->bus.to_sources, about, body);
}

}  // namespace

void look_at_source_log(World& world, integration::Context& road, std::uint32_t source) {
  const SourceLogRule& rule = world.setup->source_log;
  SourceLogState& state = world.source_logs[source];
  integration::ChannelSender& log = world.senders[World::up_channel(source)];
  const std::int64_t pending = log.pending();
  const bool is_nearly_full = pending * 1'000'000 >= rule.max_messages * rule.alert_ppm;
  if (!is_nearly_full && state == SourceLogState::has_room) [[likely]]
    return;
  if (source >= world.addresses().stores) return;
  const bool is_full = pending >= rule.max_messages;
  if (is_nearly_full && state == SourceLogState::has_room) {
    world.rules.count(Outcome::source_log_alert);
    report(world, source, ExceptionSignal::raised);
  }
  if (!is_nearly_full) report(world, source, ExceptionSignal::cleared);
  if (is_full && state != SourceLogState::full) world.rules.count(Outcome::source_log_full);
  state = is_full ? SourceLogState::full : is_nearly_full ? SourceLogState::nearly_full : SourceLogState::has_room;
  if (rule.full_policy == FullLogPolicy::stop_trading) return world.stores[source].stop_trading(is_full);
  while (log.is_down() && std::int64_t{log.pending()} > rule.max_messages) {
    const std::uint32_t lost = log.drop_oldest(road);
    const bool has_arrived = world.receivers[World::up_channel(source)].received_up_to() >= lost;  // it goes on there
    if (!has_arrived) world.backlog.over(source, lost, world.kernel.now);
  }
}

}  // namespace tillstorm
