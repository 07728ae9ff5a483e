#pragma once
// MSG-20: which version of the messages' schema is in use, where and when.
#include <cstdint>
#include <optional>

#include "base/civil.h"
#include "base/fields.h"

namespace tillstorm {

enum class NewerPolicy : std::uint8_t { park, best_effort_parse, reject };
constexpr auto names_of(NewerPolicy) {
  return std::array{EnumName<NewerPolicy>{NewerPolicy::park, "park", "Kept, in order, until the receiver reads it."},
                    EnumName<NewerPolicy>{NewerPolicy::best_effort_parse, "best_effort_parse",
                                          "Read without what the receiver does not know."},
                    EnumName<NewerPolicy>{NewerPolicy::reject, "reject", "Set aside."}};
}

/// The newest version that messages can have.
inline constexpr std::uint8_t kNewestSchema = 3;

struct SchemaRule {
  std::int32_t current = 1;
  std::optional<Date> rollout_from;
  std::int32_t rollout_stores_per_day = 20;
  std::optional<Date> receiver_from;
  std::int32_t versions_back = 2;
  NewerPolicy newer_policy = NewerPolicy::park;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&SchemaRule::current, Field("current", "Version that stores and middleware speak, after any roll-out.")
                                    .range(1, kNewestSchema)
                                    .from("rule MSG-20"));
    visit(&SchemaRule::rollout_from,
          Field("rollout_from",
                "First day on which stores open with `current`; before it, and without it where "
                "`receiver_from` is given, all speak the version before."));
    visit(&SchemaRule::rollout_stores_per_day,
          Field("rollout_stores_per_day", "Stores that open with `current` for the first time on each day.")
              .in("stores/day")
              .range(1, 100'000)
              .from("rule MSG-20"));
    visit(&SchemaRule::receiver_from,
          Field("receiver_from", "Day, on the chain's clock, from which the middleware reads `current`."));
    visit(&SchemaRule::versions_back, Field("versions_back", "How many versions before its own the middleware reads.")
                                          .in("versions")
                                          .range(0, kNewestSchema)
                                          .from("rule MSG-20"));
    visit(&SchemaRule::newer_policy,
          Field("newer_policy", "What becomes of a message of a version that the middleware does not read yet.")
              .from("rule MSG-20"));
  }

  std::uint8_t version_before() const { return static_cast<std::uint8_t>(current > 1 ? current - 1 : current); }
  /// What a store opens with on a date; `rank`: how many stores have a smaller id.
  std::uint8_t version_of(std::uint32_t rank, Date date) const {
    const auto newest = static_cast<std::uint8_t>(current);
    if (!rollout_from) return receiver_from ? version_before() : newest;
    const std::int64_t days = date - *rollout_from + 1;
    return days > 0 && rank < days * rollout_stores_per_day ? newest : version_before();
  }
};

}  // namespace tillstorm
