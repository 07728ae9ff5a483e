// MSG-12, MSG-13: what is kept of a message that was set aside.
#include "integration/hospital.h"

#include <gtest/gtest.h>

#include "integration/small_bus.h"

namespace tillstorm::integration {
namespace {

TEST(MSG_12, EdgeWhatIsClosedIsKeptForItsDaysAndThenDeleted) {
  SmallBus bus([](BusSettings& s) {
    s.retry.max_attempts = 1;
    s.dead_letter.retention_days = 2;
  });
  const auto one_dies = [&] {
    bus.set([](FaultKnobs& knobs) { knobs.reject_ppm = {1'000'000, 0}; });
    bus.say(0);
    bus.run_for(kSecond);
    bus.mend();
    bus.decide(RepairAction::cancel);
  };
  one_dies();
  bus.run_for(kDay);
  one_dies();
  EXPECT_EQ(bus.bus.hospital().kept(), 2U);
  EXPECT_EQ(bus.taken(rule::DeadLetters::Outcome::purged_after_closing), 0U);
  bus.run_for(kDay);
  one_dies();
  EXPECT_EQ(bus.bus.hospital().kept(), 2U) << "the first one is two days old";
  EXPECT_EQ(bus.taken(rule::DeadLetters::Outcome::purged_after_closing), 1U);
}

TEST(MSG_13, EdgeTheOriginalIsKeptAndSentOnUnderItsKeyUnlessToldOtherwise) {
  for (const RepairKey key : {RepairKey::same_key, RepairKey::new_key}) {
    SmallBus bus([&](BusSettings& s) {
      s.retry.max_attempts = 1;
      s.repair.key_policy = key;
    });
    bus.set([](FaultKnobs& knobs) { knobs.reject_ppm = {1'000'000, 0}; });
    bus.say(0);
    bus.run_for(kSecond);
    bus.mend();
    const std::uint64_t subject = bus.reports.back().subject;
    bus.decide(RepairAction::resubmit_edited);
    bus.run_for(kSecond);
    ASSERT_EQ(bus.envelopes.size(), 1U);
    EXPECT_EQ(bus.envelopes[0].number, key == RepairKey::same_key ? 1U : 1'000'001U);
    EXPECT_EQ(bus.taken(rule::IdempotencyKey::Outcome::reused_on_resubmit), key == RepairKey::same_key ? 1U : 0U);
    bus.bus.known_to_be_posted(bus.c, bus.s, subject);
    EXPECT_EQ(bus.bus.hospital().kept(), 1U);
  }
}

}  // namespace
}  // namespace tillstorm::integration
