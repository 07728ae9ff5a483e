// Files that are no scenario at all.
#include <gtest/gtest.h>

#include <fstream>

#include "scenario/reading.h"
#include "scenario/temporary_folder.h"

namespace tillstorm {
namespace {

struct BadText {
  std::string text;
  std::string message;
  int line;
  int column;
};

class BadTexts : public testing::TestWithParam<BadText> {};

TEST_P(BadTexts, AreReportedWhereTheyGoWrong) {
  const BadText& bad = GetParam();
  const std::vector<Problem> problems = problems_of(bad.text);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_TRUE(has(problems[0].message, bad.message)) << problems[0].message;
  EXPECT_EQ(problems[0].line, bad.line);
  EXPECT_EQ(problems[0].column, bad.column);
}

INSTANTIATE_TEST_SUITE_P(
    Syntax, BadTexts,
    testing::Values(BadText{"", "the file is empty", 1, 1}, BadText{" \n ", "the file is empty", 1, 1},
                    BadText{"{\n  \"days\": 3", "the text ends here, inside an object that began at byte 0", 2, 12},
                    BadText{"{\"faults\": [", "inside a list that began at byte 11", 1, 13},
                    BadText{"{\"name\": \"abc", "never closed", 1, 10},
                    BadText{"{\"days\": 3,}", "a comma too many", 1, 12},
                    BadText{"{\"days\" 3}", "a colon is missing", 1, 9},
                    BadText{"{\"days\": 3 \"seed\": 4}", "a comma is missing", 1, 12},
                    BadText{"{\"days\": 3}}", "more text after the end", 1, 12},
                    BadText{"{\"days\": 3} {}", "more text after the end", 1, 13},
                    BadText{"{days: 3}", "a key in double quotation marks", 1, 2},
                    BadText{"{'days': 3}", "a key in double quotation marks", 1, 2},
                    BadText{"{\"name\": 'x'}", "double quotation marks", 1, 10},
                    BadText{"{\"name\": abc}", "double quotation marks", 1, 10},
                    BadText{"{\"days\": NaN}", "no such number", 1, 10},
                    BadText{"{\"days\": -Infinity}", "no such number", 1, 10},
                    BadText{"{\"days\": 007}", "no number as JSON writes it", 1, 10},
                    BadText{"{\"days\": +7}", "no number as JSON writes it", 1, 10},
                    BadText{"{\"days\": 7.}", "no number as JSON writes it", 1, 10},
                    BadText{"{\"days\": 0x7}", "no number as JSON writes it", 1, 10},
                    BadText{"{ // days\n}", "a key in double quotation marks", 1, 3},
                    BadText{"{\"days\": /* */ 3}", "JSON has no comments", 1, 10},
                    BadText{"{\"days\": }", "a value must stand here", 1, 10},
                    BadText{"{\"faults\": [}", "a value must stand here", 1, 13},
                    BadText{"{\"faults\": [3}", "this should be `]`", 1, 14},
                    BadText{"{\"name\": \"a\nb\"}", "control character", 1, 12},
                    BadText{"{\"name\": \"\\q\"}", "no such escape", 1, 11},
                    BadText{"{\"name\": \"\\u12g4\"}", "four hexadecimal digits", 1, 11},
                    BadText{"{\"name\": \"\\ud800\"}", "half of a surrogate pair", 1, 11},
                    BadText{"[1, 2]", "one JSON object", 1, 1}, BadText{"\"text\"", "one JSON object", 1, 1},
                    BadText{"nul", "one JSON object", 1, 1}, BadText{"3", "one JSON object", 1, 1}));

INSTANTIATE_TEST_SUITE_P(
    Encodings, BadTexts,
    testing::Values(BadText{"{\"name\": \"caf\xE9\"}", "not UTF-8: byte 13", 1, 14},
                    BadText{"{\"name\": \"\xC3\xA9\xFF\"}", "not UTF-8: byte 12", 1, 12},
                    BadText{"{\"name\": \"\xED\xA0\x80\"}", "not UTF-8: byte 10", 1, 11},
                    BadText{"{\"name\": \"\xC0\xAF\"}", "not UTF-8: byte 10", 1, 11},
                    BadText{"\xEF\xBB\xBF{}", "byte order mark", 1, 1}, BadText{"\xFF\xFE{", "UTF-16", 1, 1},
                    BadText{std::string("{\"days\": 3}\0", 12), "more text after the end", 1, 12}));

TEST(BadTexts, MayNotBeNestedDeeply) {
  const std::string deep = std::string("{\"a\":") + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  const auto problems = problems_of(deep);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_TRUE(has(problems[0].message, "nested too deeply"));
  EXPECT_EQ(problems[0].column, 6 + 63);
  std::string objects;
  for (int i = 0; i < 5000; ++i) objects += "{\"a\":";
  EXPECT_TRUE(has(problems_of(objects + "1" + std::string(5000, '}'))[0].message, "nested too deeply"));
}

TEST(BadFiles, AreNamed) {
  const TemporaryFolder folder;
  folder.write("good.scenario.json", with("\"days\": 3"));
  const auto problem_of = [&](const std::filesystem::path& file) {
    try {
      read_scenario_file(file, {});
    } catch (const InputError& error) {
      return error.problems.at(0);
    }
    return Problem{};
  };
  EXPECT_EQ(problem_of(folder.path() / "good.scenario.json").message, "");
  const Problem missing = problem_of(folder.path() / "god.scenario.json");
  EXPECT_EQ(missing.message, "there is no such file");
  EXPECT_EQ(missing.nearest, "good.scenario.json");
  EXPECT_EQ(problem_of(folder.path()).message, "this is a folder, not a file");
  EXPECT_EQ(problem_of("").message, "there is no such file");
}

TEST(ManyProblems, AreReportedTogether) {
  const auto problems = problems_of(with(R"("dyas": 3, "start": "2026-13-01", "people": {"till_room": -1})"));
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_EQ(problems[0].path, "start");
  EXPECT_EQ(problems[1].path, "people.till_room");
  EXPECT_EQ(problems[2].path, "dyas");
}

TEST(ManyProblems, AreCountedAfterAHundred) {
  std::string stores;
  for (int i = 0; i < 300; ++i)
    stores += (i == 0 ? "" : ",") + std::string("{\"id\": \"s") + std::to_string(i) + "\", \"x\": 1}";
  const auto problems = problems_of("{\"chain\": {\"stores\": [" + stores + "]}}");
  ASSERT_EQ(problems.size(), 101U);
  EXPECT_EQ(problems[100].message, "and 200 further problems like these");
}

}  // namespace
}  // namespace tillstorm
