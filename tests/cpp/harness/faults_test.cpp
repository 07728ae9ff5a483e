// Faults in a whole chain (OFFLINE-02, OFFLINE-03): what each did is known, the customers stay the same people, and
// everything heals.
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/any_schedule.h"
#include "harness/small_chain.h"
#include "harness/stuck.h"
#include "world/assemble.h"
#include "world/dispatch.h"

namespace tillstorm {
namespace {

std::uint64_t effect(const RunResult& result, const std::string& name, std::size_t fault = 0) {
  for (const FaultOutcome::Effect& each : result.faults[fault].effects)
    if (each.name == name) return each.count;
  return 0;
}

void expect_sound(const RunResult& result) {
  for (const Violation& violation : result.violations) ADD_FAILURE() << violation.message;
  for (const std::string& line : result.stuck) ADD_FAILURE() << line;
  EXPECT_FALSE(result.is_partial);
}

RunResult run_with(const Fault& fault, Scenario s = small_chain(), Mutant mutant = Mutant::none) {
  s.faults = {fault};
  return run_to_end(s, 1, mutant);
}

TEST(Faults, SayWhatTheyAreAndWhomTheyHit) {
  const Scenario s = small_chain();
  Fault fault = fault_of(FaultKind::store_link_down, s, 34 * kHour, 2 * kHour);
  fault.repeat = FaultRepeat{12 * kHour, 3};
  const RunResult result = run_with(fault);
  ASSERT_EQ(result.faults.size(), 1u);
  EXPECT_EQ(result.faults[0].kind, "store_link_down");
  EXPECT_EQ(result.faults[0].stores, 2u);
  EXPECT_EQ(result.faults[0].until - result.faults[0].from, 26 * kHour);
  EXPECT_GT(effect(result, "held"), 10u);
}

TEST(Faults, OneThatHitsNobodyIsInert) {
  const Scenario s = small_chain();
  const RunResult night = run_with(fault_of(FaultKind::duplicate, s, 27 * kHour, kHour));
  EXPECT_TRUE(night.faults[0].effects.empty()) << "the stores are closed at three in the morning";
  EXPECT_TRUE(night.converged.has_value());
}

TEST(Faults, OfTwoAtOnceTheStrongerOneIsChargedAndTheFirstAmongEquals) {
  Scenario s = small_chain();
  Fault weak = fault_of(FaultKind::duplicate, s, 34 * kHour, 4 * kHour), strong = weak;
  weak.share_ppm = 200'000;
  s.faults = {weak, strong, strong};
  const RunResult result = run_to_end(s);
  EXPECT_EQ(effect(result, "duplicated", 0), 0u);
  EXPECT_GT(effect(result, "duplicated", 1), 0u);
  EXPECT_EQ(effect(result, "duplicated", 2), 0u);
}

TEST(Faults, OneOfProbabilityZeroIsNotThere) {
  const Scenario s = small_chain();
  const std::string sound = run_to_end(s).digest;
  for (const FaultKindText& text : kFaultKinds) {
    if (text.knobs.find("share_ppm") == std::string_view::npos) continue;
    Fault fault = fault_of(text.kind, s, kHour, 60 * kHour);
    fault.share_ppm = 0;
    EXPECT_EQ(run_with(fault).digest, sound) << text.name;
  }
}

TEST(Faults, LeaveTheCustomersTheSamePeople) {
  const Scenario s = small_chain();
  const RunResult sound = run_to_end(s);
  for (const FaultKindText& text : kFaultKinds) {
    if (text.kind == FaultKind::terminal_crash) continue;  // who is served when depends on the tills
    // On the last evening: what the books order for the stores afterwards comes too late to be sold.
    const RunResult with = run_with(biting_fault(text.kind, s, 62 * kHour, 4 * kHour));
    EXPECT_EQ(kpi(with, "tickets"), kpi(sound, "tickets")) << text.name;
    EXPECT_EQ(kpi(with, "net_sales"), kpi(sound, "net_sales")) << text.name;
  }
}

TEST(Faults, AnErpThatIsDownPostponesItsReviews) {
  const Scenario s = small_chain();
  const RunResult result = run_with(fault_of(FaultKind::erp_down, s, 20 * kHour, 10 * kHour));
  expect_sound(result);
  EXPECT_GE(effect(result, "jobs_postponed"), 2u);
  EXPECT_GT(effect(result, "buffered"), 10u);
  EXPECT_EQ(result.rules.taken(rule::ErpLossAbsorbed::Outcome::drained_in_order), effect(result, "buffered"));
}

TEST(Faults, MiddlewareThatIsDownAnswersNobody) {
  const Scenario s = small_chain();
  const RunResult result = run_with(fault_of(FaultKind::middleware_down, s, 34 * kHour, 3 * kHour));
  expect_sound(result);
  EXPECT_GT(effect(result, "messages_lost"), 10u);
  ASSERT_TRUE(result.converged.has_value());
  EXPECT_GT(*result.converged, *result.healed);
}

TEST(Faults, OfTheBooksKeepEveryPromiseTogether) {
  Scenario s = small_chain();
  s.faults = {biting_fault(FaultKind::masters_late, s, 34 * kHour, 20 * kHour),
              biting_fault(FaultKind::key_reuse, s, 33 * kHour, 6 * kHour),
              biting_fault(FaultKind::tender_correction, s, 33 * kHour, 6 * kHour),
              biting_fault(FaultKind::lost_acknowledgement, s, 35 * kHour, 2 * kHour)};
  const RunResult result = run_to_end(s);
  expect_sound(result);
  EXPECT_TRUE(result.converged.has_value());
  EXPECT_GT(result.rules.taken(rule::KeyConflict::Outcome::conflict_quarantined), 10u);
  EXPECT_GT(result.rules.taken(rule::KeyConflict::Outcome::revision_superseded), 10u);
  EXPECT_EQ(result.rules.taken(rule::KeyConflict::Outcome::revision_superseded),
            effect(result, "tenders_corrected", 2));
}

TEST(Faults, ASaleUnderTheKeyOfOneThatIsSetAsideIsCaughtToo) {
  Scenario s = small_chain();
  for (const FaultKind kind : {FaultKind::malformed, FaultKind::poison, FaultKind::erp_rejecting}) {
    Fault reuse = biting_fault(FaultKind::key_reuse, s, 34 * kHour, 4 * kHour);
    Fault aside = biting_fault(kind, s, 34 * kHour, 4 * kHour);
    reuse.share_ppm = 1'000'000;
    if (kind == FaultKind::erp_rejecting) s.integration.retry.max_attempts = 2;
    s.faults = {reuse, aside};
    const RunResult result = run_to_end(s);
    EXPECT_EQ(what_is_wrong(s, result), "");
    EXPECT_GT(result.rules.taken(rule::RepairAndResubmit::Outcome::resubmitted_posted), 10u) << text_of(kind).name;
    EXPECT_EQ(result.rules.taken(rule::KeyConflict::Outcome::conflict_quarantined), effect(result, "keys_reused"))
        << text_of(kind).name;
  }
}

/// A world as it is some time after its start.
World world_after(const Scenario& s, Duration length) {
  World world = make_world(make_setup(s, nullptr, 1), s);
  NoObserver nobody;
  Dispatcher<NoObserver> dispatcher(world, nobody);
  run(world.kernel, dispatcher, world.setup->start + length);
  return world;
}

/// How far the books are behind when all is over.
std::int64_t behind_after(const Scenario& s) {
  const World world = world_after(s, (s.days + 30) * kDay);
  EXPECT_GT(world.backlog.most(), 0);
  if (s.integration.queue.full_policy != FullQueuePolicy::refuse_upstream) {
    EXPECT_GT(world.bus.counters().dropped, 10u);
  }
  return world.backlog.behind();
}

// Each message is behind once, and over once: also if another sale comes under its number or a copy is posted too.
TEST(Faults, NothingIsBehindTheBooksAtTheEndWhateverCameTwice) {
  for (const FaultKind kind : {FaultKind::key_reuse, FaultKind::malformed, FaultKind::tender_correction}) {
    Scenario s = small_chain();
    s.faults = {biting_fault(kind, s, 34 * kHour, 4 * kHour)};
    EXPECT_EQ(behind_after(s), 0) << text_of(kind).name;
  }
  Scenario s = small_chain();
  s.faults = {biting_fault(FaultKind::lost_acknowledgement, s, 34 * kHour, 4 * kHour)};
  for (const KeySource keys : {KeySource::server_assigned, KeySource::content_hash}) {
    s.integration.idempotency.key_source = keys;
    EXPECT_EQ(behind_after(s), 0) << static_cast<int>(keys);
  }
}

TEST(Faults, WhatIsLostForWantOfRoomIsNotBehind) {
  Scenario s = small_chain();
  s.faults = {fault_of(FaultKind::erp_down, s, 34 * kHour, 4 * kHour)};
  s.integration.queue.max_messages = 5;
  s.integration.queue.high_water_ppm = 2'000'000;
  for (const FullQueuePolicy policy : {FullQueuePolicy::drop_oldest, FullQueuePolicy::drop_newest}) {
    s.integration.queue.full_policy = policy;
    EXPECT_EQ(behind_after(s), 0);
  }
}

// A copy that finds no room while another one is held is no loss, and nothing has come to its end.
TEST(Faults, WhatIsHeldIsBehindAlthoughItsRepeatsAreDropped) {
  Scenario s = small_chain();
  s.faults = {fault_of(FaultKind::erp_down, s, 34 * kHour, 8 * kHour),
              biting_fault(FaultKind::lost_acknowledgement, s, 34 * kHour, 8 * kHour)};
  s.faults[1].share_ppm = 1'000'000;
  s.integration.queue.max_messages = 50;
  s.integration.queue.high_water_ppm = 2'000'000;
  s.integration.queue.full_policy = FullQueuePolicy::drop_newest;
  const World world = world_after(s, 40 * kHour);
  EXPECT_GT(world.bus.counters().dropped, 10u);
  EXPECT_EQ(world.bus.held(), 50u);
  EXPECT_GE(world.backlog.behind(), 20) << "of some two or three copies are held";
}

// What a store's log has no room for is lost, and nothing else: the link goes on behind it.
TEST(Faults, AStoreThatOverwritesItsLogGoesOnAfterwards) {
  Scenario s = small_chain();
  s.faults = {fault_of(FaultKind::store_link_down, s, 34 * kHour, 6 * kHour)};
  s.integration.source_log.max_messages = 20;
  s.integration.source_log.full_policy = FullLogPolicy::drop_oldest;
  const RunResult result = run_to_end(s);
  for (const std::string& line : result.stuck) ADD_FAILURE() << line;
  EXPECT_EQ(result.counters.messages_pending, 0u);
  ASSERT_FALSE(result.violations.empty());
  EXPECT_TRUE(std::any_of(result.violations.begin(), result.violations.end(),
                          [](const Violation& each) { return each.promise == "nothing_lost"; }));
  EXPECT_EQ(behind_after(s), 0);
  const World world = world_after(s, 39 * kHour);
  EXPECT_EQ(world.senders[World::up_channel(0)].pending(), 20u) << "it is full";
  s.integration.source_log.max_messages = 100'000;
  expect_sound(run_to_end(s));
}

// What the books cannot park any more is handed back, and is somebody's work like anything that is set aside.
TEST(Faults, MoreMayWaitForAnItemThanThereIsRoomForHoweverLong) {
  Scenario s = small_chain(2, 20, 14);
  s.demand.tickets_per_store_day = 10;
  s.people.exceptions.inventory_planners = 20;
  s.faults = {biting_fault(FaultKind::masters_late, s, 34 * kHour, 10 * kDay)};
  s.integration.dependency.max_parked = 1;
  const RunResult result = run_to_end(s);
  expect_sound(result);
  EXPECT_EQ(result.counters.messages_aside, 0u);
  EXPECT_GT(result.rules.taken(rule::RepairAndResubmit::Outcome::failed_again), 10u);
}

TEST(Faults, MoreMayWaitForAnItemThanThereIsRoomFor) {
  Scenario s = small_chain();
  s.faults = {biting_fault(FaultKind::masters_late, s, 34 * kHour, 20 * kHour)};
  s.integration.dependency.max_parked = 1;
  const RunResult result = run_to_end(s);
  expect_sound(result);
  EXPECT_EQ(result.counters.messages_aside, 0u);
  EXPECT_GT(result.rules.taken(rule::RepairAndResubmit::Outcome::resubmitted_posted), 10u);
}

// In the first the other sale is given up while the one whose key it has still waits for somebody; in the second that
// one is older than the books remember when it comes back.
TEST(Faults, SchedulesInWhichAnotherSaleTookTheKeyOfOneThatStoodAside) {
  for (const std::uint64_t seed : {1'000'182'957U, 1'000'880'518U}) {
    const Scenario s = any_schedule(seed);
    const RunResult result = run_to_end(s, seed);
    EXPECT_TRUE(may_take_another_sale(s, result)) << seed;
    EXPECT_EQ(took_another_sale(s, result), seed == 1'000'880'518U) << seed;
    EXPECT_EQ(what_is_wrong(s, result), "") << seed;
  }
}

TEST(Crash, RestoresOrCancelsTheOpenTicketAndStillSendsWhatWasCompleted) {
  for (const JournalFlush flush : {JournalFlush::each_line, JournalFlush::each_ticket}) {
    Scenario s = small_chain();
    s.integration.pos.journal_flush = flush;
    s.faults = {fault_of(FaultKind::store_link_down, s, 34 * kHour, 6 * kHour),
                biting_fault(FaultKind::terminal_crash, s, 34 * kHour, {})};
    const RunResult result = run_to_end(s);
    expect_sound(result);
    using Outcome = rule::TerminalCrash::Outcome;
    const bool is_restored = flush == JournalFlush::each_line;
    const std::uint64_t interrupted = effect(result, "tickets_interrupted", 1);
    EXPECT_GT(interrupted, 0u);
    EXPECT_EQ(result.rules.taken(Outcome::open_ticket_restored), is_restored ? interrupted : 0u);
    EXPECT_EQ(result.rules.taken(Outcome::open_ticket_cancelled), is_restored ? 0u : interrupted);
    EXPECT_GT(effect(result, "tickets_requeued", 1), 10u);
  }
}

TEST(Crash, HitsOnlyTheTillThatIsNamed) {
  Scenario s = small_chain();
  Fault fault = biting_fault(FaultKind::terminal_crash, s, 34 * kHour, {});
  const std::uint64_t all = effect(run_with(fault), "tickets_interrupted");
  fault.terminal = 1;
  const std::uint64_t first = effect(run_with(fault), "tickets_interrupted");
  fault.terminal = 900;
  EXPECT_TRUE(run_with(fault).faults[0].effects.empty());
  EXPECT_GT(first, 0u);
  EXPECT_LT(first, all);
}

/// Name of the first promise that a mutant breaks under these faults; empty if none.
std::string broken_by(Mutant mutant, const std::vector<Fault>& faults, Scenario s = small_chain()) {
  s.faults = faults;
  const RunResult result = run_to_end(s, 1, mutant);
  return result.violations.empty() ? "" : result.violations.front().promise;
}

TEST(Mutants, OfFaultsBreakAPromise) {
  const Scenario s = small_chain();
  Scenario each_ticket = s;
  each_ticket.integration.pos.journal_flush = JournalFlush::each_ticket;
  const Fault crash = biting_fault(FaultKind::terminal_crash, s, 34 * kHour, {});
  const Fault cut = fault_of(FaultKind::store_link_down, s, 34 * kHour, 6 * kHour);
  const Fault erp = fault_of(FaultKind::erp_down, s, 34 * kHour, 6 * kHour);
  EXPECT_NE(broken_by(Mutant::damaged_body_posted, {biting_fault(FaultKind::corrupt, s, 34 * kHour, 6 * kHour)}), "");
  EXPECT_NE(broken_by(Mutant::buffer_lost_with_erp, {erp}), "");
  EXPECT_NE(broken_by(Mutant::crash_empties_queue, {cut, crash}), "");
  EXPECT_NE(broken_by(Mutant::crash_keeps_cancelled_goods, {crash}, each_ticket), "");
  EXPECT_NE(broken_by(Mutant::hole_is_skipped, {biting_fault(FaultKind::store_link_lossy, s, 34 * kHour, 6 * kHour)}),
            "");
}

TEST(Convergence, ComesWhenTheBacklogHasDrained) {
  const Scenario s = small_chain();
  const RunResult sound = run_to_end(s);
  EXPECT_FALSE(sound.healed.has_value());
  EXPECT_FALSE(sound.converged.has_value());
  const RunResult result = run_with(fault_of(FaultKind::store_link_down, s, 34 * kHour, 6 * kHour));
  ASSERT_TRUE(result.converged.has_value());
  EXPECT_TRUE(result.not_converged.empty());
  const double drain = kpi(result, "backlog_drain_s");
  EXPECT_GE(seconds(*result.converged - *result.healed), drain - 1);
}

TEST(Backlog, IsOfTheSameMessagesHoweverTheyArePosted) {
  Scenario s = small_chain();
  const Fault erp = fault_of(FaultKind::erp_down, s, 34 * kHour, 2 * kHour);
  const RunResult one_by_one = run_with(erp, s);
  const auto messages = static_cast<double>(effect(one_by_one, "buffered"));
  ASSERT_GT(messages, 50);
  EXPECT_GT(kpi(one_by_one, "backlog_drain_s"), 0);
  for (const PostingMode mode : {PostingMode::microbatch, PostingMode::batch}) {
    s.integration.posting.mode = mode;
    s.integration.posting.interval_minutes = 10;
    const RunResult result = run_with(erp, s);
    // Those that came just before, and have not been posted when the ERP goes away, wait for it too.
    EXPECT_GE(static_cast<double>(effect(result, "buffered")), 0.8 * messages);
    EXPECT_LE(static_cast<double>(effect(result, "buffered")), 1.3 * messages);
    EXPECT_GT(kpi(result, "backlog_drain_s"), 0);
  }
  s.integration.posting.mode = PostingMode::realtime;
  s.integration.topology = Topology::point_to_point;
  EXPECT_GT(kpi(run_with(erp, s), "backlog_drain_s"), 0);
  EXPECT_GT(kpi(run_with(fault_of(FaultKind::erp_unreachable, s, 34 * kHour, 2 * kHour), s), "backlog_drain_s"), 0);
}

TEST(Convergence, NeverComesIfSomethingIsLost) {
  const Scenario s = small_chain();
  Fault erp = fault_of(FaultKind::erp_down, s, 34 * kHour, 6 * kHour);
  const RunResult result = run_with(erp, s, Mutant::buffer_lost_with_erp);
  EXPECT_FALSE(result.converged.has_value());
  EXPECT_EQ(result.not_converged.size(), 3u);
}

TEST(Stuck, ARunThatEndsInAnOutageSaysWhatWaitsWhereAndWhy) {
  const Scenario s = small_chain();
  const RunResult erp = run_with(fault_of(FaultKind::erp_down, s, 34 * kHour, 30 * kDay));
  ASSERT_EQ(erp.stuck.size(), 3u);
  EXPECT_NE(erp.stuck[0].find("wait at the middleware for the ERP since"), std::string::npos) << erp.stuck[0];
  EXPECT_NE(erp.stuck[0].find("(fault 0, erp_down)"), std::string::npos) << erp.stuck[0];
  const RunResult link = run_with(fault_of(FaultKind::store_link_down, s, 34 * kHour, 30 * kDay));
  ASSERT_FALSE(link.stuck.empty());
  EXPECT_NE(link.stuck[0].find("nothing can be sent (fault 0, store_link_down)"), std::string::npos) << link.stuck[0];
}

TEST(Stuck, ADrainInWhichNothingMovesIsStoppedBeforeItsEnd) {
  const Scenario s = small_chain();
  Scenario with = s;
  // The second cut comes while the backlog of the first is being sent; the mutant never takes it up again.
  with.faults = {fault_of(FaultKind::store_link_down, s, 56 * kHour, 10 * kHour),
                 fault_of(FaultKind::store_link_down, s, 66 * kHour + 2 * kSecond, kMinute)};
  with.replenishment.enabled = false;  // no goods on their way: the drain is silent
  const RunResult result = run_to_end(with, 1, Mutant::second_outage_ends_replay);
  ASSERT_FALSE(result.stuck.empty());
  EXPECT_NE(result.stuck[0].find("without acknowledgement since"), std::string::npos) << result.stuck[0];
  EXPECT_LT(result.reached, *result.healed + 4 * kDay);
  EXPECT_FALSE(result.is_partial);
}

TEST(Stuck, EventsWithoutEndAtOneInstantAreSeen) {
  const Scenario s = small_chain();
  World world = make_world(make_setup(s, nullptr, 1), s);
  Progress progress;
  EXPECT_EQ(progress.look(world), Progress::Verdict::gets_on);
  EXPECT_EQ(progress.look(world), Progress::Verdict::gets_on);
  world.kernel.dispatched += Progress::kEventsAtOneInstant + 1;
  EXPECT_EQ(progress.look(world), Progress::Verdict::endless_instant);
  const std::vector<std::string> lines = what_is_stuck(world, Progress::Verdict::endless_instant);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_NE(lines[0].find("events without end"), std::string::npos);
}

// Property: whatever breaks, in whatever combination and under whatever settings, every promise holds, and once all is
// healed the books converge. `make soak` runs as many as there is time for.
TEST(Faults, AnyScheduleHeals) {
  constexpr std::uint64_t kSchedules = 300;
  for (std::uint64_t seed = 0; seed < kSchedules; ++seed) {
    const Scenario s = any_schedule(seed);
    const RunResult result = run_to_end(s, seed);
    std::string story;
    for (const Fault& fault : s.faults) story += std::string(text_of(fault.kind).name) + " ";
    ASSERT_EQ(what_is_wrong(s, result), "") << seed << " " << story;
  }
}

}  // namespace
}  // namespace tillstorm
