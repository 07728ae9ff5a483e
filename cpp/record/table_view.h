#pragma once
// A table as others see it: names, types and where the values lie. No row type, no copy.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace tillstorm {

/// How a column's values are stored, and what they stand for.
enum class ColumnType : std::uint8_t {
  uint16,
  uint32,
  int32,
  int64,
  date,       ///< int32: days since 1970-01-01.
  timestamp,  ///< int64: microseconds of UTC since 1970-01-01T00:00:00Z.
  place,      ///< uint32: index into the places of the run.
  item,       ///< uint32: index into the items of the run.
  label,      ///< uint8: index into `ColumnView::labels`.
};

/// Bytes of one value.
constexpr std::size_t width_of(ColumnType type) {
  switch (type) {
    case ColumnType::label:
      return 1;
    case ColumnType::uint16:
      return 2;
    case ColumnType::uint32:
    case ColumnType::int32:
    case ColumnType::date:
    case ColumnType::place:
    case ColumnType::item:
      return 4;
    case ColumnType::int64:
    case ColumnType::timestamp:
      break;
  }
  return 8;
}

/// What is known of a column without any row.
struct ColumnInfo {
  std::string_view name;
  ColumnType type = ColumnType::int64;
  std::string_view unit;                   ///< "minor", "us", "base units", ...; empty where there is none.
  std::string_view meaning;                ///< One sentence.
  std::vector<std::string_view> labels{};  ///< Names of the values 0, 1, ... of a label column.
  bool may_be_none = false;                ///< A row may have no value: `Field::or_none`.
};

/// Some consecutive values of a column, `size` of them from `data` on.
struct ColumnChunk {
  const void* data = nullptr;
  std::size_t size = 0;
};

struct ColumnView {
  ColumnInfo info;
  std::vector<ColumnChunk> chunks{};  ///< As long as `TableView::owners`.
};

/// The rows written so far. It stays valid, and does not change, while the run goes on: rows are only ever added, and
/// the view keeps the memory of its own rows alive.
struct TableView {
  std::string_view name;   ///< "truth.tickets".
  std::string_view title;  ///< One sentence.
  std::uint64_t rows = 0;
  std::vector<ColumnView> columns{};
  std::vector<std::shared_ptr<const void>> owners{};  ///< owners[i] holds the memory of every column's chunk i.
};

}  // namespace tillstorm
