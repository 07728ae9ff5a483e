#include "integration/schema_gate.h"

#include "messages/up_convert.h"

namespace tillstorm::integration {

using Outcome = rule::SchemaVersions::Outcome;

SchemaGate::Taken SchemaGate::look_closer(Context& c, const SchemaSettings& settings, MessageId& id) {
  const std::uint8_t sent = c.pool[id].envelope.schema_version, own = settings.version_at(c.kernel.now);
  const bool rejects = settings.rule.newer_policy == NewerPolicy::reject || c.rules.is(Mutant::newer_schema_rejected);
  const bool guesses =
      settings.rule.newer_policy == NewerPolicy::best_effort_parse || c.rules.is(Mutant::newer_schema_guessed);
  if (!parked_.empty() || (sent > own && !rejects && !guesses)) {
    if (parked_.empty())
      c.kernel.schedule(settings.receiver_from, static_cast<std::uint16_t>(EventKind::schema_upgraded),
                        index_of(place_));
    c.rules.count(Outcome::newer_parked);
    parked_.push_back(id);
    return Taken::parked;
  }
  if (sent == own) {
    c.rules.count(Outcome::current_version);
    return Taken::goes_on;
  }
  if (sent + settings.rule.versions_back < own || (sent > own && rejects)) {
    if (sent < own) c.rules.count(Outcome::too_old_quarantined);
    return Taken::unreadable;
  }
  if (sent < own) c.rules.count(Outcome::up_converted);
  convert(c, id, own);
  return Taken::goes_on;
}

/// A message that has been handed over is not changed, since its source may have to send it again: a copy is.
void SchemaGate::convert(Context& c, MessageId& id, std::uint8_t version) {
  const MessageId converted = c.pool.copy(id);
  c.pool.release(id);
  id = converted;
  Message& message = c.pool[id];
  if (message.envelope.schema_version > version) return forget_newer_fields(message, version);
  while (message.envelope.schema_version < version) up_convert(message);
}

MessageId SchemaGate::next_parked(Context& c, const SchemaSettings& settings, Taken& taken) {
  if (parked_.empty()) return kNoMessage;
  MessageId next = parked_.pop_front();
  const std::uint8_t sent = c.pool[next].envelope.schema_version, own = settings.version_at(c.kernel.now);
  taken = sent + settings.rule.versions_back < own ? Taken::unreadable : Taken::goes_on;
  c.rules.count(taken == Taken::goes_on ? Outcome::newer_released : Outcome::too_old_quarantined);
  if (taken == Taken::goes_on && sent < own) convert(c, next, own);
  return next;
}

}  // namespace tillstorm::integration
