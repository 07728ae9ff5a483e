#include "integration/schema_gate.h"

#include <gtest/gtest.h>

#include <vector>

#include "messages/addresses.h"
#include "messages/up_convert.h"

namespace tillstorm::integration {
namespace {

using Outcome = rule::SchemaVersions::Outcome;
using Taken = SchemaGate::Taken;

/// The gate of one store, whose receiver goes over to version 3 after an hour.
struct SmallGate {
  Addresses addresses{.stores = 1};
  SchemaSettings settings;
  Kernel kernel;
  MessagePool pool;
  RuleBook rules;
  FaultTally faults;
  Context c{kernel, pool, rules, faults};
  SchemaGate gate{PlaceId{0}};
  MessageId last = kNoMessage;
  int upgrades = 0;

  explicit SmallGate(Mutant mutant = Mutant::none) : kernel(addresses.sites(), Time{} + kDay), rules(mutant) {
    settings.rule.current = 3;
    settings.rule.versions_back = 1;
    settings.receiver_from = Time{} + kDay + kHour;
    kernel.act_as(addresses.middleware());
  }
  Taken comes(std::uint8_t version, Minor bag_fee = 25) {
    last = pool.create(MessageType::ticket);
    pool[last].envelope.schema_version = version;
    pool[last].envelope.body_hash = 4711;
    pool[last].ticket.bag_fee = bag_fee;
    pool[last].ticket.loyalty_points = 7;
    return gate.take(c, settings, last);
  }
  void dispatch(const Event& event) {
    EXPECT_EQ(static_cast<EventKind>(event.kind()), EventKind::schema_upgraded);
    ++upgrades;
  }
  void until_after_the_upgrade() { run(kernel, *this, Time{} + kDay + 2 * kHour); }
};

TEST(MSG_20, HappyTheReceiversOwnVersionPassesUntouched) {
  SmallGate g;
  EXPECT_EQ(g.comes(2), Taken::goes_on);
  EXPECT_EQ(g.pool[g.last].ticket.bag_fee, 25);
  EXPECT_EQ(g.rules.taken(Outcome::current_version), 1U);
}

TEST(MSG_20, HappyAnOlderOneIsConvertedWithDefaultsUnderItsOwnHash) {
  SmallGate g;
  EXPECT_EQ(g.comes(1), Taken::goes_on);
  const Message& m = g.pool[g.last];
  EXPECT_EQ(m.envelope.schema_version, 2);
  EXPECT_EQ(m.ticket.bag_fee, 0) << "version 1 has none";
  EXPECT_EQ(m.envelope.body_hash, 4711U);
  EXPECT_EQ(g.rules.taken(Outcome::up_converted), 1U);
}

TEST(MSG_20, HappyANewerOneAndAllBehindItWaitForTheUpgrade) {
  SmallGate g;
  EXPECT_EQ(g.comes(3), Taken::parked);
  EXPECT_EQ(g.comes(2), Taken::parked) << "it would overtake";
  EXPECT_EQ(g.gate.parked(), 2U);
  g.until_after_the_upgrade();
  EXPECT_EQ(g.upgrades, 1);
  std::vector<int> versions;
  Taken taken{};
  for (MessageId id = g.gate.next_parked(g.c, g.settings, taken); id != kNoMessage;
       id = g.gate.next_parked(g.c, g.settings, taken)) {
    EXPECT_EQ(taken, Taken::goes_on);
    versions.push_back(g.pool[id].envelope.schema_version);
    EXPECT_EQ(g.pool[id].ticket.bag_fee, 25);
  }
  EXPECT_EQ(versions, (std::vector<int>{3, 3}));
  EXPECT_EQ(g.rules.taken(Outcome::newer_released), 2U);
  EXPECT_EQ(g.comes(3), Taken::goes_on);
}

TEST(MSG_20, EdgeTheRangeThatIsReadMovesWithTheUpgrade) {
  SmallGate g;
  EXPECT_EQ(g.comes(1), Taken::goes_on);
  g.kernel.now = g.settings.receiver_from;
  EXPECT_EQ(g.comes(2), Taken::goes_on);
  EXPECT_EQ(g.comes(1), Taken::unreadable);
  EXPECT_EQ(g.rules.taken(Outcome::too_old_quarantined), 1U);
}

TEST(MSG_20, EdgeWhatStoodBehindANewerOneMayBeTooOldByTheUpgrade) {
  SmallGate g;
  g.settings.rule.versions_back = 1;
  g.comes(3);
  EXPECT_EQ(g.comes(1), Taken::parked);
  g.until_after_the_upgrade();
  Taken taken{};
  g.gate.next_parked(g.c, g.settings, taken);
  EXPECT_EQ(taken, Taken::goes_on);
  EXPECT_NE(g.gate.next_parked(g.c, g.settings, taken), kNoMessage);
  EXPECT_EQ(taken, Taken::unreadable) << "version 1, and the receiver reads 2 and 3";
}

TEST(MSG_20, EdgeByPolicyANewerOneIsRefusedOrGuessed) {
  SmallGate refuses, guesses;
  refuses.settings.rule.newer_policy = NewerPolicy::reject;
  EXPECT_EQ(refuses.comes(3), Taken::unreadable);
  guesses.settings.rule.newer_policy = NewerPolicy::best_effort_parse;
  EXPECT_EQ(guesses.comes(3), Taken::goes_on);
  EXPECT_EQ(guesses.pool[guesses.last].ticket.loyalty_points, 0U) << "added in version 3";
  EXPECT_EQ(guesses.pool[guesses.last].ticket.bag_fee, 25) << "known since version 2";
}

TEST(MSG_20, EdgeTwoVersionsAreTwoSteps) {
  SmallGate g;
  g.comes(1);
  Message once = g.pool[g.last];
  once.envelope.schema_version = 1;
  once.ticket.bag_fee = 9;
  once.ticket.loyalty_points = 9;
  up_convert(once);
  EXPECT_EQ(once.ticket.bag_fee, 0);
  EXPECT_EQ(once.ticket.loyalty_points, 9U) << "the next step's business";
  up_convert(once);
  EXPECT_EQ(once.ticket.loyalty_points, 0U);
}

TEST(MSG_20, FailureAReceiverThatGuessesLosesTheFee) {
  SmallGate g(Mutant::newer_schema_guessed);
  g.settings.rule.current = 2;
  EXPECT_EQ(g.comes(2), Taken::goes_on);
  EXPECT_EQ(g.pool[g.last].ticket.bag_fee, 0);
}

TEST(MSG_20, FailureAReceiverThatRefusesFillsTheHospital) {
  SmallGate g(Mutant::newer_schema_rejected);
  EXPECT_EQ(g.comes(3), Taken::unreadable);
}

TEST(MSG_20, HappyTheRolloutGoesByRankAndDay) {
  SchemaRule rule;
  rule.current = 2;
  rule.rollout_from = Date{10};
  rule.rollout_stores_per_day = 2;
  EXPECT_EQ(rule.version_of(0, Date{9}), 1);
  EXPECT_EQ(rule.version_of(1, Date{10}), 2);
  EXPECT_EQ(rule.version_of(2, Date{10}), 1);
  EXPECT_EQ(rule.version_of(2, Date{11}), 2);
}

}  // namespace
}  // namespace tillstorm::integration
