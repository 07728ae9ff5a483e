// What `expect` may ask for: only what exists, and only bounds that say something.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/nearest.h"
#include "rules/all_rules.h"
#include "rules/exception_type.h"
#include "scenario/decode_scalar.h"
#include "scenario/json_write.h"
#include "scenario/validate.h"

namespace tillstorm {
namespace {

using Names = std::vector<std::string_view>;

constexpr const char* kTakeAway = "; if it is inherited, \"min\": null takes it away";

void require_known(const std::string& path, std::string_view name, std::string_view what, const Names& known,
                   const Complain& complain) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  complain(path, {"there is no such " + std::string(what), json_quoted(shortened(std::string(name), 60)), one_of(known),
                  std::string(nearest_name(name, known))});
}

void validate_bound(const std::string& path, const KpiBound& bound, const Complain& complain) {
  if (!bound.min && !bound.max && !bound.equal)
    complain(path, {"this bounds nothing", "", "`min`, `max` or `equal`", ""});
  if (bound.min && bound.max && *bound.min > *bound.max)
    complain(path + ".max", {"no value is above `min` and below `max`", json_number(*bound.max).text,
                             "at least `min`, " + json_number(*bound.min).text + kTakeAway, ""});
  if (!bound.equal && (bound.within || bound.within_percent))
    complain(path, {"a tolerance without a value that it is around", "", "`equal` beside it", ""});
  if (bound.within && bound.within_percent)
    complain(path + ".within_percent", {"two tolerances", "", "`within` or `within_percent`", ""});
}

/// A promise cannot be expected to be kept and to be broken.
void validate_broken(const Expect& expect, const Names& promises, const Complain& complain) {
  for (std::size_t i = 0; i < expect.broken.size(); ++i) {
    const std::string path = entry_path("expect.broken", i);
    const std::string& name = expect.broken[i];
    if (!promises.empty()) require_known(path, name, "promise", promises, complain);
    const std::vector<std::string>& kept = expect.invariants.names;
    if (!expect.invariants.all && std::find(kept.begin(), kept.end(), name) != kept.end())
      complain(path, {"the same promise is to be kept and to be broken", json_quoted(name),
                      "`invariants` or `broken`, not both", ""});
  }
}

void validate_exceptions(const Expect& expect, const Complain& complain) {
  Names types;
  for (const ExceptionTypeText& type : kExceptionTypes) types.push_back(type.id);
  for (const auto& [name, bound] : expect.exceptions.entries) {
    const std::string path = member_path("expect.exceptions", name);
    require_known(path, name, "exception type", types, complain);
    if (!bound.min && !bound.max) complain(path, {"this bounds nothing", "", "`min` or `max`", ""});
    if (bound.min && bound.max && *bound.min > *bound.max)
      complain(path + ".max", {"no number is above `min` and below `max`", std::to_string(*bound.max),
                               "at least `min`, " + std::to_string(*bound.min) + kTakeAway, ""});
  }
}

/// Ids of rules that begin a name with a point, and outcomes after it.
void validate_rules(const Expect& expect, const Complain& complain) {
  Names ids;
  AllRules::each([&]<class Rule>() { ids.push_back(Rule::text.id); });
  for (std::size_t i = 0; i < expect.rules_exercised.size(); ++i) {
    const std::string path = entry_path("expect.rules_exercised", i);
    const std::string& name = expect.rules_exercised[i];
    const std::size_t dot = name.find('.');
    const std::string_view id = std::string_view(name).substr(0, dot);
    require_known(path, id, "rule", ids, complain);
    if (dot == std::string::npos) continue;
    AllRules::each([&]<class Rule>() {
      if (Rule::text.id != id) return;
      Names outcomes;
      for (const auto& outcome : names_of(typename Rule::Outcome{})) outcomes.push_back(outcome.name);
      require_known(path, std::string_view(name).substr(dot + 1), "outcome of " + std::string(id), outcomes, complain);
    });
  }
}

bool is_digest(std::string_view text) {
  return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

void validate_expect(const Scenario& scenario, const KnownNames& known, const Complain& complain) {
  const Expect& expect = scenario.expect;
  const Names kpis(known.kpis.begin(), known.kpis.end());
  for (const auto& [name, bound] : expect.kpis.entries) {
    const std::string path = member_path("expect.kpis", name);
    if (!kpis.empty()) require_known(path, name, "KPI", kpis, complain);
    validate_bound(path, bound, complain);
  }
  const Names promises(known.promises.begin(), known.promises.end());
  for (std::size_t i = 0; i < expect.invariants.names.size() && !promises.empty(); ++i)
    require_known(entry_path("expect.invariants", i), expect.invariants.names[i], "promise", promises, complain);
  validate_broken(expect, promises, complain);
  validate_exceptions(expect, complain);
  validate_rules(expect, complain);
  if (expect.converge_within && expect.converge_within->us < 0)
    complain("expect.converge_within", {"a length of time", "", "PT0S or more", ""});
  if (!expect.digest.empty() && !is_digest(expect.digest))
    complain("expect.digest", {"this is no digest", json_quoted(shortened(expect.digest, 60)),
                               "32 hexadecimal digits in lower case, as a run prints them", ""});
}

}  // namespace tillstorm
