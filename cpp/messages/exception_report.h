#pragma once
// How anybody tells the exception desk that something needs a person, or no longer does (EXC-01).
#include "base/hash.h"
#include "messages/addresses.h"
#include "messages/event_kind.h"
#include "messages/message_pool.h"

namespace tillstorm {

/// Names a message as the subject of an exception: its key, its revision and what it says. Another body under the same
/// key is another message, and somebody has to look at each (MSG-04).
inline std::uint64_t exception_subject(const Envelope& e) {
  const std::uint64_t who =
      std::uint64_t{index_of(e.place)} << 32 | std::uint64_t{e.terminal} << 8 | static_cast<std::uint64_t>(e.type);
  const std::uint64_t key = mix64(mix64(who ^ std::uint64_t{e.revision} << 56 ^ 0x9e3779b97f4a7c15ULL) ^
                                  (std::uint64_t{e.epoch} << 32 | e.number));
  return mix64(key ^ mix64(e.body_hash));
}

/// The envelope that a message came with: what its exception is about, whatever key a repair has given it.
inline Envelope as_it_came(const Message& message) {
  Envelope e = message.envelope;
  if (message.own_number != 0) e.number = message.own_number;
  return e;
}

/// The message that a report is about, as a subject.
inline std::uint64_t message_of_report(const Message& report) {
  Envelope e = report.envelope;
  e.type = report.exception.about;
  return exception_subject(e);
}

/// Says `body` to the exception desk with `about`'s place, terminal, number and business date; it arrives `latency`
/// from now. `Context` has a kernel and a pool (integration::Context, erp::Context, model::Context).
template <class Context>
void report_exception(Context& c, const Addresses& addresses, Duration latency, Envelope about, ExceptionBody body) {
  const MessageId id = c.pool.create(MessageType::exception_report);
  Message& message = c.pool[id];
  message.envelope = about;
  message.envelope.type = MessageType::exception_report;
  message.envelope.event_time = c.kernel.now;
  body.about = about.type;
  body.cause = about.source_sequence;
  message.exception = body;
  c.kernel.send(addresses.exception_desk(), c.kernel.now + latency,
                static_cast<std::uint16_t>(EventKind::exception_reported), static_cast<std::uint32_t>(id));
}

}  // namespace tillstorm
