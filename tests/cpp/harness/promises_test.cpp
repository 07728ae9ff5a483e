// Every promise holds on a sound run, in every mode and under every fault; and each one breaks when it should.
#include "harness/promises.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "base/money.h"
#include "engine/random_stream.h"
#include "generated_file.h"
#include "harness/promise_reference.h"
#include "harness/small_chain.h"
#include "world/assemble.h"
#include "world/dispatch.h"

namespace tillstorm {
namespace {

class HoldsIn : public testing::TestWithParam<PostingMode> {};

TEST_P(HoldsIn, EveryPostingModeUnderEveryFault) {
  for (const FaultKindText& text : kFaultKinds) {
    const FaultKind kind = text.kind;
    if (is_of_batches(kind) && GetParam() == PostingMode::realtime) continue;
    Scenario s = small_chain();
    s.integration.posting.mode = GetParam();
    s.pricing.changes_per_item_month_ppm = 1'000'000;
    s.catalogue.withdrawals.per_item_month_ppm = 1'000'000;
    s.catalogue.withdrawals.days = 1;
    s.faults.push_back(biting_fault(kind, s, 34 * kHour, 6 * kHour));
    const RunResult result = run_to_end(s);
    EXPECT_FALSE(result.is_partial);
    for (const Violation& violation : result.violations) ADD_FAILURE() << text.name << ": " << violation.message;
    EXPECT_FALSE(result.faults[0].effects.empty()) << text.name << " is inert";
    EXPECT_TRUE(result.converged.has_value()) << text.name;
    EXPECT_TRUE(result.stuck.empty()) << text.name << ": " << result.stuck[0];
    EXPECT_EQ(result.counters.messages_pending, 0u);
    EXPECT_GT(kpi(result, "tickets"), 100);
    if (kind == FaultKind::duplicate) {
      EXPECT_GT(kpi(result, "duplicates_blocked"), 10);
    }
    if (kind == FaultKind::store_link_down) {
      EXPECT_GT(kpi(result, "backlog_drain_s"), 0);
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Modes, HoldsIn,
                         testing::Values(PostingMode::realtime, PostingMode::microbatch, PostingMode::batch));

/// A world that can be damaged in the middle of its run.
struct Damaged {
  Scenario scenario;
  World world;
  Promises promises;

  explicit Damaged(Scenario s)
      : scenario(std::move(s)), world(make_world(make_setup(scenario, nullptr, 1), scenario)), promises(world) {}

  void run_until(Time until) {
    Dispatcher<Promises> dispatcher(world, promises);
    run(world.kernel, dispatcher, until);
  }
  void finish() {
    run_until(world.setup->end + 7 * kDay);
    promises.finished(world);
  }
  Time noon() const { return world.setup->start + 12 * kHour; }
  bool broken(const std::string& promise) const {
    for (const Violation& violation : promises.violations().kept)
      if (violation.promise == promise) return true;
    return false;
  }
};

TEST(Promises, ASoundRunBreaksNone) {
  Damaged run(small_chain());
  run.finish();
  EXPECT_EQ(run.promises.violations().counted, 0u);
}

// exception_owned: what is set aside is somebody's work.
TEST(ExceptionOwned, SeesAMessageSetAsideOfWhichNobodyIsTold) {
  Scenario s = small_chain();
  s.faults.push_back(biting_fault(FaultKind::poison, s, 34 * kHour, 6 * kHour));
  EXPECT_TRUE(run_to_end(s).violations.empty());
  const RunResult result = run_to_end(s, 1, Mutant::dead_letter_unreported);
  ASSERT_FALSE(result.violations.empty());
  EXPECT_EQ(result.violations.back().promise, "exception_owned");
  EXPECT_NE(result.violations.back().message.find("no exception about it is open"), std::string::npos);
}

TEST(ExceptionOwned, SeesAnExceptionThatIsClosedWhileItsMessageIsKept) {
  Scenario s = small_chain();
  s.faults.push_back(biting_fault(FaultKind::malformed, s, 34 * kHour, 6 * kHour));
  const RunResult result = run_to_end(s, 1, Mutant::closed_when_handled);
  ASSERT_FALSE(result.violations.empty());
  EXPECT_EQ(result.violations.back().promise, "exception_owned");
  const Violation first =
      *std::find_if(result.violations.begin(), result.violations.end(),
                    [](const Violation& violation) { return violation.promise == "exception_owned"; });
  EXPECT_LT(first.at, Time{s.start.days * kDay.us} + 3 * kDay) << "at the close of the next day, not at the end";
}

TEST(ExceptionOwned, SeesAnExceptionWhoseMessageIsNoLongerSetAside) {
  Scenario s = small_chain();
  s.faults.push_back(biting_fault(FaultKind::malformed, s, 34 * kHour, 6 * kHour));
  const RunResult result = run_to_end(s, 1, Mutant::cleared_not_heard);
  ASSERT_FALSE(result.violations.empty());
  EXPECT_EQ(result.violations.back().promise, "exception_owned");
  EXPECT_NE(
      result.violations.back().message.find("is not set aside, and an exception of type envelope about it is open"),
      std::string::npos)
      << result.violations.back().message;
}

// Asked at every moment of a sound run, also while the news of an end is under way and while what somebody has mended
// waits in the books for its item.
TEST(ExceptionOwned, HoldsAtAnyMoment) {
  Scenario s = small_chain();
  s.faults = {biting_fault(FaultKind::malformed, s, 34 * kHour, 6 * kHour),
              biting_fault(FaultKind::masters_late, s, 30 * kHour, 20 * kHour)};
  Damaged run(s);
  run.promises = Promises(run.world, Promises::bit_of("exception_owned"));
  int moments = 0;
  for (const Time end = run.world.setup->end; run.world.kernel.queue.next_time() < end; ++moments) {
    run.run_until(run.world.kernel.queue.next_time() + kMicrosecond);
    if (run.world.desk.open().empty()) continue;
    Promises now = run.promises;
    now.finished(run.world);
    ASSERT_EQ(now.violations().counted, 0u) << now.violations().kept[0].message;
  }
  EXPECT_GT(moments, 1000);
  EXPECT_GT(run.world.rules.taken(rule::RepairAndResubmit::Outcome::resubmitted_posted), 10u);
  EXPECT_GT(run.world.rules.taken(rule::DependentWaits::Outcome::item_missing_then_released), 10u);
}

TEST(UnitsConserved, SeesOneUnitThatVanishesFromAShelfAndNamesIt) {
  Damaged run(small_chain());
  run.run_until(run.noon());
  const std::uint32_t cell = run.world.setup->model.stores[1].first_cell + 4;
  run.world.truth[cell].shelf -= 1;
  run.finish();
  ASSERT_TRUE(run.broken("units_conserved"));
  const Violation& violation = run.promises.violations().kept.front();
  EXPECT_EQ(violation.actual, -1);
  const model::StoreSetup& store = run.world.setup->model.stores[1];
  const ItemId item = run.world.setup->model.assortments[store.assortment].index.item(4);
  EXPECT_EQ(violation.entity, "item " + run.world.setup->item_ids[index_of(item)]);
  EXPECT_EQ(violation.place, run.world.setup->place_ids[1]);
}

TEST(BookEqualsTruth, SeesABookCellThatIsWrong) {
  Damaged run(small_chain());
  run.run_until(run.noon());
  run.world.book[run.world.setup->first_cells[0] + 2].on_hand += 3;
  run.finish();
  EXPECT_TRUE(run.broken("book_equals_truth"));
  EXPECT_TRUE(run.broken("journal_balanced")) << "the stock account no longer equals the ledger's value";
  EXPECT_FALSE(run.broken("units_conserved")) << "nothing is wrong with what is there";
}

TEST(NothingLost, SeesAMessageThatIsNeverDelivered) {
  Damaged run(small_chain());
  run.run_until(run.noon());
  integration::FaultKnobs cut;  // and no fault's end will mend it
  cut.any = true;
  cut.down.raise(1, kNone);
  integration::Context road = run.world.road_context();
  run.world.senders[World::up_channel(0)].set_faults(road, cut);
  run.finish();
  EXPECT_TRUE(run.broken("nothing_lost"));
}

TEST(ExactlyOnce, SeesASecondPostingOfATicketThatTheBooksForgot) {
  Damaged run(small_chain());
  run.run_until(run.noon());
  Message twice;
  twice.envelope.type = MessageType::ticket;
  twice.envelope.number = 1;  // the first ticket of the first till has long been posted
  run.promises.posted(run.world, PlaceId{0}, twice, erp::Posting::first);
  ASSERT_TRUE(run.broken("exactly_once"));
  EXPECT_NE(run.promises.violations().kept.front().message.find("was posted twice"), std::string::npos);
}

TEST(JournalBalanced, SeesAnEntryThatDoesNotBalance) {
  Damaged run(small_chain());
  run.run_until(run.noon());
  const std::uint32_t source = 0;
  const MessageId id = run.world.pool.create(MessageType::ticket);
  Message& message = run.world.pool[id];
  message.ticket.net = 100;
  message.ticket.tax = 7;
  message.ticket.tendered = 106;
  message.envelope.number = 900'000;
  message.envelope.business_date = run.scenario.start;
  erp::Context books = run.world.erp_context();
  run.world.partitions[source].receive(books, id);
  run.promises.posted(run.world, PlaceId{source}, Message(message), erp::Posting::first);
  EXPECT_TRUE(run.broken("journal_balanced"));
}

TEST(TendersEqualTicket, SeesATicketPaidWithTheWrongAmount) {
  Damaged run(small_chain());
  const MessageId id = run.world.pool.create(MessageType::ticket);
  run.world.pool.add_line(id, Line{ItemId{0}, 1, 500, 0});
  run.world.pool[id].ticket.net = 500;
  run.world.pool[id].ticket.tendered = 501;
  run.promises.handed_over(run.world, 0, id);
  EXPECT_TRUE(run.broken("tenders_equal_ticket"));
}

TEST(Violations, KeepsTheFirstOfEachPromiseAndCountsAll) {
  Violations violations;
  Violation noisy, quiet;
  noisy.promise = "noisy";
  quiet.promise = "quiet";
  for (int i = 0; i < 250; ++i) violations.add(noisy);
  violations.add(quiet);
  EXPECT_EQ(violations.kept.size(), kViolationsKept + 1);
  EXPECT_EQ(violations.counted, 251u);
  ASSERT_EQ(violations.by_promise.size(), 2u);
  EXPECT_EQ(violations.by_promise[0].times, 250u);
  EXPECT_EQ(violations.by_promise[1].promise, "quiet");
}

TEST(NumbersContiguous, SeesAGap) {
  Damaged run(small_chain());
  const MessageId id = run.world.pool.create(MessageType::ticket);
  run.world.pool[id].envelope.number = 2;
  run.promises.handed_over(run.world, 0, id);
  EXPECT_TRUE(run.broken("numbers_contiguous"));
}

TEST(OrderedPerSource, SeesALaterMessagePostedFirst) {
  Damaged run(small_chain());
  for (const std::uint32_t sequence : {2U, 1U}) {
    Message message;
    message.envelope.number = sequence;
    message.envelope.source_sequence = sequence;
    run.promises.posted(run.world, PlaceId{0}, message, erp::Posting::first);
  }
  EXPECT_TRUE(run.broken("ordered_per_source"));
}

TEST(TendersEqualTicket, SeesAnAmountThatWasDamagedOnItsWay) {
  Damaged run(small_chain());
  Time at = run.noon();
  integration::ChannelSender& sender = run.world.senders[World::up_channel(0)];
  run.run_until(at);
  while (sender.pending() == 0) run.run_until(at = at + kMillisecond);
  Message& message = run.world.pool[sender.pending_message(0)];
  ASSERT_EQ(message.envelope.type, MessageType::ticket);
  message.ticket.net += 900;
  message.ticket.tendered += 900;  // it still adds up
  run.finish();
  EXPECT_TRUE(run.broken("tenders_equal_ticket"));
}

TEST(ZEqualsLedger, SeesATicketPostedToADayThatWasReported) {
  Damaged run(small_chain());
  run.run_until(run.world.setup->start + 40 * kHour);
  const MessageId id = run.world.pool.create(MessageType::ticket);
  Message& message = run.world.pool[id];
  message.envelope.number = 900'000;
  message.envelope.business_date = run.scenario.start;  // its Z report has long been posted
  message.ticket.net = message.ticket.tendered = 100;
  erp::Context books = run.world.erp_context();
  run.world.kernel.act_as(run.world.addresses().partition(PlaceId{0}));
  run.world.partitions[0].receive(books, id);
  EXPECT_FALSE(run.broken("z_equals_ledger"));
  run.finish();
  EXPECT_TRUE(run.broken("z_equals_ledger"));
}

TEST(PriceAuthorised, SeesATillThatKnowsAnotherPrice) {
  Damaged run(small_chain());
  run.run_until(run.noon());
  for (model::TruthCell& cell : run.world.truth) cell.price_minor += 1;
  run.finish();
  EXPECT_TRUE(run.broken("price_authorised"));
}

TEST(MasterDataMapped, SeesASaleOfWhatIsOffSale) {
  Scenario s = small_chain(2, 20, 6);
  s.catalogue.withdrawals.per_item_month_ppm = 1'000'000;
  Damaged run(s);
  run.run_until(run.noon() + 2 * kDay);
  for (model::TruthCell& cell : run.world.truth)
    if (cell.shelf_capacity == 0) cell.shelf = 1'000;  // somebody puts it back on the shelf
  run.finish();
  EXPECT_TRUE(run.broken("master_data_mapped"));
  EXPECT_FALSE(run.broken("price_authorised"));
}

TEST(TaxExact, RoundsAsTheRulesSay) {
  RandomStream random(1, purpose_of("tax_exact"), 0, 0);
  for (int i = 0; i < 100'000; ++i) {
    const auto amount = static_cast<std::int64_t>(random.next32() % 200'001) - 100'000;
    const auto rate = static_cast<Ppm>(i % 3 == 0 ? 50'000 * (random.next32() % 5) : random.next32() % 300'000);
    for (const Rounding mode : {Rounding::half_up, Rounding::half_even, Rounding::down})
      ASSERT_EQ(TaxExact::rounded(amount * rate, mode), share_of(amount, rate, mode)) << amount << " at " << rate;
  }
  EXPECT_EQ(TaxExact::rounded(2'500'000, Rounding::half_up), 3);
  EXPECT_EQ(TaxExact::rounded(2'500'000, Rounding::half_even), 2);
  EXPECT_EQ(TaxExact::rounded(3'500'000, Rounding::half_even), 4);
  EXPECT_EQ(TaxExact::rounded(-2'500'000, Rounding::half_up), -3);
  EXPECT_EQ(TaxExact::rounded(2'999'999, Rounding::down), 2);
}

TEST(Promises, HoldInRandomScenarios) {
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    RandomStream random(seed, purpose_of("random.scenario"), 0, 0);
    const auto any = [&](std::uint32_t n) { return random.next32() % n; };
    Scenario s =
        small_chain(1 + static_cast<int>(any(3)), 10 + static_cast<int>(any(40)), 2 + static_cast<int>(any(3)));
    s.integration.posting.mode = static_cast<PostingMode>(any(3));
    s.finance.tax_rounding_level = static_cast<TaxRoundingLevel>(any(2));
    s.finance.tax_rounding_mode = static_cast<Rounding>(any(3));
    s.pricing.effective_at = TimeOfDay{static_cast<std::int32_t>(any(1440))};
    s.pricing.changes_per_item_month_ppm = any(1'000'001);
    s.demand.tickets_per_store_day = 100 + any(1500);
    for (std::uint32_t faults = any(4); faults != 0; --faults) {
      const auto kind = static_cast<FaultKind>(any(static_cast<std::uint32_t>(kFaultKinds.size())));
      const Duration from = static_cast<std::int64_t>(any(48)) * kHour;
      const Fault fault = biting_fault(kind, s, from, static_cast<std::int64_t>(1 + any(20)) * kHour);
      s.faults.push_back(fault);
    }
    const RunResult result = run_to_end(s, seed);
    for (const Violation& violation : result.violations) ADD_FAILURE() << "seed " << seed << ": " << violation.message;
  }
}

TEST(Promises, CanBeChosen) {
  Scenario s = small_chain();
  RunOptions options;
  options.mutant = Mutant::revenue_leg_rounded_alone;
  options.which_promises = Promises::bit_of("z_equals_ledger");
  Simulation simulation(s, nullptr, options);
  simulation.advance(kNever, ~std::uint64_t{0});
  const RunResult result = simulation.result();
  ASSERT_EQ(result.violations_by_promise.size(), 1u);
  EXPECT_EQ(result.violations_by_promise[0].promise, "z_equals_ledger");
  EXPECT_EQ(Promises::bit_of("no_such_promise"), 0u);
}

TEST(PromiseReference, IsTheCommittedPage) { expect_committed("docs/promises.md", promise_reference_markdown()); }

TEST(Promises, GuardRulesThatKnowIt) {
  std::set<std::string> known;
  AllRules::each([&]<class Rule>() { known.insert(std::string(Rule::text.id)); });
  for (const PromiseText& promise : Promises::texts()) {
    std::istringstream rules{std::string(promise.guards)};
    for (std::string rule; rules >> rule;) {
      EXPECT_EQ(known.count(rule), 1u) << promise.name << " guards " << rule;
      AllRules::each([&]<class Rule>() {
        if (Rule::text.id != rule) return;
        EXPECT_NE(Rule::text.guards.find(promise.name), std::string_view::npos)
            << rule << " does not name " << promise.name;
      });
    }
  }
}

}  // namespace
}  // namespace tillstorm
