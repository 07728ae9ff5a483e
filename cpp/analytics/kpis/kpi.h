#pragma once
// A key figure of a result.
#include <cstdint>
#include <string>

namespace tillstorm {

/// A figure without a sample has no value: it is never filled with a constant.
struct Kpi {
  std::string name;
  std::string unit;
  double value = 0;
  bool has_value = false;
  std::uint64_t samples = 0;  ///< Observations behind it.
  std::string meaning;
};

}  // namespace tillstorm
