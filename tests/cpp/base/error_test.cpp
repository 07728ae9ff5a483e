#include "base/error.h"

#include <gtest/gtest.h>

namespace tillstorm {
namespace {

TEST(InputError, SaysEachProblemOnALineOfItsOwn) {
  const InputError error({{"a.json", "chain.stores[3].terminals", 12, 20, "0", "1 to 1000", "too small", ""},
                          {"", "demand", 0, 0, "", "", "cannot be read", "x"}});
  EXPECT_STREQ(error.what(),
               "a.json:12:20: chain.stores[3].terminals: too small; found 0; allowed: 1 to 1000\n"
               "demand: cannot be read; did you mean `x`?");
  EXPECT_EQ(error.problems.size(), 2U);
}

}  // namespace
}  // namespace tillstorm
