#include <gtest/gtest.h>

#include "scenario/reading.h"

namespace tillstorm {
namespace {

using Overrides = std::vector<std::pair<std::string, std::string>>;

ReadOptions with_overrides(Overrides overrides) {
  ReadOptions options;
  options.overrides = std::move(overrides);
  return options;
}

const std::string kDocument =
    with(R"("days": 3, "faults": [{"kind": "duplicate", "from": "2026-11-24T10:00", "for": "PT1H"}])");

TEST(Overrides, AreAppliedInOrder) {
  const Scenario scenario =
      read_text(kDocument, with_overrides({{"days", "4"}, {"integration.posting.mode", "\"batch\""}, {"days", "5"}}));
  EXPECT_EQ(scenario.days, 5);
  EXPECT_EQ(scenario.integration.posting.mode, PostingMode::batch);
}

TEST(Overrides, TakeTextsWithoutQuotationMarks) {
  const Scenario scenario = read_text(kDocument, with_overrides({{"integration.posting.mode", "batch"},
                                                                 {"start", "2026-11-22"},
                                                                 {"pricing.publish_at", "03:30"},
                                                                 {"chain.currency", "EUR"}}));
  EXPECT_EQ(scenario.integration.posting.mode, PostingMode::batch);
  EXPECT_EQ(scenario.start, date_of({2026, 11, 22}));
  EXPECT_EQ(scenario.pricing.publish_at.minute, 210);
  EXPECT_EQ(scenario.chain.currency, "EUR");
}

TEST(Overrides, ReachIntoListsAndResetWithNull) {
  const Scenario scenario = read_text(
      kDocument, with_overrides({{"faults[0].for", "PT2H"}, {"chain.stores[1].terminals", "8"}, {"days", "null"}}));
  EXPECT_EQ(scenario.faults[0].for_, 2 * kHour);
  EXPECT_EQ(scenario.chain.stores[1].terminals, 8);
  EXPECT_EQ(scenario.days, 7);
}

TEST(Overrides, MergeObjectsLikeADocument) {
  const Scenario scenario = read_text(kDocument, with_overrides({{"integration.posting", R"({"mode": "batch"})"},
                                                                 {"integration.posting", R"({"interval_minutes": 5})"},
                                                                 {"faults", "[]"}}));
  EXPECT_EQ(scenario.integration.posting.mode, PostingMode::batch);
  EXPECT_EQ(scenario.integration.posting.interval_minutes, 5);
  EXPECT_TRUE(scenario.faults.empty());
}

struct BadOverride {
  const char* path;
  const char* text;
  const char* problem_path;
  const char* message;
  int column;
};

class BadOverrides : public testing::TestWithParam<BadOverride> {};

TEST_P(BadOverrides, ArePointedAt) {
  const BadOverride& bad = GetParam();
  const auto problems = problems_of(kDocument, with_overrides({{bad.path, bad.text}}));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].file, "--set");
  EXPECT_EQ(problems[0].path, bad.problem_path);
  EXPECT_TRUE(has(problems[0].message, bad.message)) << problems[0].message;
  EXPECT_EQ(problems[0].line, 1);
  EXPECT_EQ(problems[0].column, bad.column);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadOverrides,
    testing::Values(BadOverride{"days", "-1", "days", "out of range", 6},
                    BadOverride{"days", "seven", "days", "wrong type: a text where a number", 6},
                    BadOverride{"days", "", "days", "wrong type: a text", 6},
                    BadOverride{"integration.posting.mod", "batch", "integration.posting.mod", "unknown key", 21},
                    BadOverride{"faults[0].from", "2026-11-31T10:00", "faults[0].from", "not a date and time", 16},
                    BadOverride{"faults[0].from", "2027-11-30T10:00", "faults[0].from", "outside the run", 16},
                    BadOverride{"faults[1].for", "PT1H", "faults[1].for", "no such entry", 7},
                    BadOverride{"faults.for", "PT1H", "faults.for", "this has no keys", 8},
                    BadOverride{"days[0]", "1", "days[0]", "there is no list here", 5},
                    BadOverride{"days.x", "1", "days.x", "this has no keys", 6},
                    BadOverride{"people", "{\"till_room\": ", "people", "the text ends here", 22},
                    BadOverride{"people", "{} {}", "people", "more text after the end", 11},
                    BadOverride{"faults", "[1", "faults", "the text ends here", 10},
                    BadOverride{"", "1", "", "no path", 1}, BadOverride{"a..b", "1", "", "no path", 1},
                    BadOverride{"[0]", "1", "", "no path", 1}, BadOverride{"a[x]", "1", "", "no path", 1},
                    BadOverride{"a[99999999999999999999999]", "1", "", "no path", 1},
                    BadOverride{".days", "1", "", "no path", 1}, BadOverride{"days.", "1", "", "no path", 1},
                    BadOverride{"extends", "x", "extends", "cannot be overridden", 1}));

}  // namespace
}  // namespace tillstorm
