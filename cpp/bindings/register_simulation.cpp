// Runs: advancing, looking, copying, reading out.
#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bindings/register.h"
#include "bindings/rule_counts.h"
#include "bindings/scenario_handle.h"
#include "bindings/table_handle.h"
#include "bindings/trace_arrays.h"
#include "harness/promises.h"
#include "harness/simulation.h"

namespace tillstorm::bindings {
namespace py = pybind11;
namespace {

struct SimulationHandle {
  std::shared_ptr<const TraceArrays> trace;  ///< Outlives `simulation`, which looks at it.
  Simulation simulation;
  std::shared_ptr<const Names> places, items;
  std::atomic<bool> busy{false};

  SimulationHandle(std::shared_ptr<const TraceArrays> log, Simulation made)
      : trace(std::move(log)),
        simulation(std::move(made)),
        places(std::make_shared<const Names>(simulation.place_ids())),
        items(std::make_shared<const Names>(simulation.item_ids())) {}
};

/// Holds a simulation for one thread while the GIL is not held.
class Use {
 public:
  explicit Use(SimulationHandle& handle) : busy_(handle.busy) {
    if (busy_.exchange(true)) throw std::runtime_error("this simulation is in use by another thread; give it a copy");
  }
  ~Use() { busy_ = false; }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  Use(Use&&) = delete;
  Use& operator=(Use&&) = delete;

 private:
  std::atomic<bool>& busy_;
};

Mutant mutant_of(const std::optional<std::string>& name) {
  if (!name) return Mutant::none;
  for (const MutantText& text : kMutantTexts)
    if (text.id == *name) return text.mutant;
  throw std::invalid_argument("there is no mutant `" + *name + "`");
}

std::unique_ptr<SimulationHandle> make(const ScenarioHandle& scenario, std::uint64_t seed, bool promises,
                                       const std::optional<py::dict>& trace, const std::optional<std::string>& mutant,
                                       const std::vector<std::string>& explain, bool witness) {
  const RunOptions options{seed, promises, mutant_of(mutant), explain, witness};
  auto log = trace ? trace_of(*trace) : nullptr;
  const py::gil_scoped_release release;
  Simulation simulation(ready_to_run(scenario), log ? &log->trace : nullptr, options);
  return std::make_unique<SimulationHandle>(log, std::move(simulation));
}

std::unique_ptr<SimulationHandle> copy(SimulationHandle& handle) {
  const Use use(handle);
  const py::gil_scoped_release release;
  return std::make_unique<SimulationHandle>(handle.trace, handle.simulation);
}

const char* name_of(StopReason reason) {
  switch (reason) {
    case StopReason::drained:
      return "drained";
    case StopReason::stop_requested:
      return "stop_requested";
    case StopReason::event_limit:
      return "event_limit";
    case StopReason::reached_until:
      break;
  }
  return "reached_until";
}

const char* advance(SimulationHandle& handle, std::optional<std::int64_t> until_us, std::uint64_t max_events) {
  const Use use(handle);
  const py::gil_scoped_release release;
  return name_of(handle.simulation.advance(until_us ? Time{*until_us} : kNever, max_events));
}

py::dict to_python(const RunCounters& counters) {
  py::dict result;
  result["events"] = counters.events;
  result["tickets"] = counters.tickets;
  result["lines"] = counters.lines;
  result["messages_pending"] = counters.messages_pending;
  result["state_bytes"] = counters.state_bytes;
  result["trace_outside"] = counters.trace_outside;
  result["store_items"] = counters.store_items;
  return result;
}

py::dict to_python(const Kpi& kpi) {
  py::dict result;
  result["name"] = kpi.name;
  result["value"] = kpi.has_value ? py::object(py::float_(kpi.value)) : py::none();
  result["unit"] = kpi.unit;
  result["samples"] = kpi.samples;
  result["meaning"] = kpi.meaning;
  return result;
}

py::dict to_python(const Violation& violation) {
  py::dict result;
  result["promise"] = violation.promise;
  result["at_us"] = violation.at.us;
  result["place"] = violation.place;
  result["entity"] = violation.entity;
  result["expected"] = violation.expected;
  result["actual"] = violation.actual;
  result["message"] = violation.message;
  result["explain"] = violation.explain;
  result["witness"] = violation.witness;
  return result;
}

py::dict to_python(const Trail& trail) {
  py::dict result;
  result["explain"] = trail.filter;
  result["lines"] = trail.lines;
  result["left_out"] = trail.left_out;
  return result;
}

py::object to_python(const std::optional<Time>& time) { return time ? py::object(py::int_(time->us)) : py::none(); }

py::list to_python(const std::vector<FaultOutcome>& faults) {
  py::list result;
  for (std::size_t index = 0; index < faults.size(); ++index) {
    const FaultOutcome& fault = faults[index];
    py::dict effects;
    for (const FaultOutcome::Effect& effect : fault.effects) effects[py::str(effect.name)] = effect.count;
    py::dict entry;
    entry["index"] = index;
    entry["kind"] = fault.kind;
    entry["from_us"] = fault.from.us;
    entry["until_us"] = fault.until.us;
    entry["stores"] = fault.stores;
    entry["effects"] = effects;
    result.append(entry);
  }
  return result;
}

template <class Value>
py::list to_list(const std::vector<Value>& values) {
  py::list result;
  for (const Value& value : values) result.append(to_python(value));
  return result;
}

py::list promises() {
  py::list result;
  for (const PromiseText& text : Promises::texts()) {
    py::list needs = words(text.check_points);
    if (!text.in_trace_mode) needs.append("generated_customers");
    py::dict promise;
    promise["name"] = text.name;
    promise["equation"] = text.equation;
    promise["meaning"] = text.meaning;
    promise["needs"] = needs;
    promise["guards"] = words(text.guards);
    result.append(promise);
  }
  return result;
}

RunResult read_out(SimulationHandle& handle) {
  const Use use(handle);
  const py::gil_scoped_release release;
  return handle.simulation.result();
}

py::dict result(SimulationHandle& handle) {
  const RunResult from = read_out(handle);
  py::dict to;
  to["partial"] = from.is_partial;
  to["reached_us"] = from.reached.us;
  to["digest"] = from.digest;
  to["kpis"] = to_list(from.kpis);
  to["violations"] = to_list(from.violations);
  to["violations_counted"] = from.violations_counted;
  py::dict by_promise;
  for (const Violations::Count& count : from.violations_by_promise) by_promise[py::str(count.promise)] = count.times;
  to["violations_by_promise"] = by_promise;
  to["no_witness"] = from.no_witness;
  to["trails"] = to_list(from.trails);
  to["counters"] = to_python(from.counters);
  to["coverage"] = rule_counts(from.rules);
  py::list exceptions;
  for (const ExceptionCount& count : from.exceptions) {
    py::dict one;
    one["type"] = count.type;
    one["role"] = count.role;
    one["opened"] = count.opened;
    one["open"] = count.open;
    one["overdue"] = count.overdue;
    exceptions.append(one);
  }
  to["exceptions"] = exceptions;
  to["faults"] = to_python(from.faults);
  to["healed_us"] = to_python(from.healed);
  to["converged_us"] = to_python(from.converged);
  to["not_converged"] = from.not_converged;
  to["stuck"] = from.stuck;
  return to;
}

/// Places x items; the array owns the values and is read-only.
py::array matrix(SimulationHandle& handle, std::vector<std::int32_t> (Simulation::*read)() const) {
  auto values = std::make_unique<std::vector<std::int32_t>>();
  {
    const Use use(handle);
    const py::gil_scoped_release release;
    *values = (handle.simulation.*read)();
  }
  const std::int32_t* data = values->data();
  const py::capsule owner(values.get(), [](void* held) { delete static_cast<std::vector<std::int32_t>*>(held); });
  (void)values.release();  // the capsule frees it
  py::array_t<std::int32_t> array({handle.places->size(), handle.items->size()}, data, owner);
  array.attr("setflags")(py::arg("write") = false);
  return array;
}

TableHandle table(SimulationHandle& handle, const std::string& name) {
  const Use use(handle);
  return {std::make_shared<const TableView>(handle.simulation.table(name)), handle.places, handle.items};
}

}  // namespace

void register_simulation(py::module_& m) {
  m.def("promises", &promises, "The promises that a run checks, in the order in which they are checked.");
  py::class_<SimulationHandle>(m, "Simulation", "A run, standing at a simulated moment.")
      .def(py::init(&make), py::arg("scenario"), py::arg("seed"), py::arg("promises") = true,
           py::arg("trace") = py::none(), py::arg("mutant") = py::none(),
           py::arg("explain") = std::vector<std::string>(), py::arg("witness") = true)
      .def("advance", &advance, py::arg("until_us"), py::arg("max_events"),
           "Dispatches events before `until_us` (None: to the end of the drain), at most `max_events`; says why it "
           "stopped: reached_until, drained, event_limit.")
      .def("copy", &copy, "Another run at the same moment.")
      .def("result", &result, "Figures, violations and digest so far.")
      .def(
          "counters", [](const SimulationHandle& h) { return to_python(h.simulation.counters()); },
          "What was done so far.")
      .def(
          "table_names", [](const SimulationHandle& h) { return h.simulation.table_names(); },
          "Names of the tables that are written.")
      .def("table", &table, py::arg("name"), "The rows written so far.")
      .def(
          "truth_on_hand", [](SimulationHandle& h) { return matrix(h, &Simulation::truth_on_hand); },
          "Units really there, places x items; -1 where not carried [base units].")
      .def(
          "book_on_hand", [](SimulationHandle& h) { return matrix(h, &Simulation::book_on_hand); },
          "Units that the ERP believes to be there [base units].")
      .def_property_readonly(
          "now_us", [](const SimulationHandle& h) { return h.simulation.now().us; },
          "Simulated moment reached [us of UTC].")
      .def_property_readonly(
          "start_us", [](const SimulationHandle& h) { return h.simulation.start().us; },
          "Start of the run [us of UTC].")
      .def_property_readonly(
          "end_us", [](const SimulationHandle& h) { return h.simulation.end().us; },
          "When the last customer may come [us of UTC].")
      .def_property_readonly(
          "finished", [](const SimulationHandle& h) { return h.simulation.finished(); },
          "Whether nothing more can happen.")
      .def_property_readonly(
          "place_ids", [](const SimulationHandle& h) { return *h.places; }, "Stores, then distribution centres.")
      .def_property_readonly(
          "item_ids", [](const SimulationHandle& h) { return *h.items; }, "Items.");
}

}  // namespace tillstorm::bindings
