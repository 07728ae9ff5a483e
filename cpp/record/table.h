#pragma once
// Tables written during a run: a row goes in as a plain struct and lies there as columns.
//
// A row type lists its columns in `fields` (base/fields.h). Member types: uint16, uint32, int32, int64, Date, Time,
// PlaceId, ItemId, and an 8-bit enum with `names_of`.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/civil.h"
#include "base/fields.h"
#include "base/ids.h"
#include "base/time.h"
#include "record/chunk.h"
#include "record/table_view.h"

namespace tillstorm {

/// Rows of one chunk.
inline constexpr std::size_t kRowsPerChunk = 65'536;

namespace record_detail {

/// Bytes between two columns of a chunk, so that the places of one row in all columns do not fall into one cache set.
inline constexpr std::size_t kColumnGap = 64;

template <class Value>
constexpr std::size_t column_stride() {
  return sizeof(Value) * kRowsPerChunk + kColumnGap;
}

template <class Value>
constexpr ColumnType column_type() {
  if constexpr (std::is_same_v<Value, PlaceId>) {
    return ColumnType::place;
  } else if constexpr (std::is_same_v<Value, ItemId>) {
    return ColumnType::item;
  } else if constexpr (std::is_same_v<Value, Date>) {
    return ColumnType::date;
  } else if constexpr (std::is_same_v<Value, Time>) {
    return ColumnType::timestamp;
  } else if constexpr (std::is_same_v<Value, std::uint16_t>) {
    return ColumnType::uint16;
  } else if constexpr (std::is_same_v<Value, std::uint32_t>) {
    return ColumnType::uint32;
  } else if constexpr (std::is_same_v<Value, std::int32_t>) {
    return ColumnType::int32;
  } else if constexpr (std::is_same_v<Value, std::int64_t>) {
    return ColumnType::int64;
  } else {
    static_assert(std::is_enum_v<Value> && sizeof(Value) == 1, "a column is an integer, Date, Time, id or 8-bit enum");
    return ColumnType::label;
  }
}

/// Writes one row into the columns of a chunk.
template <class Row>
struct Scatter {
  const Row& row;
  std::byte* column;  ///< Start of the next column.
  std::size_t at;     ///< Row within the chunk.

  template <class Value>
  [[gnu::always_inline]] void operator()(Value Row::*member, const Field&) {
    std::memcpy(column + at * sizeof(Value), &(row.*member), sizeof(Value));
    column += column_stride<Value>();
  }
};

/// Copies the first `rows` rows of one chunk to another.
template <class Row>
struct CopyColumns {
  const std::byte* from;
  std::byte* to;
  std::size_t rows;

  template <class Value>
  void operator()(Value Row::*, const Field&) {
    std::memcpy(to, from, rows * sizeof(Value));
    from += column_stride<Value>();
    to += column_stride<Value>();
  }
};

template <class Row>
struct Measure {
  std::size_t chunk_bytes = 0;
  std::size_t row_bytes = 0;

  template <class Value>
  void operator()(Value Row::*, const Field&) {
    chunk_bytes += column_stride<Value>();
    row_bytes += sizeof(Value);
  }
};

template <class Row>
struct Describe {
  std::vector<ColumnInfo> columns{};

  template <class Value>
  void operator()(Value Row::*, const Field& field) {
    ColumnInfo info{field.name, column_type<Value>(), field.unit, field.meaning};
    if constexpr (column_type<Value>() == ColumnType::label) {
      for (const auto& label : names_of(Value{})) info.labels.push_back(label.name);
    }
    info.may_be_none = field.may_be_none;
    columns.push_back(std::move(info));
  }
};

}  // namespace record_detail

/// The columns of a row type, in order.
template <class Row>
std::vector<ColumnInfo> columns_of() {
  record_detail::Describe<Row> describe;
  Row::fields(describe);
  return std::move(describe.columns);
}

/// Rows in the order in which they were appended. A value: a copy is a snapshot, and shares every full chunk with the
/// original; neither sees what the other appends.
template <class Row>
class Table {
 public:
  /// Somebody wants its rows: who writes drill-down rows asks this first.
  bool wanted = false;

  Table() = default;
  /// `file`: where its chunks go; null keeps them in memory.
  explicit Table(std::shared_ptr<ChunkFile> file) : file_(std::move(file)) {}
  Table(const Table& other) : wanted(other.wanted), file_(other.file_), chunks_(other.chunks_) {
    if (!chunks_.empty() && other.rows_in_tail_ < kRowsPerChunk) copy_tail(other);
  }
  Table(Table&& other) noexcept
      : wanted(other.wanted),
        file_(other.file_),  // NOLINT(performance-move-constructor-init): what is moved from can still be written to
        chunks_(std::exchange(other.chunks_, {})),
        tail_(std::exchange(other.tail_, nullptr)),
        rows_in_tail_(std::exchange(other.rows_in_tail_, kRowsPerChunk)) {}
  Table& operator=(const Table& other) {
    if (this != &other) *this = Table(other);
    return *this;
  }
  Table& operator=(Table&& other) noexcept {
    wanted = other.wanted;
    file_ = other.file_;
    chunks_ = std::exchange(other.chunks_, {});
    tail_ = std::exchange(other.tail_, nullptr);
    rows_in_tail_ = std::exchange(other.rows_in_tail_, kRowsPerChunk);
    return *this;
  }
  ~Table() = default;

  /// About a nanosecond a column; allocates once in kRowsPerChunk rows. Throws InputError when a disk is full; the
  /// table is then as it was.
  [[gnu::flatten]] void append(const Row& row) {
    if (rows_in_tail_ == kRowsPerChunk) [[unlikely]]
      add_chunk();
    record_detail::Scatter<Row> scatter{row, tail_, rows_in_tail_};
    Row::fields(scatter);
    ++rows_in_tail_;
  }

  std::uint64_t size() const {
    return chunks_.empty() ? 0 : (chunks_.size() - 1) * std::uint64_t{kRowsPerChunk} + rows_in_tail_;
  }

  /// Bytes of resident memory its rows take: all of them, or on disk those of the chunk being filled.
  std::uint64_t memory_bytes() const {
    const std::uint64_t rows = file_ == nullptr ? size() : chunks_.empty() ? 0 : rows_in_tail_;
    return rows * measure().row_bytes;
  }
  /// Bytes of disk its chunks take.
  std::uint64_t disk_bytes() const { return file_ == nullptr ? 0 : chunks_.size() * measure().chunk_bytes; }

  /// The rows written so far. `name` and `title` are static text.
  TableView view(std::string_view name, std::string_view title) const {
    TableView result{name, title, size()};
    for (const ColumnInfo& info : columns_of<Row>()) result.columns.push_back({info});
    for (std::size_t i = 0; i < chunks_.size(); ++i) {
      const std::byte* column = chunks_[i]->data();
      const std::size_t rows = i + 1 < chunks_.size() ? kRowsPerChunk : rows_in_tail_;
      for (ColumnView& each : result.columns) {
        each.chunks.push_back({column, rows});
        column += width_of(each.info.type) * kRowsPerChunk + record_detail::kColumnGap;
      }
      result.owners.push_back(chunks_[i]);
    }
    return result;
  }

 private:
  static const record_detail::Measure<Row>& measure() {
    static const record_detail::Measure<Row> measured = [] {
      record_detail::Measure<Row> visitor;
      Row::fields(visitor);
      return visitor;
    }();
    return measured;
  }

  [[gnu::cold, gnu::noinline]] void add_chunk() {
    auto chunk = std::make_shared<Chunk>(measure().chunk_bytes, file_);
    chunks_.push_back(chunk);
    if (chunks_.size() > 1) chunks_[chunks_.size() - 2]->drop_resident();
    tail_ = chunk->data();
    rows_in_tail_ = 0;
  }

  void copy_tail(const Table& other) {
    auto chunk = std::make_shared<Chunk>(measure().chunk_bytes, file_);
    record_detail::CopyColumns<Row> copy{other.tail_, chunk->data(), other.rows_in_tail_};
    Row::fields(copy);
    tail_ = chunk->data();
    rows_in_tail_ = other.rows_in_tail_;
    chunks_.back() = std::move(chunk);
  }

  std::shared_ptr<ChunkFile> file_;
  std::vector<std::shared_ptr<Chunk>> chunks_;  ///< All but the last are full, and never change again.
  std::byte* tail_ = nullptr;                   ///< Data of the last chunk.
  std::size_t rows_in_tail_ = kRowsPerChunk;    ///< Of the last chunk; full at the start, so that there is one test.
};

}  // namespace tillstorm
