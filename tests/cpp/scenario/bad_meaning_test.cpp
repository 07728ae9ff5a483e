// Values that are right one by one and wrong together.
#include <gtest/gtest.h>

#include "scenario/reading.h"

namespace tillstorm {
namespace {

struct BadMeaning {
  const char* document;
  const char* path;
  const char* message;
  const char* nearest = "";
};

class BadMeanings : public testing::TestWithParam<BadMeaning> {};

TEST_P(BadMeanings, GetOneMessage) {
  const BadMeaning& bad = GetParam();
  const std::vector<Problem> problems = problems_of(bad.document);
  ASSERT_EQ(problems.size(), 1U) << (problems.empty() ? "it was accepted" : to_string(problems[1]));
  EXPECT_EQ(problems[0].path, bad.path);
  EXPECT_TRUE(has(problems[0].message, bad.message)) << problems[0].message;
  EXPECT_EQ(problems[0].nearest, bad.nearest);
  EXPECT_GE(problems[0].line, 1);
}

#define CHAIN(stores) R"({"catalogue": {"items": [{"id": "a"}, {"id": "b"}]}, "chain": {"stores": [)" stores "]}}"
#define ITEMS(items) R"({"chain": {"stores": [{"id": "0001"}]}, "catalogue": {"items": [)" items "]}}"
#define MORE(more)                                                                                          \
  R"({"chain": {"stores": [{"id": "0001", "region": "north"}], "distribution_centres": [{"id": "DC1"}]}, )" \
  R"("catalogue": {"items": [{"id": "a"}, {"id": "b"}]}, )" more "}"

#define FAULT(keys) MORE(R"("faults": [{"from": "2026-11-24T00:00", )" keys "}]")

INSTANTIATE_TEST_SUITE_P(
    Places, BadMeanings,
    testing::Values(
        BadMeaning{R"({"catalogue": {"items": [{"id": "a"}]}})", "chain", "there are no stores"},
        BadMeaning{R"({"catalogue": {"items": [{"id": "a"}]}, "chain": {"generate": {"stores": 0}}})", "chain",
                   "there are no stores"},
        BadMeaning{CHAIN(R"({"id": "s"}, {"id": "s"})"), "chain.stores[1].id", "the same id stands at chain.stores[0]"},
        BadMeaning{CHAIN(R"({"id": ""})"), "chain.stores[0].id", "cannot be an id"},
        BadMeaning{CHAIN(R"({"id": "a b"})"), "chain.stores[0].id", "cannot be an id"},
        BadMeaning{CHAIN(R"({"name": "nameless"})"), "chain.stores[0].id", "`id` is missing"},
        BadMeaning{CHAIN(R"({"id": "s", "time_zone": "Europe/Berln"})"), "chain.stores[0].time_zone",
                   "unknown time zone", "Europe/Berlin"},
        BadMeaning{CHAIN(R"({"id": "s", "assortment": "al"})"), "chain.stores[0].assortment", "no such assortment",
                   "all"},
        BadMeaning{CHAIN(R"({"id": "s", "opening": {"weekday": {"open": "20:00", "close": "09:00"}}})"),
                   "chain.stores[0].opening.weekday.close", "closes before it opens"},
        BadMeaning{CHAIN(R"({"id": "s", "opening": {"weekday": {"open": "24:00", "close": "25:00"}}})"),
                   "chain.stores[0].opening.weekday.open", "opens before 24:00"},
        BadMeaning{CHAIN(R"({"id": "s", "opening": {"saturday": {"open": "11:00", "close": "30:00"}, "sunday":
                            {"open": "05:00", "close": "09:00"}}})"),
                   "chain.stores[0].opening.saturday.close", "still open when the next opens (sunday, 05:00)"},
        BadMeaning{CHAIN(R"({"id": "s"}], "distribution_centres": [{"id": "s"})"), "chain.distribution_centres[0].id",
                   "a store has this id"},
        BadMeaning{CHAIN(R"({"id": "s"}], "currency": "dollars", "distribution_centres": [{"id": "DC"})"),
                   "chain.currency", "no currency code"},
        BadMeaning{CHAIN(R"({"id": "s"}], "time_zone": "America/New_Yrok", "distribution_centres": [{"id": "DC"})"),
                   "chain.time_zone", "unknown time zone", "America/New_York"},
        BadMeaning{R"({"catalogue": {"items": [{"id": "a"}]}, "chain": {"generate": {}, "stores": [{"id": "0007"}]}})",
                   "chain.stores[0].id", "`chain.generate` makes a store with this id"}));

INSTANTIATE_TEST_SUITE_P(
    Items, BadMeanings,
    testing::Values(
        BadMeaning{R"({"chain": {"stores": [{"id": "s"}]}})", "catalogue", "there are no items"},
        BadMeaning{ITEMS(R"({"id": "a", "gtin": "4006381333932"})"), "catalogue.items[0].gtin", "check digit"},
        BadMeaning{ITEMS(R"({"id": "a", "gtin": "40063813339"})"), "catalogue.items[0].gtin", "no GTIN"},
        BadMeaning{ITEMS(R"({"id": "a", "gtin": "4006381333931"}, {"id": "b", "gtin": "4006381333931"})"),
                   "catalogue.items[1].gtin", "another item has the same GTIN"},
        BadMeaning{ITEMS(R"({"id": "a", "popularity": 0})"), "catalogue.items", "no item has a popularity above 0"},
        BadMeaning{ITEMS(R"({"id": "I00003"}], "generate": {"items": 5}, "assortments": [)"), "catalogue.items[0].id",
                   "`catalogue.generate` makes an item with this id"},
        BadMeaning{ITEMS(R"({"id": "milk"}], "assortments": [{"id": "x", "items": ["mlik"]})"),
                   "catalogue.assortments[0].items[0]", "no such item", "milk"},
        BadMeaning{ITEMS(R"({"id": "milk"}], "assortments": [{"id": "x", "items": ["milk", "milk"]})"),
                   "catalogue.assortments[0].items", "twice"},
        BadMeaning{ITEMS(R"({"id": "milk"}], "assortments": [{"id": "x"})"), "catalogue.assortments[0].items", "empty"},
        BadMeaning{ITEMS(R"({"id": "milk", "popularity": 0}, {"id": "tea"}], "assortments": [{"id": "x", "items":
                            ["milk"]})"),
                   "catalogue.assortments[0].items", "no item of the assortment has a popularity above 0"},
        BadMeaning{ITEMS(R"({"id": "milk"}], "assortments": [{"id": "all", "items": ["milk"]})"),
                   "catalogue.assortments[0].id", "`all` is the name"}));

INSTANTIATE_TEST_SUITE_P(
    Run, BadMeanings,
    testing::Values(
        BadMeaning{MORE(R"("demand": {"mode": "trace"})"), "demand.trace", "needs a trace"},
        BadMeaning{MORE(R"("demand": {"mode": "trace", "trace": "/no/such/file"})"), "demand.trace", "no such file"},
        BadMeaning{MORE(R"("demand": {"hourly_profile_weekday": [0, 0]})"), "demand.hourly_profile_weekday",
                   "all weights are 0"},
        BadMeaning{MORE(R"("demand": {"hourly_profile_first_hour": 20})"), "demand.hourly_profile_first_hour",
                   "end after 30:00"},
        BadMeaning{
            MORE(R"("demand": {"online": {"hourly_profile": [0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}})"),
            "demand.online.hourly_profile", "all weights are 0"},
        BadMeaning{
            R"({"chain": {"stores": [{"id": "s"}]}, "catalogue": {"items": [{"id": "a"}]}, "demand": {"online": {}}})",
            "demand.online", "distribution centre"},
        BadMeaning{
            MORE(
                R"("demand": {"peak_days": [{"date": "2026-11-27", "index": 2}, {"date": "2026-11-27", "index": 3}]})"),
            "demand.peak_days[1].date", "has an index already"},
        BadMeaning{MORE(R"("demand": {"rate_profile": [{"hour": 5, "per_hour": 2}, {"hour": 5, "per_hour": 3}]})"),
                   "demand.rate_profile[1].hour", "in the order of their hours"},
        BadMeaning{MORE(R"("demand": {"events": [{"from": "2026-11-24", "factor": 2, "regions": ["nort"]}]})"),
                   "demand.events[0].regions[0]", "no such region", "north"},
        BadMeaning{MORE(R"("demand": {"events": [{"from": "2026-11-24", "factor": 2, "stores": ["0010"]}]})"),
                   "demand.events[0].stores[0]", "no such store", "0001"},
        BadMeaning{MORE(R"("demand": {"shopping_minutes": {"law": "log_normal", "sigma": 1}})"),
                   "demand.shopping_minutes", "the law `log_normal` needs `median` above 0"},
        BadMeaning{MORE(R"("people": {"patience_minutes": {"law": "uniform", "low": 3, "high": 1}})"),
                   "people.patience_minutes", "needs `low` of at most `high`"},
        BadMeaning{MORE(R"("replenishment": {"min_cover_days": 9, "max_cover_days": 3})"),
                   "replenishment.max_cover_days", "below the reorder level"},
        BadMeaning{MORE(R"("replenishment": {"review_weekdays": [1, 1]})"), "replenishment.review_weekdays", "twice"},
        BadMeaning{MORE(R"("finance": {"tender_mix_ppm": [0, 0, 0, 0, 0]})"), "finance.tender_mix_ppm",
                   "all weights are 0"}));

#define ROAD(keys) MORE(R"("integration": {)" keys "}")

INSTANTIATE_TEST_SUITE_P(
    Road, BadMeanings,
    testing::Values(BadMeaning{ROAD(R"("topology": "point_to_point", "posting": {"mode": "batch"})"),
                               "integration.posting.mode", "nobody who collects a batch", "realtime"},
                    BadMeaning{ROAD(R"("queue": {"low_water_ppm": 900000})"), "integration.queue.high_water_ppm",
                               "to pause and to go on at the same time"},
                    BadMeaning{ROAD(R"("retry": {"base_ms": 60001})"), "integration.retry.cap_ms",
                               "begins above its cap"},
                    BadMeaning{ROAD(R"("breaker": {"open_seconds": 600})"), "integration.breaker.open_cap_seconds",
                               "longer than its cap"},
                    BadMeaning{ROAD(R"("schema": {"receiver_from": "2027-01-01"})"), "integration.schema.receiver_from",
                               "upgraded after the run"}));

INSTANTIATE_TEST_SUITE_P(
    Faults, BadMeanings,
    testing::Values(
        BadMeaning{MORE(R"("faults": [{"kind": "duplicate", "from": "2026-11-30T00:00", "for": "PT1H"}])"),
                   "faults[0].from", "outside the run, which has customers from 2026-11-23 to 2026-11-29"},
        BadMeaning{MORE(R"("faults": [{"kind": "duplicate", "from": "2026-11-23T04:59Z", "for": "PT1H"}])"),
                   "faults[0].from", "outside the run"},
        BadMeaning{MORE(R"("faults": [{"kind": "duplicate", "from": "2026-11-24T00:00", "for": "PT0S"}])"),
                   "faults[0].for", "lasts for some time"},
        BadMeaning{
            MORE(R"("faults": [{"kind": "duplicate", "from": "2026-11-24T00:00", "for": "PT1H", "share_ppm": 0}])"),
            "faults[0].share_ppm", "hits nothing"},
        BadMeaning{
            MORE(R"("faults": [{"kind": "duplicate", "from": "2026-11-24T00:00", "for": "PT1H", "stores": ["1"]}])"),
            "faults[0].stores[0]", "no such store"},
        BadMeaning{FAULT(R"("kind": "duplicate")"), "faults[0]", "nothing says when the fault is over"},
        BadMeaning{FAULT(R"("kind": "duplicate", "for": "PT1H", "to": "2026-11-24T02:00")"), "faults[0].to",
                   "`for` and `to` both say"},
        BadMeaning{FAULT(R"("kind": "duplicate", "to": "2026-11-24T00:00")"), "faults[0].to",
                   "is over before it begins"},
        BadMeaning{FAULT(R"("kind": "store_link_lossy", "for": "PT1H")"), "faults[0]", "needs `share_ppm`"},
        BadMeaning{FAULT(R"("kind": "region_partition", "for": "PT1H")"), "faults[0]", "needs `regions`"},
        BadMeaning{FAULT(R"("kind": "store_link_down", "for": "PT1H", "factor": 3)"), "faults[0].factor",
                   "a fault of kind `store_link_down` does not use `factor`"},
        BadMeaning{FAULT(R"("kind": "erp_down", "for": "PT1H", "stores": ["0001"])"), "faults[0].stores",
                   "does not use `stores`"},
        BadMeaning{FAULT(R"("kind": "terminal_crash", "for": "PT1H")"), "faults[0].for", "does not use `for`"},
        BadMeaning{FAULT(R"("kind": "terminal_crash", "stores": ["DC1"])"), "faults[0].stores[0]", "no such store"},
        BadMeaning{FAULT(R"("kind": "erp_slow", "for": "PT1H", "service": "PT0S")"), "faults[0].service",
                   "takes some time"},
        BadMeaning{FAULT(R"("kind": "duplicate", "for": "PT2H", "repeat": {"every": "PT1H", "times": 2})"),
                   "faults[0].repeat.every", "begin again before it is over"}));

TEST(GoodMeanings, AreAccepted) {
  EXPECT_NO_THROW(read_text(ROAD(R"("queue": {"low_water_ppm": 800000}, "retry": {"base_ms": 60000})")));
  EXPECT_NO_THROW(read_text(FAULT(R"("kind": "terminal_crash", "terminal": 2)")));
  EXPECT_NO_THROW(read_text(FAULT(R"("kind": "store_link_slow", "factor": 3, "stores": ["DC1"], "for": "PT1H")")));
  EXPECT_NO_THROW(
      read_text(FAULT(R"("kind": "erp_down", "to": "2026-11-24T01:00", "repeat": {"every": "PT1H", "times": 3})")));
  EXPECT_NO_THROW(read_text(MORE(R"("faults": [{"kind": "duplicate", "from": "2026-11-23T05:00Z", "for": "PT1H"}])")));
  EXPECT_NO_THROW(read_text(MORE(R"("faults": [{"kind": "duplicate", "from": "2026-11-29T23:59", "for": "P3D"}])")));
  EXPECT_NO_THROW(read_text(
      CHAIN(R"({"id": "s", "opening": {"weekday": {"open": "00:00", "close": "24:00"}, "saturday": {"open": "00:00",
               "close": "24:00"}, "sunday": {"open": "00:00", "close": "24:00"}}})")));
  EXPECT_NO_THROW(read_text(CHAIN(R"({"id": "s", "opening": {"sunday": {"open": "00:00", "close": "00:00"}}})")));
}

TEST(References, ReachWhatIsGenerated) {
  const std::string document =
      R"({"chain": {"generate": {"stores": 12}, "stores": [{"id": "x", "assortment": "urban_2"}]},
    "catalogue": {"generate": {"items": 30}, "assortments": [{"id": "few", "items": ["I00001", "I00030"]}]},
    "faults": [{"kind": "duplicate", "from": "2026-11-24T00:00", "for": "PT1H", "stores": ["0012"], "regions": ["pacific"]}])";
  EXPECT_EQ(problems_of(document + "}").size(), 0U);
  const auto problems = problems_of(document + R"(, "demand": {"events": [{"from": "2026-11-24", "factor": 1, "stores":
    ["0013", "00012", "x"], "regions": ["pacifc"]}]}})");
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_EQ(problems[0].nearest, "pacific");
  EXPECT_EQ(problems[1].path, "demand.events[0].stores[0]");
  EXPECT_EQ(problems[2].path, "demand.events[0].stores[1]");
}

TEST(Tables, AreCheckedWhereTheirNamesAreKnown) {
  ReadOptions options;
  EXPECT_EQ(problems_of(MORE(R"("record": {"tables": ["truth.tikets"]})"), options).size(), 0U);
  options.known.tables = {"truth.tickets", "book.journal"};
  const auto problems = problems_of(MORE(R"("record": {"tables": ["truth.tikets"]})"), options);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].nearest, "truth.tickets");
}

}  // namespace
}  // namespace tillstorm
