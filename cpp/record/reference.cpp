#include "record/reference.h"

#include <string_view>

#include "record/tables.h"

namespace tillstorm {
namespace {

constexpr std::string_view kIntroduction = R"(# Tables

What a run writes, column by column. This page is generated from the row types in `cpp/record/`; `tillstorm schema
--tables` prints the same list.

`result.table("truth.store_days")` speaks Arrow (`__arrow_c_stream__`), so pandas, Polars, DuckDB and pyarrow read it
without a copy; `.column(name)` gives NumPy views of the stored values. The part of a name before the dot is the world
it describes: `truth` is what happened, `book` is what the ERP believes.

**Summaries** are always written. **Drill-down tables** have a row for each event and are written when the scenario asks:
`"record": {"tables": ["truth.tickets"]}`. With `"on_disk": true` their rows go to an unlinked temporary file in `$TMPDIR`
(otherwise `/var/tmp`), so that a year's ledger does not fill the memory.

Rows stand in the order in which they were written. Money is whole minor units of `chain.currency`, quantities are base
units of the item.

| type | stored as | in Arrow |
|---|---|---|
| integer | the width named | the same |
| date | int32, days since 1970-01-01 | date32 |
| timestamp | int64, microseconds since 1970-01-01T00:00Z | timestamp[us, UTC] |
| place, item | uint32, index into the run's places or items | dictionary of ids, int32 indices |
| one of ... | uint8, position in the list | dictionary of names, int8 indices |

Where a row may have no value it is null in Arrow, and for NumPy `NaT` or an empty text.

)";

std::string type_text(const ColumnInfo& column) {
  switch (column.type) {
    case ColumnType::uint16:
      return "uint16";
    case ColumnType::uint32:
      return "uint32";
    case ColumnType::int32:
      return "int32";
    case ColumnType::int64:
      return "int64";
    case ColumnType::date:
      return "date";
    case ColumnType::timestamp:
      return "timestamp";
    case ColumnType::place:
      return "place";
    case ColumnType::item:
      return "item";
    case ColumnType::label:
      break;
  }
  std::string text = "one of ";
  for (const std::string_view label : column.labels) {
    if (text.back() == '`') text += ", ";
    text.append("`").append(label).append("`");
  }
  return text;
}

}  // namespace

std::string table_reference_markdown() {
  std::string out(kIntroduction);
  for (const TableInfo& info : table_infos()) {
    out.append("## `").append(info.name).append("`\n\n").append(info.title);
    out +=
        info.kind == TableKind::summary ? " Summary: always written.\n\n" : " Drill-down: written when asked for.\n\n";
    out += "| column | type | unit | meaning |\n|---|---|---|---|\n";
    for (const ColumnInfo& column : columns_of_table(info.name)) {
      out.append("| `").append(column.name).append("` | ").append(type_text(column)).append(" | ");
      out.append(column.unit).append(" | ").append(column.meaning);
      out += column.may_be_none ? " May be null. |\n" : " |\n";
    }
    out += '\n';
  }
  out.pop_back();
  return out;
}

}  // namespace tillstorm
