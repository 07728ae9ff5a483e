#include "harness/invariants/z_equals_ledger.h"

#include <algorithm>
#include <array>

namespace tillstorm {
namespace {

struct Figure {
  const char* name;
  std::int64_t of_tills;
  std::int64_t of_ledger;
};

const erp::BookDay* day_of(const World& world, PlaceId place, Date date) {
  for (const erp::BookDay& day : world.partitions[index_of(place)].journal().days())
    if (day.date == date) return &day;
  return nullptr;
}

std::array<Figure, 7> compare(const DayCloseBody& z, const erp::BookDay& day) {
  const auto debits = [&](Account account) {
    const auto i = static_cast<std::size_t>(account);
    return day.debit[i] - day.credit[i];
  };
  const auto tender = [&](Tender t) { return z.tenders[static_cast<std::size_t>(t)]; };
  return {{{"tickets", z.tickets, day.tickets},
           {"net", z.net, -debits(Account::sales_revenue) - debits(Account::discounts)},
           {"tax", z.tax, -debits(Account::sales_tax_payable)},
           {"cash", tender(Tender::cash), debits(Account::cash_in_till)},
           {"cards", tender(Tender::credit) + tender(Tender::debit), debits(Account::card_clearing)},
           {"gift cards", tender(Tender::gift_card), debits(Account::gift_card_liability)},
           {"vouchers", tender(Tender::voucher), debits(Account::voucher_clearing)}}};
}

/// True if tickets that are in a Z report are not on their way to the ledger: stuck in a till, or held for
/// one that is. Then there is an exception that says so.
bool is_behind(const CheckPoint& c, std::uint32_t store) {
  const integration::SequenceGuard& guard = c.world.guards[store];
  return c.told.in_tills[store].tickets() + guard.held() + guard.blocked() != 0;
}

}  // namespace

void ZEqualsLedger::judge(const CheckPoint& c, Report& report) const {
  const Envelope& e = report.envelope;
  if (c.told.keeps_of(index_of(e.place), e.business_date))
    return;  // some of the day waits, or somebody has it to judge
  static constexpr erp::BookDay kNothing{};
  const erp::BookDay* day = day_of(c.world, e.place, e.business_date);
  if (day != nullptr && day->moved != 0) return;  // the rules have put some of it on another date
  const std::array figures = compare(report.z, day != nullptr ? *day : kNothing);
  const auto* const wrong = std::find_if(figures.begin(), figures.end(),
                                         [](const Figure& figure) { return figure.of_tills != figure.of_ledger; });
  if (wrong == figures.end()) [[likely]]
    return;
  report.was_wrong = true;
  std::string all;
  for (const Figure& figure : figures)
    if (figure.of_tills != figure.of_ledger)
      all += std::string(all.empty() ? "" : ", ") + figure.name + " " + std::to_string(figure.of_tills) + " against " +
             std::to_string(figure.of_ledger);
  Entity entity = entity_of(c.world, e);
  entity.subject = subject_at(e.place, e.source_sequence);  // whatever its number has become on the way
  c.violations.add(violation_at(c.world, text.name, e.place, entity, wrong->of_tills, wrong->of_ledger,
                                "the Z report " + std::to_string(e.number) + " of " + place_name(c.world, e.place) +
                                    " and the ledger of the same date differ: " + all + "."));
}

/// Those who receive the export of a day hold what the ledger has, once no other export is due.
void ZEqualsLedger::judge_export(const CheckPoint& c, PlaceId place, const erp::BookDay& day) {
  if (day.export_version == 0 || day.export_due != Time{}) return;
  if (day.exported_tickets == day.tickets && day.exported_net == day.net) return;
  const std::string name = place_name(c.world, place);
  c.violations.add(violation_at(c.world, text.name, place, {"export of " + name}, day.net, day.exported_net,
                                "version " + std::to_string(day.export_version) + " of the export of a day of " + name +
                                    " says " + std::to_string(day.exported_tickets) + " tickets, the ledger has " +
                                    std::to_string(day.tickets) + "."));
}

void ZEqualsLedger::posted(const CheckPoint& c, PlaceId place, const Message& message, erp::Posting posting) {
  if (message.envelope.type != MessageType::day_close || posting != erp::Posting::first || c.is_repeat) return;
  std::vector<Report>& reports = reports_[index_of(place)];
  reports.push_back({message.envelope, message.day_close});
  // A Z report does not wait for what is held for a gap: then it is judged once all is there, or when the run is over.
  const std::uint32_t store = index_of(place);
  if (!c.told.in_tills[store].has_ever() || c.told.is_quiet(store)) judge(c, reports.back());
}

void ZEqualsLedger::finished(const CheckPoint& c) {
  for (std::uint32_t store = 0; store < reports_.size(); ++store) {
    for (Report& report : reports_[store])
      if (!report.was_wrong && !is_behind(c, store)) judge(c, report);
    if (!c.told.is_quiet(store)) continue;
    for (const erp::BookDay& day : c.world.partitions[store].journal().days()) {
      const bool has_report = std::any_of(reports_[store].begin(), reports_[store].end(), [&](const Report& report) {
        return report.envelope.business_date == day.date;
      });
      judge_export(c, PlaceId{store}, day);
      if (day.tickets == 0 || day.moved != 0 || has_report) continue;
      const std::string name = place_name(c.world, PlaceId{store});
      c.violations.add(violation_at(c.world, text.name, PlaceId{store}, {"ledger of " + name}, 0, day.tickets,
                                    "the ledger of " + name + " has " + std::to_string(day.tickets) +
                                        " tickets on a date for which its tills have no Z report."));
    }
  }
}

}  // namespace tillstorm
