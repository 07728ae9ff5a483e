#include "bindings/trace_arrays.h"

#include <pybind11/stl.h>

#include <algorithm>
#include <string>

namespace tillstorm::bindings {
namespace py = pybind11;
namespace {

py::object column(const py::dict& columns, const char* name) {
  if (!columns.contains(name)) throw py::value_error(std::string("the trace has no column `") + name + "`");
  return columns[name];
}

template <class Value>
std::span<const Value> values(const py::dict& columns, const char* name) {
  const py::object object = column(columns, name);
  using Array = py::array_t<Value, py::array::c_style>;
  if (!py::isinstance<Array>(object)) {
    throw py::type_error(std::string("the trace's column `") + name + "` is no contiguous array of " +
                         std::string(py::str(py::dtype::of<Value>())));
  }
  const auto array = py::reinterpret_borrow<Array>(object);
  return {array.data(), static_cast<std::size_t>(array.size())};
}

void require(bool holds, const char* what) {
  if (!holds) throw py::value_error(std::string("the trace is not whole: ") + what);
}

template <class Index>
bool all_below(std::span<const Index> indices, std::size_t size) {
  return std::all_of(indices.begin(), indices.end(), [size](Index index) { return index < size; });
}

void require_whole(const Trace& t) {
  const std::size_t tickets = t.ticket_time_us.size();
  const std::size_t lines = t.line_item.size();
  require(
      t.ticket_store.size() == tickets && t.ticket_terminal.size() == tickets && t.ticket_tax_minor.size() == tickets,
      "the columns of tickets differ in length");
  require(
      t.line_quantity.size() == lines && t.line_amount_minor.size() == lines && t.line_discount_minor.size() == lines,
      "the columns of lines differ in length");
  require(t.ticket_first_line.size() == tickets + 1, "ticket_first_line has one entry more than there are tickets");
  require(t.ticket_first_line.front() == 0 && t.ticket_first_line.back() == lines &&
              std::is_sorted(t.ticket_first_line.begin(), t.ticket_first_line.end()),
          "ticket_first_line goes up from 0 to the number of lines");
  require(std::is_sorted(t.ticket_time_us.begin(), t.ticket_time_us.end()), "tickets are in the order of time");
  require(all_below(t.ticket_store, t.store_ids.size()), "a ticket's store is none of store_ids");
  require(all_below(t.line_item, t.item_ids.size()), "a line's item is none of item_ids");
}

}  // namespace

std::shared_ptr<const TraceArrays> trace_of(const py::dict& columns) {
  auto held = std::make_shared<TraceArrays>();
  held->arrays = py::reinterpret_borrow<py::dict>(columns.attr("copy")());
  const py::dict& from = held->arrays;
  Trace& t = held->trace;
  t.store_ids = column(from, "store_ids").cast<std::vector<std::string>>();
  t.item_ids = column(from, "item_ids").cast<std::vector<std::string>>();
  t.ticket_time_us = values<std::int64_t>(from, "ticket_time_us");
  t.ticket_store = values<std::uint32_t>(from, "ticket_store");
  t.ticket_terminal = values<std::uint32_t>(from, "ticket_terminal");
  t.ticket_first_line = values<std::uint64_t>(from, "ticket_first_line");
  t.ticket_tax_minor = values<std::int64_t>(from, "ticket_tax_minor");
  t.line_item = values<std::uint32_t>(from, "line_item");
  t.line_quantity = values<std::int32_t>(from, "line_quantity");
  t.line_amount_minor = values<std::int32_t>(from, "line_amount_minor");
  t.line_discount_minor = values<std::int32_t>(from, "line_discount_minor");
  require_whole(t);
  return held;
}

}  // namespace tillstorm::bindings
