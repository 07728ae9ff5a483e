#pragma once
// What the true world does not change during a run: who is where, what is sold, how people behave. Made by world/.
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/item_index.h"
#include "base/money.h"
#include "base/time.h"
#include "base/time_zone.h"
#include "engine/alias_table.h"
#include "engine/law.h"
#include "messages/addresses.h"
#include "messages/bodies.h"
#include "rules/schema.h"
#include "rules/sequence.h"
#include "rules/terminal.h"

namespace tillstorm::model {

struct ItemSetup {
  std::int32_t base_units = 1;  ///< Base units of one sales unit.
  bool is_taxed = true;
};

/// A count from 1 with given probabilities, drawn by one 32-bit word.
struct CountLaw {
  std::vector<std::uint32_t> thresholds;  ///< P(count <= i + 1) in 2^-32, ascending; the last count takes the rest.
  std::int32_t draw(std::uint32_t word) const {
    std::int32_t count = 1;
    for (const std::uint32_t threshold : thresholds) {
      if (word < threshold) break;
      ++count;
    }
    return count;
  }
};

/// Items sold together at some stores, and how likely each is to be the next in a basket.
struct AssortmentSetup {
  ItemIndex index;
  AliasTable demand;  ///< Over positions. Empty in trace mode.
};

/// Shares of a day's customers by hour of the store's clock.
struct HourlyProfile {
  std::array<double, 24> weight{};
};

struct OpeningSetup {
  std::int32_t open_minute = 0;
  std::int32_t close_minute = 1440;
  bool is_closed() const { return open_minute == close_minute; }
  bool is_around_the_clock() const { return open_minute == 0 && close_minute == 1440; }
};

struct StoreSetup {
  std::uint64_t key = 0;         ///< Hash of the id: names the store's random streams.
  std::uint64_t region_key = 0;  ///< Hash of the region: neighbours share their weather.
  TimeZone zone{};
  std::array<OpeningSetup, 3> opening{};  ///< Weekday, Saturday, Sunday.
  std::uint32_t assortment = 0;
  std::uint32_t first_cell = 0;
  std::int32_t terminals = 1;
  double customers_per_day = 0;  ///< Mean of an average day.
  double size = 1;               ///< Relative to the average store: scales a smooth rate profile.
  Ppm tax_rate = 0;
};

struct RateProfilePoint {
  double hour = 0;
  double per_hour = 0;
};

struct PeakDaySetup {
  Date date{};
  double index = 1;
};

struct EventSetup {
  std::vector<bool> stores;  ///< Whom it touches.
  Date from{};
  std::int32_t days = 1;
  double factor = 1;
};

struct DemandSetup {
  bool is_trace = false;
  HourlyProfile weekday, weekend;
  std::array<double, 7> weekday_index{};
  std::array<double, 12> month_index{};
  std::vector<PeakDaySetup> peak_days;
  std::vector<EventSetup> events;
  double weather_effect = 0;
  double day_noise_cv = 0;
  std::vector<RateProfilePoint> rate_profile;  ///< Not empty: replaces profile and indices.
  CountLaw lines, units;
  std::uint32_t substitute_ppm = 0;
  Ppm discount_ppm = 0;    ///< Taken off every line.
  Law shopping_minutes{};  ///< Constant 0: customers are first seen at the tills.
  CountLaw online_lines, online_units;
  double online_orders_per_day = 0;
  HourlyProfile online_hours;
};

struct TillSetup {
  std::uint32_t room = 0;
  std::int64_t overhead_us = 0;
  std::int64_t scan_us = 0;
  std::array<std::int64_t, kTenders> tender_us{};
  std::optional<Law> law_seconds;
  std::optional<Law> patience_minutes;
  bool has_balking = false;
  std::uint32_t balk_from = 0;
  std::uint32_t balk_ppm = 0;
  bool can_fail = false;
  Law up_hours{}, repair_hours{};
  TerminalRule crash{};  ///< What a till keeps through a crash, and how long it is away.
  std::array<std::uint32_t, kTenders> tender_threshold{};  ///< Cumulative, in 2^-32.
};

struct SupplySetup {
  std::int32_t store_lead_days = 2;
  std::int32_t delivery_minute = 420;
  Duration loading_before_delivery = 8 * kHour;
  Duration dock_to_stock = 6 * kHour;
  Duration packing = 4 * kHour;
  Duration shelf_fill_interval = kHour;
};

struct Setup {
  std::uint64_t seed = 1;
  Addresses addresses;
  Date first_date{};
  Date last_date{};  ///< No store opens for business on this date or later.
  TimeZone chain_zone{};
  std::vector<ItemSetup> items;
  std::vector<AssortmentSetup> assortments;
  std::vector<StoreSetup> stores;
  AssortmentSetup online;  ///< What the ecommerce front sells: the DC's items.
  Ppm online_tax_rate = 0;
  DemandSetup demand;
  TillSetup tills;
  SupplySetup supply;
  Rounding tax_rounding = Rounding::half_up;
  bool tax_per_line = false;
  SequenceRule sequence{};
  SchemaRule schema{};
  std::int32_t bag_fee = 0;  ///< On a ticket of more than five units [minor].
};

}  // namespace tillstorm::model
