#pragma once
// `faults`: what breaks, where and when. Defaults mean no fault.
#include <cstdint>
#include <string>
#include <vector>

#include "base/civil.h"
#include "base/fields.h"
#include "base/time.h"

namespace tillstorm {

enum class FaultKind : std::uint8_t { store_link_down, lost_acknowledgement, duplicate };
constexpr auto names_of(FaultKind) {
  return std::array{
      EnumName<FaultKind>{FaultKind::store_link_down, "store_link_down",
                          "Nothing passes between the store and the middleware; the store keeps trading."},
      EnumName<FaultKind>{FaultKind::lost_acknowledgement, "lost_acknowledgement",
                          "What the store sends arrives, the answer does not."},
      EnumName<FaultKind>{FaultKind::duplicate, "duplicate", "A share of the messages is delivered twice."}};
}

struct Fault {
  FaultKind kind = FaultKind::store_link_down;
  std::vector<std::string> stores;
  std::vector<std::string> regions;
  Moment from{};
  Duration for_{};
  std::int64_t share_ppm = 1'000'000;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Fault::kind, Field("kind", "What breaks.").required());
    visit(&Fault::stores, Field("stores", "Ids of the stores it hits; empty with no regions means all."));
    visit(&Fault::regions, Field("regions", "Regions it hits."));
    visit(&Fault::from, Field("from", "First moment; in chain.time_zone unless it carries an offset.").required());
    visit(&Fault::for_, Field("for", "How long.").required());
    visit(&Fault::share_ppm, Field("share_ppm", "Share of the messages hit, by chance.").in("ppm").range(0, 1e6));
  }
};

}  // namespace tillstorm
