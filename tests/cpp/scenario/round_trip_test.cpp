#include <gtest/gtest.h>

#include <random>

#include "scenario/decode.h"
#include "scenario/encode.h"
#include "scenario/json_parse.h"
#include "scenario/reading.h"
#include "scenario/writer.h"

namespace tillstorm {
namespace {

/// Gives every field of a struct, with some probability, a random value that its table allows.
class Randomizer {
 public:
  explicit Randomizer(std::uint64_t seed) : random_(seed) {}

  template <FieldStruct S>
  void fill(S& object) {
    MemberVisitor<S> visitor{*this, object};
    S::fields(visitor);
  }

 private:
  template <class S>
  struct MemberVisitor {
    Randomizer& randomizer;
    S& object;
    template <class T>
    void operator()(T S::*member, const Field& field) {
      if (field.name == "extends") return;  // a read scenario has none
      if (field.is_required || randomizer.chance(2)) randomizer.value(object.*member, field);
    }
  };

  bool chance(unsigned one_in) { return random_() % one_in == 0; }
  std::int64_t between(double low, double high) {
    const double span = std::min(high - low, 9e15);
    return static_cast<std::int64_t>(low + std::floor(span * (static_cast<double>(random_() >> 11) * 0x1p-53)));
  }
  std::string text() {
    constexpr std::string_view kLetters = "abc XYZ_09\"\\/\n\t\x7f";
    std::string out;
    for (auto n = random_() % 12; n > 0; --n) out += kLetters[random_() % kLetters.size()];
    if (chance(4)) out += "é\u20ac\U0001F600";
    return out;
  }

  template <class T>
  void value(T& out, const Field& field) {
    if constexpr (is_optional<T>) {
      if (chance(3)) {
        out.reset();
      } else {
        if (!out) out.emplace();
        value(*out, field);
      }
    } else if constexpr (is_list<T>) {
      const std::size_t longest = std::min<std::size_t>(field.max_items, std::max<std::size_t>(field.min_items, 5));
      out.clear();
      for (std::size_t n = field.min_items + random_() % (longest - field.min_items + 1); n > 0; --n) {
        typename T::value_type entry{};
        value(entry, field);
        out.push_back(std::move(entry));
      }
    } else if constexpr (is_named<T>) {
      out.entries.clear();
      for (auto n = random_() % 4; n > 0; --n) {
        out.entries.emplace_back(std::string(1, static_cast<char>('z' - n)) + text(), typename NamedValue<T>::Type{});
        value(out.entries.back().second, field);
      }
    } else if constexpr (std::is_same_v<T, AllOrSome>) {
      out.all = chance(2);
      out.names.clear();
      if (!out.all) value(out.names, field);
    } else if constexpr (FieldStruct<T>) {
      fill(out);
    } else if constexpr (NamedEnum<T>) {
      out = names_of(T{})[random_() % names_of(T{}).size()].value;
    } else if constexpr (std::is_same_v<T, bool>) {
      out = chance(2);
    } else if constexpr (WholeNumber<T>) {
      const auto low = std::max(field.min, static_cast<double>(std::numeric_limits<T>::min()));
      const auto high = std::min(field.max, static_cast<double>(std::numeric_limits<T>::max()));
      out = std::is_same_v<T, std::uint64_t> && chance(2) ? static_cast<T>(random_())
                                                          : static_cast<T>(between(low, high));
    } else if constexpr (std::is_same_v<T, double>) {
      const double low = std::max(field.min, -1e300);
      const double high = std::min(field.max, 1e300);
      out = std::min(high, low + (high - low) * (static_cast<double>(random_() >> 11) * 0x1p-53));
    } else if constexpr (std::is_same_v<T, std::string>) {
      out = field.is_identifier ? "id" + std::to_string(random_()) : text();
    } else if constexpr (std::is_same_v<T, Date>) {
      out = {static_cast<std::int32_t>(between(-20'000, 80'000))};
    } else if constexpr (std::is_same_v<T, TimeOfDay>) {
      out = {static_cast<std::int32_t>(between(0, 1800))};
    } else if constexpr (std::is_same_v<T, Duration>) {
      out = {between(0, 3e15)};
    } else {
      static_assert(std::is_same_v<T, Moment>);
      out = {between(-1e15, 5e15), chance(2)};
    }
  }

  std::mt19937_64 random_;
};

/// Reads by the field tables alone, without the rules that join fields.
Scenario decoded(const std::string& json) {
  Sources sources;
  Problems problems(sources);
  sources.add({"random.json", json, {}});
  const auto root = parse_json(sources, 0, problems);
  problems.throw_if_any();
  Scenario scenario;
  Decoder(problems).read(*root, scenario);
  problems.throw_if_any();
  return scenario;
}

// Property: for any values the tables allow, writing and reading gives the same scenario, and writing it again the same
// text.
TEST(RoundTrip, KeepsEveryField) {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Scenario scenario;
    Randomizer(seed).fill(scenario);
    const std::string json = write_scenario(scenario);
    const Scenario back = decoded(json);
    ASSERT_TRUE(same_scenario(back, scenario)) << "seed " << seed << "\n" << json;
    ASSERT_EQ(write_scenario(back), json) << "seed " << seed;
  }
}

TEST(RoundTrip, NoticesEachDifference) {
  int different = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Scenario a, b;
    Randomizer(seed).fill(a);
    Randomizer(seed + 1).fill(b);
    different += same_scenario(a, b) ? 0 : 1;
  }
  EXPECT_EQ(different, 50);
}

TEST(RoundTrip, WritesOnlyWhatDiffers) {
  EXPECT_EQ(write_scenario(Scenario{}), "{}\n");
  Scenario scenario;
  scenario.people.patience_minutes.reset();
  scenario.people.balking->from_waiting = 9;
  scenario.chain.generate = GeneratedStores{};
  scenario.demand.lines_per_ticket = 2.5;
  EXPECT_EQ(write_scenario(scenario), R"({
  "chain": {
    "generate": {}
  },
  "demand": {
    "lines_per_ticket": 2.5
  },
  "people": {
    "patience_minutes": null,
    "balking": {
      "from_waiting": 9
    }
  }
}
)");
}

TEST(RoundTrip, WrapsLongLists) {
  Scenario scenario;
  scenario.catalogue.assortments.push_back({"x", {}});
  for (int i = 0; i < 40; ++i) scenario.catalogue.assortments[0].items.push_back("item" + std::to_string(i));
  std::istringstream lines(write_scenario(scenario));
  std::string line;
  while (std::getline(lines, line)) EXPECT_LE(line.size(), 120U);
}

TEST(RoundTrip, ReadsWholeNumbersInAnySpelling) {
  EXPECT_EQ(decoded(R"({"days": 3.0, "seed": 2e3})").days, 3);
  EXPECT_EQ(decoded(R"({"days": 3.0, "seed": 2e3})").seed, 2000U);
  EXPECT_EQ(decoded(R"({"seed": 18446744073709551615})").seed, 18446744073709551615ULL);
}

}  // namespace
}  // namespace tillstorm
