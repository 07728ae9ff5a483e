#pragma once
// One document over another: objects member by member, everything else as a whole.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "scenario/json_node.h"
#include "scenario/sources.h"

namespace tillstorm {

/// What `over` says replaces what `base` says; where both have an object, member by member. `null` in `over` stays as
/// `null`: the field's default, or absent for an optional field.
void merge_over(JsonNode& base, JsonNode over);

/// Applies `path=text` overrides in order (see ReadOptions::overrides). Each is a source of its own, named `--set`.
void apply_overrides(JsonNode& root, const std::vector<std::pair<std::string, std::string>>& overrides,
                     Sources& sources, Problems& problems);

}  // namespace tillstorm
