#pragma once
// Minor units of currencies (ISO 4217).
#include <algorithm>
#include <array>
#include <string_view>

namespace tillstorm {

/// Decimals of a currency: an amount of 1299 minor units is 12.99 where this is 2. Codes not listed below have two.
constexpr int currency_exponent(std::string_view code) {
  constexpr std::array<std::string_view, 17> kZero{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
                                                   "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"};
  constexpr std::array<std::string_view, 7> kThree{"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  constexpr std::array<std::string_view, 2> kFour{"CLF", "UYW"};
  const auto is_in = [&](const auto& list) { return std::find(list.begin(), list.end(), code) != list.end(); };
  return is_in(kZero) ? 0 : is_in(kThree) ? 3 : is_in(kFour) ? 4 : 2;
}

}  // namespace tillstorm
