#include "base/log.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace tillstorm {
namespace {

using Messages = std::vector<std::pair<LogLevel, std::string>>;

LogSink collect(Messages& messages) {
  return [&messages](LogLevel level, std::string_view text) { messages.emplace_back(level, text); };
}

TEST(Log, IsSilentUntilSomebodyListens) {
  EXPECT_FALSE(log_enabled(LogLevel::error));
  log(LogLevel::error, "nobody hears this");
}

TEST(Log, HandsOverWhatIsImportantEnough) {
  Messages messages;
  set_log_sink(collect(messages), LogLevel::info);
  EXPECT_TRUE(log_enabled(LogLevel::info));
  EXPECT_FALSE(log_enabled(LogLevel::debug));
  log(LogLevel::debug, "no");
  log(LogLevel::info, "taken as it is: {} %s");
  log(LogLevel::error, "two");
  set_log_sink(nullptr, LogLevel::debug);
  log(LogLevel::error, "late");
  EXPECT_EQ(messages, (Messages{{LogLevel::info, "taken as it is: {} %s"}, {LogLevel::error, "two"}}));
}

TEST(Log, SurvivesAListenerThatThrows) {
  set_log_sink([](LogLevel, std::string_view) { throw std::runtime_error("listener"); }, LogLevel::debug);
  EXPECT_NO_THROW(log(LogLevel::warning, "x"));
  set_log_sink(nullptr, LogLevel::off);
  EXPECT_FALSE(log_enabled(LogLevel::error));
}

}  // namespace
}  // namespace tillstorm
