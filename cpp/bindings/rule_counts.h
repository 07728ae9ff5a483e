#pragma once
// Coverage of the rules as Python sees it.
#include <pybind11/pybind11.h>

#include "rules/rule_book.h"

namespace tillstorm::bindings {

/// {rule id: {outcome: times}} for every rule and outcome.
pybind11::dict rule_counts(const RuleBook& book);

}  // namespace tillstorm::bindings
