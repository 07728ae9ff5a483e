// What no single field of a fault can say: knobs that its kind does not use, times that do not fit, nobody to hit.
#include <algorithm>
#include <array>

#include "base/iso8601.h"
#include "base/time_zone.h"
#include "scenario/decode_scalar.h"
#include "scenario/validate.h"

namespace tillstorm {
namespace {

/// Keys of `knobs`, one after another; `is_needed` for those that end in `!`.
template <class Call>
void each_knob(std::string_view knobs, Call call) {
  while (!knobs.empty()) {
    const std::size_t end = std::min(knobs.find(' '), knobs.size());
    const std::string_view word = knobs.substr(0, end);
    const bool is_needed = word.ends_with('!');
    call(is_needed ? word.substr(0, word.size() - 1) : word, is_needed);
    knobs.remove_prefix(std::min(end + 1, knobs.size()));
  }
}

/// What a kind of this target can be aimed and timed by.
std::string_view common_knobs(FaultTarget target) {
  switch (target) {
    case FaultTarget::link:
    case FaultTarget::messages:
    case FaultTarget::journals:
    case FaultTarget::masters:
      return "stores regions formats share_of_stores_ppm for to repeat";
    case FaultTarget::middleware:
    case FaultTarget::erp:
      return "for to repeat";
    case FaultTarget::tills:
      return "stores regions formats share_of_stores_ppm repeat";
  }
  return "";
}

std::vector<std::string_view> given_knobs(const Fault& fault) {
  struct Knob {
    std::string_view name;
    bool is_given;
  };
  const std::array knobs{
      Knob{"stores", !fault.stores.empty()},        Knob{"regions", !fault.regions.empty()},
      Knob{"formats", !fault.formats.empty()},      Knob{"share_of_stores_ppm", fault.share_of_stores_ppm != 1'000'000},
      Knob{"for", fault.for_.has_value()},          Knob{"to", fault.to.has_value()},
      Knob{"repeat", fault.repeat.has_value()},     Knob{"share_ppm", fault.share_ppm.has_value()},
      Knob{"factor", fault.factor.has_value()},     Knob{"delay", fault.delay.has_value()},
      Knob{"down", fault.down.has_value()},         Knob{"up", fault.up.has_value()},
      Knob{"service", fault.service.has_value()},   Knob{"retry_after", fault.retry_after.has_value()},
      Knob{"terminal", fault.terminal.has_value()}, Knob{"workers", fault.workers.has_value()}};
  std::vector<std::string_view> given;
  for (const Knob& knob : knobs)
    if (knob.is_given) given.push_back(knob.name);
  return given;
}

void validate_knobs(const std::string& path, const Fault& fault, const Complain& complain) {
  const FaultKindText& text = text_of(fault.kind);
  const std::string kind(text.name);
  std::vector<std::string_view> usable;
  const std::vector<std::string_view> given = given_knobs(fault);
  const auto is_given = [&](std::string_view name) {
    return std::find(given.begin(), given.end(), name) != given.end();
  };
  each_knob(text.knobs, [&](std::string_view name, bool is_needed) {
    usable.push_back(name);
    if (is_needed && !is_given(name))
      complain(path, {"a fault of kind `" + kind + "` needs `" + std::string(name) + "`", "", std::string(name), ""});
  });
  each_knob(common_knobs(text.target), [&](std::string_view name, bool) {
    if (std::find(usable.begin(), usable.end(), name) == usable.end()) usable.push_back(name);
  });
  for (const std::string_view name : given)
    if (std::find(usable.begin(), usable.end(), name) == usable.end())
      complain(path + "." + std::string(name),
               {"a fault of kind `" + kind + "` does not use `" + std::string(name) + "`", std::string(name),
                one_of(usable), ""});
}

void validate_positive(const std::string& path, const std::optional<Duration>& value, const Complain& complain) {
  if (value && value->us <= 0)
    complain(path, {"this takes some time", format_duration(*value), "more than PT0S", ""});
  else if (value && *value > 366 * kDay)
    complain(path, {"this takes too long", format_duration(*value), "at most P366D", ""});
}

/// The moment of a text of the scenario.
Time utc_of(const Moment& moment, const TimeZone& chain_zone) {
  return moment.is_absolute ? Time{moment.us} : chain_zone.from_local(moment.us);
}

void validate_times(const std::string& path, const Scenario& scenario, const Fault& fault, const Complain& complain) {
  const bool has_length = text_of(fault.kind).target != FaultTarget::tills;
  if (has_length && fault.for_.has_value() == fault.to.has_value())
    complain(fault.to ? path + ".to" : path,
             {fault.to ? "`for` and `to` both say when the fault is over" : "nothing says when the fault is over", "",
              "`for` or `to`", ""});
  validate_positive(path + ".delay", fault.delay, complain);
  validate_positive(path + ".service", fault.service, complain);
  validate_positive(path + ".retry_after", fault.retry_after, complain);
  validate_positive(path + ".down", fault.down, complain);
  validate_positive(path + ".up", fault.up, complain);
  if (fault.for_ && fault.for_->us <= 0)
    complain(path + ".for", {"a fault lasts for some time", format_duration(*fault.for_), "more than PT0S", ""});
  const std::optional<TimeZone> zone = TimeZone::find(scenario.chain.time_zone);
  if (!zone) return;
  const Time from = utc_of(fault.from, *zone);
  Duration length = fault.for_.value_or(has_length ? kMicrosecond : scenario.integration.pos.restart_seconds * kSecond);
  if (fault.to) length = utc_of(*fault.to, *zone) - from;
  if (fault.to && length.us <= 0)
    complain(path + ".to", {"the fault is over before it begins", format_moment(*fault.to),
                            "after " + format_moment(fault.from), ""});
  if (fault.repeat && fault.repeat->every < length)
    complain(path + ".repeat.every", {"the fault would begin again before it is over",
                                      format_duration(fault.repeat->every), "at least " + format_duration(length), ""});
  const Date end = scenario.start + scenario.days;
  const std::int64_t times = fault.repeat ? fault.repeat->times : 1;
  const Duration every = fault.repeat ? fault.repeat->every : Duration{};
  const bool is_repeated_too_long = times > 1 && every.us > 0 && from + (times - 1) * every >= zone->at(end, 0);
  if (is_repeated_too_long && from < zone->at(end, 0)) {
    const std::int64_t most = 1 + (zone->at(end, 0) - from - kMicrosecond) / every;
    complain(path + ".repeat.times",
             {"the fault would begin outside the run, which has customers until " + format_date(end + -1),
              std::to_string(times), "at most " + std::to_string(most), ""});
  }
  if (from >= zone->at(scenario.start, 0) && from < zone->at(end, 0)) return;
  complain(path + ".from", {"the fault begins outside the run, which has customers from " +
                                format_date(scenario.start) + " to " + format_date(end + -1),
                            format_moment(fault.from), "a moment of those days", ""});
}

}  // namespace

void validate_faults(const Scenario& scenario, const KnownIds& known, const Complain& complain) {
  for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
    const Fault& fault = scenario.faults[i];
    const std::string path = entry_path("faults", i);
    const bool is_link =
        text_of(fault.kind).target == FaultTarget::link || text_of(fault.kind).target == FaultTarget::messages;
    validate_references(path + ".stores", fault.stores, is_link ? known.place_kind() : known.store_kind(), complain);
    validate_references(path + ".regions", fault.regions, known.region_kind(), complain);
    validate_knobs(path, fault, complain);
    if (fault.share_ppm && *fault.share_ppm == 0)
      complain(path + ".share_ppm", {"a fault that hits nothing shows nothing", "0", "above 0", ""});
    validate_times(path, scenario, fault, complain);
  }
}

}  // namespace tillstorm
