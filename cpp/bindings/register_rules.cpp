// The list of rules and the list of mutants.
#include <pybind11/stl.h>

#include <string_view>

#include "bindings/register.h"
#include "bindings/rule_counts.h"
#include "rules/rule_book.h"

namespace tillstorm::bindings {
namespace py = pybind11;

py::list words(std::string_view text) {
  py::list result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end != 0) result.append(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

namespace {

bool is_word_of(std::string_view word, std::string_view text) {
  for (const py::handle each : words(text))
    if (each.cast<std::string_view>() == word) return true;
  return false;
}

template <class Rule>
py::dict describe() {
  const RuleText& text = Rule::text;
  py::dict rule;
  rule["id"] = text.id;
  rule["flow"] = text.flow;
  rule["title"] = text.title;
  rule["statement"] = text.statement;
  rule["home"] = text.home;
  rule["parameters"] = words(text.parameters);
  rule["guards"] = words(text.guards);
  rule["aliases"] = words(text.aliases);
  py::list outcomes;
  for (const auto& outcome : names_of(typename Rule::Outcome{})) {
    py::dict entry;
    entry["name"] = outcome.name;
    entry["meaning"] = outcome.meaning;
    outcomes.append(entry);
  }
  rule["outcomes"] = outcomes;
  py::list mutants;
  for (const MutantText& mutant : kMutantTexts)
    if (is_word_of(text.id, mutant.rules)) mutants.append(mutant.id);
  rule["mutants"] = mutants;
  return rule;
}

py::list rules() {
  py::list result;
  AllRules::each([&]<class Rule>() { result.append(describe<Rule>()); });
  return result;
}

py::list mutants() {
  py::list result;
  for (const MutantText& text : kMutantTexts) {
    py::dict mutant;
    mutant["id"] = text.id;
    mutant["rules"] = words(text.rules);
    mutant["bugs"] = words(text.bugs);
    mutant["mistake"] = text.mistake;
    result.append(mutant);
  }
  return result;
}

}  // namespace

py::dict rule_counts(const RuleBook& book) {
  py::dict result;
  AllRules::each([&]<class Rule>() {
    py::dict outcomes;
    for (const auto& outcome : names_of(typename Rule::Outcome{}))
      outcomes[py::str(outcome.name.data(), outcome.name.size())] = book.taken(outcome.value);
    result[py::str(Rule::text.id.data(), Rule::text.id.size())] = outcomes;
  });
  return result;
}

void register_rules(py::module_& m) {
  m.def("rules", &rules, "The integration rules, in the order of the list; parameters are keys of the scenario.");
  m.def("mutants", &mutants, "The mutants: wrong variants of rules, by name, with the rules that each breaks.");
}

}  // namespace tillstorm::bindings
