// MSG-02, MSG-03: what makes two messages the same, and what of a posting is one commit.
#include <utility>

#include "erp/partition.h"

namespace tillstorm::erp {
namespace {

/// What a ticket says, without who says it and as how-manieth.
std::uint64_t content_of(const Message& message, std::span<const Line> lines) {
  const TicketBody& ticket = message.ticket;
  std::uint64_t hash = mix64(static_cast<std::uint64_t>(message.envelope.business_date.days) << 8 |
                             static_cast<std::uint64_t>(ticket.tender));
  const auto add = [&](std::uint64_t word) { hash = mix64(hash ^ word) + 0x9e3779b97f4a7c15ULL; };
  add(static_cast<std::uint64_t>(ticket.net));
  add(static_cast<std::uint64_t>(ticket.tax));
  add(static_cast<std::uint64_t>(ticket.tendered));
  for (const Line& line : lines) {
    add(std::uint64_t{index_of(line.item)} << 32 | static_cast<std::uint32_t>(line.quantity));
    add(static_cast<std::uint64_t>(line.amount_minor));
  }
  return hash;
}

}  // namespace

/// The key of a message where it is not its business identity; 0: it is.
std::uint64_t Partition::opaque_key(const Context& c, MessageId id) const {
  const Message& message = c.pool[id];
  const Envelope& e = message.envelope;
  const std::uint64_t identity =
      mix64(static_cast<std::uint64_t>(e.type) << 56 ^ std::uint64_t{e.terminal} << 40 ^ e.epoch) ^ e.number;
  switch (c.setup.idempotency.key_source) {
    case KeySource::business_identity:
      break;
    case KeySource::client_uuid:  // a correction goes under the number of what it corrects
      return e.revision != 0 ? 0 : mix64(identity ^ mix64(e.body_hash ^ message.keys_minted));
    case KeySource::server_assigned:
      return mix64(identity ^ mix64(e.body_hash ^ message.keys_minted) ^ e.revision);
    case KeySource::content_hash:
      return e.type == MessageType::ticket ? content_of(message, std::as_const(c.pool).lines(id)) : 0;
  }
  return 0;
}

/// Whether a message has been posted, as far as its key tells.
Partition::Known Partition::recognise(Context& c, MessageId id, const DedupeWindow& window, bool is_racing) {
  Known known = look_up(c, window, c.pool[id]);
  if (c.setup.idempotency.key_source != KeySource::business_identity) [[unlikely]]
    if (const std::uint64_t key = opaque_key(c, id); key != 0) known = keys_.contains(key) ? Known::yes : Known::no;
  if (known != Known::yes || !is_racing) [[likely]]
    return known;
  if (c.setup.atomicity == Atomicity::check_then_post || c.rules.is(Mutant::checked_before_posted)) return Known::no;
  c.rules.count(rule::DedupeThenPost::Outcome::race_rolled_back);
  return known;
}

void Partition::remember_key(const Context& c, MessageId id) {
  if (const std::uint64_t key = opaque_key(c, id); key != 0) keys_.insert(key, c.setup.dedupe_window);
}

Posting Partition::commit_torn(Context& c, MessageId id) {
  DedupeWindow* const window = window_of(c, c.pool[id]);
  const bool is_new = window != nullptr && recognise(c, id, *window, false) == Known::no;
  if (is_new && c.setup.atomicity == Atomicity::post_then_mark && needs(c, id).kind == Need::Kind::nothing)
    return post_new(c, id, *window, Posting::first, false);
  if (is_new && c.setup.atomicity == Atomicity::mark_then_post) {
    const Envelope& e = c.pool[id].envelope;
    window->insert(e.number, Fingerprint::of(e));
    remember_key(c, id);
  }
  c.pool.release(id);
  return Posting::ignored;
}

}  // namespace tillstorm::erp
