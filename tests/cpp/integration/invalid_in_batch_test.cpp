// MSG-17: what a message that cannot be let in means for the batch that it came in.
#include <gtest/gtest.h>

#include "integration/small_bus.h"

namespace tillstorm::integration {
namespace {

using Batch = rule::BatchRestart::Outcome;

/// What posts of messages before and after an invalid one, in one batch.
std::vector<std::uint32_t> posted_around(SmallBus& desk, int before, int after) {
  desk.say(0, before);
  desk.give(invalid(desk));
  desk.say(0, after);
  desk.run_for(kHour);
  EXPECT_EQ(desk.bus.held(), 0u);
  return desk.posted;
}

TEST(MSG_17, EdgeAnInvalidMessageIsSetAsideAloneOrWithItsChunkOrItsRun) {
  for (const InvalidPolicy policy :
       {InvalidPolicy::quarantine_one, InvalidPolicy::fail_chunk, InvalidPolicy::fail_run}) {
    SmallBus desk([&](BusSettings& s) {
      quarter_hours(s);
      s.batch.commit_chunk_messages = 4;
      s.batch.on_invalid = policy;
    });
    desk.say(0, 5);
    const MessageId wrong = invalid(desk);
    desk.give(wrong);
    desk.say(0, 4);
    desk.finish();
    const std::size_t expected = policy == InvalidPolicy::quarantine_one ? 9u
                                 : policy == InvalidPolicy::fail_chunk   ? 5u
                                                                         : 0u;
    EXPECT_EQ(desk.posted.size(), expected);
    EXPECT_EQ(desk.posted.size() + desk.bus.hospital().inside(), 10u);
    EXPECT_EQ(desk.bus.held(), 0u);
    EXPECT_EQ(desk.taken(Batch::invalid_set_aside), 1u);
  }
}

TEST(MSG_17, EdgeARepeatOfWhatIsSetAsideFailsNobodyElse) {
  for (const InvalidPolicy policy : {InvalidPolicy::fail_chunk, InvalidPolicy::fail_run}) {
    SmallBus desk([&](BusSettings& s) {
      quarter_hours(s);
      s.batch.on_invalid = policy;
    });
    const MessageId wrong = invalid(desk);
    const MessageId repeat = desk.pool.copy(wrong);
    desk.give(wrong);
    desk.run_for(kHour);
    desk.decide(RepairAction::resubmit_edited);
    desk.say(0, 2);
    desk.give(repeat);
    desk.run_for(kHour);
    EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{1, 2, 3})) << "with the mended one";
    EXPECT_EQ(desk.taken(Batch::invalid_set_aside), 1u);
    EXPECT_EQ(desk.taken(rule::DeadLetters::Outcome::repeat_dropped), 1u);
  }
}

TEST(MSG_17, EdgeWhatIsInvalidFailsEachFileThatItIsIn) {
  const auto run_with = [](const std::function<void(FaultKnobs&)>& fault, int before, int after) {
    SmallBus desk([&](BusSettings& s) {
      quarter_hours(s);
      s.batch.on_invalid = InvalidPolicy::fail_run;
    });
    desk.set(fault);
    return posted_around(desk, before, after);
  };
  EXPECT_TRUE(run_with([](FaultKnobs& knobs) { knobs.file_twice_ppm = {1'000'000, 0}; }, 2, 2).empty());
  const auto truncated = [](FaultKnobs& knobs) { knobs.file_truncated_ppm = {1'000'000, 0}; };
  EXPECT_TRUE(run_with(truncated, 1, 3).empty()) << "what is fetched later is of the same run";
  EXPECT_TRUE(run_with(truncated, 3, 1).empty());
}

// The tail of a truncated file has chunks of its own.
TEST(MSG_17, EdgeWhatIsInvalidFailsItsOwnChunkWhereverTheFileBreaks) {
  const auto run_with = [](int before, int after) {
    SmallBus desk([&](BusSettings& s) {
      quarter_hours(s);
      s.batch.on_invalid = InvalidPolicy::fail_chunk;
      s.batch.commit_chunk_messages = 2;
    });
    desk.set([](FaultKnobs& knobs) { knobs.file_truncated_ppm = {1'000'000, 0}; });
    return posted_around(desk, before, after);
  };
  using Numbers = std::vector<std::uint32_t>;
  EXPECT_EQ(run_with(1, 7), (Numbers{4, 5, 6, 7, 8, 9})) << "1 and 3 stood around it";
  EXPECT_EQ(run_with(4, 4), (Numbers{1, 2, 3, 4, 8, 9})) << "it begins what is fetched";
  EXPECT_EQ(run_with(8, 0), (Numbers{1, 2, 3, 4, 5, 6, 7, 8})) << "it would have begun a chunk of its own";
}

// A batch is posted in the order of its source, whatever order it came in.
TEST(MSG_17, EdgeWhatIsInvalidFailsTheChunkInWhichItWouldHaveStood) {
  SmallBus desk([&](BusSettings& s) {
    quarter_hours(s);
    s.batch.on_invalid = InvalidPolicy::fail_chunk;
    s.batch.commit_chunk_messages = 2;
  });
  std::vector<MessageId> all;
  for (int i = 0; i < 7; ++i) all.push_back(desk.message(0));
  desk.pool[all[1]].defect = Defect::missing_field;
  for (const std::size_t i : {4U, 5U, 1U, 6U, 0U, 2U, 3U}) desk.give(all[i]);
  desk.run_for(kHour);
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{4, 5, 6, 7})) << "1 and 3 stood around it";
  EXPECT_EQ(desk.bus.held(), 0u);
}

TEST(MSG_17, EdgeWhatIsMendedBeforeItsBatchIsCutFailsNobody) {
  for (const InvalidPolicy policy : {InvalidPolicy::fail_chunk, InvalidPolicy::fail_run}) {
    for (const bool is_alone : {false, true}) {
      SmallBus desk([&](BusSettings& s) {
        quarter_hours(s);
        s.batch.on_invalid = policy;
      });
      desk.run_for(kMinute);  // midnight is a cut
      const MessageId wrong = invalid(desk);
      desk.give(wrong);
      if (!is_alone) desk.say(0, 2);
      desk.run_for(kMinute);
      desk.decide(RepairAction::resubmit_edited);
      if (is_alone) desk.say(0, 2);
      desk.run_for(kHour);
      EXPECT_EQ(desk.posted, desk.one_to(3));
      EXPECT_EQ(desk.bus.held(), 0u);
      EXPECT_EQ(desk.pool.live(), 1u) << "the original alone is kept";
    }
  }
}

TEST(MSG_17, EdgeMendingOneBodyDoesNotLetAnotherOneUnderItsNumberOff) {
  for (const bool is_mended : {false, true}) {
    SmallBus desk([&](BusSettings& s) {
      quarter_hours(s);
      s.batch.on_invalid = InvalidPolicy::fail_run;
    });
    const MessageId wrong = invalid(desk);
    const MessageId other = desk.pool.copy(wrong);
    desk.pool[other].envelope.body_hash ^= 1;
    desk.give(wrong);
    desk.run_for(kMinute);  // midnight is a cut
    desk.give(other);
    desk.say(0, 2);
    if (is_mended) desk.decide(RepairAction::resubmit_edited, ExceptionBody{desk.reports.at(0)});
    desk.run_for(kHour);
    EXPECT_TRUE(desk.posted.empty());
    EXPECT_EQ(desk.bus.hospital().inside(), 4U) << "with the mended one, which was in that file";
  }
}

TEST(MSG_17, EdgeABatchIsDueOnceAlsoIfAllOfItWasMended) {
  SmallBus desk(quarter_hours);
  desk.run_for(kMinute);
  const MessageId wrong = invalid(desk);
  desk.give(wrong);
  desk.run_for(kMinute);
  EXPECT_EQ(desk.kernel.queue.size(), 1U);
  desk.decide(RepairAction::resubmit_edited);
  EXPECT_EQ(desk.kernel.queue.size(), 1U);
  desk.run_for(kHour);
  EXPECT_EQ(desk.posted, desk.one_to(1));
}

TEST(MSG_17, EdgeAFileOfNothingValidFailsNobodyElse) {
  SmallBus desk([&](BusSettings& s) {
    quarter_hours(s);
    s.batch.on_invalid = InvalidPolicy::fail_run;
  });
  const MessageId wrong = invalid(desk);
  desk.give(wrong);
  desk.run_for(16 * kMinute);
  desk.say(0, 2);
  desk.run_for(kHour);
  EXPECT_EQ(desk.posted, (std::vector<std::uint32_t>{2, 3}));
}

}  // namespace
}  // namespace tillstorm::integration
