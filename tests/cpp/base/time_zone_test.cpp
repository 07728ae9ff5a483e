#include "base/time_zone.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include "source_dir.h"

namespace tillstorm {
namespace {

constexpr std::int64_t kLast = 1'830'297'600;  // 2028-01-01, where data/time_zones.csv ends

TimeZone zone(std::string_view name) {
  const auto found = TimeZone::find(name);
  EXPECT_TRUE(found) << name;
  return found.value_or(TimeZone{});
}

Time utc(YearMonthDay date, int hour, int minute) {
  return Time{} + date_of(date).days * kDay + hour * kHour + minute * kMinute;
}

// Every zone agrees with Python's zoneinfo over two years: the same offset at each quarter of an hour.
TEST(TimeZone, AgreesWithZoneinfoFrom2026To2027) {
  std::ifstream file(TILLSTORM_SOURCE_DIR "/tests/cpp/base/data/time_zones.csv");
  std::string line;
  std::getline(file, line);  // the release of the database
  std::size_t zones = 0;
  while (std::getline(file, line)) {
    std::istringstream row(line);
    std::string name, cell;
    std::getline(row, name, ',');
    std::getline(row, cell, ',');
    std::int64_t moment = std::stoll(cell);
    std::getline(row, cell, ',');
    std::int64_t offset = std::stoll(cell);
    const TimeZone known = zone(name);
    bool is_right = true;
    const auto compare_until = [&](std::int64_t end) {
      for (; moment < end; moment += 900)
        is_right = is_right && known.offset_at(Time{moment * 1'000'000}) == offset * kMinute;
      is_right = is_right && known.offset_at(Time{end * 1'000'000 - 1}) == offset * kMinute;
    };
    while (std::getline(row, cell, ',')) {
      const std::size_t colon = cell.find(':');
      compare_until(std::stoll(cell.substr(0, colon)));
      offset = std::stoll(cell.substr(colon + 1));
    }
    compare_until(kLast);
    EXPECT_TRUE(is_right) << name;
    ++zones;
  }
  EXPECT_EQ(zones, TimeZone::known_names().size());
  EXPECT_GT(zones, 400U);
}

TEST(TimeZone, KnowsItsNamesInOrder) {
  const auto& names = TimeZone::known_names();
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_TRUE(TimeZone::find("UTC"));
  EXPECT_FALSE(TimeZone::find("Europe/Berln"));
  EXPECT_FALSE(TimeZone::find(""));
}

TEST(TimeZone, MovesATimeSkippedInSpringForward) {
  const TimeZone new_york = zone("America/New_York");
  EXPECT_EQ(new_york.at(date_of({2026, 3, 8}), 2 * 60 + 30), utc({2026, 3, 8}, 7, 30));
  EXPECT_EQ(new_york.minute_of_day_at(utc({2026, 3, 8}, 7, 30)), 3 * 60 + 30);
  EXPECT_EQ(new_york.at(date_of({2026, 3, 8}), 2 * 60), new_york.at(date_of({2026, 3, 8}), 3 * 60));
}

TEST(TimeZone, TakesTheFirstOfATimeThatOccursTwice) {
  const TimeZone berlin = zone("Europe/Berlin");
  EXPECT_EQ(berlin.at(date_of({2026, 10, 25}), 2 * 60 + 30), utc({2026, 10, 25}, 0, 30));
  EXPECT_EQ(berlin.at(date_of({2026, 10, 25}), 3 * 60), utc({2026, 10, 25}, 2, 0));
}

TEST(TimeZone, ReadsMinutesPastMidnightAsTheNextDate) {
  const TimeZone tokyo = zone("Asia/Tokyo");
  EXPECT_EQ(tokyo.at(date_of({2026, 5, 1}), 26 * 60), tokyo.at(date_of({2026, 5, 2}), 2 * 60));
  EXPECT_EQ(tokyo.date_at(utc({2026, 5, 1}, 15, 0)), date_of({2026, 5, 2}));
}

// Property: a clock reading that was not skipped leads to a moment at which the zone's clocks show it.
TEST(TimeZone, LeadsBackToTheReadingItCameFrom) {
  for (const char* name : {"America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Chatham",
                           "America/Santiago", "Asia/Kathmandu", "Africa/Cairo", "America/Nuuk"}) {
    const TimeZone known = zone(name);
    for (std::int64_t minute = 0; minute < 2 * 365 * 1440; minute += 17) {
      const Time moment = utc({2026, 1, 1}, 0, 0) + minute * kMinute;
      const Time back = known.at(known.date_at(moment), known.minute_of_day_at(moment));
      EXPECT_LE(back, moment) << name;  // earlier only where the reading occurs twice
      EXPECT_EQ(known.minute_of_day_at(back), known.minute_of_day_at(moment)) << name;
      EXPECT_TRUE(back == moment || known.offset_at(back) > known.offset_at(moment)) << name;
    }
  }
}

}  // namespace
}  // namespace tillstorm
