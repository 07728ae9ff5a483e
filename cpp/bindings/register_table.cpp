// Tables: columns that Python reads where they lie.
#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <memory>
#include <string>

#include "bindings/arrow_export.h"
#include "bindings/register.h"
#include "bindings/table_handle.h"
#include "record/tables.h"

namespace tillstorm::bindings {
namespace py = pybind11;
namespace {

const char* name_of(ColumnType type) {
  switch (type) {
    case ColumnType::uint16:
      return "uint16";
    case ColumnType::uint32:
      return "uint32";
    case ColumnType::int32:
      return "int32";
    case ColumnType::date:
      return "date";
    case ColumnType::timestamp:
      return "timestamp";
    case ColumnType::place:
      return "place";
    case ColumnType::item:
      return "item";
    case ColumnType::label:
      return "label";
    case ColumnType::int64:
      break;
  }
  return "int64";
}

/// Positions of names are signed, so that "no name" (all bits set) is -1.
py::dtype dtype_of(ColumnType type) {
  switch (type) {
    case ColumnType::uint16:
      return py::dtype::of<std::uint16_t>();
    case ColumnType::uint32:
      return py::dtype::of<std::uint32_t>();
    case ColumnType::int32:
    case ColumnType::date:
    case ColumnType::place:
    case ColumnType::item:
      return py::dtype::of<std::int32_t>();
    case ColumnType::label:
      return py::dtype::of<std::int8_t>();
    case ColumnType::int64:
    case ColumnType::timestamp:
      break;
  }
  return py::dtype::of<std::int64_t>();
}

py::dict describe(const ColumnInfo& info) {
  py::dict result;
  result["name"] = std::string(info.name);
  result["type"] = name_of(info.type);
  result["unit"] = std::string(info.unit);
  result["meaning"] = std::string(info.meaning);
  return result;
}

const ColumnView& column_named(const TableHandle& table, const std::string& name) {
  for (const ColumnView& column : table.view->columns) {
    if (column.info.name == name) return column;
  }
  throw py::key_error(name);
}

/// The memory of a chunk as the base object of the arrays that look at it.
py::capsule capsule_of(const std::shared_ptr<const void>& memory) {
  auto holder = std::make_unique<std::shared_ptr<const void>>(memory);
  py::capsule capsule(holder.get(), [](void* held) { delete static_cast<std::shared_ptr<const void>*>(held); });
  (void)holder.release();  // the capsule frees it
  return capsule;
}

py::list chunks(const TableHandle& table, const std::string& name) {
  const ColumnView& column = column_named(table, name);
  const py::dtype dtype = dtype_of(column.info.type);
  py::list result;
  for (std::size_t i = 0; i < column.chunks.size(); ++i) {
    const ColumnChunk& chunk = column.chunks[i];
    py::array array(dtype, {chunk.size}, {width_of(column.info.type)}, chunk.data, capsule_of(table.view->owners[i]));
    array.attr("setflags")(py::arg("write") = false);
    result.append(std::move(array));
  }
  if (result.empty()) result.append(py::array(dtype, py::array::ShapeContainer{0}));
  return result;
}

py::object labels(const TableHandle& table, const std::string& name) {
  const ColumnView& column = column_named(table, name);
  if (!is_named(column.info.type)) return py::none();
  return py::cast(names_of_values(table, column.info));
}

py::capsule arrow_stream(const TableHandle& table, const py::object& /*requested_schema*/) {
  auto stream = std::make_unique<ArrowArrayStream>();
  export_stream(table, stream.get());
  py::capsule capsule(stream.get(), "arrow_array_stream", [](PyObject* object) {
    auto* held = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(object, "arrow_array_stream"));
    if (held->release != nullptr) held->release(held);  // nobody took it
    delete held;
  });
  (void)stream.release();  // the capsule frees it
  return capsule;
}

py::list describe_tables() {
  py::list result;
  for (const TableInfo& info : table_infos()) {
    py::list columns;
    for (const ColumnInfo& column : columns_of_table(info.name)) columns.append(describe(column));
    py::dict entry;
    entry["name"] = std::string(info.name);
    entry["title"] = std::string(info.title);
    entry["always"] = info.kind == TableKind::summary;
    entry["columns"] = columns;
    result.append(entry);
  }
  return result;
}

}  // namespace

void register_table(py::module_& m) {
  py::class_<TableHandle>(m, "Table", "Rows of a run as of one moment; they stay as they are while the run goes on.")
      .def_property_readonly(
          "name", [](const TableHandle& t) { return std::string(t.view->name); }, "Its name.")
      .def_property_readonly(
          "title", [](const TableHandle& t) { return std::string(t.view->title); }, "What a row is.")
      .def_property_readonly(
          "num_rows", [](const TableHandle& t) { return t.view->rows; }, "Number of rows.")
      .def_property_readonly(
          "columns",
          [](const TableHandle& t) {
            py::list result;
            for (const ColumnView& column : t.view->columns) result.append(describe(column.info));
            return result;
          },
          "Name, type, unit and meaning of each column.")
      .def("chunks", &chunks, py::arg("name"), "The column's blocks of memory, as read-only arrays.")
      .def("labels", &labels, py::arg("name"), "What the values of the column are called, or None if they are numbers.")
      .def("__arrow_c_stream__", &arrow_stream, py::arg("requested_schema") = py::none(),
           "The Arrow PyCapsule interface: a stream of batches that share the columns' memory.");
  m.def("describe_tables", &describe_tables, "Every table there is: name, title, whether always written, columns.");
}

}  // namespace tillstorm::bindings
