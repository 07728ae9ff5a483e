#include "engine/server_group.h"

#include <gtest/gtest.h>

namespace tillstorm {
namespace {

using Outcome = ServerGroup::Outcome;

Time at(std::int64_t us) { return Time{us}; }

TEST(ServerGroup, TakesTheIdleServerOfTheLowestIndexThenQueues) {
  ServerGroup group(2);
  EXPECT_EQ(group.arrive(10, at(0)).server, 0U);
  const ServiceKey first = group.begin_service(0, at(100));
  EXPECT_EQ(group.arrive(11, at(5)).server, 1U);
  const ServiceKey second = group.begin_service(1, at(50));
  EXPECT_EQ(group.arrive(12, at(6)).outcome, Outcome::waits);
  EXPECT_EQ(group.waiting(), 1U);
  EXPECT_EQ(group.in_system(), 3U);
  EXPECT_EQ(group.busy(), 2U);
  const auto departure = group.finish(second, at(50));
  EXPECT_EQ(departure.customer, 11U);
  EXPECT_EQ(departure.next, 12U);
  EXPECT_EQ(group.customer_at(1), 12U);
  const ServiceKey third = group.begin_service(1, at(70));
  EXPECT_EQ(group.finish(third, at(70)).next, kNone);
  EXPECT_EQ(group.finish(first, at(100)).customer, 10U);
  EXPECT_EQ(group.arrive(13, at(101)).server, 0U);
  EXPECT_EQ(group.statistics().wait_of_started_us, 44);
  EXPECT_EQ(group.statistics().longest_wait_us, 44);
}

TEST(ServerGroup, ServesInOrderOfArrival) {
  ServerGroup group(1);
  group.arrive(0, at(0));
  ServiceKey key = group.begin_service(0, at(10));
  for (std::uint32_t customer = 1; customer < 100; ++customer) group.arrive(customer, at(customer));
  for (std::uint32_t customer = 1; customer < 100; ++customer) {
    EXPECT_EQ(group.finish(key, at(100 + customer)).next, customer);
    key = group.begin_service(0, at(101 + customer));
  }
}

TEST(ServerGroup, BlocksWhoFindsTheRoomFull) {
  ServerGroup group(1, 2);
  EXPECT_EQ(group.arrive(1, at(0)).outcome, Outcome::starts);
  EXPECT_EQ(group.arrive(2, at(0)).outcome, Outcome::waits);
  EXPECT_EQ(group.arrive(3, at(0)).outcome, Outcome::blocked);
  EXPECT_EQ(group.statistics().blocked, 1U);
  EXPECT_EQ(group.in_system(), 2U);
}

TEST(ServerGroup, WhoGivesUpIsNotServedAndCannotGiveUpTwice) {
  ServerGroup group(1);
  group.arrive(1, at(0));
  const ServiceKey key = group.begin_service(0, at(100));
  const auto second = group.arrive(2, at(1)), third = group.arrive(3, at(2));
  EXPECT_EQ(group.abandon(second.ticket, at(11)), 2U);
  EXPECT_EQ(group.abandon(second.ticket, at(12)), kNone);
  EXPECT_EQ(group.finish(key, at(100)).next, 3U);
  EXPECT_EQ(group.abandon(third.ticket, at(101)), kNone) << "in service by now";
  EXPECT_EQ(group.statistics().abandoned, 1U);
  EXPECT_EQ(group.statistics().wait_of_abandoned_us, 10);
}

TEST(ServerGroup, AFailureInterruptsServiceWhichResumesWhereItStopped) {
  ServerGroup group(1);
  group.arrive(1, at(0));
  const ServiceKey planned = group.begin_service(0, at(100));
  EXPECT_EQ(group.fail(0, at(30)), 1U);
  EXPECT_EQ(group.busy(), 0U);
  EXPECT_EQ(group.in_system(), 1U);
  EXPECT_EQ(group.arrive(2, at(40)).outcome, Outcome::waits) << "a failed server takes nobody";
  EXPECT_FALSE(group.is_current(planned));
  EXPECT_EQ(group.finish(planned, at(100)).customer, kNone) << "the finish event of before the failure is stale";
  const auto repair = group.repair(0, at(1000));
  EXPECT_EQ(repair.resumed, 1U);
  EXPECT_EQ(repair.finish_at, at(1070));
  EXPECT_TRUE(group.is_current(repair.key));
  EXPECT_EQ(group.finish(repair.key, at(1070)).next, 2U);
  EXPECT_EQ(group.statistics().time_in_system_us, 1070);
}

TEST(ServerGroup, AnIdleServerCanFailAndOnRepairTakesWhoWaits) {
  ServerGroup group(1);
  EXPECT_EQ(group.fail(0, at(0)), kNone);
  EXPECT_EQ(group.fail(0, at(1)), kNone);
  EXPECT_TRUE(group.is_down(0));
  EXPECT_EQ(group.arrive(1, at(10)).outcome, Outcome::waits);
  const auto repair = group.repair(0, at(30));
  EXPECT_EQ(repair.resumed, kNone);
  EXPECT_EQ(repair.next, 1U);
  EXPECT_EQ(group.repair(0, at(31)).next, kNone) << "it was not down";
  EXPECT_EQ(group.statistics().wait_of_started_us, 20);
}

TEST(ServerGroup, AClosedServerFinishesItsServiceAndTakesNobodyUntilItOpens) {
  ServerGroup group(2);
  group.arrive(1, at(0));
  const ServiceKey key = group.begin_service(0, at(10));
  group.close(0);
  group.close(1);
  EXPECT_EQ(group.arrive(2, at(1)).outcome, Outcome::waits);
  const auto departure = group.finish(key, at(10));
  EXPECT_EQ(departure.customer, 1U);
  EXPECT_EQ(departure.next, kNone);
  EXPECT_EQ(group.open(1, at(20)), 2U);
  EXPECT_EQ(group.open(1, at(20)), kNone) << "it was open";
  EXPECT_EQ(group.open(0, at(20)), kNone) << "nobody waits";
  EXPECT_EQ(group.arrive(3, at(21)).server, 0U);
}

TEST(ServerGroup, AnInterruptedServiceCanBeCancelledAndTheRepairedServerTakesTheNext) {
  ServerGroup group(1);
  group.arrive(1, at(0));
  const ServiceKey key = group.begin_service(0, at(100));
  group.arrive(2, at(10));
  EXPECT_EQ(group.fail(0, at(40)), 1U);
  group.cancel(0, at(40));
  EXPECT_EQ(group.in_system(), 1U);
  EXPECT_EQ(group.finish(key, at(100)).customer, kNone) << "its service is over";
  const ServerGroup::Repair repair = group.repair(0, at(120));
  EXPECT_EQ(repair.resumed, kNone);
  EXPECT_EQ(repair.next, 2U);
  EXPECT_EQ(group.statistics().cancelled, 1U);
  EXPECT_EQ(group.statistics().served, 0U);
}

TEST(ServerGroup, ServiceKeySurvivesThePayload) {
  const ServiceKey key{77, 0xfedcba98};
  EXPECT_EQ(ServiceKey::from_payload(key.payload()), key);
}

TEST(ServerGroup, AfterAResetOnlyLaterArrivalsAreCountedButAllAreInTheIntegrals) {
  ServerGroup group(1);
  group.arrive(1, at(0));
  ServiceKey key = group.begin_service(0, at(100));
  group.arrive(2, at(0));
  group.reset_statistics(at(50));
  group.arrive(3, at(50));
  group.finish(key, at(100));
  key = group.begin_service(0, at(150));
  group.finish(key, at(150));
  key = group.begin_service(0, at(200));
  group.finish(key, at(200));
  const ServerStatistics& seen = group.statistics();
  EXPECT_EQ(seen.arrived, 1U);
  EXPECT_EQ(seen.started, 1U);
  EXPECT_EQ(seen.served, 1U);
  EXPECT_EQ(seen.wait_of_started_us, 100);
  EXPECT_EQ(static_cast<std::int64_t>(group.waiting_over_time().area(at(200))), 50 * 2 + 50 * 1);
  EXPECT_EQ(static_cast<std::int64_t>(group.in_system_over_time().area(at(200))), 50 * 3 + 50 * 2 + 50 * 1);
  EXPECT_EQ(static_cast<std::int64_t>(group.busy_over_time().area(at(200))), 150);
}

}  // namespace
}  // namespace tillstorm
