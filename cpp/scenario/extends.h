#pragma once
// From a scenario file to one JSON tree that holds what it inherits.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenario/json_node.h"
#include "scenario/sources.h"

namespace tillstorm {

inline constexpr const char* kScenarioSuffix = ".scenario.json";

class DocumentLoader {
 public:
  DocumentLoader(const std::vector<std::filesystem::path>& packaged_roots, Sources& sources, Problems& problems)
      : roots_(packaged_roots), sources_(&sources), problems_(&problems) {}

  /// Reads the file. Nothing if it, or what it extends, cannot be read; `problems` then says why.
  std::optional<JsonNode> load_file(const std::filesystem::path& file);
  /// Reads a source that is there already.
  std::optional<JsonNode> load_source(std::uint32_t source);

 private:
  std::optional<JsonNode> inherit(JsonNode document, std::uint32_t source);
  std::filesystem::path resolve(const JsonNode& name, const std::filesystem::path& folder);
  std::string nearest_scenario(const std::string& name, const std::filesystem::path& folder) const;

  const std::vector<std::filesystem::path>& roots_;
  Sources* sources_;
  Problems* problems_;
  std::vector<std::filesystem::path> reading_;  ///< Canonical paths from the first file to the one being read.
};

}  // namespace tillstorm
