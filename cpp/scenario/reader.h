#pragma once
// From a scenario document to plain structs. A document is either read whole or refused with everything that is wrong
// with it (`InputError`).
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "scenario/scenario.h"

namespace tillstorm {

/// Names that the layers above know; an empty list allows any.
struct KnownNames {
  std::vector<std::string> tables;    ///< For `record.tables`.
  std::vector<std::string> kpis;      ///< For `expect.kpis`.
  std::vector<std::string> promises;  ///< For `expect.invariants`.
};

struct ReadOptions {
  /// Folders whose scenarios may be named in `extends` from anywhere.
  std::vector<std::filesystem::path> packaged_roots;
  /// Dotted path and JSON text, applied in order as if a further document said so: {"integration.posting.mode",
  /// "\"batch\""}. Text that is no JSON and does not look like it (`batch`) is taken as a string. `[n]` picks an
  /// existing entry of a list.
  std::vector<std::pair<std::string, std::string>> overrides;
  KnownNames known;
};

/// Reads a file and what it extends. `demand.trace` comes back as an absolute path, `extends` empty: all that was
/// inherited is in the result. Throws InputError.
Scenario read_scenario_file(const std::filesystem::path& file, const ReadOptions& options);

/// The same for a text. `file_name` is for messages; `folder` is where `extends` and `demand.trace` are looked for.
Scenario read_scenario_text(std::string_view json, std::string_view file_name, const std::filesystem::path& folder,
                            const ReadOptions& options);

/// The rules that no single field can say: references, opening hours, check digits, faults inside the run, ... of a
/// scenario made in code. Throws InputError (without lines).
void validate_scenario(const Scenario& scenario, const ReadOptions& options);

}  // namespace tillstorm
