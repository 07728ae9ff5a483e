// Stories of tickets, messages and items: what they tell, what they refuse, and that following changes nothing.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "harness/explain/tracer.h"
#include "harness/explain/witness_run.h"
#include "harness/invariants/witness.h"
#include "harness/small_chain.h"
#include "world/assemble.h"

namespace tillstorm {
namespace {

RunResult followed(const Scenario& s, std::vector<std::string> filters, Mutant mutant = Mutant::none) {
  Simulation simulation(s, nullptr, {1, true, mutant, std::move(filters)});
  simulation.advance(kNever, ~std::uint64_t{0});
  return simulation.result();
}

/// Position of the first line with this text from `from` on; the number of lines if there is none.
std::size_t find(const Trail& trail, const std::string& text, std::size_t from = 0) {
  while (from < trail.lines.size() && trail.lines[from].find(text) == std::string::npos) ++from;
  return from;
}

void expect_in_order(const Trail& trail, const std::vector<std::string>& texts) {
  std::size_t at = 0;
  for (const std::string& text : texts) {
    const std::size_t found = find(trail, text, at);
    if (found == trail.lines.size()) {
      ADD_FAILURE() << "no `" << text << "` after line " << at << " of:";
      for (const std::string& line : trail.lines) ADD_FAILURE() << line;
      return;
    }
    at = found;
  }
}

std::string first_ticket(const Scenario& s) { return "ticket=" + s.chain.stores[0].id + "-01-000001"; }

TEST(Explain, FollowingChangesNothing) {
  const Scenario s = small_chain();
  EXPECT_EQ(followed(s, {first_ticket(s), "item=" + s.catalogue.items[0].id + "@" + s.chain.stores[0].id}).digest,
            run_to_end(s).digest);
}

TEST(Explain, ATicketIsToldFromTheDoorToTheJournal) {
  const Scenario s = small_chain();
  const RunResult result = followed(s, {first_ticket(s)});
  ASSERT_EQ(result.trails.size(), 1u);
  EXPECT_EQ(result.trails[0].filter, first_ticket(s));
  expect_in_order(result.trails[0], {"arrives", "is at the tills", "sold at till 01", "handed over as number", "sent",
                                     "arrived", "posted as ticket", "movement", "journal", "sales_revenue"});
  EXPECT_LT(find(result.trails[0], "acknowledged"), result.trails[0].lines.size());
}

TEST(Explain, AnOutageALostAnswerAndARepeatAreTold) {
  Scenario s = small_chain();
  s.faults.push_back(fault_of(FaultKind::store_link_down, s, 0 * kHour, 30 * kHour));
  expect_in_order(followed(s, {first_ticket(s)}).trails[0],
                  {"handed over", "kept in the log: the link is down", "sent", "arrived", "acknowledged", "posted as"});
  s.faults.clear();
  s.faults.push_back(fault_of(FaultKind::lost_acknowledgement, s, 0 * kHour, 30 * kHour));
  expect_in_order(followed(s, {first_ticket(s)}).trails[0],
                  {"handed over", "sent", "arrived", "answer did not reach", "posted as", "sent again", "arrived again",
                   "recognised as posted before"});
  s.faults.clear();
  s.integration.posting.mode = PostingMode::batch;
  expect_in_order(followed(s, {first_ticket(s)}).trails[0], {"arrived", "posted as"});
}

TEST(Explain, WhatFoundNoRoomIsTold) {
  Scenario s = small_chain();
  s.faults.push_back(fault_of(FaultKind::store_link_down, s, 0 * kHour, 30 * kHour));
  s.integration.source_log.max_messages = 20;
  s.integration.source_log.full_policy = FullLogPolicy::drop_oldest;
  const Trail trail = followed(s, {first_ticket(s)}).trails[0];
  expect_in_order(trail, {"kept in the log: the link is down", "dropped: there was no room for it"});
  EXPECT_EQ(find(trail, "acknowledged"), trail.lines.size());
}

TEST(Explain, OtherMessagesAreFollowedToo) {
  const Scenario s = small_chain(2, 20, 12);
  const RunResult result =
      followed(s, {"message=day_close:1@" + s.chain.stores[1].id, "message=goods_receipt:1@" + s.chain.stores[1].id,
                   "message=online_order:1@DC1", "message=online_shipment:1@DC1", "message=dispatch:1@DC1"});
  ASSERT_EQ(result.trails.size(), 5u);
  expect_in_order(result.trails[0], {"day_close 1 of", "handed over", "posted as day_close"});
  expect_in_order(result.trails[2], {"online_order 1 of", "handed over", "sent", "arrived", "passed on to the DC"});
  expect_in_order(result.trails[3], {"online_shipment 1 of", "posted as online_shipment", "card_clearing"});
  expect_in_order(result.trails[4], {"dispatch 1 of", "posted as dispatch", "goods_in_transit"});
}

TEST(Explain, AnItemIsToldInBothWorldsWithItsCauses) {
  const Scenario s = small_chain();
  const RunResult result = followed(s, {"item=" + s.catalogue.items[0].id + "@" + s.chain.stores[0].id});
  const Trail& trail = result.trails[0];
  expect_in_order(trail, {"the run begins", "truth: shelf", "truth: ", "sold on ticket", "book: on hand"});
  EXPECT_LT(find(trail, "taken by customer"), trail.lines.size());
}

TEST(Explain, AnExceptionIsToldToItsEndAndInTheStoryOfItsMessage) {
  Scenario s = small_chain();
  Fault poison = fault_of(FaultKind::poison, s, 34 * kHour, 6 * kHour);
  poison.share_ppm = 300'000;
  s.faults.push_back(poison);
  const Trail exception = followed(s, {"exception=1"}).trails.at(0);
  expect_in_order(exception, {"exception 1 opened: dead_letter of ticket", "exception 1 is taken on by it_support",
                              "exception 1 closed: repaired, after"});
  const std::string& opened = exception.lines[0];
  const std::size_t name = opened.find("ticket ") + 7;
  const std::string ticket = "ticket=" + opened.substr(name, opened.find(';') - name);
  expect_in_order(followed(s, {ticket}).trails.at(0),
                  {"handed over", "set aside by the middleware", "exception 1 opened", "sent on after a repair",
                   "posted as ticket", "exception 1 closed"});
  EXPECT_TRUE(followed(s, {"exception=100000"}).trails.at(0).lines.empty());
}

struct Refused {
  std::string filter, message;
};
class Refuses : public testing::TestWithParam<Refused> {};

TEST_P(Refuses, ABadFilterInOneLine) {
  const Scenario s = small_chain();
  try {
    followed(s, {GetParam().filter});
    ADD_FAILURE() << "it ran";
  } catch (const InputError& error) {
    ASSERT_EQ(error.problems.size(), 1u);
    const std::string text = to_string(error.problems[0]);
    EXPECT_NE(text.find(GetParam().message), std::string::npos) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos);
  }
}
INSTANTIATE_TEST_SUITE_P(
    Filters, Refuses,
    testing::Values(Refused{"tickt=0001-01-1", "did you mean `ticket`?"}, Refused{"ticket", "ticket=STORE-TILL-NUMBER"},
                    Refused{"ticket=0001", "this is no ticket"}, Refused{"ticket=0009-01-000001", "no such place"},
                    Refused{"ticket=0001-99-000001", "a till from 1 to"},
                    Refused{"ticket=0001-01-zero", "this is no ticket number"},
                    Refused{"message=ticket:1@0001", "a ticket is ticket=STORE-TILL-NUMBER"},
                    Refused{"message=dispach:1@DC1", "did you mean `dispatch`?"},
                    Refused{"message=dispatch:x@DC1", "this is no message number"},
                    Refused{"message=dispatch", "this is no message"}, Refused{"item=1", "no item at a place"},
                    Refused{"item=nothing@0001", "there is no such item"},
                    Refused{"exception=none", "this is no exception"}));

TEST(Witness, TellsHowATicketCameToBePostedTwice) {
  Scenario s = small_chain();
  s.faults.push_back(fault_of(FaultKind::lost_acknowledgement, s, 34 * kHour, 6 * kHour));
  const RunResult result = followed(s, {}, Mutant::repeat_posted_again);
  ASSERT_FALSE(result.violations.empty());
  const Violation& violation = result.violations[0];
  EXPECT_EQ(violation.promise, "exactly_once");
  Trail trail;
  trail.lines = violation.witness;
  expect_in_order(trail, {"handed over", "sent", "posted as", "answer did not reach", "sent again", "posted as"});
  EXPECT_EQ(result.no_witness, "");
  std::size_t with = 0;
  for (const Violation& each : result.violations) with += each.witness.empty() ? 0U : 1U;
  EXPECT_LE(with, kWitnesses);
}

TEST(Witness, NamesTheFirstMessageThatWasLost) {
  Scenario s = small_chain();
  s.integration.posting.mode = PostingMode::microbatch;
  s.integration.posting.micro_batch_max_messages = 2;
  const RunResult result = followed(s, {}, Mutant::full_batch_drops_last);
  const auto lost = std::find_if(result.violations.begin(), result.violations.end(),
                                 [](const Violation& each) { return each.promise == "nothing_lost"; });
  ASSERT_NE(lost, result.violations.end());
  const Violation& violation = *lost;
  EXPECT_FALSE(violation.explain.empty()) << "the message has got its name";
  Trail trail;
  trail.lines = violation.witness;
  expect_in_order(trail, {"handed over", "arrived", "acknowledged"});
  EXPECT_EQ(find(trail, "posted as"), trail.lines.size());
}

TEST(Witness, IsNotLookedForWhereNobodyWantsIt) {
  Scenario s = small_chain();
  RunOptions options;
  options.mutant = Mutant::number_skipped;
  options.witness = false;
  Simulation simulation(s, nullptr, options);
  simulation.advance(kNever, ~std::uint64_t{0});
  const RunResult result = simulation.result();
  ASSERT_FALSE(result.violations.empty());
  EXPECT_TRUE(result.violations[0].witness.empty());
  EXPECT_FALSE(result.violations[0].explain.empty());
}

}  // namespace
}  // namespace tillstorm
