// Scenarios: reading, writing, schema.
#include <pybind11/stl.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analytics/kpis/kpis.h"
#include "base/currency.h"
#include "base/iso8601.h"
#include "bindings/memory_limit.h"
#include "bindings/register.h"
#include "bindings/scenario_handle.h"
#include "harness/promises.h"
#include "messages/message_schema.h"
#include "record/tables.h"
#include "scenario/reader.h"
#include "scenario/schema.h"
#include "scenario/writer.h"
#include "world/generate/generate.h"

namespace tillstorm::bindings {
namespace py = pybind11;

Scenario ready_to_run(const ScenarioHandle& handle) {
  require_fits(handle.scenario, memory_limit_bytes());
  return expand(handle.scenario);
}

namespace {

using Roots = std::vector<std::string>;
using Overrides = std::vector<std::pair<std::string, std::string>>;

ReadOptions options_of(const Roots& roots, const Overrides& overrides) {
  ReadOptions options;
  options.packaged_roots.assign(roots.begin(), roots.end());
  options.overrides = overrides;
  for (const TableInfo& info : table_infos()) options.known.tables.emplace_back(info.name);
  for (const Kpi& kpi : kpis_of(RunTotals{}, 1)) options.known.kpis.push_back(kpi.name);
  for (const PromiseText& text : Promises::texts()) options.known.promises.emplace_back(text.name);
  return options;
}

ScenarioHandle read_file(const std::string& path, const Roots& roots, const Overrides& overrides) {
  return {read_scenario_file(path, options_of(roots, overrides))};
}

ScenarioHandle read_text(const std::string& text, const std::string& file_name, const std::string& folder,
                         const Roots& roots, const Overrides& overrides) {
  return {read_scenario_text(text, file_name, folder, options_of(roots, overrides))};
}

template <class Generated>
std::int64_t count(const auto& listed, const std::optional<Generated>& generated, std::int32_t Generated::*number) {
  return static_cast<std::int64_t>(listed.size()) + (generated ? (*generated).*number : 0);
}

void register_handle(py::module_& m) {
  py::class_<ScenarioHandle>(m, "ScenarioHandle", "A scenario that was read; it never changes.")
      .def(
          "to_json", [](const ScenarioHandle& h) { return write_scenario(h.scenario); },
          py::call_guard<py::gil_scoped_release>(), "Canonical document: what differs from the defaults.")
      .def(
          "validate", [](const ScenarioHandle& h) { ready_to_run(h); }, py::call_guard<py::gil_scoped_release>(),
          "Raises ScenarioError if it cannot be expanded, or if a run would not fit in memory.")
      .def(
          "estimate_bytes", [](const ScenarioHandle& h) { return estimate_bytes(h.scenario); },
          "Memory that a run needs, right within a factor of two [bytes].")
      .def_property_readonly(
          "name", [](const ScenarioHandle& h) { return h.scenario.name; }, "Short name.")
      .def_property_readonly(
          "description", [](const ScenarioHandle& h) { return h.scenario.description; }, "What it shows.")
      .def_property_readonly(
          "days", [](const ScenarioHandle& h) { return h.scenario.days; }, "Days in which customers come.")
      .def_property_readonly(
          "seed", [](const ScenarioHandle& h) { return h.scenario.seed; }, "Seed of every random stream.")
      .def_property_readonly(
          "start", [](const ScenarioHandle& h) { return format_date(h.scenario.start); }, "First simulated date, ISO.")
      .def_property_readonly(
          "time_zone", [](const ScenarioHandle& h) { return h.scenario.chain.time_zone; },
          "IANA name of the chain's time zone.")
      .def_property_readonly(
          "currency", [](const ScenarioHandle& h) { return h.scenario.chain.currency; }, "ISO 4217 code.")
      .def_property_readonly(
          "trace", [](const ScenarioHandle& h) { return h.scenario.demand.trace; },
          "Absolute path of the imported log; empty without one.")
      .def_property_readonly(
          "store_count",
          [](const ScenarioHandle& h) {
            return count(h.scenario.chain.stores, h.scenario.chain.generate, &GeneratedStores::stores);
          },
          "Stores listed and generated.")
      .def_property_readonly(
          "item_count",
          [](const ScenarioHandle& h) {
            return count(h.scenario.catalogue.items, h.scenario.catalogue.generate, &GeneratedItems::items);
          },
          "Items listed and generated.");
}

}  // namespace

void register_scenario(py::module_& m) {
  register_handle(m);
  m.def("read_scenario", &read_file, py::arg("path"), py::arg("packaged_roots"), py::arg("overrides"),
        py::call_guard<py::gil_scoped_release>(),
        "Reads a scenario file. `overrides` are dotted paths and JSON texts. Raises ScenarioError.");
  m.def("read_scenario_text", &read_text, py::arg("text"), py::arg("file_name"), py::arg("folder"),
        py::arg("packaged_roots"), py::arg("overrides"), py::call_guard<py::gil_scoped_release>(),
        "Reads a scenario from a text; what it extends is looked for in `folder`. Raises ScenarioError.");
  m.def("scenario_schema", &scenario_schema, "JSON Schema of the scenario document.");
  m.def("scenario_reference", &scenario_reference_markdown, "Reference of the scenario document, in Markdown.");
  m.def("message_schema", &message_schema, "JSON Schema of every message between the chain's systems.");
  m.def("message_reference", &message_reference_markdown, "Reference of the messages, in Markdown.");
  m.def(
      "currency_exponent", [](const std::string& code) { return currency_exponent(code); }, py::arg("code"),
      "Decimals of a currency (ISO 4217): 2 where an amount of 1299 minor units is 12.99.");
  m.def("memory_limit_bytes", &memory_limit_bytes, "Memory that this process may use [bytes].");
}

}  // namespace tillstorm::bindings
