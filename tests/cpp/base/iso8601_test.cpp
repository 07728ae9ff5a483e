#include "base/iso8601.h"

#include <gtest/gtest.h>

#include <random>

namespace tillstorm {
namespace {

TEST(Iso8601, ReadsDatesThatExistAndNoOthers) {
  EXPECT_EQ(parse_date("1970-01-01"), Date{0});
  EXPECT_EQ(parse_date("2026-11-27"), Date{20784});
  EXPECT_EQ(parse_date("2028-02-29"), date_of({2028, 2, 29}));
  for (const char* bad : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-01", "26-01-01", "1899-12-31",
                          "2026-11-27 ", " 2026-11-27", "2026/11/27", "2026-11-32", "2026-11-00", "", "2026-11-27T"}) {
    EXPECT_FALSE(parse_date(bad)) << bad;
  }
}

TEST(Iso8601, ReadsTimesOfDayUpToThirtyHours) {
  EXPECT_EQ(parse_time_of_day("00:00"), TimeOfDay{0});
  EXPECT_EQ(parse_time_of_day("30:00"), TimeOfDay{1800});
  for (const char* bad : {"30:01", "9:00", "09:60", "09", "09:0", "-1:00", "09:00:00", ""}) {
    EXPECT_FALSE(parse_time_of_day(bad)) << bad;
  }
}

TEST(Iso8601, ReadsMomentsWithAndWithoutOffset) {
  EXPECT_EQ(parse_moment("1970-01-01T00:00"), (Moment{0, false}));
  EXPECT_EQ(parse_moment("1970-01-01T00:01:02.5"), (Moment{62'500'000, false}));
  EXPECT_EQ(parse_moment("1970-01-01T01:00+01:00"), (Moment{0, true}));
  EXPECT_EQ(parse_moment("1970-01-01T00:00Z"), (Moment{0, true}));
  EXPECT_EQ(parse_moment("1969-12-31T19:00:00-05:00"), (Moment{0, true}));
  for (const char* bad : {"2026-11-27", "2026-11-27T24:00", "2026-11-27T10", "2026-11-27T10:00:60",
                          "2026-11-27T10:00+1", "2026-11-27T10:00.5", "2026-11-27T10:00:00.1234567", "2026-11-27 10:00",
                          "2026-11-27T10:00ZZ", "2026-11-27T10:00:00.", "2026-11-27T10:00+19:00"}) {
    EXPECT_FALSE(parse_moment(bad)) << bad;
  }
}

TEST(Iso8601, ReadsDurationsOfFixedLength) {
  EXPECT_EQ(parse_duration("PT2H"), 2 * kHour);
  EXPECT_EQ(parse_duration("P1DT30M"), kDay + 30 * kMinute);
  EXPECT_EQ(parse_duration("P2W"), 14 * kDay);
  EXPECT_EQ(parse_duration("PT0.000001S"), kMicrosecond);
  EXPECT_EQ(parse_duration("PT1.5H"), 90 * kMinute);
  EXPECT_EQ(parse_duration("P36500D"), 36'500 * kDay);
  for (const char* bad : {"",
                          "P",
                          "PT",
                          "P1M",
                          "P1Y",
                          "PT1D",
                          "P1H",
                          "PT1M1H",
                          "PT1H1H",
                          "P1DT",
                          "-PT1H",
                          "PT-1H",
                          "PT1.5H30M",
                          "P1W1D",
                          "PT1.1234567S",
                          "P36501D",
                          "PT999999999999999999999H",
                          "pt1h",
                          "PT1",
                          "P1DT24H1",
                          "PT.5S",
                          "1H"}) {
    EXPECT_FALSE(parse_duration(bad)) << bad;
  }
}

// Property: what is written is read back as the same value, whatever the value.
TEST(Iso8601, WritesWhatItReads) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const Date date{static_cast<std::int32_t>(random() % 900'000) - 25'000};
    EXPECT_EQ(parse_date(format_date(date)), date);
    const TimeOfDay time{static_cast<std::int32_t>(random() % 1801)};
    EXPECT_EQ(parse_time_of_day(format_time_of_day(time)), time);
    const std::int64_t coarse = i % 3 == 0 ? 60'000'000 : i % 3 == 1 ? 1'000'000 : 1;
    const Moment moment{static_cast<std::int64_t>(random() % 4'000'000'000'000'000) / coarse * coarse, i % 2 == 0};
    EXPECT_EQ(parse_moment(format_moment(moment)), moment) << format_moment(moment);
    const Duration length{static_cast<std::int64_t>(random() % 3'000'000'000'000'000) / coarse * coarse};
    EXPECT_EQ(parse_duration(format_duration(length)), length) << format_duration(length);
  }
}

TEST(Iso8601, WritesUtcForPeople) {
  EXPECT_EQ(format_utc({0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_utc({-1}), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(format_utc({1'500'000}), "1970-01-01T00:00:01.5Z");
  EXPECT_EQ(format_duration({0}), "PT0S");
  EXPECT_EQ(format_duration(-(kDay + kSecond)), "-P1DT1S");
}

}  // namespace
}  // namespace tillstorm
