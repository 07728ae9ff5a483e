#pragma once
#include <pybind11/numpy.h>

#include <memory>

#include "world/trace.h"

namespace tillstorm::bindings {

/// An imported log in the arrays of Python, and the trace that looks at them. Made and destroyed with the GIL held.
struct TraceArrays {
  pybind11::dict arrays;  ///< Keeps them alive.
  Trace trace;
};

/// `columns` has one entry for each member of Trace, by its name. Throws type_error for an array of another type, and
/// value_error for a missing column or lengths that do not fit together.
std::shared_ptr<const TraceArrays> trace_of(const pybind11::dict& columns);

}  // namespace tillstorm::bindings
