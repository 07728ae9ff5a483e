#pragma once
// A store with two tills and three items, with nothing around it: customers come when the test says so, and what the
// store tells the books is noted.
#include <gtest/gtest.h>

#include <initializer_list>
#include <utility>
#include <vector>

#include "model/store.h"

namespace tillstorm::model {

/// Positions of the store's items: taxed, sold by the piece; exempt, in packs of six pieces; taxed, for 15 cents.
inline constexpr std::uint32_t kTaxed = 0, kExemptPack = 1, kCheap = 2;
inline constexpr Date kMonday{20'605};  // 2026-06-01

inline Setup store_setup() {
  Setup s;
  s.addresses = {.stores = 1, .has_dc = true, .has_online = false};
  s.chain_zone = *TimeZone::find("America/New_York");
  s.first_date = kMonday;
  s.last_date = kMonday + 5;
  s.items = {
      {.base_units = 1, .is_taxed = true}, {.base_units = 6, .is_taxed = false}, {.base_units = 1, .is_taxed = true}};
  const std::uint32_t all[] = {0, 1, 2};
  s.assortments = {{ItemIndex(3, all), AliasTable{}}};
  StoreSetup store;
  store.key = 11;
  store.zone = s.chain_zone;
  store.opening.fill({.open_minute = 9 * 60, .close_minute = 21 * 60});
  store.terminals = 2;
  store.tax_rate = 70'000;
  s.stores = {store};
  s.demand.is_trace = true;  // nobody comes of his own accord
  s.tills.overhead_us = kMinute.us;
  return s;
}

struct SmallStore {
  struct Said {
    Message message;
    std::vector<Line> lines;
  };

  Setup setup;
  Kernel kernel;
  MessagePool pool;
  std::vector<TruthCell> cells;
  std::vector<MessageId> emitted;
  RuleBook rules;
  FaultTally faults{1};
  Context c;
  Store store;
  std::vector<Said> tickets, reports, receipts;

  explicit SmallStore(Mutant mutant = Mutant::none, const Setup& with = store_setup())
      : setup(with),
        kernel(setup.addresses.sites(), with.chain_zone.at(with.first_date, 0)),
        cells(3, TruthCell{.shelf = 600, .backroom = 0, .price_minor = 1000, .shelf_capacity = 600}),
        rules(mutant),
        c{kernel, pool, setup, cells, emitted, rules, faults},
        store(setup, 0, kernel.now) {
    cells[kCheap].price_minor = 15;
    act();
    store.start(c);
  }

  /// A moment on the store's clock.
  Time at(std::int32_t minute, std::int32_t day = 0) const {
    return setup.stores[0].zone.at(setup.first_date + day, minute);
  }
  void act() { kernel.act_as(setup.addresses.store(0)); }
  void until(Time moment) { run(kernel, *this, moment); }

  /// A customer has taken sales units of the items at these positions and joins the queue now.
  void buys(std::initializer_list<std::pair<std::uint32_t, std::int32_t>> wants, Tender tender = Tender::cash) {
    act();
    const MessageId basket = pool.create(MessageType::ticket);
    pool[basket].ticket = {.tender = tender};
    for (const auto& [position, units] : wants) {
      const std::int32_t base = units * setup.items[position].base_units;
      cells[position].shelf -= base;
      pool.add_line(basket, Line{ItemId{position}, base, 0, 0});
    }
    store.at_tills(c, basket);
    flush();
  }
  /// A batch of prices comes into use.
  void price(std::uint32_t position, std::int32_t price_minor) {
    store.set_price(c, position, price_minor);
    store.masters_changed(c, MessageType::price_batch, store.last_price_version() + 1);
  }

  void dispatch(const Event& event) {
    switch (static_cast<EventKind>(event.kind())) {
      case EventKind::store_opens:
        store.open(c, Date{static_cast<std::int32_t>(event.payload)});
        break;
      case EventKind::store_closes:
        store.close(c);
        break;
      case EventKind::shelves_filled:
        store.fill_shelves(c);
        break;
      case EventKind::checkout_ends:
        store.checkout_ends(c, event.payload);
        break;
      case EventKind::till_restarts:
        store.till_restarts(c, static_cast<std::uint32_t>(event.payload));
        break;
      default:
        ADD_FAILURE() << "no other event happens here";
    }
    flush();
  }

 private:
  void flush() {
    for (const MessageId id : emitted) {
      const std::span<const Line> lines = std::as_const(pool).lines(id);
      std::vector<Said>& list = pool[id].envelope.type == MessageType::ticket      ? tickets
                                : pool[id].envelope.type == MessageType::day_close ? reports
                                                                                   : receipts;
      list.push_back({pool[id], {lines.begin(), lines.end()}});
      pool.release(id);
    }
    emitted.clear();
  }
};

}  // namespace tillstorm::model
