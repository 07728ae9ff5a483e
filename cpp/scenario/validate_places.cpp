#include <algorithm>
#include <array>

#include "base/iso8601.h"
#include "base/nearest.h"
#include "base/time_zone.h"
#include "scenario/decode_scalar.h"
#include "scenario/generated_ids.h"
#include "scenario/validate.h"

namespace tillstorm {
namespace {

constexpr std::int32_t kDayMinutes = 24 * 60;

void validate_zone(const std::string& path, const std::string& name, bool may_be_empty, const Complain& complain) {
  if ((name.empty() && may_be_empty) || TimeZone::find(name)) return;
  complain(path, {"unknown time zone", json_quoted(shortened(name, 60)), "an IANA name like America/Chicago",
                  std::string(nearest_name(name, TimeZone::known_names()))});
}

bool is_closed(const OpenHours& hours) { return hours.open == hours.close; }

std::string text_of(const OpenHours& hours) {
  return format_time_of_day(hours.open) + " to " + format_time_of_day(hours.close);
}

void validate_day(const std::string& path, const OpenHours& hours, const Complain& complain) {
  if (hours.open.minute >= kDayMinutes) {
    complain(path + ".open", {"a day opens before 24:00", format_time_of_day(hours.open), "00:00 to 23:59", ""});
  } else if (hours.close < hours.open) {
    complain(path + ".close",
             {"the day closes before it opens: a close after midnight is written past 24:00, 02:00 as 26:00",
              text_of(hours), "at or after the opening", ""});
  } else if (hours.close.minute - hours.open.minute > kDayMinutes) {
    complain(path + ".close", {"a day is open for at most 24 hours", text_of(hours), "", ""});
  }
}

/// The days of a week follow each other: none may open before the one before it has closed.
void validate_opening(const std::string& path, const Opening& opening, const Complain& complain) {
  struct Day {
    const char* name;
    const OpenHours& hours;
  };
  const Day weekday{"weekday", opening.weekday}, saturday{"saturday", opening.saturday},
      sunday{"sunday", opening.sunday};
  for (const Day& day : {weekday, saturday, sunday}) validate_day(path + "." + day.name, day.hours, complain);
  const std::array<std::array<Day, 2>, 4> pairs{
      {{weekday, weekday}, {weekday, saturday}, {saturday, sunday}, {sunday, weekday}}};
  for (const auto& [first, next] : pairs) {
    if (is_closed(first.hours) || is_closed(next.hours)) continue;
    if (first.hours.close.minute - kDayMinutes <= next.hours.open.minute) continue;
    complain(path + "." + first.name + ".close",
             {std::string("the day is still open when the next opens (") + next.name + ", " +
                  format_time_of_day(next.hours.open) + ")",
              format_time_of_day(first.hours.close),
              "at most " + format_time_of_day({next.hours.open.minute + kDayMinutes}), ""});
  }
}

}  // namespace

void validate_chain(const Scenario& scenario, const KnownIds& known, const Complain& complain) {
  const Chain& chain = scenario.chain;
  const bool is_code = chain.currency.size() == 3 && std::all_of(chain.currency.begin(), chain.currency.end(),
                                                                 [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!is_code)
    complain("chain.currency", {"this is no currency code", json_quoted(shortened(chain.currency, 60)),
                                "three capital letters (ISO 4217), like USD", ""});
  validate_zone("chain.time_zone", chain.time_zone, false, complain);

  const std::int32_t generated = chain.generate ? chain.generate->stores : 0;
  if (chain.stores.empty() && generated == 0)
    complain("chain", {"there are no stores", "", "`stores`, a list, or `generate`, like {\"stores\": 12}", ""});
  for (std::size_t i = 0; i < chain.stores.size(); ++i) {
    const Store& store = chain.stores[i];
    const std::string path = entry_path("chain.stores", i);
    validate_zone(path + ".time_zone", store.time_zone, true, complain);
    validate_opening(path + ".opening", store.opening, complain);
    validate_reference(path + ".assortment", store.assortment, known.assortment_kind(), complain);
    if (is_generated_store_id(store.id, generated))
      complain(path + ".id", {"`chain.generate` makes a store with this id", json_quoted(store.id),
                              "an id that is not a number of four or more digits", ""});
  }
  for (std::size_t i = 0; i < chain.distribution_centres.size(); ++i) {
    const DistributionCentre& centre = chain.distribution_centres[i];
    const std::string path = entry_path("chain.distribution_centres", i);
    validate_zone(path + ".time_zone", centre.time_zone, true, complain);
    if (known.store_kind().is_known(centre.id))
      complain(path + ".id", {"a store has this id: a place has an id of its own", json_quoted(centre.id), "", ""});
  }
}

}  // namespace tillstorm
