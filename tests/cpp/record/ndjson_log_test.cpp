#include "record/ndjson_log.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace tillstorm {
namespace {

/// A file that lives as long as the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content)
      : path_(testing::TempDir() + "ndjson_log_" + testing::UnitTest::GetInstance()->current_test_info()->name() +
              ".ndjson") {
    std::ofstream(path_, std::ios::binary) << content;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::remove(path_.c_str()); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

NdjsonLog read(const std::string& content, const std::vector<std::string>& names) {
  const TemporaryFile file(content);
  return read_ndjson_log(file.path(), names);
}

/// What a column holds in each row.
std::vector<std::string> texts(const NdjsonColumn& column) {
  std::vector<std::string> result;
  for (const auto code : column.codes) result.push_back(code < 0 ? "" : column.values[static_cast<std::size_t>(code)]);
  return result;
}

using Texts = std::vector<std::string>;
using Rows = std::vector<std::uint64_t>;

TEST(NdjsonLog, KeepsTheDigitsOfNumbersAndTheTextOfStrings) {
  const auto log = read(
      "{\"store\": 7, \"paid\": 1.10, \"item\": \"a\\u00e9\\n\"}\n"
      "{\"paid\": 1e2, \"store\": \"7\", \"item\": 123456789012345678901234567890}\n",
      {"store", "item", "paid"});
  EXPECT_TRUE(log.errors.empty());
  EXPECT_EQ(log.rows, (Rows{1, 2}));
  EXPECT_EQ(texts(log.columns[0]), (Texts{"7", "7"}));
  EXPECT_EQ(log.columns[0].values.size(), 1U);
  EXPECT_EQ(texts(log.columns[1]), (Texts{"a\u00e9\n", "123456789012345678901234567890"}));
  EXPECT_EQ(texts(log.columns[2]), (Texts{"1.10", "1e2"}));
}

TEST(NdjsonLog, TreatsAbsentNullAndEmptyFieldsAlike) {
  const auto log = read("{\"a\": null, \"b\": 1}\n{\"b\": 2}\n{\"a\": \"\", \"b\": 3}\n", {"a", "b"});
  EXPECT_EQ(log.columns[0].codes, (std::vector<std::int32_t>{-1, -1, -1}));
  EXPECT_EQ(texts(log.columns[1]), (Texts{"1", "2", "3"}));
}

TEST(NdjsonLog, ListsEveryKeyThatOccurs) {
  const auto log = read("{\"a\": 1, \"x\": {\"deep\": [1, 2]}}\n{\"y\": true, \"a\": 2}\n", {"a"});
  EXPECT_EQ(log.keys, (Texts{"a", "x", "y"}));
  EXPECT_EQ(texts(log.columns[0]), (Texts{"1", "2"}));
}

TEST(NdjsonLog, NumbersRowsByTheLinesOfTheFile) {
  const auto log = read("\xEF\xBB\xBF\n{\"a\": 1}\r\n   \r\n\n{\"a\": 2}", {"a"});
  EXPECT_EQ(log.rows, (Rows{2, 5}));
  EXPECT_TRUE(log.errors.empty());
}

TEST(NdjsonLog, ReadsAnEmptyFileAsNoRows) {
  for (const char* content : {"", "\n\n", "\xEF\xBB\xBF"}) {
    const auto log = read(content, {"a"});
    EXPECT_TRUE(log.rows.empty());
    EXPECT_TRUE(log.errors.empty());
  }
}

TEST(NdjsonLog, ReportsEachBadLineByItsNumberAndKeepsTheOthers) {
  const std::vector<std::string> bad{
      "{\"a\": 1",              // cut off
      "{\"a\": \"unclosed}",    //
      "[1, 2]",                 // no object
      "42",                     //
      "\"text\"",               //
      "{\"a\": 1} {\"a\": 2}",  // two on a line
      "{\"a\": 1} rest",        //
      "{\"a\": 1, \"a\": 2}",   // a key twice
      "{\"a\": {\"b\": 1}}",    // nested
      "{\"a\": [1]}",           //
      "{\"a\": true}",          //
      "{\"a\": 01}",            // no JSON number
      "{\"a\": 1.}",            //
      "{\"a\": nul}",           //
      "{\"a\": 1,}",            //
      "{\"a\": \"\xFF\"}",      // not UTF-8
      "{\"a\": \"\\ud800\"}",   // half a surrogate pair
      "{a: 1}",                 //
      "}{",                     //
      "garbage",                //
      std::string("{\"a\": \"\0\"}", 10),
  };
  for (const std::string& line : bad) {
    const auto log = read("{\"a\": 1}\n" + line + "\n{\"a\": 3}\n", {"a"});
    ASSERT_EQ(log.errors.size(), 1U) << line;
    EXPECT_EQ(log.errors[0].row, 2U) << line;
    EXPECT_FALSE(log.errors[0].message.empty());
    EXPECT_EQ(log.rows, (Rows{1, 3})) << line;
    EXPECT_EQ(texts(log.columns[0]), (Texts{"1", "3"})) << line;
  }
}

TEST(NdjsonLog, DoesNotTakeADocumentOverSeveralLinesForARow) {
  const auto log = read("{\"a\":\n1}\n{\"a\": 2}\n", {"a"});
  EXPECT_EQ(log.rows, (Rows{3}));
  ASSERT_EQ(log.errors.size(), 2U);
  EXPECT_EQ(log.errors[0].row, 1U);
  EXPECT_EQ(log.errors[1].row, 2U);
}

TEST(NdjsonLog, ReadsALineLongerThanABlock) {
  const std::string long_text(std::size_t{9} << 20, 'x');
  const auto log = read("{\"a\": 1}\n{\"b\": \"" + long_text + "\", \"a\": 2}\n{\"a\": 3}\n", {"a", "b"});
  EXPECT_EQ(texts(log.columns[0]), (Texts{"1", "2", "3"}));
  EXPECT_EQ(log.columns[1].values.at(0).size(), long_text.size());
  EXPECT_TRUE(log.errors.empty());
}

// Property: however good, bad and blank lines follow each other, and wherever the blocks are cut, each good line is one
// row under its own number with its own values, and each bad line one error.
TEST(NdjsonLog, GivesEachLineItsNumberAcrossBlocks) {
  std::mt19937 engine(20'261'123);
  const auto random = [&] { return static_cast<std::uint32_t>(engine()); };
  for (const std::uint32_t bad_in_1000 : {0U, 1U, 300U}) {
    std::string content;
    Rows rows;
    Rows errors;
    Texts values;
    for (std::uint64_t line = 1; content.size() < (std::size_t{9} << 20); ++line) {
      const std::uint32_t kind = random() % 1000;
      if (kind < bad_in_1000) {
        content += "{\"a\": oops}";
        errors.push_back(line);
      } else if (kind > 980) {
        content += "  ";
      } else {
        values.push_back(std::to_string(random() % 5000));
        rows.push_back(line);
        content += "{\"filler\": \"" + std::string(random() % 200, '.') + "\", \"a\": " + values.back() + "}";
      }
      content += '\n';
    }
    const auto log = read(content, {"a"});
    EXPECT_EQ(log.rows, rows);
    EXPECT_EQ(texts(log.columns[0]), values);
    Rows found;
    for (const NdjsonError& error : log.errors) found.push_back(error.row);
    EXPECT_EQ(found, errors);
  }
}

TEST(NdjsonLog, RefusesAFileThatIsNotThere) {
  EXPECT_THROW(read_ndjson_log(testing::TempDir() + "no_such_file.ndjson", {"a"}), std::runtime_error);
}

TEST(NdjsonLog, TakesNumbersByTheGrammarOfJsonOnly) {
  for (const std::string number : {"0", "-0", "12", "1.50", "1e3", "1E-3", "-2.5e+10"})
    EXPECT_EQ(texts(read("{\"a\": " + number + " }\n", {"a"}).columns[0]), (Texts{number}));
  for (const std::string number : {"-", "01", "1.", ".5", "1e", "+1", "0x1", "NaN", "Infinity", "1.2.3", "1 2"}) {
    const auto log = read("{\"a\": " + number + " }\n", {"a"});
    EXPECT_TRUE(log.rows.empty()) << number;
    EXPECT_EQ(log.errors.size(), 1U) << number;
  }
}

}  // namespace
}  // namespace tillstorm
