#pragma once
// Elementary functions of our own: the standard library's differ between machines, and a result must not.
//
// Only +, -, *, / and comparisons of doubles in a fixed order (no fused multiply-add), so every compiler gives the same
// bits. Argument reductions and coefficients are those of FDLIBM (Sun Microsystems, 1993) unless said otherwise. The
// errors stated are the largest seen against a long-double reference in tests/cpp/engine/elementary_test.cpp, rounded
// up. Square root, floor, ceil and fabs are exact by IEEE 754: use those of <cmath>.
#include <bit>
#include <cstdint>

namespace tillstorm::elementary {

inline constexpr double kPi = 3.14159265358979323846;
inline constexpr double kLn2 = 0.693147180559945309417;
inline constexpr double kLn2High = 6.93147180369123816490e-01;  ///< The upper 32 bits of ln 2: k * kLn2High is exact.
inline constexpr double kLn2Low = 1.90821492927058770002e-10;   ///< ln 2 - kLn2High.

/// Natural logarithm, within 1 ULP. log(0) is -infinity, log(x < 0) is NaN.
double log(double x);
/// log(1 + x) without loss for small x, within 1 ULP. log1p(-1) is -infinity, below it NaN.
double log1p(double x);
/// e^x, within 1 ULP; 0 below -745.14 and infinity above 709.79.
double exp(double x);
/// e^x - 1 without loss for small x, within 1 ULP.
double expm1(double x);
/// x^y for x >= 0, within 1 ULP for results in the normal range; NaN for x < 0. pow(x, 0) is 1.
double pow(double x, double y);
/// Sine and cosine of x radians, |x| <= 1e5 (an InternalError beyond), within 1 ULP.
double sin(double x);
double cos(double x);
/// ln Gamma(x) for x > 0, within 1e-14 of max(1, |ln Gamma(x)|).
double log_gamma(double x);

}  // namespace tillstorm::elementary
