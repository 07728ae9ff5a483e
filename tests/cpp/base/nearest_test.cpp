#include "base/nearest.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tillstorm {
namespace {

TEST(EditDistance, CountsChangedLetters) {
  EXPECT_EQ(edit_distance("", ""), 0);
  EXPECT_EQ(edit_distance("till", ""), 4);
  EXPECT_EQ(edit_distance("till", "tell"), 1);
  EXPECT_EQ(edit_distance("till", "tills"), 1);
  EXPECT_EQ(edit_distance("till", "itll"), 1) << "two neighbours swapped are one mistake";
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
}

TEST(NearestName, FindsWhatWasMeant) {
  const std::vector<std::string> names{"truth.tickets", "truth.ticket_lines", "book.journal"};
  EXPECT_EQ(nearest_name("truth.ticket", names), "truth.tickets");
  EXPECT_EQ(nearest_name("book.jornal", names), "book.journal");
  EXPECT_EQ(nearest_name("book.journal", names), "book.journal");
}

TEST(NearestName, TakesTheFirstOfEquals) {
  const std::vector<std::string> names{"tax", "tab", "tan"};
  EXPECT_EQ(nearest_name("tap", names), "tax");
}

TEST(NearestName, SaysNothingWhenNothingIsNear) {
  const std::vector<std::string> names{"net", "discount"};
  EXPECT_EQ(nearest_name("warehouse", names), "");
  EXPECT_EQ(nearest_name("", names), "");
  EXPECT_EQ(nearest_name(std::string(100'000, 'x'), names), "");
  EXPECT_EQ(nearest_name("net", std::vector<std::string>{}), "");
}

}  // namespace
}  // namespace tillstorm
