#include "scenario/reader.h"

#include <optional>

#include "scenario/decode.h"
#include "scenario/extends.h"
#include "scenario/json_path.h"
#include "scenario/merge.h"
#include "scenario/validate.h"

namespace tillstorm {
namespace {

namespace fs = std::filesystem;

/// A relative trace is beside the file that names it, which may be one that this scenario extends.
void resolve_trace(Scenario& scenario, const JsonNode& root, const Sources& sources, const fs::path& folder) {
  std::string& trace = scenario.demand.trace;
  if (trace.empty() || fs::path(trace).is_absolute()) return;
  const fs::path& from = sources.at(nearest_node(root, "demand.trace").place.source).folder;
  std::error_code error;
  const fs::path absolute = fs::absolute((from.empty() ? folder : from) / trace, error);
  if (!error) trace = absolute.lexically_normal().string();
}

/// From the merged document on.
Scenario finish(std::optional<JsonNode> root, const fs::path& folder, const ReadOptions& options, Sources& sources,
                Problems& problems) {
  if (!root) {
    problems.throw_if_any();
    check(false, "a document that cannot be read has a problem");
  }
  apply_overrides(*root, options.overrides, sources, problems);
  std::erase_if(root->children, [](const JsonNode& child) { return child.key == "extends"; });
  Scenario scenario;
  Decoder(problems).read(*root, scenario);
  problems.throw_if_any();
  resolve_trace(scenario, *root, sources, folder);
  validate_all(scenario, options.known, [&](std::string path, Complaint complaint) {
    const JsonNode& node = nearest_node(*root, path);
    problems.add(node.place, std::move(path), std::move(complaint));
  });
  problems.throw_if_any();
  return scenario;
}

}  // namespace

Scenario read_scenario_file(const fs::path& file, const ReadOptions& options) {
  Sources sources;
  Problems problems(sources);
  DocumentLoader loader(options.packaged_roots, sources, problems);
  return finish(loader.load_file(file), file.parent_path(), options, sources, problems);
}

Scenario read_scenario_text(std::string_view json, std::string_view file_name, const fs::path& folder,
                            const ReadOptions& options) {
  Sources sources;
  Problems problems(sources);
  DocumentLoader loader(options.packaged_roots, sources, problems);
  const std::uint32_t source = sources.add({std::string(file_name), std::string(json), folder});
  return finish(loader.load_source(source), folder, options, sources, problems);
}

void validate_scenario(const Scenario& scenario, const ReadOptions& options) {
  Sources sources;
  Problems problems(sources);
  validate_all(scenario, options.known, [&](std::string path, Complaint complaint) {
    problems.add_without_place("", std::move(path), std::move(complaint));
  });
  problems.throw_if_any();
}

}  // namespace tillstorm
