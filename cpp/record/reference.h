#pragma once
#include <string>

namespace tillstorm {

/// Every table with its columns, their types, units and meaning, in Markdown. Committed as docs/tables.md.
std::string table_reference_markdown();

}  // namespace tillstorm
