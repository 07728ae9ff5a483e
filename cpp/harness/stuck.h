#pragma once
// A run that makes no progress: seen, stopped and explained.
#include <cstdint>
#include <string>
#include <vector>

#include "world/world.h"

namespace tillstorm {

/// Looks now and then whether a run still gets on. Plain data.
class Progress {
 public:
  /// Events at one simulated instant that no sound run has.
  static constexpr std::uint64_t kEventsAtOneInstant = 20'000'000;
  /// Simulated time of the drain in which messages are pending and none is taken in.
  static constexpr Duration kLongestSilence = 2 * kDay;

  /// When to look again, at the latest.
  Time next_look(Time now) const { return now + 6 * kHour; }
  static constexpr std::uint64_t kEventsBetweenLooks = 4'000'000;
  enum class Verdict : std::uint8_t {
    gets_on,
    endless_instant,  ///< Events without end at one instant.
    silent_drain,     ///< Messages are pending, and nothing happens to them any more.
  };
  /// Whether the run should be stopped.
  Verdict look(const World& world);

 private:
  Time instant_{};                   ///< The instant at which the last look was ...
  std::uint64_t events_before_ = 0;  ///< ... and how many events had been dispatched when it was first seen.
  std::uint64_t taken_in_ = 0;       ///< At the last progress ...
  Time since_{};                     ///< ... which was then.
};

/// Why the run was stopped, if it was; then what is pending, where, since when and why: one line for each place, a
/// sentence each.
std::vector<std::string> what_is_stuck(const World& world, Progress::Verdict verdict);

}  // namespace tillstorm
