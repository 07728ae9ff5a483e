#pragma once
// MSG-20: versions of the messages' schema, where a place's messages come in.
//
//   the receiver's version, or one that it still reads -> passes, converted up
//   a newer one -> parked until the receiver's upgrade, and all that comes behind it
//   an older one -> set aside
#include <cstdint>

#include "base/time.h"
#include "integration/context.h"
#include "messages/event_kind.h"
#include "messages/message_id_ring.h"
#include "rules/schema.h"

namespace tillstorm::integration {

struct SchemaSettings {
  SchemaRule rule{};
  Time receiver_from{};  ///< Upgrade of the receiver; the beginning of time: before the run.

  std::uint8_t version_at(Time now) const {
    return now < receiver_from ? rule.version_before() : static_cast<std::uint8_t>(rule.current);
  }
};

class SchemaGate {
 public:
  enum class Taken : std::uint8_t {
    goes_on,
    parked,
    unreadable,  ///< To be set aside.
  };
  explicit SchemaGate(PlaceId place) : place_(place) {}

  /// `message` has come in. If it goes on, it may have become a copy of itself.
  Taken take(Context& c, const SchemaSettings& settings, MessageId& message) {
    if (c.pool[message].envelope.schema_version == settings.version_at(c.kernel.now) && parked_.empty()) [[likely]] {
      c.rules.count(rule::SchemaVersions::Outcome::current_version);
      return Taken::goes_on;
    }
    return look_closer(c, settings, message);
  }
  /// The receiver has been upgraded: what was parked, one after another; kNoMessage: no more. `taken` says what is to
  /// be done with it: what only stood behind a newer one may be too old by now.
  MessageId next_parked(Context& c, const SchemaSettings& settings, Taken& taken);

  std::uint32_t parked() const { return parked_.size(); }

 private:
  Taken look_closer(Context& c, const SchemaSettings& settings, MessageId& message);
  static void convert(Context& c, MessageId& message, std::uint8_t version);

  PlaceId place_;
  MessageIdRing parked_;
};

}  // namespace tillstorm::integration
