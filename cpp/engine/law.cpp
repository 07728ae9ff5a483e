#include "engine/law.h"

#include <cmath>

#include "base/check.h"
#include "engine/elementary.h"
#include "engine/exponential.h"
#include "engine/gamma.h"
#include "engine/normal.h"

namespace tillstorm {
namespace {

/// E[X^order] / scale^order of a Weibull.
double weibull_moment(double shape, double order) {
  return elementary::exp(elementary::log_gamma(1.0 + order / shape));
}

}  // namespace

double uniform(double low, double high, RandomStream& stream) { return low + (high - low) * stream.uniform(); }

double triangular(double low, double mode, double high, RandomStream& stream) {
  const double u = stream.uniform();
  const double width = high - low;
  if (width == 0.0) return low;
  return u * width < mode - low ? low + std::sqrt(u * width * (mode - low))
                                : high - std::sqrt((1.0 - u) * width * (high - mode));
}

double sample(const Law& law, RandomStream& stream) {
  switch (law.kind) {
    case Law::Kind::constant:
      return law.a;
    case Law::Kind::uniform:
      return uniform(law.a, law.b, stream);
    case Law::Kind::exponential:
      return law.a * exponential(stream);
    case Law::Kind::normal:
      return law.a + law.b * normal(stream);
    case Law::Kind::log_normal:
      return log_normal(law.a, law.b, stream);
    case Law::Kind::gamma:
      return gamma(law.a, law.b, stream);
    case Law::Kind::erlang:
      return erlang(static_cast<std::uint32_t>(law.a), law.b, stream);
    case Law::Kind::weibull:
      return weibull(law.a, law.b, stream);
    case Law::Kind::triangular:
      return triangular(law.a, law.b, law.c, stream);
  }
  check(false, "a law has one of the kinds listed");
  return 0.0;
}

double mean(const Law& law) {
  switch (law.kind) {
    case Law::Kind::constant:
    case Law::Kind::exponential:
    case Law::Kind::normal:
      return law.a;
    case Law::Kind::uniform:
      return 0.5 * (law.a + law.b);
    case Law::Kind::log_normal:
      return law.a * elementary::exp(0.5 * law.b * law.b);
    case Law::Kind::gamma:
      return law.a * law.b;
    case Law::Kind::erlang:
      return law.b;
    case Law::Kind::weibull:
      return law.b * weibull_moment(law.a, 1.0);
    case Law::Kind::triangular:
      return (law.a + law.b + law.c) / 3.0;
  }
  check(false, "a law has one of the kinds listed");
  return 0.0;
}

double variance(const Law& law) {
  const double a = law.a, b = law.b, c = law.c;
  switch (law.kind) {
    case Law::Kind::constant:
      return 0.0;
    case Law::Kind::uniform:
      return (b - a) * (b - a) / 12.0;
    case Law::Kind::exponential:
      return a * a;
    case Law::Kind::normal:
      return b * b;
    case Law::Kind::log_normal:
      return a * a * elementary::exp(b * b) * elementary::expm1(b * b);
    case Law::Kind::gamma:
      return a * b * b;
    case Law::Kind::erlang:
      return b * b / a;
    case Law::Kind::weibull: {
      const double first = weibull_moment(a, 1.0);
      return b * b * (weibull_moment(a, 2.0) - first * first);
    }
    case Law::Kind::triangular:
      return (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0;
  }
  check(false, "a law has one of the kinds listed");
  return 0.0;
}

double scv(const Law& law) {
  const double m = mean(law);
  return variance(law) / (m * m);
}

}  // namespace tillstorm
