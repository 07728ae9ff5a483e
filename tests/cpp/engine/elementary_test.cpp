#include "engine/elementary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "base/hash.h"
#include "engine/random_stream.h"

namespace tillstorm {
namespace {

/// |got - exact| in units of the last place of a double near `exact`.
double ulps(double got, long double exact) {
  int exponent = 0;
  std::frexp(exact, &exponent);
  exponent = std::max(exponent, std::numeric_limits<double>::min_exponent);
  return static_cast<double>(std::fabs(static_cast<long double>(got) - exact) / std::ldexp(1.0L, exponent - 53));
}

/// Largest error over 300 000 arguments drawn by `argument`.
template <class Argument, class Ours, class Exact>
double worst(Argument argument, Ours ours, Exact exact) {
  RandomStream stream(1, purpose_of("elementary"), 0, 0);
  double most = 0;
  for (int i = 0; i < 300000; ++i) {
    const double x = argument(stream);
    const double error = ulps(ours(x), exact(x));
    if (!(error <= most)) most = error;
  }
  return most;
}

/// Uniform between a and b.
auto between(double a, double b) {
  return [a, b](RandomStream& stream) { return a + (b - a) * stream.uniform(); };
}
/// 2^uniform(a, b).
auto power_of_two_between(double a, double b) {
  return [a, b](RandomStream& stream) { return std::exp2(a + (b - a) * stream.uniform()); };
}

TEST(Elementary, LogIsWithinOneUlp) {
  const auto exact = [](double x) { return std::log(static_cast<long double>(x)); };
  EXPECT_LT(worst(power_of_two_between(-1070, 1023), elementary::log, exact), 1.0);
  EXPECT_LT(worst(between(0.5, 2.0), elementary::log, exact), 1.0);
  EXPECT_EQ(elementary::log(1.0), 0.0);
  EXPECT_EQ(elementary::log(0.0), -INFINITY);
  EXPECT_EQ(elementary::log(INFINITY), INFINITY);
  EXPECT_TRUE(std::isnan(elementary::log(-1.0)));
  EXPECT_TRUE(std::isnan(elementary::log(NAN)));
}

TEST(Elementary, Log1pIsWithinOneUlp) {
  const auto exact = [](double x) { return std::log1p(static_cast<long double>(x)); };
  EXPECT_LT(worst(power_of_two_between(-60, 60), elementary::log1p, exact), 1.0);
  EXPECT_LT(worst(between(-1.0, 1.0), elementary::log1p, exact), 1.0);
  EXPECT_EQ(elementary::log1p(0.0), 0.0);
  EXPECT_EQ(elementary::log1p(-1.0), -INFINITY);
  EXPECT_TRUE(std::isnan(elementary::log1p(-1.5)));
}

TEST(Elementary, ExpIsWithinOneUlpAndRoundsToZeroAndInfinity) {
  const auto exact = [](double x) { return std::exp(static_cast<long double>(x)); };
  EXPECT_LT(worst(between(-708.0, 709.0), elementary::exp, exact), 1.0);
  EXPECT_LT(worst(between(-1.0, 1.0), elementary::exp, exact), 1.0);
  EXPECT_LT(worst(between(-745.0, -708.0), elementary::exp, exact), 1.0) << "subnormal results";
  EXPECT_EQ(elementary::exp(0.0), 1.0);
  EXPECT_EQ(elementary::exp(-746.0), 0.0);
  EXPECT_EQ(elementary::exp(709.8), INFINITY);
  EXPECT_EQ(elementary::exp(-INFINITY), 0.0);
  EXPECT_EQ(elementary::exp(INFINITY), INFINITY);
  EXPECT_TRUE(std::isnan(elementary::exp(NAN)));
}

TEST(Elementary, Expm1IsWithinOneUlp) {
  const auto exact = [](double x) { return std::expm1(static_cast<long double>(x)); };
  EXPECT_LT(worst(between(-45.0, 45.0), elementary::expm1, exact), 1.0);
  EXPECT_LT(worst(between(-2.0, 2.0), elementary::expm1, exact), 1.0);
  EXPECT_LT(worst(power_of_two_between(-60, 0), elementary::expm1, exact), 1.0);
  EXPECT_EQ(elementary::expm1(0.0), 0.0);
  EXPECT_EQ(elementary::expm1(-INFINITY), -1.0);
  EXPECT_TRUE(std::isnan(elementary::expm1(NAN)));
}

TEST(Elementary, PowIsWithinOneUlp) {
  RandomStream stream(1, purpose_of("elementary"), 1, 0);
  double most = 0;
  const auto compare = [&](double x, double y) {
    if (std::fabs(y * std::log(x)) > 700) return;
    const double error =
        ulps(elementary::pow(x, y), std::pow(static_cast<long double>(x), static_cast<long double>(y)));
    if (!(error <= most)) most = error;
  };
  for (int i = 0; i < 200000; ++i) {
    compare(power_of_two_between(-20, 20)(stream), between(-40, 40)(stream));
    compare(stream.uniform_open(), 1.0 / (3.0 * stream.uniform_open()));
    compare(between(0.999, 1.001)(stream), between(-1e6, 1e6)(stream));
  }
  EXPECT_LT(most, 1.0);
  EXPECT_EQ(elementary::pow(3.0, 0.0), 1.0);
  EXPECT_EQ(elementary::pow(0.0, 2.0), 0.0);
  EXPECT_EQ(elementary::pow(0.0, -2.0), INFINITY);
  EXPECT_EQ(elementary::pow(10.0, 400.0), INFINITY);
  EXPECT_EQ(elementary::pow(10.0, -400.0), 0.0);
  EXPECT_EQ(elementary::pow(2.0, 10.0), 1024.0);
  EXPECT_TRUE(std::isnan(elementary::pow(-1.0, 2.0)));
}

TEST(Elementary, SineAndCosineAreWithinOneUlp) {
  const auto sine = [](double x) { return std::sin(static_cast<long double>(x)); };
  const auto cosine = [](double x) { return std::cos(static_cast<long double>(x)); };
  for (const double range : {0.1, 7.0, 1e5}) {
    EXPECT_LT(worst(between(-range, range), elementary::sin, sine), 1.0);
    EXPECT_LT(worst(between(-range, range), elementary::cos, cosine), 1.0);
  }
  // Arguments next to a multiple of pi / 2, where the reduction cancels most.
  for (int n = 1; n < 60000; n += 7) {
    const double x = static_cast<double>(n * 1.57079632679489661923132169163975144L);
    EXPECT_LT(ulps(elementary::sin(x), sine(x)), 1.0) << x;
    EXPECT_LT(ulps(elementary::cos(x), cosine(x)), 1.0) << x;
  }
  EXPECT_THROW(elementary::sin(1e6), InternalError);
  EXPECT_THROW(elementary::cos(NAN), InternalError);
}

TEST(Elementary, LogGammaIsWithin1em14) {
  RandomStream stream(1, purpose_of("elementary"), 2, 0);
  double most = 0;
  for (int i = 0; i < 300000; ++i) {
    const double x = i % 2 == 0 ? power_of_two_between(-30, 40)(stream) : between(0.01, 12.0)(stream);
    const long double exact = std::lgamma(static_cast<long double>(x));
    most = std::max(
        most, static_cast<double>(std::fabs(elementary::log_gamma(x) - exact) / std::max(1.0L, std::fabs(exact))));
  }
  EXPECT_LT(most, 1e-14);
  EXPECT_EQ(elementary::log_gamma(0.0), INFINITY);
}

// The same digest is expected of g++ and clang++: any change of a single bit of any function changes it.
TEST(Elementary, GivesTheSameBitsOnEveryCompiler) {
  Digest digest;
  RandomStream stream(1, purpose_of("elementary"), 3, 0);
  for (int i = 0; i < 20000; ++i) {
    const double u = stream.uniform_open();
    const double x = (u - 0.5) * 200.0;
    for (const double value :
         {elementary::log(u), elementary::log1p(-u), elementary::exp(x), elementary::expm1(x),
          elementary::pow(u, x / 10), elementary::sin(x), elementary::cos(x), elementary::log_gamma(u * 30)})
      digest.add(std::bit_cast<std::uint64_t>(value));
  }
  EXPECT_EQ(digest.hex(), "e2f308334659428e07edd432d0724016");
}

}  // namespace
}  // namespace tillstorm
