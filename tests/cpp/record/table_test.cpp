#include "record/table.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/hash.h"

namespace tillstorm {
namespace {

enum class Colour : std::uint8_t { red, green };
constexpr auto names_of(Colour) {
  return std::array{EnumName<Colour>{Colour::red, "red", "Like a tomato."},
                    EnumName<Colour>{Colour::green, "green", "Like grass."}};
}

/// A row with every type that a column may have.
struct Row {
  std::uint16_t narrow = 0;
  std::uint32_t count = 0;
  std::int32_t change = 0;
  std::int64_t amount = 0;
  Date date{};
  Time time{};
  PlaceId place{};
  ItemId item{};
  Colour colour{};

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Row::narrow, Field("narrow", "A narrow number."));
    visit(&Row::count, Field("count", "A count."));
    visit(&Row::change, Field("change", "A change.").in("each"));
    visit(&Row::amount, Field("amount", "An amount.").in("minor"));
    visit(&Row::date, Field("date", "A date."));
    visit(&Row::time, Field("time", "A moment."));
    visit(&Row::place, Field("place", "A place."));
    visit(&Row::item, Field("item", "An item."));
    visit(&Row::colour, Field("colour", "A colour."));
  }
  bool operator==(const Row&) const = default;
};

/// Row `i` of a table that nothing but `i` and `salt` decides.
Row row_of(std::uint64_t i, std::uint64_t salt = 0) {
  std::uint64_t state = mix64(2 * i + 1) + salt;
  const auto draw = [&state] { return mix64(state += 0x9e3779b97f4a7c15ULL); };
  Row row;
  row.narrow = static_cast<std::uint16_t>(draw());
  row.count = static_cast<std::uint32_t>(draw());
  row.change = static_cast<std::int32_t>(draw());
  row.amount = static_cast<std::int64_t>(draw());
  row.date = Date{static_cast<std::int32_t>(draw())};
  row.time = Time{static_cast<std::int64_t>(draw())};
  row.place = PlaceId{static_cast<std::uint32_t>(draw())};
  row.item = ItemId{static_cast<std::uint32_t>(draw())};
  row.colour = Colour{static_cast<std::uint8_t>(draw() % 2)};
  return row;
}

template <class Value>
Value value_at(const TableView& view, std::size_t column, std::uint64_t row) {
  const ColumnChunk& chunk = view.columns.at(column).chunks.at(row / kRowsPerChunk);
  return static_cast<const Value*>(chunk.data)[row % kRowsPerChunk];
}

Row row_at(const TableView& view, std::uint64_t row) {
  Row out;
  out.narrow = value_at<std::uint16_t>(view, 0, row);
  out.count = value_at<std::uint32_t>(view, 1, row);
  out.change = value_at<std::int32_t>(view, 2, row);
  out.amount = value_at<std::int64_t>(view, 3, row);
  out.date = value_at<Date>(view, 4, row);
  out.time = value_at<Time>(view, 5, row);
  out.place = value_at<PlaceId>(view, 6, row);
  out.item = value_at<ItemId>(view, 7, row);
  out.colour = value_at<Colour>(view, 8, row);
  return out;
}

void append_rows(Table<Row>& table, std::uint64_t rows, std::uint64_t salt = 0) {
  for (std::uint64_t i = 0; i < rows; ++i) table.append(row_of(table.size(), salt));
}

/// Rows [from, to) of the view are those of `row_of`.
void expect_rows(const TableView& view, std::uint64_t from, std::uint64_t to, std::uint64_t salt = 0) {
  ASSERT_LE(to, view.rows);
  for (std::uint64_t i = from; i < to; ++i) ASSERT_EQ(row_at(view, i), row_of(i, salt)) << "row " << i;
}

TEST(Table, IsEmptyAtFirst) {
  const Table<Row> table;
  EXPECT_EQ(table.size(), 0);
  EXPECT_EQ(table.memory_bytes(), 0);
  const TableView view = table.view("t", "T.");
  EXPECT_EQ(view.rows, 0);
  EXPECT_EQ(view.columns.size(), 9);
  EXPECT_TRUE(view.columns[0].chunks.empty());
}

// Property: whatever the rows are, each comes back from its columns as it went in, also around the ends of chunks.
TEST(Table, GivesBackEveryRowThatWentIn) {
  Table<Row> table;
  const std::uint64_t rows = 2 * kRowsPerChunk + 3;
  append_rows(table, rows);
  const TableView view = table.view("t", "T.");
  EXPECT_EQ(view.rows, rows);
  ASSERT_EQ(view.owners.size(), 3);
  EXPECT_EQ(view.columns[3].chunks[0].size, kRowsPerChunk);
  EXPECT_EQ(view.columns[3].chunks[2].size, 3);
  expect_rows(view, 0, rows);
}

TEST(Table, CountsRowsAtTheEndOfAChunk) {
  Table<Row> table;
  append_rows(table, kRowsPerChunk);
  EXPECT_EQ(table.size(), kRowsPerChunk);
  EXPECT_EQ(table.view("t", "T.").owners.size(), 1);
  table.append(row_of(kRowsPerChunk));
  EXPECT_EQ(table.size(), kRowsPerChunk + 1);
  EXPECT_EQ(table.view("t", "T.").owners.size(), 2);
}

TEST(Table, SaysWhatItsColumnsAre) {
  const std::vector<ColumnInfo> columns = columns_of<Row>();
  const std::vector<ColumnType> types{ColumnType::uint16, ColumnType::uint32, ColumnType::int32,
                                      ColumnType::int64,  ColumnType::date,   ColumnType::timestamp,
                                      ColumnType::place,  ColumnType::item,   ColumnType::label};
  ASSERT_EQ(columns.size(), types.size());
  for (std::size_t i = 0; i < types.size(); ++i) EXPECT_EQ(columns[i].type, types[i]) << columns[i].name;
  EXPECT_EQ(columns[2].name, "change");
  EXPECT_EQ(columns[2].unit, "each");
  EXPECT_EQ(columns[2].meaning, "A change.");
  EXPECT_EQ(columns[8].labels, (std::vector<std::string_view>{"red", "green"}));
  EXPECT_TRUE(columns[0].labels.empty());
}

TEST(Table, AlignsEveryColumnForItsType) {
  Table<Row> table;
  append_rows(table, 1);
  const TableView view = table.view("t", "T.");
  for (const ColumnView& column : view.columns) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(column.chunks[0].data) % 64, 0) << column.info.name;
  }
}

TEST(Table, ACopyAndItsOriginalGoTheirOwnWays) {
  for (const std::uint64_t rows :
       {std::uint64_t{0}, std::uint64_t{5}, std::uint64_t{kRowsPerChunk}, std::uint64_t{kRowsPerChunk + 5}}) {
    Table<Row> table;
    table.wanted = true;
    append_rows(table, rows);
    Table<Row> copy = table;
    EXPECT_TRUE(copy.wanted);
    append_rows(table, 7, 1);
    append_rows(copy, 4, 2);
    EXPECT_EQ(table.size(), rows + 7);
    EXPECT_EQ(copy.size(), rows + 4);
    expect_rows(table.view("t", "T."), 0, rows);
    expect_rows(table.view("t", "T."), rows, rows + 7, 1);
    expect_rows(copy.view("t", "T."), 0, rows);
    expect_rows(copy.view("t", "T."), rows, rows + 4, 2);
  }
}

TEST(Table, ACopySharesFullChunks) {
  Table<Row> table;
  append_rows(table, kRowsPerChunk + 1);
  const Table<Row> copy = table;
  const TableView ours = table.view("t", "T.");
  const TableView theirs = copy.view("t", "T.");
  EXPECT_EQ(ours.columns[0].chunks[0].data, theirs.columns[0].chunks[0].data);
  EXPECT_NE(ours.columns[0].chunks[1].data, theirs.columns[0].chunks[1].data);
}

TEST(Table, AssigningReplacesWhatWasThere) {
  Table<Row> table;
  append_rows(table, 10);
  const Table<Row> snapshot = table;
  append_rows(table, 20, 1);
  table = snapshot;
  EXPECT_EQ(table.size(), 10);
  append_rows(table, 3);
  expect_rows(table.view("t", "T."), 0, 13);
  const Table<Row>& same = table;
  table = same;
  expect_rows(table.view("t", "T."), 0, 13);
}

TEST(Table, IsEmptyAndUsableAfterItWasMoved) {
  Table<Row> table;
  append_rows(table, 10);
  Table<Row> taken = std::move(table);
  EXPECT_EQ(taken.size(), 10);
  EXPECT_EQ(table.size(), 0);  // NOLINT(bugprone-use-after-move): what it is then is promised
  append_rows(table, 2);
  expect_rows(table.view("t", "T."), 0, 2);
  taken = std::move(table);
  EXPECT_EQ(taken.size(), 2);
  append_rows(taken, 1);
  expect_rows(taken.view("t", "T."), 0, 3);
}

TEST(Table, AViewStaysAsItIsWhileTheTableGrowsAndAfterItIsGone) {
  auto table = std::make_unique<Table<Row>>();
  append_rows(*table, 100);
  const TableView view = table->view("t", "T.");
  const void* const first = view.columns[0].chunks[0].data;
  append_rows(*table, kRowsPerChunk);
  EXPECT_EQ(view.rows, 100);
  EXPECT_EQ(table->view("t", "T.").columns[0].chunks[0].data, first) << "rows do not move";
  table.reset();
  expect_rows(view, 0, 100);
}

TEST(Table, TellsTheMemoryOfItsRows) {
  Table<Row> table;
  append_rows(table, 1000);
  EXPECT_EQ(table.memory_bytes(), 1000 * (2 + 4 + 4 + 8 + 4 + 8 + 4 + 4 + 1));
  EXPECT_EQ(table.disk_bytes(), 0);
}

}  // namespace
}  // namespace tillstorm
