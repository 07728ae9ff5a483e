#include "scenario/extends.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "base/nearest.h"
#include "scenario/json_parse.h"
#include "scenario/merge.h"

namespace tillstorm {
namespace {

namespace fs = std::filesystem;

/// Longer chains of `extends` are taken for a mistake.
constexpr std::size_t kLongestChain = 32;

/// The path without symbolic links; empty if that cannot be told.
fs::path canonical_or_empty(const fs::path& path) {
  std::error_code error;
  fs::path real = fs::canonical(path, error);
  return error ? fs::path() : real;
}

bool is_inside(const fs::path& file, const fs::path& folder) {
  if (folder.empty()) return false;
  const auto [end, ignored] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  return end == folder.end();
}

bool is_regular(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

bool has_suffix(const std::string& text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.compare(text.size() - suffix.size(), suffix.size(), suffix) == 0;
}

/// Names, without suffix, of the scenarios in `folder` and, down to `depth`, its folders. Stops after a thousand
/// entries: it is only for a hint.
void list_scenarios(const fs::path& folder, const std::string& prefix, int depth, std::vector<std::string>& names) {
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end && names.size() < 1000; it.increment(error)) {
    const std::string name = it->path().filename().string();
    std::error_code ignored;
    if (depth > 0 && fs::is_directory(it->path(), ignored)) {
      list_scenarios(it->path(), prefix + name + "/", depth - 1, names);
    } else if (has_suffix(name, kScenarioSuffix)) {
      names.push_back(prefix + name.substr(0, name.size() - std::string_view(kScenarioSuffix).size()));
    }
  }
}

std::string nearest_of(const std::string& wrong, std::vector<std::string> names) {
  std::sort(names.begin(), names.end());  // folders are listed in any order
  return std::string(nearest_name(wrong, names));
}

/// The file's bytes, or why not.
std::optional<std::string> read_bytes(const fs::path& file, std::string& why_not) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (!fs::exists(status)) {
    why_not = "there is no such file";
    return std::nullopt;
  }
  if (fs::is_directory(status)) {
    why_not = "this is a folder, not a file";
    return std::nullopt;
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    why_not = "the file cannot be opened for reading";
    return std::nullopt;
  }
  std::string bytes;
  std::vector<char> chunk(1 << 16);
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0) {
    bytes.append(chunk.data(), static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > kLongestDocument) break;  // also ends an endless device; the parser says how long it may be
  }
  if (!in.bad()) return bytes;
  why_not = "the file cannot be read to its end";
  return std::nullopt;
}

}  // namespace

std::optional<JsonNode> DocumentLoader::load_file(const fs::path& file) {
  std::string why_not;
  std::optional<std::string> bytes = read_bytes(file, why_not);
  if (!bytes) {
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    std::vector<std::string> names;
    list_scenarios(folder, "", 0, names);
    for (std::string& name : names) name += kScenarioSuffix;
    problems_->add_without_place(file.string(), "",
                                 {why_not, "", "a scenario file", nearest_of(file.filename().string(), names)});
    return std::nullopt;
  }
  reading_.push_back(canonical_or_empty(file));
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  std::optional<JsonNode> document = load_source(sources_->add({file.string(), std::move(*bytes), folder}));
  reading_.pop_back();
  return document;
}

std::optional<JsonNode> DocumentLoader::load_source(std::uint32_t source) {
  std::optional<JsonNode> document = parse_json(*sources_, source, *problems_);
  if (!document) return std::nullopt;
  return inherit(std::move(*document), source);
}

std::optional<JsonNode> DocumentLoader::inherit(JsonNode document, std::uint32_t source) {
  const JsonNode* extends = document.find("extends");
  if (extends == nullptr || extends->kind == JsonKind::null) return document;
  if (extends->kind != JsonKind::string) {
    problems_->add(extends->place, "extends",
                   {"wrong type: " + std::string(article_and_kind(extends->kind)) + " where a text is wanted",
                    excerpt(*extends), "the name of one scenario, like \"tutorial/two_stores\"", ""});
    return std::nullopt;
  }
  const fs::path file = resolve(*extends, sources_->at(source).folder);
  if (file.empty()) return std::nullopt;
  const fs::path real = canonical_or_empty(file);
  const bool is_cycle = std::find(reading_.begin(), reading_.end(), real) != reading_.end();
  if (is_cycle || reading_.size() >= kLongestChain) {
    std::string chain;
    for (const fs::path& earlier : reading_) chain += earlier.filename().string() + " -> ";
    problems_->add(extends->place, "extends",
                   {is_cycle ? "the scenario extends itself: " + chain + real.filename().string()
                             : "the chain of scenarios that extend each other is too long",
                    excerpt(*extends), "a scenario that does not lead back here", ""});
    return std::nullopt;
  }
  std::optional<JsonNode> base = load_file(file);
  if (!base) return std::nullopt;
  // These belong to a file, not to what it says.
  std::erase_if(base->children, [](const JsonNode& child) {
    return child.key == "$schema" || child.key == "name" || child.key == "description" || child.key == "extends";
  });
  if (JsonNode* expect = base->find("expect"); expect != nullptr && expect->kind == JsonKind::object)
    std::erase_if(expect->children, [](const JsonNode& child) { return child.key == "digest"; });
  merge_over(*base, std::move(document));
  return base;
}

/// The file that `extends` names; empty after a complaint.
fs::path DocumentLoader::resolve(const JsonNode& name, const fs::path& folder) {
  const auto refuse = [&](std::string message, std::string nearest) {
    problems_->add(name.place, "extends",
                   {std::move(message), excerpt(name),
                    "a scenario in this file's folder or a packaged one, without `..`, like \"tutorial/two_stores\"",
                    std::move(nearest)});
    return fs::path();
  };
  const fs::path relative(name.text);
  const bool climbs = std::find(relative.begin(), relative.end(), "..") != relative.end();
  if (name.text.empty() || name.text.find('\0') != std::string::npos) return refuse("this names no scenario", "");
  if (relative.is_absolute() || climbs) return refuse("a scenario may not extend files outside its own folder", "");

  std::vector<fs::path> folders;
  if (!folder.empty()) folders.push_back(folder);
  folders.insert(folders.end(), roots_.begin(), roots_.end());
  for (const fs::path& from : folders) {
    fs::path file = from / relative;
    if (!has_suffix(name.text, ".json")) file += kScenarioSuffix;
    if (!is_regular(file)) continue;
    const fs::path real = canonical_or_empty(file);
    const bool is_allowed = std::any_of(folders.begin(), folders.end(), [&](const fs::path& allowed) {
      return is_inside(real, canonical_or_empty(allowed));
    });
    if (!is_allowed) return refuse("a symbolic link leads outside the scenario's own folder", "");
    return file;
  }
  return refuse("there is no such scenario", nearest_scenario(name.text, folder));
}

std::string DocumentLoader::nearest_scenario(const std::string& name, const fs::path& folder) const {
  std::vector<std::string> names;
  if (!folder.empty()) list_scenarios(folder, "", 1, names);
  for (const fs::path& root : roots_) list_scenarios(root, "", 2, names);
  return nearest_of(name, std::move(names));
}

}  // namespace tillstorm
