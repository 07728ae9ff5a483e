#include <gtest/gtest.h>

#include "scenario/reading.h"
#include "scenario/temporary_folder.h"
#include "scenario/writer.h"

namespace tillstorm {
namespace {

class Extends : public testing::Test {
 protected:
  void SetUp() override {
    folder.write(
        "own/base.scenario.json",
        with(R"("name": "Base", "description": "the base", "days": 3, "people": {"till_room": 9, "balking": null},
"integration": {"posting": {"mode": "batch", "interval_minutes": 30}}, "record": {"tables": ["a", "b"]})"));
    folder.write("packaged/tutorial/small.scenario.json", with(R"("days": 2)"));
    folder.write("outside.scenario.json", with(R"("days": 1)"));
  }

  Scenario read(const std::string& document) {
    folder.write("own/it.scenario.json", document);
    return read_scenario_file(folder.path() / "own/it.scenario.json", options());
  }
  Problem problem_of(const std::string& document) {
    try {
      read(document);
    } catch (const InputError& error) {
      EXPECT_EQ(error.problems.size(), 1U) << error.what();
      return error.problems.at(0);
    }
    ADD_FAILURE() << "it was accepted";
    return {};
  }
  ReadOptions options() const {
    ReadOptions result;
    result.packaged_roots = {folder.path() / "packaged"};
    return result;
  }

  TemporaryFolder folder;
};

TEST_F(Extends, MergesObjectsAndReplacesTheRest) {
  const Scenario scenario =
      read(R"({"extends": "base", "integration": {"posting": {"interval_minutes": 60}}, "record": {"tables": ["c"]}})");
  EXPECT_EQ(scenario.days, 3);
  EXPECT_EQ(scenario.integration.posting.mode, PostingMode::batch);
  EXPECT_EQ(scenario.integration.posting.interval_minutes, 60);
  EXPECT_EQ(scenario.record.tables, std::vector<std::string>{"c"});
  EXPECT_EQ(scenario.people.till_room, 9);
  EXPECT_FALSE(scenario.people.balking);
  EXPECT_EQ(scenario.chain.stores.size(), 2U);
}

TEST_F(Extends, ResetsWithNull) {
  const Scenario scenario = read(
      R"({"extends": "base", "days": null, "people": {"till_room": null, "patience_minutes": null}, "integration": null})");
  EXPECT_EQ(scenario.days, 7);
  EXPECT_EQ(scenario.people.till_room, 0);
  EXPECT_FALSE(scenario.people.patience_minutes);  // absent is possible
  EXPECT_FALSE(scenario.people.balking);           // inherited
  EXPECT_EQ(scenario.integration.posting.mode, PostingMode::realtime);
}

TEST_F(Extends, StartsAnOptionalObjectAgainAfterNull) {
  const Scenario scenario = read(R"({"extends": "base", "people": {"balking": {"from_waiting": 7}}})");
  ASSERT_TRUE(scenario.people.balking);
  EXPECT_EQ(scenario.people.balking->from_waiting, 7);
  EXPECT_EQ(scenario.people.balking->ppm_per_customer, 20'000);
}

TEST_F(Extends, KeepsNameAndDescriptionToTheFileTheyStandIn) {
  const Scenario scenario = read(R"({"extends": "base"})");
  EXPECT_EQ(scenario.name, "");
  EXPECT_EQ(scenario.description, "");
  EXPECT_EQ(scenario.extends, "");  // resolved: the scenario stands for itself
  EXPECT_TRUE(same_scenario(read_text(write_scenario(scenario)), scenario));
}

TEST_F(Extends, FindsPackagedScenariosAndFileNames) {
  EXPECT_EQ(read(R"({"extends": "tutorial/small"})").days, 2);
  EXPECT_EQ(read(R"({"extends": "tutorial/small.scenario.json"})").days, 2);
  EXPECT_EQ(read(R"({"extends": "base.scenario.json"})").days, 3);
}

TEST_F(Extends, FollowsAChain) {
  folder.write("own/middle.scenario.json", R"({"extends": "base", "days": 5})");
  const Scenario scenario = read(R"({"extends": "middle", "seed": 8})");
  EXPECT_EQ(scenario.days, 5);
  EXPECT_EQ(scenario.people.till_room, 9);
}

TEST_F(Extends, ReportsAnInheritedErrorWhereItStands) {
  folder.write("own/wrong.scenario.json", "{\n\n  \"days\": -1}");
  const Problem problem = problem_of(R"({"extends": "wrong"})");
  EXPECT_TRUE(has(problem.file, "wrong.scenario.json"));
  EXPECT_EQ(problem.line, 3);
  EXPECT_EQ(problem.column, 11);
}

TEST_F(Extends, RefusesCycles) {
  const Problem itself = problem_of(R"({"extends": "it"})");
  EXPECT_TRUE(has(itself.message, "extends itself: it.scenario.json -> it.scenario.json")) << itself.message;
  EXPECT_EQ(itself.path, "extends");
  folder.write("own/other.scenario.json", R"({"extends": "it"})");
  const Problem pair = problem_of(R"({"extends": "other"})");
  EXPECT_TRUE(has(pair.message, "it.scenario.json -> other.scenario.json -> it.scenario.json")) << pair.message;
}

TEST_F(Extends, RefusesAnEndlessChain) {
  for (int i = 0; i < 40; ++i)
    folder.write("own/n" + std::to_string(i) + ".scenario.json", "{\"extends\": \"n" + std::to_string(i + 1) + "\"}");
  EXPECT_TRUE(has(problem_of(R"({"extends": "n0"})").message, "too long"));
}

TEST_F(Extends, StaysInItsFolderAndThePackagedOnes) {
  for (const char* name : {"../outside", "tutorial/../../outside", "..", "./../outside"}) {
    const Problem problem = problem_of(std::string("{\"extends\": \"") + name + "\"}");
    EXPECT_TRUE(has(problem.message, "outside its own folder")) << problem.message;
  }
  const std::string absolute = (folder.path() / "outside").string();
  EXPECT_TRUE(has(problem_of("{\"extends\": \"" + absolute + "\"}").message, "outside its own folder"));
  EXPECT_TRUE(has(problem_of(R"({"extends": ""})").message, "names no scenario"));
}

TEST_F(Extends, DoesNotFollowALinkOutside) {
  std::filesystem::create_symlink(folder.path() / "outside.scenario.json", folder.path() / "own/link.scenario.json");
  EXPECT_TRUE(has(problem_of(R"({"extends": "link"})").message, "symbolic link leads outside"));
  std::filesystem::create_directory_symlink(folder.path(), folder.path() / "own/up");
  EXPECT_TRUE(has(problem_of(R"({"extends": "up/outside"})").message, "symbolic link leads outside"));
  std::filesystem::create_symlink(folder.path() / "own/base.scenario.json", folder.path() / "own/alias.scenario.json");
  EXPECT_EQ(read(R"({"extends": "alias"})").days, 3);
}

TEST_F(Extends, NamesTheNearestScenario) {
  EXPECT_EQ(problem_of(R"({"extends": "tutorial/smal"})").nearest, "tutorial/small");
  EXPECT_EQ(problem_of(R"({"extends": "bsae"})").nearest, "base");
  EXPECT_TRUE(has(problem_of(R"({"extends": 3})").message, "wrong type"));
}

TEST_F(Extends, FindsATraceBesideTheFileThatNamesIt) {
  folder.write("packaged/log/trace.bin", "x");
  folder.write("packaged/log/replay.scenario.json", with(R"("demand": {"mode": "trace", "trace": "trace.bin"})"));
  EXPECT_EQ(read(R"({"extends": "log/replay"})").demand.trace, (folder.path() / "packaged/log/trace.bin").string());
}

}  // namespace
}  // namespace tillstorm
