#pragma once
// An event: when, for whom, in which order among its equals, and what to do. 32 bytes of plain data.
#include <cstdint>
#include <type_traits>

#include "base/ids.h"
#include "base/time.h"

namespace tillstorm {

/// Order of events at one instant: a smaller value is dispatched first, over all sites.
enum class Priority : std::uint8_t {
  fault_end = 0,    ///< A fault that ends here is over before anything else happens at this instant ...
  fault_begin = 1,  ///< ... so that back-to-back windows act as one; and a fault is in force for all that follows.
  early = 64,       ///< Before ordinary work of the same instant: opening hours, clocks, rolling a business date.
  normal = 128,     ///< Ordinary work.
  late = 160,       ///< After ordinary work of the same instant: closing, batch runs that must see the whole instant.
  check = 192,      ///< Checks and recording: they read what the instant has made and change nothing.
  control = 255,    ///< The script's `control` site: last at its instant.
};

/// A thing that will happen at one site. Plain data: a handler is chosen by `kind()`, never stored.
struct Event {
  static constexpr unsigned kSiteBits = 28;
  static constexpr std::uint32_t kMaxSite = (1U << kSiteBits) - 1;
  static constexpr std::uint64_t kMaxSequence = (std::uint64_t{1} << 48) - 1;
  /// The top bit of a kind is the queue's own (it marks an event that can be cancelled).
  static constexpr std::uint16_t kMaxKind = 0x7fff;

  Time time;                        ///< When it happens.
  std::uint64_t order = 0;          ///< priority (8 bits) | owning site (28) | origin site (28).
  std::uint64_t sequence_kind = 0;  ///< The origin's sequence (48 bits) | kind (16).
  std::uint64_t payload = 0;        ///< Belongs to the handler of this kind: an index, a generation, a small value.

  /// `site`, `origin` <= kMaxSite, `sequence` <= kMaxSequence, `kind` <= kMaxKind: not checked here (see Kernel).
  static constexpr Event make(Time time, Priority priority, SiteId site, SiteId origin, std::uint64_t sequence,
                              std::uint16_t kind, std::uint64_t payload) {
    return {time,
            static_cast<std::uint64_t>(priority) << (2 * kSiteBits) |
                static_cast<std::uint64_t>(index_of(site)) << kSiteBits | index_of(origin),
            sequence << 16 | kind, payload};
  }

  constexpr Priority priority() const { return static_cast<Priority>(order >> (2 * kSiteBits)); }
  /// The site that handles the event and whose state it may touch.
  constexpr SiteId site() const { return SiteId{static_cast<std::uint32_t>(order >> kSiteBits) & kMaxSite}; }
  /// The site that sent it.
  constexpr SiteId origin() const { return SiteId{static_cast<std::uint32_t>(order) & kMaxSite}; }
  /// How many events its origin had sent before it.
  constexpr std::uint64_t sequence() const { return sequence_kind >> 16; }
  constexpr std::uint16_t kind() const { return static_cast<std::uint16_t>(sequence_kind & kMaxKind); }

  constexpr bool operator==(const Event&) const = default;
};

static_assert(sizeof(Event) == 32 && std::is_trivially_copyable_v<Event>);

/// The total order of events: by time, then priority, then owning site, then origin site, then the origin's own
/// sequence, given when it was sent; never by who else is simulated.
constexpr bool before(const Event& a, const Event& b) {
  if (a.time != b.time) return a.time < b.time;
  return a.order != b.order ? a.order < b.order : a.sequence_kind < b.sequence_kind;
}

}  // namespace tillstorm
