#include "engine/elementary.h"

#include <cmath>
#include <limits>

#include "base/check.h"

namespace tillstorm::elementary {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::uint64_t bits_of(double x) { return std::bit_cast<std::uint64_t>(x); }
double double_of(std::uint64_t bits) { return std::bit_cast<double>(bits); }

/// 2^k for -1022 <= k <= 1023.
double power_of_two(int k) { return double_of(static_cast<std::uint64_t>(k + 1023) << 52); }

/// x * 2^k with a single rounding, also into the subnormal range, for 1/2 < x < 2 and -1100 < k < 1100.
double scale(double x, int k) {
  if (k > 1023) return x * 0x1p1023 * power_of_two(k - 1023);
  if (k < -1022) return x * 0x1p-900 * power_of_two(k + 900);
  return x * power_of_two(k);
}

/// x = 2^exponent * (1 + fraction), sqrt(1/2) <= 1 + fraction < sqrt(2), for finite x > 0.
struct Split {
  int exponent;
  double fraction;
};
Split split(double x) {
  int exponent = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= 0x1p54;
    exponent = -54;
  }
  // Adding moves mantissas of sqrt(2) and more into the next exponent; subtracting back leaves them halved.
  constexpr std::uint64_t kSqrtHalf = 0x3fe6a09e667f3bcdULL;
  const std::uint64_t bits = bits_of(x) - kSqrtHalf;
  exponent += static_cast<int>(static_cast<std::int64_t>(bits) >> 52);
  const std::uint64_t mantissa = (bits & 0x000fffffffffffffULL) + kSqrtHalf;
  return {exponent, double_of(mantissa) - 1.0};
}

/// log(1 + f) = f - f^2/2 + s (f^2/2 + R(s^2)), s = f / (2 + f): this is s (f^2/2 + R).
double log_tail(double f, double half_square) {
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double w = z * z;
  const double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double odd =
      z * (6.666666666666735130e-01 +
           w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  return s * (half_square + (even + odd));
}

/// A sum of two doubles that do not overlap: about 106 bits.
struct Double2 {
  double high, low;
};
Double2 quick_sum(double a, double b) {  // |a| >= |b|
  const double s = a + b;
  return {s, b - (s - a)};
}
/// a * b exactly (Dekker 1971).
Double2 product(double a, double b) {
  constexpr double kSplitter = 134217729.0;  // 2^27 + 1
  const double ta = kSplitter * a, tb = kSplitter * b;
  const double ah = ta - (ta - a), bh = tb - (tb - b);
  const double al = a - ah, bl = b - bh;
  const double p = a * b;
  return {p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

/// log(x) to about 2^-63: 2 atanh(s), s = f / (2 + f), its leading terms carried in two doubles.
Double2 log_double2(double x) {
  const auto [k, f] = split(x);
  const double denominator = 2.0 + f;
  const double denominator_low = f - (denominator - 2.0);
  const double s = f / denominator;
  const Double2 back = product(s, denominator);
  const double s_low = (((f - back.high) - back.low) - s * denominator_low) / denominator;
  const double z = s * s;
  // 2 (1/5 + z/7 + z^2/9 + ...): |z| < 0.0295, so the terms left out are below 2^-60 of the sum.
  double tail = 2.0 / 25;
  for (const double term :
       {2.0 / 23, 2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13, 2.0 / 11, 2.0 / 9, 2.0 / 7, 2.0 / 5})
    tail = tail * z + term;
  // The cubic term 2/3 s^3 in two doubles.
  const Double2 square = product(s, s);
  const double square_low = square.low + 2.0 * s * s_low;
  const Double2 cube = product(square.high, s);
  const double cube_low = cube.low + square_low * s + square.high * s_low;
  constexpr double kTwoThirds = 2.0 / 3.0, kTwoThirdsLow = 3.7007434154171886e-17;
  const Double2 cubic = product(cube.high, kTwoThirds);
  const double cubic_low = cubic.low + cube_low * kTwoThirds + cube.high * kTwoThirdsLow;
  const double fifth = z * z * s * tail;

  Double2 sum = quick_sum(2.0 * s, cubic.high);
  sum.low += 2.0 * s_low + cubic_low + fifth;
  sum = quick_sum(sum.high, sum.low);
  if (k == 0) return sum;
  Double2 total = quick_sum(k * kLn2High, sum.high);
  total.low += k * kLn2Low + sum.low;
  return quick_sum(total.high, total.low);
}

/// e^(high + low).
double exp_of(double high, double low) {
  if (!(high > -746.0)) return high == high ? 0.0 : kNaN;
  if (high > 710.0) return kInfinity;
  const double kd = std::floor(high * (1.0 / kLn2) + 0.5);
  const int k = static_cast<int>(kd);
  const double h = high - kd * kLn2High;
  const double l = kd * kLn2Low - low;
  const double r = h - l;
  const double t = r * r;
  const double c =
      r -
      t * (1.66666666666666019037e-01 +
           t * (-2.77777777770155933842e-03 +
                t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
  const double y = 1.0 + ((r * c / (2.0 - c) - l) + h);
  return scale(y, k);
}

constexpr double kHalfPi1 = 1.57079632673412561417e+00;  // first 33 bits of pi/2
constexpr double kHalfPi2 = 6.07710050630396597660e-11;  // second 33 bits
constexpr double kHalfPi3 = 2.02226624871116645580e-21;  // third 33 bits
constexpr double kHalfPi3Low = 8.47842766036889956997e-32;

double sin_kernel(double x, double low) {
  const double z = x * x;
  const double v = z * x;
  const double r =
      8.33333333332248946124e-03 +
      z * (-1.98412698298579493134e-04 +
           z * (2.75573137070700676789e-06 + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)));
  return x - ((z * (0.5 * low - v * r) - low) + v * 1.66666666666666324348e-01);
}

double cos_kernel(double x, double low) {
  const double z = x * x;
  const double r = z * (4.16666666666666019037e-02 +
                        z * (-1.38888888888741095749e-03 +
                             z * (2.48015872894767294178e-05 +
                                  z * (-2.75573143513906633035e-07 +
                                       z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))));
  const double half = 0.5 * z;
  const double w = 1.0 - half;
  return w + (((1.0 - w) - half) + (z * r - x * low));
}

/// sin of x + quadrants * pi/2.
double sin_shifted(double x, unsigned quadrants) {
  check(std::fabs(x) <= 1e5, "the argument of sin or cos is at most 1e5 in size");
  const double n = std::floor(x * (2.0 / kPi) + 0.5);
  // x - n pi/2 in two doubles; n has at most 16 bits, so the first two products are exact.
  const double a = x - n * kHalfPi1;
  const double b = n * kHalfPi2;
  const double ab = a - b;
  const double ab_low = (a - ab) - b;
  const double rest = n * kHalfPi3 + (n * kHalfPi3Low - ab_low);
  const double y = ab - rest;
  const double low = (ab - y) - rest;
  const unsigned quadrant = (static_cast<unsigned>(static_cast<std::int64_t>(n)) + quadrants) & 3U;
  const double value = (quadrant & 1U) ? cos_kernel(y, low) : sin_kernel(y, low);
  return (quadrant & 2U) ? -value : value;
}

}  // namespace

double log(double x) {
  if (!(x > 0.0)) return x == 0.0 ? -kInfinity : kNaN;
  if (x == kInfinity) return x;
  const auto [k, f] = split(x);
  const double half_square = 0.5 * f * f;
  const double tail = log_tail(f, half_square);
  const double kd = k;
  return kd * kLn2High - ((half_square - (tail + kd * kLn2Low)) - f);
}

double log1p(double x) {
  if (!(x > -1.0)) return x == -1.0 ? -kInfinity : kNaN;
  if (x == kInfinity) return x;
  if (std::fabs(x) < 0x1p-54) return x;
  if (x > -0.2928932 && x < 0.41421356) {
    const double half_square = 0.5 * x * x;
    return x - (half_square - log_tail(x, half_square));
  }
  const double u = 1.0 + x;
  const double lost = u > 2.0 ? 1.0 - (u - x) : x - (u - 1.0);  // 1 + x = u + lost exactly
  const auto [k, f] = split(u);
  const double half_square = 0.5 * f * f;
  const double tail = log_tail(f, half_square);
  const double kd = k;
  return kd * kLn2High - ((half_square - (tail + (kd * kLn2Low + lost / u))) - f);
}

double exp(double x) { return exp_of(x, 0.0); }

double expm1(double x) {
  if (!(x > -40.0)) return x == x ? -1.0 : kNaN;
  if (x > 56.0 * kLn2) return exp(x) - 1.0;
  double correction = 0.0;
  int k = 0;
  if (std::fabs(x) > 0.5 * kLn2) {
    const double kd = std::fabs(x) < 1.5 * kLn2 ? (x < 0 ? -1.0 : 1.0) : std::floor(x * (1.0 / kLn2) + 0.5);
    k = static_cast<int>(kd);
    const double high = x - kd * kLn2High;
    const double low = kd * kLn2Low;
    x = high - low;
    correction = (high - x) - low;
  } else if (std::fabs(x) < 0x1p-54) {
    return x;
  }
  const double half = 0.5 * x;
  const double hxs = x * half;
  const double r1 =
      1.0 + hxs * (-3.33333333333331316428e-02 +
                   hxs * (1.58730158725481460165e-03 +
                          hxs * (-7.93650757867487942473e-05 +
                                 hxs * (4.00821782732936239552e-06 + hxs * -2.01099218183624371326e-07))));
  const double t = 3.0 - r1 * half;
  double e = hxs * ((r1 - t) / (6.0 - x * t));
  if (k == 0) return x - (x * e - hxs);
  e = (x * (e - correction) - correction) - hxs;
  if (k == -1) return 0.5 * (x - e) - 0.5;
  if (k == 1) return x < -0.25 ? -2.0 * (e - (x + 0.5)) : 1.0 + 2.0 * (x - e);
  if (k <= -2 || k > 56) return scale(1.0 - (e - x), k) - 1.0;
  if (k < 20) return scale((1.0 - power_of_two(-k)) - (e - x), k);
  return scale((x - (e + power_of_two(-k))) + 1.0, k);
}

double pow(double x, double y) {
  if (y == 0.0 || x == 1.0) return 1.0;
  if (!(x >= 0.0) || y != y) return kNaN;
  if (x == 0.0) return y > 0.0 ? 0.0 : kInfinity;
  if (x == kInfinity) return y > 0.0 ? kInfinity : 0.0;
  const Double2 logarithm = log_double2(x);
  const double rough = y * logarithm.high;
  if (!(std::fabs(rough) < 800.0)) return rough > 0.0 ? kInfinity : 0.0;
  const Double2 power = product(y, logarithm.high);
  const Double2 sum = quick_sum(power.high, power.low + y * logarithm.low);
  return exp_of(sum.high, sum.low);
}

double sin(double x) { return sin_shifted(x, 0); }
double cos(double x) { return sin_shifted(x, 1); }

double log_gamma(double x) {
  if (!(x > 0.0)) return x == 0.0 ? kInfinity : kNaN;
  // Gamma(x) = Gamma(x + n) / (x (x+1) ... (x+n-1)), then Stirling's series (Abramowitz & Stegun 6.1.40) above 10.
  double divisor = 1.0;
  while (x < 10.0) {
    divisor *= x;
    x += 1.0;
  }
  const double r = 1.0 / x;
  const double z = r * r;
  const double series =
      r * (1.0 / 12 -
           z * (1.0 / 360 -
                z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188 - z * (691.0 / 360360 - z * (1.0 / 156)))))));
  constexpr double kHalfLogTwoPi = 0.918938533204672741780;
  const double stirling = (x - 0.5) * log(x) - x + kHalfLogTwoPi + series;
  return divisor == 1.0 ? stirling : stirling - log(divisor);
}

}  // namespace tillstorm::elementary
