#include "world/fault_setup.h"

#include <algorithm>

#include "base/hash.h"
#include "engine/random_stream.h"

namespace tillstorm {
namespace {

constexpr std::uint64_t kSelection = purpose_of("fault.stores");

template <class List, class Value>
bool has(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// Whether a store is hit: named or in a region (or nobody is named at all), of a format, and drawn.
bool is_chosen(const Fault& fault, const Store& store, std::uint64_t seed) {
  const bool is_anybody = fault.stores.empty() && fault.regions.empty();
  if (!is_anybody && !has(fault.stores, store.id) && !has(fault.regions, store.region)) return false;
  if (!fault.formats.empty() && !has(fault.formats, store.format)) return false;
  // By kind, so that two kinds hit different stores, and not by position, so that another fault moves nobody.
  RandomStream draw(seed, kSelection, key_of(store.id), static_cast<std::uint64_t>(fault.kind));
  return draw.bernoulli_ppm(static_cast<std::uint32_t>(fault.share_of_stores_ppm));
}

std::vector<std::uint32_t> sources_of(const Fault& fault, const Scenario& scenario, std::uint32_t sources,
                                      std::uint64_t seed) {
  const FaultTarget target = text_of(fault.kind).target;
  std::vector<std::uint32_t> chosen;
  if (target == FaultTarget::middleware || target == FaultTarget::erp) {
    for (std::uint32_t source = 0; source < sources; ++source) chosen.push_back(source);
    return chosen;
  }
  const auto& stores = scenario.chain.stores;
  for (std::uint32_t i = 0; i < stores.size(); ++i)
    if (is_chosen(fault, stores[i], seed)) chosen.push_back(i);
  if (target == FaultTarget::masters && fault.stores.empty() && fault.regions.empty() && fault.formats.empty() &&
      scenario.demand.online && !scenario.chain.distribution_centres.empty())
    chosen.push_back(sources - 1);  // the ecommerce front
  const bool is_in_stores =
      target == FaultTarget::masters || target == FaultTarget::tills || target == FaultTarget::journals;
  if (is_in_stores || scenario.chain.distribution_centres.empty()) return chosen;
  const DistributionCentre& dc = scenario.chain.distribution_centres[0];
  const bool is_in_partition = fault.kind == FaultKind::region_partition && has(fault.regions, dc.region);
  if (has(fault.stores, dc.id) || is_in_partition) chosen.push_back(static_cast<std::uint32_t>(stores.size()));
  return chosen;
}

}  // namespace

/// Number of the last window that has begun by `now` >= from.
std::int64_t FaultSchedule::window_at(Time now) const { return std::min((now - from) / every, times - 1); }

bool FaultSchedule::is_active(Time now) const {
  if (now < from) return false;
  const Duration passed = now - (from + window_at(now) * every);
  if (passed >= length) return false;
  return up.us == 0 || passed.us % (down + up).us < down.us;
}

Time FaultSchedule::next_change(Time now) const {
  if (now < from) return from;
  const std::int64_t window = window_at(now);
  const Time begin = from + window * every;
  const Duration passed = now - begin;
  if (passed < length) {
    if (up.us == 0) return begin + length;
    const Duration cycle = down + up;
    const Time cycle_begin = begin + (passed / cycle) * cycle;
    const Time change = passed.us % cycle.us < down.us ? cycle_begin + down : cycle_begin + cycle;
    return std::min(change, begin + length);
  }
  return window + 1 < times ? begin + every : kNever;
}

bool FaultSetup::hits(std::uint32_t source) const { return std::binary_search(sources.begin(), sources.end(), source); }

std::vector<FaultSetup> fault_setups(const Scenario& scenario, const TimeZone& chain_zone, std::uint32_t sources,
                                     std::uint64_t seed) {
  const auto utc = [&](const Moment& moment) {
    return moment.is_absolute ? Time{moment.us} : chain_zone.from_local(moment.us);
  };
  std::vector<FaultSetup> setups;
  for (const Fault& fault : scenario.faults) {
    FaultSetup setup;
    setup.kind = fault.kind;
    setup.when.from = utc(fault.from);
    setup.when.length = fault.to ? utc(*fault.to) - setup.when.from : fault.for_.value_or(Duration{});
    if (text_of(fault.kind).target == FaultTarget::tills)
      setup.when.length = scenario.integration.pos.restart_seconds * kSecond;
    if (fault.repeat) {
      setup.when.times = fault.repeat->times;
      setup.when.every = std::max(fault.repeat->every, setup.when.length);
    }
    if (fault.kind == FaultKind::store_link_flapping) {
      setup.when.down = down_of(fault);
      setup.when.up = up_of(fault);
    }
    setup.sources = sources_of(fault, scenario, sources, seed);
    if (fault.terminal) setup.terminal = static_cast<std::uint32_t>(*fault.terminal) - 1;
    setup.share_ppm = share_ppm_of(fault);
    setup.factor_milli = static_cast<std::int64_t>(factor_of(fault) * 1000);
    setup.has_factor = fault.factor.has_value();
    setup.workers = workers_of(fault);
    setup.delay = delay_of(fault);
    setup.service = service_of(fault);
    setup.retry_after = retry_after_of(fault);
    setups.push_back(std::move(setup));
  }
  return setups;
}

}  // namespace tillstorm
