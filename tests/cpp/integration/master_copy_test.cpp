// MSG-18, PRICE-03, PRICE-04: which records of head office a receiver lets come into use, and when.
#include "integration/master_copy.h"

#include <algorithm>

#include "engine/random_stream.h"
#include "integration/small_masters.h"

namespace tillstorm::integration {
namespace {

using Outcome = rule::MasterVersions::Outcome;
constexpr std::int32_t kNoon = 12 * 60;

TEST(PRICE_03, HappyABatchForLaterIsKeptBesideThePricesInForce) {
  SmallMasters m;
  m.until(2 * 60, 1);
  m.prices(1, {{0, 1100}});
  m.until(4 * 60, 1);
  EXPECT_EQ(m.price[0], 1000);
  m.until(6 * 60, 1);
  EXPECT_EQ(m.price[0], 1100);
  EXPECT_EQ(m.rules.taken(rule::PriceVersions::Outcome::future_stored), 1U);
  EXPECT_EQ(m.rules.taken(rule::PriceVersions::Outcome::newer_applied), 1U);
  EXPECT_EQ(m.taken(Outcome::future_dated_stored), 1U);
}

TEST(PRICE_03, EdgeAnOlderVersionThatComesLaterChangesNothing) {
  SmallMasters m;
  m.until(kNoon, 2);
  m.prices(2, {{0, 1200}});
  m.prices(1, {{0, 1100}});
  m.until(kNoon + 1, 2);
  EXPECT_EQ(m.price[0], 1200);
  EXPECT_EQ(m.rules.taken(rule::PriceVersions::Outcome::newer_applied), 1U);
}

TEST(PRICE_03, FailureABatchAppliedOnArrivalIsInForceTooSoon) {
  SmallMasters m(Mutant::future_prices_applied_on_arrival);
  m.until(2 * 60, 1);
  m.prices(1, {{0, 1100}});
  m.until(4 * 60, 1);
  EXPECT_EQ(m.price[0], 1100);
}

TEST(PRICE_04, HappyPricesSwitchOnTheStoresOwnClock) {
  SmallMasters m;
  m.until(2 * 60, 1);
  m.prices(1, {{0, 1100}});
  m.until(5 * 60, 1);
  EXPECT_EQ(m.price[0], 1000);
  m.until(m.at(5 * 60, 1) + kMicrosecond);
  EXPECT_EQ(m.price[0], 1100) << "five sharp has passed";
  EXPECT_EQ(m.rules.taken(rule::PriceSwitch::Outcome::switched_at_local_time), 1U);
}

TEST(PRICE_04, EdgeABatchThatComesAfterItsTimeHoldsFromItsArrival) {
  SmallMasters m;
  m.until(kNoon, 1);
  m.prices(1, {{0, 1100}});
  m.until(m.at(kNoon, 1) + kMicrosecond);
  EXPECT_EQ(m.price[0], 1100);
  EXPECT_EQ(m.rules.taken(rule::PriceSwitch::Outcome::switched_on_late_arrival), 1U);
}

TEST(PRICE_04, FailureReadAsUtcTheSwitchComesHoursTooSoon) {
  SmallMasters m(Mutant::prices_switch_in_utc);
  m.until(0, 1);
  m.prices(1, {{0, 1100}});
  m.until(2 * 60, 1);
  EXPECT_EQ(m.price[0], 1100);
}

TEST(PRICE_06, EdgeABatchBecomesVisibleWhole) {
  for (const Mutant mutant : {Mutant::none, Mutant::half_a_batch_visible}) {
    SmallMasters m(mutant);
    m.until(kNoon, 1);
    m.prices(1, {{0, 1100}, {2, 17}});
    m.until(kNoon + 1, 1);
    EXPECT_EQ(m.price[0], 1100);
    EXPECT_EQ(m.price[2], mutant == Mutant::none ? 17 : 1000);
  }
}

TEST(MSG_18, HappyEachRecordIsComparedByItselfNotByItsBatch) {
  SmallMasters m;
  m.until(kNoon, 2);
  m.prices(2, {{0, 1200}});
  m.prices(1, {{0, 1100}, {1, 1150}, {3, 7}});
  m.until(kNoon + 1, 2);
  EXPECT_EQ(m.price[0], 1200) << "the older record of the same item";
  EXPECT_EQ(m.price[1], 1150) << "the newer batch does not name it";
  EXPECT_EQ(m.taken(Outcome::applied), 2U);
  EXPECT_EQ(m.taken(Outcome::stale_ignored), 1U);
}

TEST(MSG_18, EdgeWhatIsInForceUntilANewerRecordsDateStays) {
  SmallMasters m;
  m.until(2 * 60, 2);
  m.prices(2, {{0, 1200}});  // for five o'clock
  m.until(3 * 60, 2);
  m.prices(1, {{0, 1100}});  // yesterday's, late
  m.until(4 * 60, 2);
  EXPECT_EQ(m.price[0], 1100) << "the newer one is there, but not in force";
  m.until(6 * 60, 2);
  EXPECT_EQ(m.price[0], 1200);
}

TEST(MSG_18, EdgeTheSameRecordAgainIsIgnored) {
  SmallMasters m;
  m.until(kNoon, 1);
  m.prices(1, {{0, 1100}});
  m.prices(1, {{0, 1100}});
  m.until(kNoon + 1, 1);
  EXPECT_EQ(m.taken(Outcome::stale_ignored), 1U);
}

TEST(MSG_18, HappyADeletedItemComesBackWithAPrice) {
  SmallMasters m;
  m.until(kNoon, 1);
  m.item(1, 0, false);
  m.until(kNoon + 1, 1);
  EXPECT_FALSE(m.on_sale[0]);
  m.until(kNoon, 3);
  m.item(3, 0, true);
  m.until(kNoon + 1, 3);
  EXPECT_FALSE(m.on_sale[0]) << "its price went with it";
  m.prices(3, {{0, 1300}});
  m.until(kNoon + 2, 3);
  EXPECT_TRUE(m.on_sale[0]);
  EXPECT_EQ(m.price[0], 1300);
}

TEST(MSG_18, EdgeTheTombstoneBlocksWhatIsOlder) {
  SmallMasters m;
  m.until(kNoon, 5);
  m.item(5, 0, false);
  m.until(kNoon + 1, 5);
  m.item(3, 0, true);
  m.prices(4, {{0, 1400}});
  m.until(kNoon + 2, 5);
  EXPECT_FALSE(m.on_sale[0]);
  EXPECT_EQ(m.price[0], 1000);
  EXPECT_EQ(m.taken(Outcome::tombstone_blocked), 2U);
}

TEST(MSG_18, EdgeAnOlderPriceDoesNotComeBackWithTheItem) {
  SmallMasters m;
  m.until(kNoon, 6);
  m.item(5, 0, false);
  m.item(6, 0, true);
  m.prices(4, {{0, 1400}});
  m.until(kNoon + 1, 6);
  EXPECT_FALSE(m.on_sale[0]) << "no price is newer than the delete";
  EXPECT_EQ(m.taken(Outcome::stale_ignored), 1U);
}

TEST(MSG_18, EdgeALateDeleteDoesNotTakeANewerPriceWithIt) {
  SmallMasters m;
  m.until(kNoon, 6);
  m.prices(4, {{0, 1400}});
  m.until(kNoon + 1, 6);
  m.item(1, 0, false);
  m.item(2, 0, true);
  m.prices(3, {{0, 1300}});
  m.until(kNoon + 2, 6);
  EXPECT_EQ(m.price[0], 1400) << "older ones come after the newer one";
  EXPECT_TRUE(m.on_sale[0]);
}

TEST(MSG_18, EdgeATombstoneIsKeptForItsDaysAndNoLonger) {
  for (const std::int32_t day : {34, 36}) {
    SmallMasters m;
    m.until(kNoon, 5);
    m.item(5, 0, false);
    m.until(kNoon, day);
    m.item(3, 0, true);
    m.until(kNoon + 1, day);
    EXPECT_EQ(m.taken(Outcome::tombstone_blocked), day == 34 ? 1U : 0U);
    EXPECT_EQ(m.taken(Outcome::applied), day == 34 ? 1U : 2U);
  }
}

TEST(MSG_18, HappyABlockedItemIsBackAfterItsDaysAtTheStoresClock) {
  SmallMasters m;
  m.until(2 * 60, 1);
  m.item(1, 0, false, 3);
  m.until(4 * 60, 1);
  EXPECT_TRUE(m.on_sale[0]) << "its date has not begun";
  m.until(kNoon, 1);
  EXPECT_FALSE(m.on_sale[0]);
  m.prices(1, {{0, 1100}});
  m.until(5 * 60, 4);
  EXPECT_FALSE(m.on_sale[0]) << "to the end, exclusive";
  m.until(m.at(5 * 60, 4) + kMicrosecond);
  EXPECT_TRUE(m.on_sale[0]);
  EXPECT_EQ(m.price[0], 1100) << "it was there all the time, and so was its price";
}

TEST(MSG_18, EdgeABlockThatIsOverWhenItComesBlocksNothing) {
  SmallMasters m;
  m.until(kNoon, 5);
  m.item(1, 0, false, 3);
  m.until(kNoon, 6);
  EXPECT_TRUE(m.on_sale[0]);
}

TEST(MSG_18, EdgeANewerBlockIsNotEndedByTheDaysOfAnOlderOne) {
  SmallMasters m;
  m.until(kNoon, 1);
  m.item(1, 0, false, 3);
  m.until(kNoon, 2);
  m.item(2, 0, false, 6);
  m.until(kNoon, 4);
  EXPECT_FALSE(m.on_sale[0]);
  m.until(kNoon, 8);
  EXPECT_TRUE(m.on_sale[0]);
}

TEST(MSG_18, HappyAPriceWaitsForItsItemAndThenAllOfItIsAskedFor) {
  SmallMasters m;
  m.until(kNoon, 1);
  m.item(1, 0, false);
  m.until(kNoon, 3);
  m.prices(3, {{0, 1300}});
  m.until(kNoon + 59, 3);
  EXPECT_EQ(m.copy.parked(), 1U);
  EXPECT_TRUE(m.asked.empty());
  m.until(kNoon + 61, 3);
  EXPECT_EQ(m.asked, std::vector<std::uint32_t>{0});
  m.item(3, 0, true);  // the answer
  m.until(kNoon + 62, 3);
  EXPECT_TRUE(m.on_sale[0]);
  EXPECT_EQ(m.price[0], 1300) << "what waited is used";
  EXPECT_EQ(m.copy.parked(), 0U);
  m.until(kNoon, 4);
  EXPECT_EQ(m.asked.size(), 1U) << "nobody asks again";
  EXPECT_EQ(m.taken(Outcome::parked_for_reference), 1U);
  EXPECT_EQ(m.taken(Outcome::refresh_requested), 1U);
}

TEST(MSG_18, EdgeAnItemThatComesInTimeIsNotAskedFor) {
  SmallMasters m;
  m.until(kNoon, 1);
  m.item(1, 0, false);
  m.until(kNoon, 3);
  m.prices(3, {{0, 1300}});
  m.until(kNoon + 30, 3);
  m.item(3, 0, true);
  m.until(kNoon, 4);
  EXPECT_TRUE(m.asked.empty());
  EXPECT_TRUE(m.on_sale[0]);
}

TEST(MSG_18, EdgeItIsAskedForAgainUntilThereIsAnAnswer) {
  SmallMasters m;
  m.until(kNoon, 1);
  m.item(1, 0, false);
  m.until(kNoon, 3);
  m.prices(3, {{0, 1300}});
  m.until(kNoon + 150, 3);
  EXPECT_EQ(m.asked.size(), 2U);
  m.item(1, 0, false);  // once more, and no answer
  m.until(kNoon + 151, 3);
  EXPECT_EQ(m.copy.parked(), 1U);
  m.still_deleted(1, 0);
  m.until(kNoon, 4);
  EXPECT_EQ(m.asked.size(), 2U);
  EXPECT_EQ(m.copy.parked(), 0U);
}

TEST(MSG_18, EdgeOfWhatWaitsOnlyTheNewestIsKept) {
  SmallMasters m;
  m.until(kNoon, 1);
  m.item(1, 0, false);
  m.until(kNoon, 4);
  m.prices(4, {{0, 1400}});
  m.prices(3, {{0, 1300}});
  m.item(3, 0, true);
  m.until(kNoon + 1, 4);
  EXPECT_EQ(m.price[0], 1400);
  EXPECT_EQ(m.taken(Outcome::stale_ignored), 1U);
}

TEST(MSG_18, EdgeByPolicyTheTimeOfPublicationDecidesOrNothingDoes) {
  for (const OrderGuard guard : {OrderGuard::event_time, OrderGuard::last_arrival_wins}) {
    SmallMasters m;
    m.rule.order_guard = guard;
    m.until(kNoon, 2);
    m.prices(2, {{0, 1200}});
    m.prices(1, {{0, 1100}});
    m.until(kNoon + 1, 2);
    EXPECT_EQ(m.price[0], guard == OrderGuard::event_time ? 1200 : 1100);
  }
}

TEST(MSG_18, FailureTheLastRecordToComeOverwritesTheNewerOne) {
  SmallMasters m(Mutant::last_master_wins);
  m.until(kNoon, 2);
  m.prices(2, {{0, 1200}});
  m.prices(1, {{0, 1100}});
  m.until(kNoon + 1, 2);
  EXPECT_EQ(m.price[0], 1100);
}

TEST(MSG_18, FailureABatchComparedAsOneLosesWhatOnlyItNames) {
  SmallMasters m(Mutant::older_batch_ignored_whole);
  m.until(kNoon, 2);
  m.prices(2, {{0, 1200}});
  m.prices(1, {{1, 1150}});
  m.until(kNoon + 1, 2);
  EXPECT_EQ(m.price[1], 1000);
}

TEST(MSG_18, FailureWithoutATombstoneAnOlderRecordRevivesTheItem) {
  SmallMasters m(Mutant::tombstone_forgotten);
  m.until(kNoon, 5);
  m.item(5, 0, false);
  m.item(3, 0, true);
  m.until(kNoon + 1, 5);
  EXPECT_TRUE(m.on_sale[0]);
}

TEST(MSG_18, FailureAPriceThatIsDroppedKeepsItsItemOffSale) {
  SmallMasters m(Mutant::parked_master_dropped);
  m.until(kNoon, 1);
  m.item(1, 0, false);
  m.until(kNoon, 3);
  m.prices(3, {{0, 1300}});
  m.item(3, 0, true);
  m.until(kNoon, 4);
  EXPECT_FALSE(m.on_sale[0]);
}

/// Prices and deletes of four items, published one a day; whatever the order in which they come, the copy ends with the
/// newest record of each.
TEST(MSG_18, EdgeWhateverTheOrderOfArrivalTheNewestRecordsWin) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    RandomStream chance(seed, purpose_of("order of arrival"), 0, 0);
    SmallMasters m;
    std::array<std::int32_t, 4> newest{1000, 1000, 1000, 1000};
    struct Batch {
      std::uint32_t version;
      std::vector<std::pair<std::uint32_t, std::int32_t>> lines;
    };
    std::vector<Batch> batches;
    for (std::uint32_t version = 1; version <= 12; ++version) {
      Batch batch{version, {}};
      for (const std::uint32_t item : {0U, 1U, 2U, 4U}) {
        if (!chance.bernoulli_ppm(400'000)) continue;
        const auto price = static_cast<std::int32_t>(1000 + 10 * version + item);
        newest.at(m.items.position(ItemId{item})) = price;
        batch.lines.emplace_back(item, price);
      }
      batches.push_back(batch);
    }
    for (std::uint32_t i = 11; i > 0; --i) std::swap(batches[i], batches[chance.below(i + 1)]);
    m.until(kNoon, 13);
    for (const Batch& batch : batches) {
      for (const auto& line : batch.lines) m.prices(batch.version, {line});
      if (chance.bernoulli_ppm(200'000))
        for (const auto& line : batch.lines) m.prices(batch.version, {line});  // again
    }
    m.until(kNoon + 1, 13);
    EXPECT_EQ(m.price, newest) << "seed " << seed;
  }
}

/// One item that head office deletes, creates again with a price, and reprices: one record a day. Whatever the order in
/// which they come, the copy ends as head office has it.
TEST(MSG_18, EdgeDeletesAndPricesInAnyOrderEndAsHeadOfficeHasThem) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    RandomStream chance(seed, purpose_of("order of records"), 0, 0);
    SmallMasters m;
    struct Record {
      std::uint32_t version;
      std::int32_t price;  ///< 0: the item is deleted; 1: it is created.
    };
    std::vector<Record> records;
    bool is_listed = true;
    std::int32_t price = 1000;
    const auto reprice = [&](std::uint32_t version) {
      price = 1000 + 10 * static_cast<std::int32_t>(version);
      records.push_back({version, price});
    };
    for (std::uint32_t version = 1; version <= 10; ++version) {
      if (!is_listed) {
        records.push_back({version, 1});
        reprice(++version);
        is_listed = true;
      } else if (chance.bernoulli_ppm(400'000)) {
        records.push_back({version, 0});
        is_listed = false;
      } else {
        reprice(version);
      }
    }
    for (auto i = static_cast<std::uint32_t>(records.size()) - 1; i > 0; --i)
      std::swap(records[i], records[chance.below(i + 1)]);
    m.until(kNoon, 13);
    std::int32_t minute = kNoon;
    for (const Record& record : records) {
      if (record.price <= 1) {
        m.item(record.version, 0, record.price == 1);
      } else {
        m.prices(record.version, {{0, record.price}});
      }
      m.until(++minute, 13);
    }
    EXPECT_EQ(m.on_sale[0], is_listed) << "seed " << seed;
    if (is_listed) {
      EXPECT_EQ(m.price[0], price) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace tillstorm::integration
