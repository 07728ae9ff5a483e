// A store's day: opening, the plan of arrivals, refilling, closing, the Z report.
#include <algorithm>
#include <utility>

#include "base/civil.h"
#include "engine/exponential.h"
#include "engine/normal.h"
#include "messages/body_hash.h"
#include "model/store.h"

namespace tillstorm::model {
namespace {

constexpr std::uint64_t kWeather = purpose_of("demand.weather");
constexpr std::uint64_t kDayNoise = purpose_of("demand.day");
constexpr std::uint64_t kFirstArrival = purpose_of("demand.first_arrival");

const OpeningSetup& hours_on(const StoreSetup& store, Date date) {
  const int weekday = weekday_of(date);
  return store.opening[weekday < 5 ? 0U : weekday == 5 ? 1U : 2U];
}

/// A factor around 1 from a standard normal draw; never negative.
double shock(std::uint64_t seed, std::uint64_t purpose, std::uint64_t key, Date date, double size) {
  if (size == 0) return 1;
  RandomStream stream(seed, purpose, key, static_cast<std::uint64_t>(date.days));
  return std::max(0.0, 1 + size * normal(stream));
}

}  // namespace

DayTotals& DayTotals::operator+=(const DayTotals& other) {
  customers += other.customers;
  tickets += other.tickets;
  lines += other.lines;
  units += other.units;
  net += other.net;
  discount += other.discount;
  tax += other.tax;
  for (std::size_t tender = 0; tender < kTenders; ++tender) tenders[tender] += other.tenders[tender];
  lost_units += other.lost_units;
  lost_value += other.lost_value;
  substituted_lines += other.substituted_lines;
  balked += other.balked;
  gave_up += other.gave_up;
  turned_away += other.turned_away;
  wait_us += other.wait_us;
  shortage_units += other.shortage_units;
  return *this;
}

Store::Store(const Setup& setup, std::uint32_t index, Time start)
    : index_(index),
      first_cell_(setup.stores[index].first_cell),
      assortment_(setup.stores[index].assortment),
      key_(setup.stores[index].key),
      tills_(static_cast<std::uint32_t>(setup.stores[index].terminals), setup.tills.room, start),
      inside_(start),
      numbers_(static_cast<std::size_t>(setup.stores[index].terminals)),
      failures_(numbers_.size(), 0),
      scanned_at_change_(numbers_.size(), 0) {
  facts_.add(key_);
}

void Store::start(Context& c) {
  schedule_opening(c, c.setup.first_date);
  if (!c.setup.tills.can_fail) return;
  for (std::uint32_t terminal = 0; terminal < numbers_.size(); ++terminal) schedule_failure(c, terminal);
}

void Store::schedule_opening(Context& c, Date from) {
  for (Date date = from; date < c.setup.last_date; date = date + 1) {
    const OpeningSetup& hours = hours_on(me(c), date);
    if (hours.is_closed()) continue;
    const Time at = std::max(me(c).zone.at(date, hours.open_minute), c.kernel.now);
    c.schedule(at, EventKind::store_opens, static_cast<std::uint64_t>(date.days), Priority::early);
    return;
  }
}

double Store::day_factor(const Context& c, Date date) const {
  const DemandSetup& demand = c.setup.demand;
  double factor = demand.weekday_index[static_cast<std::size_t>(weekday_of(date))] *
                  demand.month_index[static_cast<std::size_t>(civil_of(date).month - 1)];
  for (const PeakDaySetup& peak : demand.peak_days)
    if (peak.date == date) factor = peak.index;
  for (const EventSetup& event : demand.events)
    if (event.stores[index_] && date >= event.from && date - event.from < event.days) factor *= event.factor;
  factor *= shock(c.setup.seed, kWeather, me(c).region_key, date, demand.weather_effect);
  return factor * shock(c.setup.seed, kDayNoise, key_, date, demand.day_noise_cv);
}

void Store::plan_day(Context& c, Date date) {
  const StoreSetup& store = me(c);
  const DemandSetup& demand = c.setup.demand;
  const OpeningSetup& hours = hours_on(store, date);
  rates_.clear(store.zone.at(date, hours.close_minute));
  constexpr double kPerHour = 1.0 / static_cast<double>(kHour.us);
  if (!demand.rate_profile.empty()) {
    // The points repeat every day; the profile starts and ends with the value it has at midnight.
    const auto& points = demand.rate_profile;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const double hours_long = points[i + 1].hour - points[i].hour;
      if (hours_long <= 0) continue;
      const Time begin =
          store.zone.at(date, 0) + Duration{static_cast<std::int64_t>(points[i].hour * static_cast<double>(kHour.us))};
      const double rate = points[i].per_hour * store.size * kPerHour;
      const double change = (points[i + 1].per_hour - points[i].per_hour) * store.size * kPerHour;
      rates_.add({begin, rate, change / (hours_long * static_cast<double>(kHour.us))});
    }
    return;
  }
  const bool is_peak = std::any_of(demand.peak_days.begin(), demand.peak_days.end(),
                                   [&](const PeakDaySetup& peak) { return peak.date == date; });
  const HourlyProfile& profile = weekday_of(date) < 5 && !is_peak ? demand.weekday : demand.weekend;
  double total = 0;
  const auto weight = [&](std::int32_t minute) {
    const std::int32_t end = std::min(minute / 60 * 60 + 60, hours.close_minute);
    return profile.weight[static_cast<std::size_t>(minute / 60 % 24)] * (end - minute) / 60.0;
  };
  for (std::int32_t minute = hours.open_minute; minute < hours.close_minute; minute = minute / 60 * 60 + 60)
    total += weight(minute);
  if (total <= 0) return;
  const double customers = store.customers_per_day * day_factor(c, date);
  for (std::int32_t minute = hours.open_minute; minute < hours.close_minute; minute = minute / 60 * 60 + 60) {
    const double per_hour = customers * profile.weight[static_cast<std::size_t>(minute / 60 % 24)] / total;
    rates_.add({store.zone.at(date, minute), per_hour * kPerHour, 0});
  }
}

void Store::open(Context& c, Date date) {
  open_ = true;
  business_date_ = date;
  schema_version_ = c.setup.schema.version_of(index_, date);
  midnight_ = me(c).zone.at(date + 1, 0);
  const OpeningSetup& hours = hours_on(me(c), date);
  const Time closing = std::max(me(c).zone.at(date, hours.close_minute), c.kernel.now);
  c.schedule(closing, EventKind::store_closes, static_cast<std::uint64_t>(date.days), Priority::late);
  if (!refilling_) {  // a store that did not close at midnight is still at it
    refilling_ = true;
    c.schedule(c.kernel.now + c.setup.supply.shelf_fill_interval, EventKind::shelves_filled, 0);
  }
  if (c.setup.demand.is_trace) return;
  plan_day(c, date);
  RandomStream stream(c.setup.seed, kFirstArrival, key_, static_cast<std::uint64_t>(date.days));
  const Time first = rates_.next_arrival(c.kernel.now, exponential(stream));
  if (first != kNever) c.schedule(first, EventKind::customer_arrives, 0);
}

void Store::fill_shelves(Context& c) {
  for (const std::uint32_t position : to_refill_) top_up(cell(c, position));
  to_refill_.clear();
  refilling_ = open_;
  if (refilling_) c.schedule(c.kernel.now + c.setup.supply.shelf_fill_interval, EventKind::shelves_filled, 0);
}

void Store::close(Context& c) {
  open_ = false;
  const Date next = business_date_ + 1;
  const OpeningSetup& then = hours_on(me(c), next);
  const bool opens_at_once = hours_on(me(c), business_date_).is_around_the_clock() && next < c.setup.last_date &&
                             !then.is_closed() && then.open_minute == 0;
  if (opens_at_once) {
    end_day(c);  // nobody is sent home at midnight: who is inside then pays on the new date
  } else {
    end_day_if_over(c);
  }
  c.rules.count(last_date_ == business_date_ ? rule::StoreDayAndDate::Outcome::rolled_at_close
                                             : rule::StoreDayAndDate::Outcome::close_waited_for_ticket);
}

void Store::end_day_if_over(Context& c) {
  if (!open_ && tills_.in_system() == 0 && inside_.value() == 0 && last_date_ < business_date_) end_day(c);
}

void Store::end_day(Context& c) {
  const MessageId id = c.pool.create(MessageType::day_close);
  DayCloseBody& z = (c.pool[id].day_close = DayCloseBody{});
  z.tickets = static_cast<std::uint32_t>(today_.tickets);
  z.lines = static_cast<std::uint32_t>(today_.lines);
  z.net = today_.net;
  z.tax = today_.tax;
  std::copy(today_.tenders.begin(), today_.tenders.end(), z.tenders);
  if (c.rules.is(Mutant::day_without_midnight_is_empty) &&
      me(c).zone.minute_of_day_at(me(c).zone.at(business_date_, 0)) != 0)
    z = DayCloseBody{};
  if (c.rules.is(Mutant::z_forgets_vouchers)) z.tenders[static_cast<std::size_t>(Tender::voucher)] = 0;
  if (c.rules.is(Mutant::z_misses_last_ticket) && z.tickets != 0) --z.tickets;
  emit(c, id, 0, ++closes_);
  const std::int64_t waited = tills_.statistics().wait_of_started_us;
  today_.wait_us = waited - waited_before_;
  waited_before_ = waited;
  ended_ += today_;
  last_day_ = today_;
  last_date_ = business_date_;
  today_ = DayTotals{};
  schedule_opening(c, business_date_ + 1);
}

void Store::emit(Context& c, MessageId message, std::uint16_t terminal, std::uint32_t number) {
  Message& m = c.pool[message];
  m.envelope.place = PlaceId{index_};
  m.envelope.schema_version = schema_version_;
  m.envelope.terminal = terminal;
  m.envelope.number = number;
  m.envelope.epoch = is_of_till(m.envelope.type) ? numbers_[terminal].epoch : 0;
  m.envelope.business_date = business_date_;
  if (c.rules.is(Mutant::business_date_is_utc_date) && m.envelope.type == MessageType::ticket)
    m.envelope.business_date = Date{static_cast<std::int32_t>(c.kernel.now.us / kDay.us)};
  m.envelope.event_time = c.kernel.now;
  m.envelope.price_version = static_cast<std::uint16_t>(price_version_);
  m.envelope.body_hash = body_hash(m, std::as_const(c.pool).lines(message));
  facts_.add(c.kernel.now.us);
  facts_.add(static_cast<std::uint64_t>(m.envelope.type) << 56 | static_cast<std::uint64_t>(terminal) << 32 | number);
  if (m.envelope.epoch != 0) facts_.add(std::uint64_t{m.envelope.epoch});
  facts_.add(m.envelope.body_hash);
  c.emitted.push_back(message);
}

void Store::reset_statistics(Time now) {
  tills_.reset_statistics(now);
  waited_before_ = 0;
  inside_.reset(now);
}

}  // namespace tillstorm::model
