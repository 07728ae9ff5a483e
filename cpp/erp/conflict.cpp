// MSG-04: a key that is known, with another body.
#include "erp/partition.h"
#include "messages/body_hash.h"

namespace tillstorm::erp {
namespace {

using Outcome = rule::KeyConflict::Outcome;

}  // namespace

Posting Partition::conflict(Context& c, MessageId id, DedupeWindow& window, Fingerprint posted) {
  const Fingerprint now = Fingerprint::of(c.pool[id].envelope);
  if (now.revision() < posted.revision()) {
    c.rules.count(Outcome::stale_revision_ignored);
    if (!c.rules.is(Mutant::stale_revision_posted)) return ignore(c, id);
    post_sale(c, id, 1);
    record_delivery(c, c.pool[id], Delivered::revised);
    c.pool.release(id);
    return Posting::revised;
  }
  if (now.revision() > posted.revision()) {
    const MessageId before = replaced_by(c, id, posted);
    return before == kNoMessage ? quarantine(c, id) : supersede(c, before, id, window, Outcome::revision_superseded);
  }
  switch (c.setup.idempotency.conflict_policy) {
    case ConflictPolicy::quarantine:
      break;
    case ConflictPolicy::first_wins:
      c.rules.count(Outcome::conflict_resolved_by_policy);
      return ignore(c, id);
    case ConflictPolicy::last_wins: {
      const MessageId before = recent_body(c, c.pool[id].envelope);
      if (before == kNoMessage) break;
      return supersede(c, before, id, window, Outcome::conflict_resolved_by_policy);
    }
    case ConflictPolicy::reject_permanent:
      c.rules.count(Outcome::conflict_resolved_by_policy);
      set_aside(c, id, ExceptionType::dead_letter);
      return Posting::conflict;
  }
  return quarantine(c, id);
}

Posting Partition::quarantine(Context& c, MessageId id) {
  c.rules.count(Outcome::conflict_quarantined);
  set_aside(c, id, ExceptionType::key_conflict);
  return Posting::conflict;
}

Posting Partition::ignore(Context& c, MessageId id) {
  ++duplicates_;
  record_delivery(c, c.pool[id], Delivered::ignored);
  c.pool.release(id);
  return Posting::ignored;
}

/// What a revision says that it replaces: itself, paid as before. Taken only if that has the fingerprint of what was
/// posted, so that a reversal is always of exactly what stands in the books; where that is not remembered any more, the
/// first revision is taken at its word. Gives a reference to the caller.
MessageId Partition::replaced_by(Context& c, MessageId revision, Fingerprint posted) const {
  if (c.pool[revision].envelope.type != MessageType::ticket) return kNoMessage;
  const MessageId before = c.pool.copy(revision);
  Message& message = c.pool[before];
  --message.envelope.revision;
  message.ticket.tender = message.ticket.replaced_tender;
  if (posted.bits == 0 && message.envelope.revision == 0) return before;
  for (const auto& tender : names_of(Tender{})) {
    // What the version before replaced in its turn is known of none but the first, which replaced nothing.
    message.ticket.replaced_tender = tender.value;
    // Its hash is that of the body as sent, in whatever version of the schema (MSG-20).
    for (std::uint8_t version = message.envelope.schema_version; version != 0; --version) {
      Message as_sent = message;
      as_sent.envelope.schema_version = version;
      message.envelope.body_hash = body_hash(as_sent, std::as_const(c.pool).lines(before));
      if (Fingerprint::of(message.envelope) == posted) return before;
    }
    if (message.envelope.revision == 0) break;
  }
  c.pool.release(before);
  return kNoMessage;
}

/// Reverses `before` and posts `after` in its place, in one commit under one date. Takes over both references.
Posting Partition::supersede(Context& c, MessageId before, MessageId after, DedupeWindow& window, Outcome outcome) {
  if (const auto aside = date_of_posting(c, c.pool[after])) {
    c.pool.release(before);
    return set_aside(c, after, *aside);
  }
  c.rules.count(outcome);
  if (!c.rules.is(Mutant::revision_added)) post_sale(c, before, -1);
  c.pool.release(before);
  post_sale(c, after, 1);
  window.insert(c.pool[after].envelope.number, Fingerprint::of(c.pool[after].envelope));
  record_delivery(c, c.pool[after], Delivered::revised);
  remember_body(c, after);
  c.pool.release(after);
  return Posting::revised;
}

/// Under `last_wins` the newest tickets are kept whole: nothing else says what a conflicting body replaces.
void Partition::remember_body(Context& c, MessageId id) {
  if (c.setup.idempotency.conflict_policy != ConflictPolicy::last_wins) [[likely]]
    return;
  if (c.pool[id].envelope.type != MessageType::ticket) return;
  c.pool.retain(id);
  recent_.push_back(id);
  if (recent_.size() > static_cast<std::uint32_t>(c.setup.idempotency.recent_bodies))
    c.pool.release(recent_.pop_front());
}

/// The body of a ticket as it was posted last; kNoMessage if it is not kept any more. Gives a reference to the caller.
MessageId Partition::recent_body(Context& c, const Envelope& e) const {
  for (std::uint32_t i = recent_.size(); i-- > 0;) {
    const Envelope& other = c.pool[recent_[i]].envelope;
    if (e.type != MessageType::ticket || other.terminal != e.terminal || other.epoch != e.epoch ||
        other.number != e.number)
      continue;
    c.pool.retain(recent_[i]);
    return recent_[i];
  }
  return kNoMessage;
}

}  // namespace tillstorm::erp
