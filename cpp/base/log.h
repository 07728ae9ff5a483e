#pragma once
// Diagnostics: silent until somebody listens. Never part of a result, and no result depends on them.
#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>

namespace tillstorm {

enum class LogLevel : std::uint8_t { debug, info, warning, error, off };

/// Receives each message, one at a time, from whichever thread logs. An exception it throws is swallowed.
using LogSink = std::function<void(LogLevel, std::string_view)>;

/// From now on, messages of `least` and above go to `sink`. An empty sink makes the log silent again.
void set_log_sink(LogSink sink, LogLevel least);

namespace detail {
extern std::atomic<LogLevel> least_log_level;
}

/// Ask before building a costly message.
inline bool log_enabled(LogLevel level) {
  return level >= detail::least_log_level.load(std::memory_order_relaxed) && level != LogLevel::off;
}

void log(LogLevel level, std::string_view message);

}  // namespace tillstorm
