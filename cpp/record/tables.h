#pragma once
// All tables of a run: both worlds, found by name.
#include <string>
#include <string_view>
#include <vector>

#include "record/book_tables.h"
#include "record/table_info.h"
#include "record/truth_tables.h"

namespace tillstorm {

/// A value: a copy is a snapshot.
struct Tables {
  TruthTables truth;
  BookTables book;

  /// Only the summaries, in memory.
  Tables() : Tables(std::vector<std::string>{}, false) {}
  /// Summaries, and the drill-down tables named. Names are as in table_infos(); naming a summary is allowed. On disk,
  /// drill-down tables live in an unlinked file of ChunkFile::default_folder(). Throws InputError for an unknown name,
  /// with the nearest one, or for a folder that cannot be written to.
  Tables(const std::vector<std::string>& wanted, bool on_disk);

  /// Names of the tables that are written in this run, in the order of table_infos().
  std::vector<std::string> names() const;
  /// The rows of a table so far. Throws InputError for an unknown name, with the nearest one, and for a table that is
  /// not written in this run, with what to ask for.
  TableView view(std::string_view name) const;

  /// Bytes of resident memory of all rows.
  std::uint64_t memory_bytes() const;
  /// Bytes of temporary disk of all rows.
  std::uint64_t disk_bytes() const;
};

/// Every table there is, truth first.
const std::vector<TableInfo>& table_infos();
/// The columns of a table; `name` is one of table_infos().
std::vector<ColumnInfo> columns_of_table(std::string_view name);

}  // namespace tillstorm
