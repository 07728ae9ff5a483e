#include "harness/invariants/period_open.h"

#include "base/iso8601.h"

namespace tillstorm {
namespace {

/// First date of the period after the one that `date` belongs to, counted day by day.
Date next_period(PeriodCalendar calendar, Date date) {
  do date = date + 1;
  while ((calendar == PeriodCalendar::week && weekday_of(date) != 0) ||
         (calendar == PeriodCalendar::month && civil_of(date).day != 1));
  return date;
}

}  // namespace

void PeriodOpen::finished(const CheckPoint& c) const {
  const erp::Setup& setup = c.world.setup->erp;
  for (const erp::Partition& partition : c.world.partitions)
    for (const erp::BookDay& day : partition.journal().days()) {
      const Date closed = next_period(setup.period.calendar, day.date) + (setup.period.close_day - 1);
      const Time close = setup.chain_zone.at(closed, 0);
      if (day.last_posted < close) continue;
      const std::string name = place_name(c.world, partition.place());
      c.violations.add(violation_at(
          c.world, text.name, partition.place(), {"ledger of " + name}, close.us, day.last_posted.us,
          "the books of " + name + " were posted to " + format_date(day.date) + " after its period was closed."));
    }
}

}  // namespace tillstorm
