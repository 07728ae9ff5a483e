#pragma once
// What is said of a table besides its columns.
#include <cstdint>
#include <string_view>

namespace tillstorm {

enum class TableKind : std::uint8_t {
  summary,     ///< Always written: a few rows a place and day.
  drill_down,  ///< Written when `record.tables` names it: as many rows as there are events.
};

struct TableInfo {
  std::string_view name;   ///< "truth.tickets"; before the dot, the world it describes.
  std::string_view title;  ///< One sentence.
  TableKind kind = TableKind::drill_down;
};

}  // namespace tillstorm
