#pragma once
// Rules of supply: units and packs, what is ordered, what the DC sends.
#include "rules/rule.h"

namespace tillstorm::rule {

struct PackConversion {
  static constexpr RuleText text{
      .id = "ITEM-05",
      .flow = "item",
      .title = "Pack conversion stamped on the line",
      .statement =
          "A line of q sales units carries q x base_units_per_sale base units; every later step posts the base "
          "units of the line and converts nothing again.",
      .home = "model/checkout.cpp",
      .parameters = "catalogue.items.base_units_per_sale",
      .guards = "units_conserved book_equals_truth"};
  enum class Outcome : std::uint8_t { each_sold, pack_sold };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::each_sold, "each_sold", "One base unit is one sales unit."},
                      EnumName<Outcome>{Outcome::pack_sold, "pack_sold", "Several base units to a sales unit."}};
  }
};

struct InventoryPosition {
  static constexpr RuleText text{
      .id = "REPL-04",
      .flow = "repl",
      .title = "Inventory position behind every policy",
      .statement =
          "A review decides on book on hand plus what is ordered and not yet received; a negative book on hand is "
          "read as 0.",
      .home = "erp/replenishment.cpp",
      .guards = "kpi:inventory_turns kpi:on_shelf_availability"};
  enum class Outcome : std::uint8_t { counted, inbound_counted };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::counted, "counted", "On hand alone."},
        EnumName<Outcome>{Outcome::inbound_counted, "inbound_counted", "On hand and what is on its way."}};
  }
};

struct MinMaxOrders {
  static constexpr RuleText text{
      .id = "REPL-05",
      .flow = "repl",
      .title = "Min-max and (s,S) order-up-to",
      .statement =
          "At each review of a store nothing is ordered while the inventory position is above s; at or below s "
          "the order brings it up to S, where s and S are min_cover_days and max_cover_days of smoothed sales.",
      .home = "erp/replenishment.cpp",
      .parameters =
          "replenishment.min_cover_days replenishment.max_cover_days replenishment.review_at "
          "replenishment.review_weekdays replenishment.velocity_weight_ppm",
      .guards = "kpi:on_shelf_availability kpi:inventory_turns"};
  enum class Outcome : std::uint8_t { above_trigger, ordered_up_to };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::above_trigger, "above_trigger", "Enough: nothing ordered."},
                      EnumName<Outcome>{Outcome::ordered_up_to, "ordered_up_to", "Ordered up to S."}};
  }
};

struct PresentationMinimum {
  static constexpr RuleText text{
      .id = "REPL-10",
      .flow = "repl",
      .title = "Presentation minimum",
      .statement = "An item's trigger is at least presentation_minimum sales units, its order-up-to level one more.",
      .home = "erp/replenishment.cpp",
      .parameters = "replenishment.presentation_minimum",
      .guards = "kpi:on_shelf_availability"};
  enum class Outcome : std::uint8_t { not_binding, level_raised };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::not_binding, "not_binding", "The item sells more than that."},
                      EnumName<Outcome>{Outcome::level_raised, "level_raised", "The minimum decides."}};
  }
};

struct PackRounding {
  static constexpr RuleText text{
      .id = "REPL-11",
      .flow = "repl",
      .title = "Pack rounding and pack check",
      .statement = "The need is ordered as the least number of whole case packs that covers it.",
      .home = "erp/replenishment.cpp",
      .parameters = "catalogue.items.case_pack",
      .guards = "kpi:inventory_turns"};
  enum class Outcome : std::uint8_t { exact_multiple, rounded_up };
  friend constexpr auto names_of(Outcome) {
    return std::array{EnumName<Outcome>{Outcome::exact_multiple, "exact_multiple", "The need was whole cases."},
                      EnumName<Outcome>{Outcome::rounded_up, "rounded_up", "Raised to whole cases."}};
  }
};

struct DispatchPostsLoaded {
  static constexpr RuleText text{
      .id = "DC-05",
      .flow = "dc",
      .title = "Dispatch posts loaded units",
      .statement =
          "When a truck is loaded the DC's book on hand falls, and goods in transit rise, by the units loaded, "
          "not by those ordered; what was not loaded is no longer expected by the store.",
      .home = "model/warehouse.cpp",
      .guards = "units_conserved book_equals_truth exactly_once"};
  enum class Outcome : std::uint8_t { as_requested, short_picked };
  friend constexpr auto names_of(Outcome) {
    return std::array{
        EnumName<Outcome>{Outcome::as_requested, "as_requested", "All that was ordered of a line."},
        EnumName<Outcome>{Outcome::short_picked, "short_picked", "Less than was ordered: no more there."}};
  }
};

}  // namespace tillstorm::rule
