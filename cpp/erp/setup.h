#pragma once
// What the ERP's masters say and a run does not change. Made by world/; the books' own copy, apart from the truth's.
#include <cstdint>
#include <vector>

#include "base/item_index.h"
#include "base/money.h"
#include "base/time.h"
#include "base/time_zone.h"
#include "engine/law.h"
#include "erp/dependencies.h"
#include "erp/working_time.h"
#include "messages/addresses.h"
#include "rules/books.h"
#include "rules/delivery.h"
#include "rules/exceptions.h"
#include "rules/repair.h"
#include "rules/sequence.h"

namespace tillstorm::erp {

struct ItemMaster {
  std::uint64_t key = 0;             ///< Hash of the id.
  std::int64_t unit_cost_micro = 0;  ///< What one base unit is valued at [1e-6 minor].
  std::int32_t case_pack = 1;        ///< Orders are whole cases [base units].
  std::int32_t base_units = 1;       ///< Base units of one sales unit.
  std::uint16_t supplier = 0;
  std::uint8_t lead_time = 0;  ///< Index into PurchasingSetup::lead_time_days.
};

struct PlaceMaster {
  std::uint64_t key = 0;  ///< Hash of the id.
  TimeZone zone{};
  std::uint32_t index = 0;                         ///< Into Setup::indexes.
  std::uint32_t first_cell = 0;                    ///< Of its book cells.
  std::int32_t terminals = 0;                      ///< 0 for the DC.
  std::int32_t close_minute[3]{1440, 1440, 1440};  ///< End of a business date: weekdays, Saturdays, Sundays.
};

/// Items that the masters do not have for a while: the doing of a fault.
struct MasterGap {
  Time from{}, until{};
  std::uint32_t fault = 0;
  std::vector<std::uint8_t> items;  ///< By item: 1 if it is one of them.
};

struct ReplenishmentSetup {
  bool enabled = true;
  std::int32_t review_minute = 120;
  std::uint8_t review_weekdays = 0b0010101;  ///< Bit per weekday, Monday lowest, before each store's own rotation.
  std::int64_t min_cover_milli = 0;          ///< s [days / 1000].
  std::int64_t max_cover_milli = 0;          ///< S [days / 1000].
  std::int32_t presentation_minimum = 0;     ///< [sales units]
  std::int64_t velocity_weight_ppm = 0;
};

struct PurchasingSetup {
  Law lead_time_days[2]{};
  double mean_lead_time_days[2]{};
  double cover_days = 28;
};

struct PricingSetup {
  std::int32_t publish_minute = 120;
  std::uint32_t change_ppm_per_day = 0;
  std::uint32_t decrease_ppm = 0;
  std::int64_t change_size_ppm = 0;
  std::int32_t effective_minute = 300;  ///< Of the store's clock, on the date of a batch.
  std::uint32_t withdrawal_ppm_per_day = 0;
  std::int32_t withdrawn_days = 7;
  bool blocks_withdrawn = false;  ///< Instead of deleting them and creating them again.
};

/// Who works exceptions off, and by which rules.
struct ExceptionSetup {
  ExceptionRule rule{};
  RepairRule repair{};
  ExceptionStaff staff{};
  Minor write_off_limit = 5'000;
  std::vector<WorkingHours> manager_hours;  ///< By store: when its manager has time for exceptions ...
  std::vector<WorkingHours> opening_hours;  ///< ... and in which hours these must be dealt with.
};

struct Setup {
  std::uint64_t seed = 1;
  Addresses addresses;
  Date first_date{};
  Date last_date{};  ///< Nothing is planned on this date or later.
  TimeZone chain_zone{};
  std::vector<ItemMaster> items;
  std::vector<ItemIndex> indexes;
  std::vector<PlaceMaster> places;  ///< Stores, then the DC.
  ReplenishmentSetup replenishment;
  PurchasingSetup purchasing;
  PricingSetup pricing;
  ExceptionSetup exceptions;
  std::uint32_t dedupe_window = 4096;
  std::uint32_t dedupe_hours = 72;
  Atomicity atomicity = Atomicity::single_commit;
  LateLookup late_lookup = LateLookup::posted_index;
  IdempotencyRule idempotency{};
  DependencyRule dependency{};
  Dependencies dependencies{kDependencies};
  LateRule late{};
  PeriodRule period{};
  std::vector<MasterGap> master_gaps;
  SequenceRule sequence{};
  Duration middleware_latency = 5 * kMillisecond;
};

}  // namespace tillstorm::erp
