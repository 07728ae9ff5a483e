#include "base/currency.h"

#include <gtest/gtest.h>

namespace tillstorm {
namespace {

TEST(Currency, HasTheDecimalsOfIso4217) {
  EXPECT_EQ(currency_exponent("USD"), 2);
  EXPECT_EQ(currency_exponent("EUR"), 2);
  EXPECT_EQ(currency_exponent("JPY"), 0);
  EXPECT_EQ(currency_exponent("KWD"), 3);
  EXPECT_EQ(currency_exponent("CLF"), 4);
}

TEST(Currency, WithAnUnlistedCodeHasTwo) { EXPECT_EQ(currency_exponent("XYZ"), 2); }

}  // namespace
}  // namespace tillstorm
