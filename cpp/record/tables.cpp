#include "record/tables.h"

#include <algorithm>
#include <memory>

#include "base/error.h"
#include "base/nearest.h"

namespace tillstorm {
namespace {

struct CollectInfos {
  std::vector<TableInfo> infos{};
  template <class World, class Row>
  void operator()(Table<Row> World::*, const TableInfo& info) {
    infos.push_back(info);
  }
};

std::vector<std::string_view> all_names() {
  std::vector<std::string_view> names;
  for (const TableInfo& info : table_infos()) names.push_back(info.name);
  return names;
}

Problem unknown_name(std::string_view name) {
  Problem problem;
  problem.found = name;
  problem.message = "there is no such table";
  const std::vector<std::string_view> names = all_names();
  for (const std::string_view each : names) {
    if (!problem.allowed.empty()) problem.allowed += ", ";
    problem.allowed += each;
  }
  problem.nearest = nearest_name(name, names);
  return problem;
}

/// Calls `with(table, info)` for every table of both worlds.
template <class TablesType, class With>
void for_each_table(TablesType& tables, With with) {
  const auto visit_world = [&](auto& world) {
    auto visit = [&](auto member, const TableInfo& info) { with(world.*member, info); };
    std::remove_cvref_t<decltype(world)>::tables(visit);
  };
  visit_world(tables.truth);
  visit_world(tables.book);
}

}  // namespace

Tables::Tables(const std::vector<std::string>& wanted, bool on_disk) {
  std::vector<Problem> problems;
  const std::vector<std::string_view> known = all_names();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (std::find(known.begin(), known.end(), wanted[i]) != known.end()) continue;
    problems.push_back(unknown_name(wanted[i]));
    problems.back().path = "record.tables[" + std::to_string(i) + "]";
  }
  if (!problems.empty()) throw InputError(std::move(problems));

  std::shared_ptr<ChunkFile> file;  // made for the first table that needs it
  for_each_table(*this, [&]<class Row>(Table<Row>& table, const TableInfo& info) {
    if (info.kind == TableKind::summary) {
      table.wanted = true;
      return;
    }
    if (std::find(wanted.begin(), wanted.end(), info.name) == wanted.end()) return;
    if (on_disk && file == nullptr) file = std::make_shared<ChunkFile>(ChunkFile::default_folder());
    table = Table<Row>(file);
    table.wanted = true;
  });
}

std::vector<std::string> Tables::names() const {
  std::vector<std::string> names;
  for_each_table(*this, [&](const auto& table, const TableInfo& info) {
    if (table.wanted) names.emplace_back(info.name);
  });
  return names;
}

TableView Tables::view(std::string_view name) const {
  TableView result;
  bool is_known = false;
  for_each_table(*this, [&](const auto& table, const TableInfo& info) {
    if (info.name != name) return;
    is_known = true;
    if (table.wanted) result = table.view(info.name, info.title);
  });
  if (!is_known) throw InputError({unknown_name(name)});
  if (result.name.empty()) {
    Problem problem;
    problem.found = name;
    problem.message = "this run does not write that table: add it to record.tables";
    for (const std::string& each : names()) problem.allowed += (problem.allowed.empty() ? "" : ", ") + each;
    throw InputError({problem});
  }
  return result;
}

std::uint64_t Tables::memory_bytes() const {
  std::uint64_t bytes = 0;
  for_each_table(*this, [&](const auto& table, const TableInfo&) { bytes += table.memory_bytes(); });
  return bytes;
}

std::uint64_t Tables::disk_bytes() const {
  std::uint64_t bytes = 0;
  for_each_table(*this, [&](const auto& table, const TableInfo&) { bytes += table.disk_bytes(); });
  return bytes;
}

const std::vector<TableInfo>& table_infos() {
  static const std::vector<TableInfo> infos = [] {
    CollectInfos collect;
    TruthTables::tables(collect);
    BookTables::tables(collect);
    return collect.infos;
  }();
  return infos;
}

std::vector<ColumnInfo> columns_of_table(std::string_view name) {
  std::vector<ColumnInfo> columns;
  const auto visit_world = [&]<class World>(const World&) {
    auto visit = [&]<class Row>(Table<Row> World::*, const TableInfo& info) {
      if (info.name == name) columns = columns_of<Row>();
    };
    World::tables(visit);
  };
  visit_world(TruthTables{});
  visit_world(BookTables{});
  if (columns.empty()) throw InputError({unknown_name(name)});
  return columns;
}

}  // namespace tillstorm
