#pragma once
#include <string>

namespace tillstorm {

/// JSON Schema (draft 2020-12) of the scenario document, from the field tables.
std::string scenario_schema();

/// The same as a reference to read: every key with meaning, type, default, unit, range and source, in Markdown.
std::string scenario_reference_markdown();

}  // namespace tillstorm
