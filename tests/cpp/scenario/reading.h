#pragma once
// What the tests of reading share.
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "scenario/reader.h"
#include "source_dir.h"

namespace tillstorm {

inline std::filesystem::path packaged_scenarios() { return std::filesystem::path(TILLSTORM_SOURCE_DIR) / "scenarios"; }

inline ReadOptions packaged() {
  ReadOptions options;
  options.packaged_roots = {packaged_scenarios()};
  return options;
}

inline Scenario read_text(std::string_view json, const ReadOptions& options = {}) {
  return read_scenario_text(json, "test.json", {}, options);
}

/// What is wrong with a document; empty if nothing is.
inline std::vector<Problem> problems_of(std::string_view json, const ReadOptions& options = {}) {
  try {
    read_text(json, options);
  } catch (const InputError& error) {
    return error.problems;
  }
  return {};
}

/// A document that can be read, with `more` members at its end: `"days": 3`.
inline std::string with(std::string_view more) {
  return R"({"chain": {"stores": [{"id": "0001"}, {"id": "0002"}], "distribution_centres": [{"id": "DC1"}]},
"catalogue": {"items": [{"id": "a"}, {"id": "b"}]}, )" +
         std::string(more) + "}";
}

inline bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace tillstorm
