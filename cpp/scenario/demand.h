#pragma once
// `demand`: who comes, when, and what they want.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/civil.h"
#include "base/fields.h"
#include "rules/law.h"

namespace tillstorm {

/// A day with its own demand index in place of weekday and month.
struct PeakDay {
  Date date{};
  double index = 1;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&PeakDay::date, Field("date", "Local date of each store.").required());
    visit(&PeakDay::index, Field("index", "Demand relative to the average day.").range(0, 1000).required());
  }
};

/// A local event that changes demand for a while.
struct LocalEvent {
  std::string name;
  std::vector<std::string> regions;
  std::vector<std::string> stores;
  Date from{};
  std::int32_t days = 1;
  double factor = 1;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&LocalEvent::name, Field("name", "What happens."));
    visit(&LocalEvent::regions, Field("regions", "Regions it touches; empty with no stores means all."));
    visit(&LocalEvent::stores, Field("stores", "Stores it touches."));
    visit(&LocalEvent::from, Field("from", "First local date.").required());
    visit(&LocalEvent::days, Field("days", "How many days.").in("days").range(1, 3660));
    visit(&LocalEvent::factor, Field("factor", "Multiplies demand.").range(0, 1000).required());
  }
};

/// What a shopper does who does not find the item on the shelf; shares of shoppers, the rest give the item up.
struct StockoutResponse {
  std::int64_t substitute_ppm = 450'000;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&StockoutResponse::substitute_ppm,
          Field("substitute_ppm",
                "Takes another item of the assortment at once; the rest go without (another store, later, or never).")
              .in("ppm")
              .range(0, 1e6)
              .from("parameters: demand.stockout_response (other brand 0.26 + other size 0.19)"));
  }
};

struct OnlineDemand {
  double orders_per_store_day = 57.5;
  double lines_per_order = 3.5;
  double units_per_line = 1.4;
  std::vector<double> hourly_profile{0.02,  0.012, 0.008, 0.006, 0.006, 0.01,  0.018, 0.028,
                                     0.038, 0.047, 0.053, 0.055, 0.056, 0.055, 0.053, 0.052,
                                     0.052, 0.054, 0.058, 0.066, 0.074, 0.074, 0.063, 0.042};
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&OnlineDemand::orders_per_store_day,
          Field("orders_per_store_day", "Mean ecommerce orders a day for each store of the chain.")
              .in("orders")
              .range(0, 1e6)
              .from("parameters: omnichannel.orders_per_day (6900 for 120 stores)"));
    visit(&OnlineDemand::lines_per_order, Field("lines_per_order", "Mean lines, 1 + geometric.")
                                              .in("lines")
                                              .range(1, 1000)
                                              .from("parameters: omnichannel.orders_per_day (note)"));
    visit(&OnlineDemand::units_per_line, Field("units_per_line", "Mean units of a line, 1 + geometric.")
                                             .in("units")
                                             .range(1, 1000)
                                             .from("parameters: omnichannel.orders_per_day (note)"));
    visit(&OnlineDemand::hourly_profile, Field("hourly_profile", "Relative orders in each hour of the chain's day.")
                                             .range(0, 1e6)
                                             .items(24, 24)
                                             .from("assumption: an evening hump"));
  }
};

/// A point of a repeating smooth arrival rate; linear in between.
struct RatePoint {
  double hour = 0;
  double per_hour = 0;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&RatePoint::hour, Field("hour", "Hours after local midnight.").in("h").range(0, 24).required());
    visit(&RatePoint::per_hour, Field("per_hour", "Arrival rate there.").in("customers/h").range(0, 1e9).required());
  }
};

enum class DemandMode : std::uint8_t { generated, trace };
constexpr auto names_of(DemandMode) {
  return std::array{
      EnumName<DemandMode>{DemandMode::generated, "generated", "Customers are drawn."},
      EnumName<DemandMode>{DemandMode::trace, "trace", "Baskets are facts of a log, at their times and prices."}};
}

struct Demand {
  DemandMode mode = DemandMode::generated;
  std::string trace;
  double tickets_per_store_day = 400;
  double lines_per_ticket = 2.85;
  std::vector<double> lines_per_ticket_weights;
  double units_per_line = 1.3;
  std::vector<double> hourly_profile_weekday{0.04,  0.065, 0.09, 0.105, 0.1,   0.095,
                                             0.095, 0.1,   0.11, 0.095, 0.065, 0.04};
  std::vector<double> hourly_profile_weekend{0.035, 0.06, 0.085, 0.1,  0.11,  0.115,
                                             0.115, 0.11, 0.1,   0.08, 0.055, 0.035};
  std::int32_t hourly_profile_first_hour = 9;
  std::vector<double> weekday_index{0.85, 0.82, 0.86, 0.93, 1.12, 1.37, 1.05};
  std::vector<double> month_index{0.912, 0.882, 0.966, 0.917, 0.955, 0.972, 0.928, 1.075, 0.926, 0.905, 1.069, 1.493};
  std::vector<PeakDay> peak_days;
  std::vector<LocalEvent> events;
  double weather_effect = 0.1;
  double day_noise_cv = 0.1;
  std::optional<std::vector<RatePoint>> rate_profile;
  LawSpec shopping_minutes = LawSpec::constant(0);
  std::int64_t discount_share_ppm = 0;
  StockoutResponse stockout{};
  std::optional<OnlineDemand> online;
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Demand::mode, Field("mode", "Where baskets come from."));
    visit(&Demand::trace,
          Field("trace", "File of an imported log, relative to this scenario; needed by mode `trace`."));
    visit(&Demand::tickets_per_store_day,
          Field("tickets_per_store_day", "Mean tickets a day of a store of size 1, over the year.")
              .in("tickets")
              .range(0, 1e7)
              .from("parameters: demand.tickets_per_store_day"));
    visit(&Demand::lines_per_ticket, Field("lines_per_ticket", "Mean lines, 1 + geometric.")
                                         .in("lines")
                                         .range(1, 1000)
                                         .from("parameters: demand.lines_per_ticket"));
    visit(&Demand::lines_per_ticket_weights,
          Field("lines_per_ticket_weights",
                "Relative frequency of tickets with 1, 2, 3, ... lines, in place of 1 + geometric; empty: none.")
              .range(0, 1e12)
              .items(0, 4096));
    visit(&Demand::units_per_line, Field("units_per_line", "Mean units of a line, 1 + geometric.")
                                       .in("units")
                                       .range(1, 1000)
                                       .from("parameters: demand.units_per_line"));
    visit(
        &Demand::hourly_profile_weekday,
        Field("hourly_profile_weekday", "Relative tickets by hour, Monday to Friday; renormalised over the hours open.")
            .range(0, 1e6)
            .items(1, 24)
            .from("parameters: demand.hourly_profile_weekday"));
    visit(&Demand::hourly_profile_weekend,
          Field("hourly_profile_weekend",
                "Relative tickets by hour on Saturday, Sunday and peak days; renormalised over the hours open.")
              .range(0, 1e6)
              .items(1, 24)
              .from("parameters: demand.hourly_profile_saturday"));
    visit(&Demand::hourly_profile_first_hour,
          Field("hourly_profile_first_hour",
                "Hour of the day of the profiles' first entry; hours outside have the weight of the nearest entry.")
              .in("h")
              .range(0, 23));
    visit(&Demand::weekday_index, Field("weekday_index", "Demand by weekday, Monday first, mean 1.")
                                      .range(0, 1000)
                                      .items(7, 7)
                                      .from("parameters: demand.weekday_index"));
    visit(&Demand::month_index, Field("month_index", "Demand by month, January first, mean 1.")
                                    .range(0, 1000)
                                    .items(12, 12)
                                    .from("parameters: demand.month_index"));
    visit(&Demand::peak_days,
          Field("peak_days", "Days with an index of their own.")
              .from("parameters: demand.peak_day_index (Black Friday 2.57, Saturday before Christmas 2.6)"));
    visit(&Demand::events, Field("events", "Local events."));
    visit(&Demand::weather_effect,
          Field("weather_effect", "Relative change of demand by a one-sd weather shock, drawn by region and day.")
              .range(0, 1)
              .from("parameters: demand.weather_effect"));
    visit(&Demand::day_noise_cv,
          Field("day_noise_cv", "Coefficient of variation of a store day's demand beside all that is named.")
              .range(0, 1)
              .from("parameters: demand.tickets_per_store_day (note)"));
    visit(&Demand::rate_profile, Field("rate_profile",
                                       "A smooth arrival rate for each store of size 1 in place of profile and "
                                       "indices: piecewise linear through these points, repeating every day.")
                                     .items(2, 10'000));
    visit(&Demand::shopping_minutes, Field("shopping_minutes", "From taking a basket to the tills.").in("min"));
    visit(&Demand::discount_share_ppm,
          Field("discount_share_ppm", "Share of list value taken off every line.").in("ppm").range(0, 900'000));
    visit(&Demand::stockout, Field("stockout", "What a shopper does at an empty shelf."));
    visit(&Demand::online, Field("online", "The ecommerce channel; absent means none."));
  }
};

}  // namespace tillstorm
