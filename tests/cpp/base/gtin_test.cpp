#include "base/gtin.h"

#include <gtest/gtest.h>

namespace tillstorm {
namespace {

// Numbers printed as examples in the GS1 General Specifications and on well-known packages.
TEST(Gtin, AcceptsRealNumbersOfEachLength) {
  for (const char* text : {"40170725", "036000291452", "4006381333931", "5901234123457", "00036000291452"}) {
    EXPECT_TRUE(is_gtin(text)) << text;
  }
}

// Property: of the ten possible last digits exactly one is right.
TEST(Gtin, AcceptsOneCheckDigitOnly) {
  for (const std::string digits : {"4017072", "03600029145", "400638133393", "0003600029145"}) {
    int accepted = 0;
    for (char last = '0'; last <= '9'; ++last) accepted += is_gtin(digits + last) ? 1 : 0;
    EXPECT_EQ(accepted, 1) << digits;
    EXPECT_TRUE(is_gtin(digits + gtin_check_digit(digits)));
  }
}

TEST(Gtin, RefusesOtherLengthsAndOtherCharacters) {
  for (const char* text : {"", "0", "123456789", "12345678901", "123456789012345", "400638133393x", "4006381 33931"}) {
    EXPECT_FALSE(has_gtin_form(text)) << text;
    EXPECT_FALSE(is_gtin(text)) << text;
  }
}

TEST(Gtin, LeadingZerosNameTheSameItem) {
  EXPECT_EQ(gtin_key("036000291452"), gtin_key("0036000291452"));
  EXPECT_EQ(gtin_key("40170725"), "00000040170725");
  EXPECT_EQ(gtin_key("lamp"), "lamp");
}

}  // namespace
}  // namespace tillstorm
