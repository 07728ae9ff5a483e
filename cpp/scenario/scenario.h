#pragma once
// A scenario as plain data: one member for each top-level key of the document. Reading is in reader.h; expanding the
// `generate` blocks is in world/generate/.
#include <cstdint>
#include <string>
#include <vector>

#include "base/civil.h"
#include "base/fields.h"
#include "scenario/catalogue.h"
#include "scenario/chain.h"
#include "scenario/demand.h"
#include "scenario/expect.h"
#include "scenario/fault.h"
#include "scenario/finance.h"
#include "scenario/integration.h"
#include "scenario/people.h"
#include "scenario/pricing.h"
#include "scenario/record.h"
#include "scenario/supply.h"

namespace tillstorm {

struct Scenario {
  std::string schema;
  std::string name;
  std::string description;
  std::string extends;
  Date start = date_of({2026, 11, 23});
  std::int32_t days = 7;
  std::uint64_t seed = 1;
  Chain chain{};
  Catalogue catalogue{};
  Demand demand{};
  Pricing pricing{};
  Replenishment replenishment{};
  Supply supply{};
  Integration integration{};
  Finance finance{};
  People people{};
  std::vector<Fault> faults;
  Expect expect{};
  Recording record{};
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Scenario::schema, Field("$schema", "Where editors find the schema."));
    visit(&Scenario::name, Field("name", "Short name."));
    visit(&Scenario::description, Field("description", "What the scenario shows."));
    visit(&Scenario::extends,
          Field("extends",
                "Another scenario, beside this file or packaged, whose values hold where this one says nothing."));
    visit(&Scenario::start, Field("start", "First simulated date, from its midnight in chain.time_zone."));
    visit(&Scenario::days, Field("days", "Days in which customers come.").in("days").range(1, 3660));
    visit(&Scenario::seed, Field("seed", "Seed of every random stream of the run."));
    visit(&Scenario::chain, Field("chain", "Places."));
    visit(&Scenario::catalogue, Field("catalogue", "Items."));
    visit(&Scenario::demand, Field("demand", "Customers."));
    visit(&Scenario::pricing, Field("pricing", "Price changes."));
    visit(&Scenario::replenishment, Field("replenishment", "Stock control of the stores."));
    visit(&Scenario::supply, Field("supply", "Lead times and the DC."));
    visit(&Scenario::integration, Field("integration", "Messages."));
    visit(&Scenario::finance, Field("finance", "Tax and tenders."));
    visit(&Scenario::people, Field("people", "Tills and patience."));
    visit(&Scenario::faults, Field("faults", "What breaks."));
    visit(&Scenario::expect, Field("expect", "What must be true of a finished run."));
    visit(&Scenario::record, Field("record", "What is written."));
  }
};

}  // namespace tillstorm
