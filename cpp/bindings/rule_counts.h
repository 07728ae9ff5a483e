#pragma once
// Coverage of the rules as Python sees it.
#include <pybind11/pybind11.h>

#include <string_view>

#include "rules/rule_book.h"

namespace tillstorm::bindings {

/// {rule id: {outcome: times}} for every rule and outcome.
pybind11::dict rule_counts(const RuleBook& book);

/// The words of a text, separated by blanks.
pybind11::list words(std::string_view text);

}  // namespace tillstorm::bindings
