// A violation speaks of shops, tickets and local times, in the words of the person who must act.
#include "harness/invariants/witness.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "base/civil.h"
#include "harness/small_chain.h"
#include "world/assemble.h"

namespace tillstorm {
namespace {

struct Chain {
  Scenario scenario = small_chain();
  World world = make_world(make_setup(scenario, nullptr, 1), scenario);
  PlaceId store{1};
  const TimeZone& zone() const { return world.setup->erp.places[1].zone; }
};

TEST(Witness, NamesATicketByStoreTillFromOneAndNumber) {
  const Chain chain;
  Envelope envelope;
  envelope.type = MessageType::ticket;
  envelope.place = chain.store;
  envelope.terminal = 2;
  envelope.number = 4211;
  const std::string store = chain.world.setup->place_ids[1];
  EXPECT_EQ(ticket_name(chain.world, envelope), store + "-03-004211");
  EXPECT_EQ(message_name(chain.world, envelope), "ticket " + store + "-03-004211");
  envelope.type = MessageType::goods_receipt;
  EXPECT_EQ(message_name(chain.world, envelope), "goods_receipt 4211 of " + store);
}

TEST(Witness, TellsTheLocalTimeOnOrdinaryDaysAndOnThoseWhenTheClocksChange) {
  const Chain chain;
  for (const YearMonthDay day : {YearMonthDay{2026, 11, 27}, YearMonthDay{2026, 3, 8}, YearMonthDay{2026, 11, 1}}) {
    const Date date = date_of(day);
    const Time noon = chain.zone().at(date, 12 * 60) + 7 * kSecond;
    char expected[32];
    std::snprintf(expected, sizeof expected, "%04d-%02d-%02d 12:00:07", day.year, day.month, day.day);
    EXPECT_EQ(local_time(chain.world, chain.store, noon), expected);
  }
}

TEST(Witness, AViolationSaysWhatWasSeenWhereAndWhen) {
  const Chain chain;
  const Violation violation =
      violation_at(chain.world, "units_conserved", chain.store, {"item 7"}, 3, 2, "one unit is gone.");
  EXPECT_EQ(violation.promise, "units_conserved");
  EXPECT_EQ(violation.place, chain.world.setup->place_ids[1]);
  EXPECT_EQ(violation.expected, 3);
  EXPECT_EQ(violation.actual, 2);
  EXPECT_EQ(violation.message, "units_conserved violated at " +
                                   local_time(chain.world, chain.store, chain.world.kernel.now) +
                                   ": one unit is gone.");
}

}  // namespace
}  // namespace tillstorm
