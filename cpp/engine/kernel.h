#pragma once
// The kernel: the clock, the pending events, and the loop that dispatches them. A value: a copy is a snapshot.
#include <atomic>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/check.h"
#include "engine/event_queue.h"

namespace tillstorm {

/// Why `run` returned.
enum class StopReason : std::uint8_t {
  reached_until,   ///< The next event is at `until` or later; the clock shows `until`.
  drained,         ///< Nothing is pending; the clock shows the last event.
  stop_requested,  ///< The stop flag was seen between two events; `run` may be called again.
  event_limit,     ///< `max_events` were dispatched; `run` may be called again.
};

struct Kernel {
  EventQueue queue;
  std::vector<std::uint64_t> sequence;  ///< Per site: how many events it has sent as their origin.
  Time now;                             ///< Time of the event being dispatched.
  SiteId current{};                     ///< The site whose event is being dispatched: the origin of what is sent.
  std::uint64_t dispatched = 0;         ///< Events dispatched since the start.

  Kernel() = default;
  explicit Kernel(std::uint32_t sites, Time start = Time{0}) : sequence(sites, 0), now(start) {
    check(sites <= Event::kMaxSite + 1, "a kernel has at most 2^28 sites");
  }

  /// Speaks for `site` until the next event is dispatched: for the first events, before `run`.
  void act_as(SiteId site) {
    check(index_of(site) < sequence.size(), "act_as names a site of this kernel");
    current = site;
  }

  /// An event of the current site for itself, at `at` >= now. At the present instant with a priority that has passed,
  /// it is dispatched next.
  void schedule(Time at, std::uint16_t kind, std::uint64_t payload, Priority priority = Priority::normal) {
    check(at >= now, "an event is not scheduled in the past");
    queue.push(stamp(current, at, kind, payload, priority));
  }
  /// An event of the current site for another site, at `at` > now: between sites every latency is positive.
  void send(SiteId to, Time at, std::uint16_t kind, std::uint64_t payload, Priority priority = Priority::normal) {
    check_send(to, at);
    queue.push(stamp(to, at, kind, payload, priority));
  }
  EventHandle schedule_cancellable(Time at, std::uint16_t kind, std::uint64_t payload,
                                   Priority priority = Priority::normal) {
    check(at >= now, "an event is not scheduled in the past");
    return queue.push_cancellable(stamp(current, at, kind, payload, priority));
  }
  EventHandle send_cancellable(SiteId to, Time at, std::uint16_t kind, std::uint64_t payload,
                               Priority priority = Priority::normal) {
    check_send(to, at);
    return queue.push_cancellable(stamp(to, at, kind, payload, priority));
  }
  /// True if the event was still pending: it will not happen.
  bool cancel(EventHandle handle) { return queue.cancel(handle); }

 private:
  Event stamp(SiteId to, Time at, std::uint16_t kind, std::uint64_t payload, Priority priority) {
    return Event::make(at, priority, to, current, sequence[index_of(current)]++, kind, payload);
  }
  void check_send(SiteId to, Time at) const {
    check(index_of(to) < sequence.size(), "an event is sent to a site of this kernel");
    check(at > now, "a message between sites takes time");
  }
};

/// Events between two looks at the stop flag.
inline constexpr std::uint64_t kStopPollEvents = 1024;

/// Dispatches, in the total order, every event strictly before `until` to `world.dispatch(const Event&)`, which
/// switches on `kind()` and schedules by way of `kernel`. `stop` (may be null) is looked at every kStopPollEvents
/// events, so that an interrupt takes effect between two events.
template <class World>
StopReason run(Kernel& kernel, World& world, Time until, const std::atomic<bool>* stop = nullptr,
               std::uint64_t max_events = std::numeric_limits<std::uint64_t>::max()) {
  std::uint64_t left = max_events;
  while (left != 0) {
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) return StopReason::stop_requested;
    const std::uint64_t batch = left < kStopPollEvents ? left : kStopPollEvents;
    for (std::uint64_t i = 0; i < batch; ++i) {
      if (kernel.queue.empty()) return StopReason::drained;
      if (kernel.queue.next_time() >= until) {
        if (kernel.now < until) kernel.now = until;
        return StopReason::reached_until;
      }
      const Event event = kernel.queue.pop();
      kernel.now = event.time;
      kernel.current = event.site();
      ++kernel.dispatched;
      world.dispatch(event);
    }
    left -= batch;
  }
  return StopReason::event_limit;
}

}  // namespace tillstorm
