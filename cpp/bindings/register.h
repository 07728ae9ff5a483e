#pragma once
// What module.cpp calls: one function for each topic, each in register_<topic>.cpp.
#include <pybind11/pybind11.h>

namespace tillstorm::bindings {

void register_errors();
void register_time(pybind11::module_& m);
void register_scenario(pybind11::module_& m);
void register_table(pybind11::module_& m);
void register_simulation(pybind11::module_& m);
void register_log(pybind11::module_& m);
void register_rules(pybind11::module_& m);
void register_ndjson(pybind11::module_& m);

}  // namespace tillstorm::bindings
