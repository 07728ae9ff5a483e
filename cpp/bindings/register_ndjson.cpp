// NDJSON logs as columns that numpy takes over without copying.
#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bindings/register.h"
#include "record/ndjson_log.h"

namespace tillstorm::bindings {
namespace py = pybind11;
namespace {

template <class Value>
py::array_t<Value> hand_over(std::vector<Value> values) {
  auto owned = std::make_unique<std::vector<Value>>(std::move(values));
  const Value* data = owned->data();
  const auto size = static_cast<py::ssize_t>(owned->size());
  const py::capsule owner(owned.release(), [](void* pointer) { delete static_cast<std::vector<Value>*>(pointer); });
  return py::array_t<Value>(size, data, owner);
}

py::dict read(const std::string& path, const std::vector<std::string>& columns) {
  NdjsonLog log;
  {
    const py::gil_scoped_release release;
    log = read_ndjson_log(path, columns);
  }
  py::dict by_name;
  for (NdjsonColumn& column : log.columns)
    by_name[py::str(column.name)] = py::make_tuple(hand_over(std::move(column.codes)), py::cast(column.values));
  py::list errors;
  for (const NdjsonError& error : log.errors) errors.append(py::make_tuple(error.row, error.message));
  py::dict result;
  result["row"] = hand_over(std::move(log.rows));
  result["columns"] = by_name;
  result["errors"] = errors;
  result["keys"] = py::cast(log.keys);
  return result;
}

}  // namespace

void register_ndjson(py::module_& m) {
  m.def("read_ndjson_log", &read, py::arg("path"), py::arg("columns"),
        "The named fields of a log of one JSON object a line. `row`: line of each row, from 1; `columns`: by name the "
        "code of each row (-1: absent, null or empty) and the distinct texts; `errors`: (line, message) of each line "
        "that is no row; `keys`: every key that occurs.");
}

}  // namespace tillstorm::bindings
