// Mutants in a tiny chain: each breaks the promises that guard its rule, and no others.
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/small_chain.h"

namespace tillstorm {
namespace {

struct Case {
  Mutant mutant;
  std::vector<std::string> breaks;  ///< All of them, and at most `also`.
  std::vector<std::string> also{};
  void (*change)(Scenario&) = [](Scenario&) {};
};

void prices_change_at_noon(Scenario& s) {
  s.pricing.effective_at = TimeOfDay{12 * 60};
  s.pricing.changes_per_item_month_ppm = 1'000'000;
  s.demand.tickets_per_store_day = 3000;
}

void cut_off_overnight(Scenario& s) {
  s.faults.push_back(fault_of(FaultKind::store_link_down, s, 18 * kHour, 20 * kHour));
}

void some_items_exempt(Scenario& s) {
  for (std::size_t i = 0; i < s.catalogue.items.size(); i += 3) s.catalogue.items[i].tax_class = TaxClass::exempt;
}

void some_items_in_packs(Scenario& s) {
  for (std::size_t i = 0; i < s.catalogue.items.size(); i += 3) s.catalogue.items[i].base_units_per_sale = 6;
}

void no_acknowledgement(Scenario& s) {
  s.faults.push_back(fault_of(FaultKind::lost_acknowledgement, s, 34 * kHour, 6 * kHour));
}

/// Of the tills, the books and the DC.
std::vector<Case> cases_in_place() {
  return {
      {Mutant::canary, {"book_equals_truth"}},
      {Mutant::tills_share_numbers, {"numbers_contiguous"}, {"exactly_once", "z_equals_ledger", "nothing_lost"}},
      {Mutant::number_skipped, {"numbers_contiguous"}, {"ordered_per_source"}},
      {Mutant::business_date_is_utc_date, {"z_equals_ledger"}},
      {Mutant::z_forgets_vouchers, {"tenders_equal_ticket", "z_equals_ledger"}},
      {Mutant::z_misses_last_ticket, {"z_equals_ledger"}},
      {Mutant::future_prices_applied_on_arrival, {"price_authorised"}, {}, prices_change_at_noon},
      {Mutant::prices_switch_in_utc, {"price_authorised"}, {}, prices_change_at_noon},
      {Mutant::half_a_batch_visible, {"price_authorised"}, {}, prices_change_at_noon},
      {Mutant::line_repriced_at_total,
       {"price_authorised", "tenders_equal_ticket", "tax_exact"},
       {},
       prices_change_at_noon},
      {Mutant::tax_on_exempt_lines, {"tax_exact"}, {}, some_items_exempt},
      {Mutant::tax_always_per_line, {"tax_exact"}},
      {Mutant::revenue_leg_rounded_alone, {"journal_balanced", "z_equals_ledger"}},
      {Mutant::shipment_cost_not_posted, {"journal_balanced"}},
      {Mutant::dispatch_not_issued, {"book_equals_truth"}},
      {Mutant::receipt_posted_twice_in_stock, {"book_equals_truth"}},
      {Mutant::pack_factor_applied_twice, {"book_equals_truth"}, {}, some_items_in_packs},
  };
}

void tickets_stuck(Scenario& s) {
  s.faults.push_back(fault_of(FaultKind::tickets_stuck, s, 12 * kHour, 3 * kHour));
  s.faults.back().share_ppm = 100'000;
}

/// Of the road between them.
std::vector<Case> cases_on_the_road() {
  return {
      {Mutant::damaged_body_posted,
       {"book_equals_truth"},
       {"tenders_equal_ticket", "journal_balanced", "z_equals_ledger", "exactly_once", "nothing_lost"},
       [](Scenario& s) {
         Fault fault = fault_of(FaultKind::corrupt, s, 8 * kHour, 60 * kHour);
         fault.share_ppm = 300'000;
         s.faults.push_back(fault);
       }},
      {Mutant::drained_newest_first,
       {"ordered_per_source"},
       {"z_equals_ledger"},
       [](Scenario& s) { s.faults.push_back(fault_of(FaultKind::erp_down, s, 34 * kHour, 6 * kHour)); }},
      {Mutant::buffer_lost_with_erp,
       {"nothing_lost"},
       {"z_equals_ledger"},
       [](Scenario& s) { s.faults.push_back(fault_of(FaultKind::erp_down, s, 34 * kHour, 6 * kHour)); }},
      {Mutant::dedupe_key_omits_terminal, {"exactly_once", "nothing_lost"}, {"z_equals_ledger"}},
      {Mutant::retry_mints_new_key,
       {"exactly_once"},
       {"nothing_lost", "ordered_per_source", "book_equals_truth", "z_equals_ledger"},
       no_acknowledgement},
      {Mutant::repeat_posted_again, {"exactly_once"}, {"book_equals_truth", "z_equals_ledger"}, no_acknowledgement},
      {Mutant::window_forgets_posted,
       {"exactly_once"},
       {"book_equals_truth", "z_equals_ledger"},
       [](Scenario& s) {
         s.integration.dedupe.window_messages = 64;
         s.demand.tickets_per_store_day = 3000;
         no_acknowledgement(s);
       }},
      {Mutant::gap_ignored, {"nothing_lost"}, {}, tickets_stuck},
      {Mutant::epochs_not_compared,
       {"exactly_once"},
       {"z_equals_ledger", "ordered_per_source", "nothing_lost"},
       [](Scenario& s) { s.integration.sequence.rollover_at = 50; }},
      {Mutant::full_batch_drops_last,
       {"nothing_lost"},
       {"z_equals_ledger"},
       [](Scenario& s) {
         s.integration.posting.mode = PostingMode::microbatch;
         s.integration.posting.micro_batch_max_messages = 2;
       }},
      {Mutant::batch_stamps_one_date,
       {"z_equals_ledger"},
       {},
       [](Scenario& s) {
         s.integration.posting.mode = PostingMode::batch;
         s.integration.posting.interval_minutes = 1440;
         cut_off_overnight(s);
       }},
      {Mutant::replay_mints_new_keys,
       {"exactly_once"},
       {"nothing_lost", "ordered_per_source", "z_equals_ledger"},
       cut_off_overnight},
      {Mutant::second_outage_ends_replay,
       {"nothing_lost"},
       {},
       [](Scenario& s) {
         cut_off_overnight(s);
         s.faults.push_back(fault_of(FaultKind::store_link_down, s, 38 * kHour + 10 * kSecond, kHour));
       }},
      {Mutant::replay_dated_on_arrival, {"z_equals_ledger"}, {}, cut_off_overnight},
      {Mutant::offline_tax_dropped,
       {"tenders_equal_ticket", "journal_balanced", "z_equals_ledger"},
       {},
       cut_off_overnight},
  };
}

/// Some tickets of an evening wait until the next morning, when their day has been exported.
void late_masters_overnight(Scenario& s) {
  s.faults.push_back(biting_fault(FaultKind::masters_late, s, 42 * kHour, 16 * kHour));
}

/// The DC's line is down while the first trucks drive.
void dispatches_come_late(Scenario& s) {
  s.replenishment.review_weekdays = {0, 1, 2, 3, 4, 5, 6};
  s.replenishment.presentation_minimum = 40;
  s.faults.push_back(fault_of(FaultKind::store_link_down, s, 60 * kHour, 30 * kHour));
  s.faults.back().stores = {s.chain.distribution_centres[0].id};
}

/// Of conflicts, of what waits and of what comes late.
std::vector<Case> cases_in_the_books() {
  const auto late_masters = [](Scenario& s) {
    s.faults.push_back(biting_fault(FaultKind::masters_late, s, 34 * kHour, 6 * kHour));
  };
  const auto corrections = [](Scenario& s) {
    s.faults.push_back(biting_fault(FaultKind::tender_correction, s, 34 * kHour, 6 * kHour));
  };
  return {
      {Mutant::conflict_taken_for_repeat, {"nothing_lost", "z_equals_ledger"}, {"exactly_once"}, corrections},
      {Mutant::revision_added, {"z_equals_ledger", "book_equals_truth"}, {}, corrections},
      {Mutant::late_number_counts_as_posted,
       {"exactly_once", "nothing_lost"},
       {"z_equals_ledger"},
       [](Scenario& s) {
         s.integration.dedupe.window_messages = 64;
         s.demand.tickets_per_store_day = 3000;
         s.faults.push_back(biting_fault(FaultKind::masters_late, s, 34 * kHour, 6 * kHour));
       }},
      {Mutant::predecessor_not_awaited, {"shipped_before_received"}, {}, dispatches_come_late},
      {Mutant::orphan_discarded, {"exactly_once", "nothing_lost"}, {}, dispatches_come_late},
      {Mutant::unmapped_item_dropped, {"exactly_once", "nothing_lost"}, {"z_equals_ledger"}, late_masters},
      {Mutant::late_dated_on_arrival, {"z_equals_ledger"}, {}, cut_off_overnight},
      {Mutant::late_not_restated, {"z_equals_ledger"}, {}, late_masters_overnight},
      {Mutant::export_added, {"z_equals_ledger"}, {}, late_masters_overnight},
      {Mutant::closed_period_posted,
       {"period_open"},
       {},
       [](Scenario& s) {
         s.finance.period.calendar = PeriodCalendar::day;
         s.finance.period.close_day = 1;
         cut_off_overnight(s);
       }},
  };
}

/// Head office changes prices and takes items off sale, and half of its batches come behind those of the next night.
void masters_come_late(Scenario& s) {
  s.days = 12;
  s.pricing.changes_per_item_month_ppm = 1'000'000;
  s.catalogue.withdrawals.per_item_month_ppm = 1'000'000;
  s.catalogue.withdrawals.days = 2;
  s.faults.push_back(fault_of(FaultKind::masters_delayed, s, kDay, 10 * kDay));
  s.faults.back().share_ppm = 500'000;
  s.faults.back().delay = 36 * kHour;
}

/// Of master data.
std::vector<Case> cases_of_masters() {
  return {
      {Mutant::last_master_wins, {"price_authorised"}, {"master_data_mapped"}, masters_come_late},
      {Mutant::older_batch_ignored_whole, {"price_authorised"}, {}, masters_come_late},
      {Mutant::tombstone_forgotten, {"master_data_mapped"}, {"price_authorised"}, masters_come_late},
  };
}

std::vector<Case> cases() {
  std::vector<Case> all = cases_in_place();
  for (const std::vector<Case>& more : {cases_on_the_road(), cases_in_the_books(), cases_of_masters()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::vector<std::string> broken(const RunResult& result) {
  std::vector<std::string> names;
  for (const Violations::Count& count : result.violations_by_promise) names.push_back(count.promise);
  return names;
}

bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

class Breaks : public testing::TestWithParam<Case> {};

TEST_P(Breaks, TheMutantBreaksThePromisesThatGuardItsRule) {
  const Case& each = GetParam();
  Scenario s = small_chain(2, 200, 4);
  each.change(s);
  Simulation sound(s, nullptr, {1, true});
  sound.advance(kNever, ~std::uint64_t{0});
  EXPECT_TRUE(broken(sound.result()).empty()) << "the scenario keeps its promises without the mutant";
  Simulation simulation(s, nullptr, {1, true, each.mutant});
  simulation.advance(kNever, ~std::uint64_t{0});
  const RunResult result = simulation.result();
  const std::vector<std::string> seen = broken(result);
  for (const std::string& promise : each.breaks) EXPECT_TRUE(has(seen, promise)) << promise << " held";
  for (const std::string& promise : seen)
    EXPECT_TRUE(has(each.breaks, promise) || has(each.also, promise)) << promise << " was broken too";
  // The first violation of each promise says what led to it, if it is about a message or an item.
  std::vector<std::string> told;
  for (const Violation& violation : result.violations) {
    if (has(told, violation.promise) || violation.subject.kind == Subject::Kind::nothing) continue;
    told.push_back(violation.promise);
    EXPECT_FALSE(violation.witness.empty()) << violation.message;
    EXPECT_FALSE(violation.explain.empty()) << violation.message;
  }
}
INSTANTIATE_TEST_SUITE_P(Mutants, Breaks, testing::ValuesIn(cases()), [](const auto& each) {
  for (const MutantText& text : kMutantTexts)
    if (text.mutant == each.param.mutant) return std::string(text.id);
  return std::string("unknown");
});

}  // namespace
}  // namespace tillstorm
