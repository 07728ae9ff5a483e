#include <gtest/gtest.h>

#include <random>
#include <string>

#include "scenario/json_parse.h"
#include "scenario/json_syntax.h"

namespace tillstorm {
namespace {

// Property: the parser accepts a text if and only if the search for its error finds none. Texts are made by changing,
// doubling, swapping and cutting bytes of a good one.
TEST(SyntaxError, IsFoundExactlyWhereTheParserRefuses) {
  const std::string good =
      R"({"a": [1, -2.5e+3, 0, true, false, null, "x\u00e9\n\"", {}, []], "b": {"c": "é", "d": {"e": [[1], [2]]}}})";
  const std::string alphabet = "{}[]\",:\\/ntrue0123456789.eE+- \n\xC3\xA9\xFF\x01";
  std::mt19937_64 random(3);
  int accepted = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string text = good;
    for (auto changes = 1 + random() % 3; changes > 0 && !text.empty(); --changes) {
      const std::size_t at = random() % text.size();
      switch (random() % 5) {
        case 0:
          text[at] = alphabet[random() % alphabet.size()];
          break;
        case 1:
          text.erase(at, 1 + random() % 4);
          break;
        case 2:
          text.insert(at, 1, alphabet[random() % alphabet.size()]);
          break;
        case 3:
          text.resize(at);
          break;
        default:
          std::swap(text[at], text[random() % text.size()]);
      }
    }
    Sources sources;
    Problems problems(sources);
    sources.add({"", "=" + text, {}});
    const bool is_parsed = parse_json_value(sources, 0, 1, "", problems).has_value();
    const bool is_right = !find_syntax_error(text);
    ASSERT_EQ(is_parsed, is_right) << text;
    accepted += is_parsed ? 1 : 0;
  }
  EXPECT_GT(accepted, 1000);  // the changes leave some texts right, so both answers were compared
}

TEST(SyntaxError, KnowsNumbers) {
  for (const char* good : {"0", "-0", "10", "1.5", "1e5", "1E-5", "-1.25e+10", "0.0"})
    EXPECT_TRUE(is_json_number(good)) << good;
  for (const char* bad : {"", "-", "01", "1.", ".5", "1e", "1e+", "+1", "0x1", "1_0", "1.2.3", "--1", "NaN", "1 "})
    EXPECT_FALSE(is_json_number(bad)) << bad;
}

}  // namespace
}  // namespace tillstorm
