#pragma once
// How a scenario names a distribution: of service times, patience, latencies. Sampling is in engine/.
#include <cstdint>

#include "base/fields.h"

namespace tillstorm {

enum class LawKind : std::uint8_t { constant, uniform, exponential, normal, log_normal, gamma, erlang };
constexpr auto names_of(LawKind) {
  return std::array{
      EnumName<LawKind>{LawKind::constant, "constant", "Always `mean`."},
      EnumName<LawKind>{LawKind::uniform, "uniform", "Between `low` and `high`."},
      EnumName<LawKind>{LawKind::exponential, "exponential", "Mean `mean`."},
      EnumName<LawKind>{LawKind::normal, "normal", "Mean `mean`, standard deviation `cv` x mean, cut at 0."},
      EnumName<LawKind>{LawKind::log_normal, "log_normal", "Median `median`, sigma of the logarithm `sigma`."},
      EnumName<LawKind>{LawKind::gamma, "gamma", "Mean `mean`, coefficient of variation `cv`."},
      EnumName<LawKind>{LawKind::erlang, "erlang", "Mean `mean`, `shape` stages."}};
}

/// A distribution of non-negative values, in the unit of the field that holds it.
struct LawSpec {
  LawKind kind = LawKind::constant;
  double mean = 0;
  double low = 0;
  double high = 0;
  double cv = 0;
  double median = 0;
  double sigma = 0;
  std::int32_t shape = 1;

  static constexpr LawSpec constant(double value) { return {.kind = LawKind::constant, .mean = value}; }
  static constexpr LawSpec exponential(double mean_value) { return {.kind = LawKind::exponential, .mean = mean_value}; }
  static constexpr LawSpec log_normal(double median_value, double sigma_value) {
    return {.kind = LawKind::log_normal, .median = median_value, .sigma = sigma_value};
  }
  static constexpr LawSpec gamma(double mean_value, double cv_value) {
    return {.kind = LawKind::gamma, .mean = mean_value, .cv = cv_value};
  }

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&LawSpec::kind, Field("law", "Which distribution."));
    visit(&LawSpec::mean, Field("mean", "Mean: constant, exponential, normal, gamma, erlang.").range(0, 1e12));
    visit(&LawSpec::low, Field("low", "Least value: uniform.").range(0, 1e12));
    visit(&LawSpec::high, Field("high", "Greatest value: uniform.").range(0, 1e12));
    visit(&LawSpec::cv, Field("cv", "Standard deviation over mean: normal, gamma.").range(0, 100));
    visit(&LawSpec::median, Field("median", "Median: log_normal.").range(0, 1e12));
    visit(&LawSpec::sigma, Field("sigma", "Standard deviation of the logarithm: log_normal.").range(0, 10));
    visit(&LawSpec::shape, Field("shape", "Stages: erlang.").range(1, 1000));
  }
};

}  // namespace tillstorm
