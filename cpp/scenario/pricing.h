#pragma once
// `pricing`: how the chain's price list changes.
#include <cstdint>

#include "base/civil.h"
#include "base/fields.h"

namespace tillstorm {

struct Pricing {
  std::int64_t changes_per_item_month_ppm = 100'000;
  std::int64_t decrease_share_ppm = 333'000;
  std::int64_t change_size_ppm = 80'000;
  TimeOfDay publish_at{2 * 60};
  TimeOfDay effective_at{5 * 60};
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Pricing::changes_per_item_month_ppm,
          Field("changes_per_item_month_ppm", "Share of items whose list price changes in a month.")
              .in("ppm")
              .range(0, 1e6)
              .from("parameters: pricing.regular_price_change_per_month"));
    visit(&Pricing::decrease_share_ppm, Field("decrease_share_ppm", "Share of the changes that are decreases.")
                                            .in("ppm")
                                            .range(0, 1e6)
                                            .from("parameters: pricing.regular_price_change_per_month (note)"));
    visit(&Pricing::change_size_ppm, Field("change_size_ppm", "Relative size of a change.")
                                         .in("ppm")
                                         .range(0, 900'000)
                                         .from("assumption: about the median size of a regular price change"));
    visit(&Pricing::publish_at, Field("publish_at", "When the ERP sends the day's price file, on the chain's clock."));
    visit(&Pricing::effective_at,
          Field("effective_at", "When the tills switch, on the store's clock of the same date.").from("rule PRICE-04"));
  }
};

}  // namespace tillstorm
