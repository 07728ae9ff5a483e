// The core's diagnostics, handed to Python's logging.
#include <deque>
#include <mutex>
#include <string>
#include <utility>

#include "base/log.h"
#include "bindings/register.h"

namespace tillstorm::bindings {
namespace py = pybind11;
namespace {

/// Messages wait here until Python takes them: whoever logs may hold locks of the core, and must not wait for the GIL.
struct Waiting {
  std::mutex mutex;
  std::deque<std::pair<LogLevel, std::string>> messages;
};

Waiting& waiting() {
  static Waiting one;
  return one;
}

/// Levels of Python's logging.
int number_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return 10;
    case LogLevel::info:
      return 20;
    case LogLevel::warning:
      return 30;
    case LogLevel::error:
    case LogLevel::off:
      break;
  }
  return 40;
}

LogLevel level_of(int number) {
  if (number <= 10) return LogLevel::debug;
  if (number <= 20) return LogLevel::info;
  if (number <= 30) return LogLevel::warning;
  return number <= 40 ? LogLevel::error : LogLevel::off;
}

void set_level(int number) {
  const LogLevel level = level_of(number);
  if (level == LogLevel::off) {
    set_log_sink({}, LogLevel::off);
    return;
  }
  const auto keep = [](LogLevel at, std::string_view message) {
    Waiting& queue = waiting();
    const std::scoped_lock lock(queue.mutex);
    queue.messages.emplace_back(at, message);
  };
  set_log_sink(keep, level);
}

py::list take_messages() {
  std::deque<std::pair<LogLevel, std::string>> taken;
  {
    Waiting& queue = waiting();
    const std::scoped_lock lock(queue.mutex);
    taken.swap(queue.messages);
  }
  py::list result;
  for (const auto& [level, message] : taken) result.append(py::make_tuple(number_of(level), message));
  return result;
}

}  // namespace

void register_log(py::module_& m) {
  m.def("set_log_level", &set_level, py::arg("level"),
        "Keeps the core's messages of this level of Python's logging and above; above 40: none.");
  m.def("take_log_messages", &take_messages, "Level and text of each message kept since the last call.");
  m.def(
      "log", [](int level, const std::string& message) { log(level_of(level), message); }, py::arg("level"),
      py::arg("message"), "Says something through the core's log.");
}

}  // namespace tillstorm::bindings
