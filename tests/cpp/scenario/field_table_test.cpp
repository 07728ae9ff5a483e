// What every field table must be, and what is generated from them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "scenario/encode.h"
#include "scenario/reading.h"
#include "scenario/schema.h"
#include "scenario/writer.h"
#include "source_dir.h"

namespace tillstorm {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Compares a committed file with what the code makes now; with TILLSTORM_UPDATE set, writes it instead.
void expect_committed(const std::filesystem::path& path, const std::string& made) {
  if (std::getenv("TILLSTORM_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << made;
  EXPECT_TRUE(read_file(path) == made) << path << " is not what the field tables say: run the tests once with "
                                       << "TILLSTORM_UPDATE=1 and look at the difference";
}

TEST(ScenarioSchema, IsTheCommittedOne) {
  expect_committed(packaged_scenarios() / "schema/scenario.schema.json", scenario_schema());
}

TEST(ScenarioReference, IsTheCommittedOne) {
  expect_committed(std::filesystem::path(TILLSTORM_SOURCE_DIR) / "docs/scenario-reference.md",
                   scenario_reference_markdown());
}

/// Checks each field of a struct and of those in it.
struct TableChecker {
  std::set<std::string> parameters;  ///< Rows of docs/parameters.csv.

  template <FieldStruct S>
  void check(const S& usual, const std::string& path, bool is_entry) {
    MemberVisitor<S> visitor{*this, usual, path, is_entry, {}};
    S::fields(visitor);
  }

  template <class S>
  struct MemberVisitor {
    TableChecker& checker;
    const S& usual;
    const std::string& path;
    bool is_entry;  ///< Of a list, so that keys may be required.
    std::set<std::string_view> names;

    template <class T>
    void operator()(T S::*member, const Field& field) {
      const std::string here = member_path(path, field.name);
      EXPECT_TRUE(names.insert(field.name).second) << here << " stands twice in its table";
      const bool is_snake_case =
          field.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
      EXPECT_TRUE(is_snake_case || field.name == "$schema") << here;
      EXPECT_TRUE(!field.meaning.empty() && field.meaning.back() == '.') << here << " needs a sentence";
      // An inherited document could not be completed if a key outside lists were required.
      EXPECT_TRUE(!field.is_required || is_entry) << here;
      checker.check_source(field.source, here);
      checker.check_value(usual.*member, field, here, is_entry);
    }
  };

  void check_source(std::string_view source, const std::string& path) const {
    constexpr std::string_view kPrefix = "parameters: ";
    if (source.substr(0, kPrefix.size()) != kPrefix) return;
    const std::string_view name = source.substr(kPrefix.size());
    EXPECT_TRUE(parameters.contains(std::string(name.substr(0, name.find(' '))))) << path << ": " << source;
  }

  template <class T>
  void check_value(const T& value, const Field& field, const std::string& path, bool is_entry) {
    if constexpr (is_optional<T>) {
      using Inner = typename T::value_type;
      // An absent number has no default that could be out of range.
      if (!value && (WholeNumber<Inner> || std::is_same_v<Inner, double>)) return;
      check_value(value ? *value : Inner{}, field, path, is_entry);
    } else if constexpr (is_list<T>) {
      if (!value.empty()) {
        EXPECT_GE(value.size(), field.min_items) << path;
        EXPECT_LE(value.size(), field.max_items) << path;
      }
      for (const auto& entry : value) check_value(entry, field, path, true);
      if constexpr (FieldStruct<typename T::value_type>) check(typename T::value_type{}, path + "[]", true);
    } else if constexpr (is_named<T>) {
      check(typename NamedValue<T>::Type{}, path + ".NAME", true);
    } else if constexpr (FieldStruct<T>) {
      EXPECT_TRUE(has_no_range(field)) << path << ": a range is for numbers";
      check(value, path, is_entry);
    } else if constexpr (WholeNumber<T> || std::is_same_v<T, double>) {
      EXPECT_GE(static_cast<double>(value), field.min) << path << ": the default is out of range";
      EXPECT_LE(static_cast<double>(value), field.max) << path << ": the default is out of range";
    } else {
      EXPECT_TRUE(has_no_range(field)) << path << ": a range is for numbers";
    }
  }

  static bool has_no_range(const Field& field) {
    return field.min == -std::numeric_limits<double>::infinity() &&
           field.max == std::numeric_limits<double>::infinity();
  }
};

TEST(FieldTables, AreSoundThroughout) {
  TableChecker checker;
  std::istringstream rows(read_file(std::filesystem::path(TILLSTORM_SOURCE_DIR) / "docs/parameters.csv"));
  std::string row;
  while (std::getline(rows, row)) checker.parameters.insert(row.substr(0, row.find(',')));
  EXPECT_GT(checker.parameters.size(), 50U);
  checker.check(Scenario{}, "", false);
}

TEST(ShippedScenarios, AreAllRight) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(packaged_scenarios())) {
    const std::string name = entry.path().filename().string();
    if (!has(name, ".scenario.json")) continue;
    ++count;
    SCOPED_TRACE(name);
    Scenario scenario;
    ASSERT_NO_THROW(scenario = read_scenario_file(entry.path(), packaged()));
    EXPECT_FALSE(scenario.name.empty());
    EXPECT_FALSE(scenario.description.empty());
    EXPECT_TRUE(same_scenario(read_text(write_scenario(scenario), packaged()), scenario));
    const std::string stem = name.substr(0, name.find('.'));
    EXPECT_TRUE(std::filesystem::exists(entry.path().parent_path() / (stem + ".md")))
        << "what it shows stands beside it";
  }
  EXPECT_GE(count, 5U);
}

}  // namespace
}  // namespace tillstorm
