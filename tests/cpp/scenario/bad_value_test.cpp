// One wrong value, one clear message: where, what was found, what is allowed.
#include <gtest/gtest.h>

#include "scenario/reading.h"

namespace tillstorm {
namespace {

struct BadValue {
  const char* more;     ///< Members added to a good document.
  const char* path;     ///< Where the problem is.
  const char* message;  ///< A part of what is said.
  const char* found;    ///< All of what is quoted.
  const char* allowed;  ///< A part of what may stand there.
  const char* nearest = "";
};

class BadValues : public testing::TestWithParam<BadValue> {};

TEST_P(BadValues, GetOneMessage) {
  const BadValue& bad = GetParam();
  const std::vector<Problem> problems = problems_of(with(bad.more));
  ASSERT_EQ(problems.size(), 1U) << (problems.empty() ? "it was accepted" : to_string(problems[1]));
  const Problem& problem = problems[0];
  EXPECT_EQ(problem.file, "test.json");
  EXPECT_EQ(problem.path, bad.path);
  EXPECT_EQ(problem.line, 2);  // the members are added to the second line
  EXPECT_GT(problem.column, 40);
  EXPECT_TRUE(has(problem.message, bad.message)) << problem.message;
  EXPECT_EQ(problem.found, bad.found);
  EXPECT_TRUE(has(problem.allowed, bad.allowed)) << problem.allowed;
  EXPECT_EQ(problem.nearest, bad.nearest);
}

INSTANTIATE_TEST_SUITE_P(
    Types, BadValues,
    testing::Values(
        BadValue{R"("days": "7")", "days", "wrong type: a text where a number", "\"7\"", "1 to 3660 [days]"},
        BadValue{R"("days": [7])", "days", "wrong type: a list", "a list of 1", "a whole number"},
        BadValue{R"("days": {})", "days", "wrong type: an object", "an object", "a whole number"},
        BadValue{R"("days": true)", "days", "wrong type: true or false", "true", "a whole number"},
        BadValue{R"("name": 7)", "name", "wrong type: a number where a text", "7", "a text"},
        BadValue{R"("replenishment": {"enabled": 1})", "replenishment.enabled", "wrong type", "1", "true or false"},
        BadValue{R"("faults": {})", "faults", "wrong type: an object where a list", "an object", "a list"},
        BadValue{R"("faults": [3])", "faults[0]", "wrong type: a number where an object", "3", "an object"},
        BadValue{R"("people": [])", "people", "wrong type: a list where an object", "a list of 0", "an object"},
        BadValue{R"("integration": {"posting": {"mode": 1}})", "integration.posting.mode", "wrong type", "1",
                 "realtime, microbatch, batch"},
        BadValue{R"("faults": [null])", "faults[0]", "wrong type: null", "null", "an object"},
        BadValue{R"("record": {"tables": [null]})", "record.tables[0]", "wrong type: null", "null", "a text"}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, BadValues,
    testing::Values(
        BadValue{R"("days": 0)", "days", "out of range", "0", "from 1 to 3660 [days]"},
        BadValue{R"("days": 3661)", "days", "out of range", "3661", "from 1 to 3660"},
        BadValue{R"("days": 3.5)", "days", "a fraction where a whole number", "3.5", "a whole number"},
        BadValue{R"("days": 1e2.5)", "", "no number as JSON writes it", "\"1e2.5\"", "JSON"},
        BadValue{R"("days": 9223372036854775808)", "days", "does not fit into 64 bits", "9223372036854775808", "1 to"},
        BadValue{R"("days": 99999999999)", "days", "out of range", "99999999999", "1 to 3660"},
        BadValue{R"("seed": 18446744073709551616)", "seed", "does not fit into 64 bits", "18446744073709551616",
                 "a whole number from 0"},
        BadValue{R"("seed": -1)", "seed", "out of range", "-1", "a whole number from 0"},
        BadValue{R"("seed": 1e300)", "seed", "out of range", "1e300", "a whole number from 0"},
        BadValue{R"("demand": {"weather_effect": 1e999})", "demand.weather_effect", "out of range", "1e999", "0 to 1"},
        BadValue{R"("demand": {"weather_effect": -0.1})", "demand.weather_effect", "out of range", "-0.1", "0 to 1"},
        BadValue{R"("demand": {"weekday_index": [1,1,1,1,1,1,-1]})", "demand.weekday_index[6]", "out of range", "-1",
                 "from 0 to 1000"},
        BadValue{R"("demand": {"weekday_index": [1,1,1]})", "demand.weekday_index", "wrong length", "a list of 3",
                 "7 entries"},
        BadValue{R"("demand": {"hourly_profile_weekday": []})", "demand.hourly_profile_weekday", "wrong length",
                 "a list of 0", "from 1 to 24 entries"}));

INSTANTIATE_TEST_SUITE_P(
    Names, BadValues,
    testing::Values(BadValue{R"("dyas": 3)", "dyas", "unknown key", "\"dyas\"", "one of $schema, name", "days"},
                    BadValue{R"("integration": {"posting": {"mod": "batch"}})", "integration.posting.mod",
                             "unknown key", "\"mod\"", "mode, interval_minutes", "mode"},
                    BadValue{R"("integration": {"posting": {"mode": "bacth"}})", "integration.posting.mode",
                             "unknown name", "\"bacth\"", "realtime, microbatch, batch", "batch"},
                    BadValue{R"("integration": {"posting": {"mode": "zzzzzz"}})", "integration.posting.mode",
                             "unknown name", "\"zzzzzz\"", "realtime", ""},
                    BadValue{R"("": 3)", "[\"\"]", "unknown key", "\"\"", "one of"},
                    BadValue{R"("a\u0000b": 3)", "[\"a\\u0000b\"]", "unknown key", "\"a\\u0000b\"", "one of"},
                    BadValue{R"("days": 3, "days": 4)", "days", "given twice", "\"days\"", "once"},
                    BadValue{R"("people": {"till_room": 3, "till_room": 4})", "people.till_room", "given twice",
                             "\"till_room\"", "once"},
                    BadValue{R"("people": {"till_room": 3, "till\u005froom": 4})", "people.till_room", "given twice",
                             "\"till_room\"", "once"},
                    BadValue{R"("faults": [{"from": "2026-11-24T10:00", "for": "PT1H"}])", "faults[0].kind",
                             "`kind` is missing", "", "What breaks"},
                    BadValue{R"("faults": [{"kind": null, "from": "2026-11-24T10:00", "for": "PT1H"}])",
                             "faults[0].kind", "`kind` is missing", "null", "What breaks"}));

INSTANTIATE_TEST_SUITE_P(
    Times, BadValues,
    testing::Values(
        BadValue{R"("start": "2026-02-29")", "start", "not a date that exists", "\"2026-02-29\"", "2026-11-27"},
        BadValue{R"("start": "27.11.2026")", "start", "not a date", "\"27.11.2026\"", "2026-11-27"},
        BadValue{R"("start": 20261127)", "start", "wrong type", "20261127", "2026-11-27"},
        BadValue{R"("start": "1969-12-31")", "start", "out of range", "1969-12-31", "1970-01-01 to 2199-12-31"},
        BadValue{R"("start": "2199-12-30")", "start", "end too late", "2199-12-30 and 7 days", "2199-12-31"},
        BadValue{R"("pricing": {"publish_at": "25:99"})", "pricing.publish_at", "not a time of day", "\"25:99\"",
                 "30:00"},
        BadValue{R"("pricing": {"publish_at": "25:00"})", "pricing.publish_at", "time of the same day", "25:00",
                 "23:59"},
        BadValue{R"("record": {"warm_up": "P1Y"})", "record.warm_up", "not an ISO 8601 duration", "\"P1Y\"", "PT2H"},
        BadValue{R"("record": {"warm_up": "P7D"})", "record.warm_up", "as long as the run", "P7D", "less than `days`"},
        BadValue{R"("faults": [{"kind": "duplicate", "from": "2026-11-31T10:00", "for": "PT1H"}])", "faults[0].from",
                 "not a date and time that exist", "\"2026-11-31T10:00\"", "2026-11-27T10:00"}));

}  // namespace
}  // namespace tillstorm
