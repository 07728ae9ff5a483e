// Every promise holds on a sound run, in every mode and under every fault; and each one breaks when it should.
#include "harness/promises.h"

#include <gtest/gtest.h>

#include "harness/small_chain.h"
#include "world/assemble.h"
#include "world/dispatch.h"

namespace tillstorm {
namespace {

class HoldsIn : public testing::TestWithParam<PostingMode> {};

TEST_P(HoldsIn, EveryPostingModeUnderEveryFault) {
  for (const FaultKindText& text : kFaultKinds) {
    const FaultKind kind = text.kind;
    Scenario s = small_chain();
    s.integration.posting.mode = GetParam();
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

TEST(Violations, KeepsTheFirstAndCountsAll) {
  Violations violations;
  for (int i = 0; i < 250; ++i) violations.add(Violation{});
  EXPECT_EQ(violations.kept.size(), kViolationsKept);
  EXPECT_EQ(violations.counted, 250u);
}

}  // namespace
}  // namespace tillstorm
