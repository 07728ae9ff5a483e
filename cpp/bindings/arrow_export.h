#pragma once
#include "bindings/arrow_c_data.h"
#include "bindings/table_handle.h"

namespace tillstorm::bindings {

/// Makes `out` a stream of the table's rows, one batch for each of its chunks. Columns are shared, not copied: the
/// stream and its batches keep their memory alive. Places, items and labels are dictionary-encoded text; a position
/// without a name is null.
void export_stream(const TableHandle& table, ArrowArrayStream* out);

}  // namespace tillstorm::bindings
