// `expect`: read, merged and written like every other key; what does not exist cannot be expected.
#include <gtest/gtest.h>

#include <fstream>

#include "scenario/reading.h"
#include "scenario/temporary_folder.h"
#include "scenario/writer.h"

namespace tillstorm {
namespace {

constexpr std::string_view kExpect = R"("expect": {
  "kpis": {"tickets": {"min": 1, "max": 9}, "net_sales": {"equal": 100.5, "within": 0.01}},
  "invariants": ["exactly_once"],
  "rules_exercised": ["MSG-03.duplicate_answered", "MSG-02"],
  "converge_within": "PT2H",
  "digest": "0123456789abcdef0123456789abcdef"})";

ReadOptions with_names() {
  ReadOptions options;
  options.known.kpis = {"tickets", "net_sales"};
  options.known.promises = {"exactly_once", "nothing_lost"};
  return options;
}

Problem only_problem_of(std::string_view expect) {
  const auto problems = problems_of(with("\"expect\": " + std::string(expect)), with_names());
  EXPECT_EQ(problems.size(), 1U) << expect;
  return problems.empty() ? Problem{} : problems.front();
}

TEST(Expect, IsReadWithItsNamesInOrder) {
  const Expect expect = read_text(with(kExpect), with_names()).expect;
  ASSERT_EQ(expect.kpis.entries.size(), 2U);
  EXPECT_EQ(expect.kpis.entries[0].first, "net_sales");
  EXPECT_EQ(expect.kpis.entries[0].second.equal, 100.5);
  EXPECT_EQ(expect.kpis.entries[0].second.within, 0.01);
  EXPECT_EQ(expect.kpis.entries[1].first, "tickets");
  EXPECT_EQ(expect.kpis.entries[1].second.min, 1);
  EXPECT_EQ(expect.kpis.entries[1].second.max, 9);
  EXPECT_FALSE(expect.invariants.all);
  EXPECT_EQ(expect.invariants.names, std::vector<std::string>{"exactly_once"});
  EXPECT_EQ(expect.rules_exercised.size(), 2U);
  EXPECT_EQ(expect.converge_within, Duration{7'200'000'000});
}

TEST(Expect, ComesBackAsItWasWritten) {
  const Scenario scenario = read_text(with(kExpect), with_names());
  EXPECT_TRUE(same_scenario(read_text(write_scenario(scenario), with_names()), scenario));
  Scenario other = scenario;
  other.expect.kpis.entries[1].second.max = 10;
  EXPECT_FALSE(same_scenario(other, scenario));
}

TEST(Expect, SaysNothingByDefaultButThatAllPromisesAreKept) {
  const Scenario scenario = read_text(with(R"("days": 1)"));
  EXPECT_TRUE(scenario.expect.invariants.all);
  EXPECT_TRUE(scenario.expect.kpis.entries.empty());
  EXPECT_FALSE(has(write_scenario(scenario), "expect"));
}

TEST(Expect, IsInheritedButForTheDigestAndWhatIsTakenAway) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "base.scenario.json") << with(kExpect);
  std::ofstream(folder.path() / "other.scenario.json")
      << R"({"extends": "base", "expect": {"kpis": {"tickets": null, "net_sales": {"within": 2}}}})";
  const Expect expect = read_scenario_file(folder.path() / "other.scenario.json", with_names()).expect;
  ASSERT_EQ(expect.kpis.entries.size(), 1U);
  EXPECT_EQ(expect.kpis.entries[0].second.equal, 100.5);
  EXPECT_EQ(expect.kpis.entries[0].second.within, 2);
  EXPECT_EQ(expect.rules_exercised.size(), 2U);
  EXPECT_TRUE(expect.digest.empty());
}

TEST(Expect, TakesOverridesByName) {
  ReadOptions options = with_names();
  options.overrides = {{"expect.kpis.tickets.min", "7"}};
  EXPECT_EQ(read_text(with(R"("days": 1)"), options).expect.kpis.entries.at(0).second.min, 7);
}

TEST(Expect, OfWhatDoesNotExistIsRefusedWithTheNearestName) {
  struct Case {
    std::string_view expect, path, nearest;
  };
  for (const Case& each : {
           Case{R"({"kpis": {"ticket": {"min": 1}}})", "expect.kpis.ticket", "tickets"},
           Case{R"({"kpis": {"tickets": {"mim": 1}}})", "expect.kpis.tickets.mim", "min"},
           Case{R"({"invariants": ["exactly_onec"]})", "expect.invariants[0]", "exactly_once"},
           Case{R"({"broken": ["nothing_lots"]})", "expect.broken[0]", "nothing_lost"},
           Case{R"({"rules_exercised": ["MSG-30"]})", "expect.rules_exercised[0]", "MSG-03"},
           Case{R"({"rules_exercised": ["MSG-03.duplicate_answer"]})", "expect.rules_exercised[0]",
                "duplicate_answered"},
       }) {
    const Problem problem = only_problem_of(each.expect);
    EXPECT_EQ(problem.path, each.path);
    EXPECT_EQ(problem.nearest, each.nearest);
    EXPECT_GT(problem.line, 0);
  }
}

TEST(Expect, ThatCannotBeJudgedIsRefused) {
  EXPECT_TRUE(has(only_problem_of(R"({"kpis": {"tickets": {}}})").message, "bounds nothing"));
  EXPECT_TRUE(has(only_problem_of(R"({"kpis": {"tickets": {"min": 2, "max": 1}}})").message, "no value"));
  EXPECT_TRUE(has(only_problem_of(R"({"kpis": {"tickets": {"min": 2, "within": 1}}})").message, "tolerance"));
  EXPECT_TRUE(has(only_problem_of(R"({"kpis": {"tickets": {"equal": 2, "within": 1, "within_percent": 1}}})").message,
                  "two tolerances"));
  EXPECT_TRUE(has(only_problem_of(R"({"kpis": []})").message, "an object is wanted"));
  EXPECT_TRUE(has(only_problem_of(R"({"invariants": "some"})").allowed, "all"));
  EXPECT_TRUE(has(only_problem_of(R"({"invariants": ["exactly_once"], "broken": ["exactly_once"]})").message, "kept"));
  EXPECT_TRUE(has(only_problem_of(R"({"exceptions": {"late_sale": {"max": 0}}})").message, "exception type"));
  EXPECT_TRUE(has(only_problem_of(R"({"digest": "abc"})").message, "no digest"));
}

}  // namespace
}  // namespace tillstorm
