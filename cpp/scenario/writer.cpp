#include "scenario/writer.h"

#include "scenario/encode.h"

namespace tillstorm {

std::string write_scenario(const Scenario& scenario) { return write_json(encode(scenario, Scenario{})); }

bool same_scenario(const Scenario& a, const Scenario& b) { return same_value(a, b); }

}  // namespace tillstorm
