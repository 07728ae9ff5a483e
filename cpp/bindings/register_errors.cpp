// Errors of the core as exceptions of Python.
#include <exception>

#include "base/error.h"
#include "bindings/register.h"

namespace tillstorm::bindings {
namespace py = pybind11;
namespace {

py::dict to_python(const Problem& problem) {
  py::dict result;
  result["file"] = problem.file;
  result["path"] = problem.path;
  result["line"] = problem.line;
  result["column"] = problem.column;
  result["found"] = problem.found;
  result["allowed"] = problem.allowed;
  result["message"] = problem.message;
  result["nearest"] = problem.nearest;
  return result;
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): the signature that pybind11 asks for
void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const InputError& error) {
    // The class is Python's own, so that it has its place among the package's errors.
    const py::object type = py::module_::import("tillstorm.errors").attr("ScenarioError");
    py::list problems;
    for (const Problem& problem : error.problems) problems.append(to_python(problem));
    PyErr_SetObject(type.ptr(), type(problems).ptr());
  }
}

}  // namespace

void register_errors() { py::register_local_exception_translator(translate); }

}  // namespace tillstorm::bindings
