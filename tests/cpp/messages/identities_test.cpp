#include "messages/identities.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "messages/random_messages.h"

namespace tillstorm {
namespace {

TEST(Identities, FindWhatTheyName) {
  const Identities chain = small_chain();
  for (std::uint32_t i = 0; i < kPlaces; ++i) EXPECT_EQ(chain.find_place(chain.code_of(PlaceId{i})), PlaceId{i});
  for (std::uint32_t i = 0; i < kItems; ++i) EXPECT_EQ(chain.find_item(chain.code_of(ItemId{i})), ItemId{i});
  EXPECT_EQ(chain.find_item("lamp"), ItemId{0});
  EXPECT_EQ(chain.find_place("lamp"), std::nullopt);
  EXPECT_EQ(chain.find_item(""), std::nullopt);
  EXPECT_EQ(chain.find_item("0001"), std::nullopt);
}

TEST(Identities, AreInUtcWithoutZones) {
  IdentityLists lists;
  lists.place_codes = {"a"};
  EXPECT_EQ(Identities(lists).offset_at(PlaceId{0}, Time{0}).us, 0);
}

TEST(Identities, KnowTheDecimalsOfTheirCurrency) {
  IdentityLists lists;
  lists.currency = "JPY";
  EXPECT_EQ(Identities(lists).currency_exponent(), 0);
}

TEST(Identities, RefuseTwoPlacesOfOneName) {
  IdentityLists lists;
  lists.place_codes = {"a", "b", "a"};
  EXPECT_THROW(Identities{lists}, InputError);
}

TEST(Identities, RefuseTwoItemsOfOneName) {
  IdentityLists lists;
  lists.item_ids = {"a", "a"};
  EXPECT_THROW(Identities{lists}, InputError);
  lists.item_ids = {"a", "b"};
  lists.item_gtins = {"036000291452", "0036000291452"};
  EXPECT_THROW(Identities{lists}, InputError) << "leading zeros make no other item";
}

TEST(Identities, RefuseAnIdThatReadsAsAnotherItemsGtin) {
  IdentityLists lists;
  lists.item_ids = {"a", "36000291452", "036000291452"};
  lists.item_gtins = {"036000291452", "", ""};
  EXPECT_THROW(Identities{lists}, InputError);
  lists.item_ids[2] = "c";
  EXPECT_NO_THROW(Identities{lists});
}

}  // namespace
}  // namespace tillstorm
