// MSG-17 where a crash stops no worker: each repetition still takes time.
#include <gtest/gtest.h>

#include "integration/small_bus.h"

namespace tillstorm::integration {
namespace {

/// Two hours in which every commit crashes, and what was posted once they are over.
SmallBus two_hours_of_crashes(const std::function<void(BusSettings&)>& change) {
  SmallBus desk([&](BusSettings& s) {
    quarter_hours(s);
    change(s);
  });
  desk.say(0, 10);
  desk.set([](FaultKnobs& knobs) { knobs.commit_crash_ppm = {1'000'000, 0}; });
  desk.run_for(2 * kHour);
  desk.mend();
  desk.finish();
  return desk;
}

TEST(MSG_17, EdgeACrashWithoutAWorkerIsNotRepeatedAtOneInstant) {
  const SmallBus desk = two_hours_of_crashes([](BusSettings& s) {
    s.capacity.mode = CapacityMode::infinite;
    s.batch.checkpoint = Checkpoint::after_commit;
  });
  EXPECT_GT(desk.posted.size(), 10u);
  EXPECT_LE(desk.bus.counters().calls, 2u * 3600u / 20u + 2u) << "one for each restart of the poster";
  EXPECT_EQ(desk.bus.held(), 0u);
}

TEST(MSG_17, EdgeAPosterThatIsBackAtOnceTakesASecondAllTheSame) {
  const SmallBus desk = two_hours_of_crashes([](BusSettings& s) {
    s.dead_letter.restart_seconds = 0;
    s.capacity.service_us_base = 1;
    s.batch.checkpoint = Checkpoint::after_commit;
  });
  EXPECT_GT(desk.posted.size(), 10u);
  EXPECT_LE(desk.bus.counters().calls, 2u * 3600u + 2u);
}

TEST(MSG_17, EdgeACrashWhileABreakerIsTriedDoesNotKeepItsProbe) {
  // The calls of an hour fail and open the breaker; then every commit crashes, the probes among them.
  SmallBus desk([](BusSettings& s) {
    quarter_hours(s);
    s.batch.commit_chunk_messages = 2;
    s.breaker.min_calls = 1;
    s.retry.max_attempts = 60'000;
  });
  desk.say(0, 10);
  desk.set([](FaultKnobs& knobs) { knobs.unreachable = {1, 0}; });
  desk.run_for(kHour);
  desk.set([](FaultKnobs& knobs) { knobs.commit_crash_ppm = {1'000'000, 0}; });
  desk.run_for(kHour);
  desk.mend();
  desk.finish();
  EXPECT_EQ(desk.posted, desk.one_to(10));
  EXPECT_EQ(desk.bus.held(), 0u);
}

}  // namespace
}  // namespace tillstorm::integration
