// tillstorm._core: the table of contents of what Python sees of the core.
#include "bindings/register.h"

PYBIND11_MODULE(_core, m) {
  m.doc() = "The compiled core of tillstorm. Its users are the modules of the Python package; yours is `tillstorm`.";
  m.attr("__version__") = TILLSTORM_VERSION;

  using namespace tillstorm::bindings;  // NOLINT(google-build-using-namespace): in this function only
  register_errors();
  register_log(m);
  register_time(m);
  register_scenario(m);
  register_table(m);
  register_rules(m);
  register_simulation(m);
  register_ndjson(m);
}
