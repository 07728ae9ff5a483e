#pragma once
// `replenishment` and `supply`: how goods reach the shelf.
#include <cstdint>
#include <vector>

#include "base/civil.h"
#include "base/fields.h"

namespace tillstorm {

/// Nightly order-up-to: order when the inventory position is at or below s, up to S (rules REPL-04, REPL-05).
struct Replenishment {
  bool enabled = true;
  TimeOfDay review_at{2 * 60};
  std::vector<std::int32_t> review_weekdays{0, 2, 4};
  double min_cover_days = 42;
  double max_cover_days = 70;
  std::int32_t presentation_minimum = 3;
  std::int64_t velocity_weight_ppm = 50'000;
  std::int32_t shelf_capacity_days = 7;
  std::int32_t shelf_fill_interval_minutes = 60;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Replenishment::enabled, Field("enabled", "Whether stores are replenished at all."));
    visit(&Replenishment::review_at,
          Field("review_at", "When the ERP reviews a store, on the store's clock.").from("rule REPL-14"));
    visit(&Replenishment::review_weekdays,
          Field("review_weekdays", "Order days, 0 = Monday; stores are spread over them by a rotation of their own.")
              .range(0, 6)
              .items(1, 7)
              .from("parameters: replenishment.deliveries_per_week"));
    visit(&Replenishment::min_cover_days,
          Field("min_cover_days", "s in days of sales.")
              .in("days")
              .range(0, 365)
              .from("parameters: replenishment.weeks_of_supply (8 weeks, the mean of s and S)"));
    visit(&Replenishment::max_cover_days,
          Field("max_cover_days", "S in days of sales.")
              .in("days")
              .range(0, 730)
              .from("parameters: replenishment.weeks_of_supply (8 weeks, the mean of s and S)"));
    visit(&Replenishment::presentation_minimum, Field("presentation_minimum", "s is never below this many units.")
                                                    .in("base units")
                                                    .range(0, 1e6)
                                                    .from("rule REPL-10"));
    visit(&Replenishment::velocity_weight_ppm,
          Field("velocity_weight_ppm", "Weight of the newest day in the smoothed velocity.")
              .in("ppm")
              .range(1, 1e6)
              .from("rule REPL-01"));
    visit(&Replenishment::shelf_capacity_days,
          Field("shelf_capacity_days", "Room on the shelf in days of mean sales; the rest stays in the backroom.")
              .in("days")
              .range(1, 3650)
              .from("rule REPL-12"));
    visit(&Replenishment::shelf_fill_interval_minutes,
          Field("shelf_fill_interval_minutes", "How often staff refill emptied shelves from the backroom while open.")
              .in("min")
              .range(1, 1440));
  }
};

struct Supply {
  std::int32_t store_lead_time_days = 2;
  TimeOfDay store_delivery_at{7 * 60};
  double lead_time_domestic_days = 14;
  double lead_time_import_days = 75;
  double lead_time_cv = 0.3;
  double dc_cover_weeks = 4;
  double dock_to_stock_hours = 6;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Supply::store_lead_time_days, Field("store_lead_time_days", "Days from a store's order to its delivery.")
                                             .in("days")
                                             .range(1, 60)
                                             .from("parameters: replenishment.store_lead_time_days"));
    visit(&Supply::store_delivery_at, Field("store_delivery_at", "When the truck is unloaded, on the store's clock."));
    visit(&Supply::lead_time_domestic_days,
          Field("lead_time_domestic_days", "Mean days from order to the DC's door, home suppliers.")
              .in("days")
              .range(0.1, 365)
              .from("parameters: supply.lead_time_days"));
    visit(&Supply::lead_time_import_days,
          Field("lead_time_import_days", "Mean days from order to the DC's door, imports.")
              .in("days")
              .range(0.1, 730)
              .from("parameters: supply.lead_time_days"));
    visit(&Supply::lead_time_cv, Field("lead_time_cv", "Coefficient of variation of the gamma lead time.")
                                     .range(0, 3)
                                     .from("parameters: supply.lead_time_days"));
    visit(&Supply::dc_cover_weeks, Field("dc_cover_weeks", "Weeks of sales the DC holds above its pipeline.")
                                       .in("weeks")
                                       .range(0, 104)
                                       .from("parameters: replenishment.weeks_of_supply"));
    visit(&Supply::dock_to_stock_hours, Field("dock_to_stock_hours", "From the DC's dock to pickable stock.")
                                            .in("h")
                                            .range(0, 240)
                                            .from("parameters: supply.dock_to_stock_h"));
  }
};

}  // namespace tillstorm
