#include "record/tables.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/error.h"

namespace tillstorm {
namespace {

std::vector<std::string> names_of_kind(TableKind kind) {
  std::vector<std::string> names;
  for (const TableInfo& info : table_infos()) {
    if (info.kind == kind) names.emplace_back(info.name);
  }
  return names;
}

TEST(Tables, WriteOnlySummariesUnlessAsked) {
  const Tables tables;
  EXPECT_EQ(tables.names(), names_of_kind(TableKind::summary));
  EXPECT_EQ(tables.names(), (std::vector<std::string>{"truth.store_days", "book.store_days", "book.journal_days",
                                                      "book.exceptions", "book.open_exceptions"}));
  EXPECT_TRUE(tables.truth.store_days.wanted);
  EXPECT_FALSE(tables.truth.tickets.wanted);
  EXPECT_FALSE(tables.book.movements.wanted);
}

TEST(Tables, WriteTheDrillDownTablesThatAreNamed) {
  const Tables tables({"book.movements", "truth.tickets", "truth.store_days"}, false);
  EXPECT_TRUE(tables.truth.tickets.wanted);
  EXPECT_TRUE(tables.book.movements.wanted);
  EXPECT_FALSE(tables.truth.ticket_lines.wanted);
  EXPECT_EQ(tables.names(),
            (std::vector<std::string>{"truth.store_days", "truth.tickets", "book.store_days", "book.movements",
                                      "book.journal_days", "book.exceptions", "book.open_exceptions"}));
}

TEST(Tables, RefuseUnknownNamesTogetherWithTheNearestOnes) {
  try {
    const Tables tables({"truth.tickets", "truth.ticket", "book.jornal", "nonsense"}, false);
    FAIL() << "unknown names were taken";
  } catch (const InputError& error) {
    ASSERT_EQ(error.problems.size(), 3);
    EXPECT_EQ(error.problems[0].path, "record.tables[1]");
    EXPECT_EQ(error.problems[0].found, "truth.ticket");
    EXPECT_EQ(error.problems[0].nearest, "truth.tickets");
    EXPECT_EQ(error.problems[1].nearest, "book.journal");
    EXPECT_EQ(error.problems[2].nearest, "");
    EXPECT_NE(error.problems[2].allowed.find("truth.lost_sales, book.store_days"), std::string::npos);
  }
}

TEST(Tables, AreFoundByName) {
  std::vector<std::string> all;
  for (const TableInfo& info : table_infos()) all.emplace_back(info.name);
  Tables tables(all, false);
  tables.book.journal.append({.account = Account::discounts, .debit_minor = 5});
  for (const TableInfo& info : table_infos()) {
    const TableView view = tables.view(info.name);
    EXPECT_EQ(view.name, info.name);
    EXPECT_EQ(view.title, info.title);
    EXPECT_EQ(view.rows, info.name == "book.journal" ? 1 : 0);
    EXPECT_EQ(view.columns.size(), columns_of_table(info.name).size());
  }
}

TEST(Tables, SayWhatToAskForWhenATableIsNotWritten) {
  const Tables tables;
  try {
    (void)tables.view("truth.tickets");
    FAIL() << "a table that is not written was shown";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("add it to record.tables"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("truth.store_days, book.store_days"), std::string::npos);
  }
  EXPECT_THROW((void)tables.view("truth.nothing"), InputError);
  EXPECT_THROW((void)columns_of_table("truth.nothing"), InputError);
}

TEST(Tables, DescribeEveryColumnOnce) {
  for (const TableInfo& info : table_infos()) {
    EXPECT_TRUE(info.name.starts_with("truth.") || info.name.starts_with("book.")) << info.name;
    EXPECT_TRUE(info.title.ends_with(".")) << info.name;
    std::set<std::string_view> names;
    for (const ColumnInfo& column : columns_of_table(info.name)) {
      EXPECT_TRUE(names.insert(column.name).second) << info.name << " has two columns " << column.name;
      EXPECT_TRUE(column.meaning.ends_with(".")) << info.name << " " << column.name;
      const bool is_money = column.name.ends_with("_minor");
      EXPECT_EQ(column.unit == "minor", is_money) << info.name << " " << column.name;
    }
  }
}

TEST(Tables, ACopyIsASnapshot) {
  Tables tables({"truth.tickets"}, false);
  tables.truth.tickets.append({.number = 1});
  const Tables snapshot = tables;
  tables.truth.tickets.append({.number = 2});
  EXPECT_EQ(snapshot.truth.tickets.size(), 1);
  EXPECT_EQ(tables.truth.tickets.size(), 2);
}

TEST(Tables, PutOnlyDrillDownTablesOnDisk) {
  Tables tables({"truth.tickets"}, true);
  tables.truth.tickets.append({.number = 1});
  EXPECT_GT(tables.disk_bytes(), 0);
  const std::uint64_t disk = tables.disk_bytes();
  const std::uint64_t memory = tables.memory_bytes();
  tables.truth.store_days.append({.tickets = 1});
  EXPECT_EQ(tables.disk_bytes(), disk);
  EXPECT_GT(tables.memory_bytes(), memory);
}

}  // namespace
}  // namespace tillstorm
