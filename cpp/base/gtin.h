#pragma once
// GTIN: the number under a bar code. 8, 12, 13 or 14 digits, the last of them a check digit (GS1 General
// Specifications, section 7.9).
#include <cstddef>
#include <string>
#include <string_view>

namespace tillstorm {

/// The check digit of `digits` (all but the check digit): weights 3, 1, 3, ... from the right, up to the next ten.
constexpr char gtin_check_digit(std::string_view digits) {
  int sum = 0;
  int weight = 3;
  for (std::size_t i = digits.size(); i-- > 0;) {
    sum += weight * (digits[i] - '0');
    weight = 4 - weight;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

constexpr bool has_gtin_form(std::string_view text) {
  if (text.size() != 8 && text.size() != 12 && text.size() != 13 && text.size() != 14) return false;
  for (const char c : text)
    if (c < '0' || c > '9') return false;
  return true;
}

constexpr bool is_gtin(std::string_view text) {
  return has_gtin_form(text) && text.back() == gtin_check_digit(text.substr(0, text.size() - 1));
}

/// The 14-digit form: two numbers that differ in leading zeros only name the same item. Other text comes back as it is.
inline std::string gtin_key(std::string_view text) {
  return has_gtin_form(text) ? std::string(14 - text.size(), '0').append(text) : std::string(text);
}

static_assert(is_gtin("4006381333931") && !is_gtin("4006381333932") && is_gtin("96385074"));

}  // namespace tillstorm
