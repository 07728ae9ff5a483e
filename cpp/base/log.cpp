#include "base/log.h"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <mutex>
#include <utility>

namespace tillstorm {
namespace detail {
std::atomic<LogLevel> least_log_level{LogLevel::off};
}
namespace {

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
    case LogLevel::off:
      break;
  }
  return spdlog::level::off;
}

LogLevel from_spdlog(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::trace:
    case spdlog::level::debug:
      return LogLevel::debug;
    case spdlog::level::info:
      return LogLevel::info;
    case spdlog::level::warn:
      return LogLevel::warning;
    default:
      return LogLevel::error;
  }
}

/// Hands each message to the listener as it is: the listener's own logging adds time and name.
class ListenerSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit ListenerSink(LogSink listener) : listener_(std::move(listener)) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    listener_(from_spdlog(message.level), std::string_view(message.payload.data(), message.payload.size()));
  }
  void flush_() override {}

 private:
  LogSink listener_;
};

/// The logger of the process; a shared pointer, so that a thread that logs while the sink is replaced keeps its own.
struct Current {
  std::mutex mutex;
  std::shared_ptr<spdlog::logger> logger;
};

Current& current() {
  static Current& the_current = *new Current;  // never destroyed: its listener may belong to a host that ends earlier
  return the_current;
}

}  // namespace

void set_log_sink(LogSink sink, LogLevel least) {
  const bool is_silent = !sink || least == LogLevel::off;
  std::shared_ptr<spdlog::logger> logger;
  if (!is_silent) {
    logger = std::make_shared<spdlog::logger>("tillstorm", std::make_shared<ListenerSink>(std::move(sink)));
    logger->set_level(to_spdlog(least));
    logger->set_error_handler([](const std::string&) {});  // a listener's failure is no failure of the run
  }
  const std::lock_guard lock(current().mutex);
  current().logger = std::move(logger);
  detail::least_log_level.store(is_silent ? LogLevel::off : least, std::memory_order_relaxed);
}

void log(LogLevel level, std::string_view message) {
  if (!log_enabled(level)) return;
  std::shared_ptr<spdlog::logger> logger;
  {
    const std::lock_guard lock(current().mutex);
    logger = current().logger;
  }
  if (logger) logger->log(to_spdlog(level), spdlog::string_view_t(message.data(), message.size()));
}

}  // namespace tillstorm
