#pragma once
// A table as Python holds it: the view, and what its places and items are called.
#include <memory>
#include <string>
#include <vector>

#include "record/table_view.h"

namespace tillstorm::bindings {

using Names = std::vector<std::string>;

struct TableHandle {
  std::shared_ptr<const TableView> view;
  std::shared_ptr<const Names> places;
  std::shared_ptr<const Names> items;
};

/// True if a column's values are positions in a list of names.
inline bool is_named(ColumnType type) {
  return type == ColumnType::place || type == ColumnType::item || type == ColumnType::label;
}

/// What the values of such a column are called, from 0 on.
inline Names names_of_values(const TableHandle& table, const ColumnInfo& column) {
  if (column.type == ColumnType::place) return *table.places;
  if (column.type == ColumnType::item) return *table.items;
  return {column.labels.begin(), column.labels.end()};
}

}  // namespace tillstorm::bindings
