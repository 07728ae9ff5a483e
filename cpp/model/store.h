#pragma once
// A store: its customers, shelves and tills. What really happens there; what anybody believes of it is elsewhere.
#include <array>
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "engine/server_group.h"
#include "engine/time_weighted.h"
#include "messages/bodies.h"
#include "model/context.h"
#include "model/demand_plan.h"

namespace tillstorm::model {

/// What happened at a store on one business date.
struct DayTotals {
  std::uint64_t customers = 0;  ///< Who came to buy.
  std::uint64_t tickets = 0;
  std::uint64_t lines = 0;
  std::int64_t units = 0;  ///< Sales units.
  Minor net = 0;
  Minor discount = 0;
  Minor tax = 0;
  std::array<Minor, kTenders> tenders{};
  std::int64_t lost_units = 0;  ///< Sales units wanted and not found.
  Minor lost_value = 0;         ///< At the tills' prices.
  std::uint64_t substituted_lines = 0;
  std::uint64_t balked = 0;         ///< Turned away at a long queue.
  std::uint64_t gave_up = 0;        ///< Left the queue.
  std::uint64_t turned_away = 0;    ///< Found the tills full.
  std::int64_t wait_us = 0;         ///< Waits at the tills of those served [us].
  std::int64_t shortage_units = 0;  ///< Trace mode: units sold that the simulated shelf did not have [base units].

  DayTotals& operator+=(const DayTotals& other);
};

class Store {
 public:
  Store(const Setup& setup, std::uint32_t index, Time start);

  // The day (store_day.cpp).
  /// Schedules the first opening on or after the first date.
  void start(Context& c);
  void open(Context& c, Date date);
  void close(Context& c);
  void fill_shelves(Context& c);

  // Shopping (shopping.cpp).
  void customer_arrives(Context& c);

  // The tills (checkout.cpp).
  void at_tills(Context& c, MessageId basket);
  /// The customer has all of the basket and walks to the tills.
  void leaves_shelves(Context& c, MessageId basket);
  void checkout_ends(Context& c, std::uint64_t service);
  void gives_up(Context& c, std::uint64_t place_in_queue);
  void till_fails(Context& c, std::uint32_t terminal);
  void till_repaired(Context& c, std::uint32_t terminal);
  /// The till crashes, at the will of fault number `fault`, and restarts by itself. Nothing if it is down already.
  void till_crashes(Context& c, std::uint32_t terminal, std::uint32_t fault);
  void till_restarts(Context& c, std::uint32_t terminal);
  /// From now on this share of the tickets has its tender corrected, at the will of fault number `fault`.
  void set_tender_corrections(std::uint32_t ppm, std::uint32_t fault) {
    correction_ppm_ = ppm;
    correction_fault_ = fault;
  }
  /// The till's software is installed anew: its numbers start again, in the next epoch. `known_last`: the last number
  /// of the epoch before that anybody but the till knows of.
  void till_reinstalled(Context& c, std::uint32_t terminal, std::uint32_t known_last);
  /// A basket of a log happened at this till: a fact, whatever the shelf holds. `basket` has priced lines and tax.
  void replay_ticket(Context& c, MessageId basket);

  // Goods and prices (deliveries.cpp).
  void truck_arrives(Context& c, MessageId dispatch);
  /// The tills' copy of the prices goes over to another price of the item at this position.
  void set_price(Context& c, std::uint32_t position, std::int32_t price_minor) {
    cell(c, position).price_minor = price_minor;
  }
  /// A batch of records has come into use: all at once, for every till (PRICE-06).
  void masters_changed(const Context& c, MessageType type, std::uint32_t version);
  /// The item at this position is taken off the shelf, or may be sold again.
  void take_off_sale(Context& c, std::uint32_t position);
  void put_on_sale(Context& c, std::uint32_t position);
  /// Asks head office for all of an item (MSG-18).
  void request_refresh(Context& c, std::uint32_t position);

  std::uint32_t index() const { return index_; }
  Date business_date() const { return business_date_; }
  bool is_open() const { return open_; }
  /// No further customer is let to the tills, or they are again: the outgoing log is full (MSG-11).
  void stop_trading(bool is_stopped) { is_trading_stopped_ = is_stopped; }
  /// Totals of the business date in progress; `last_day` after it has ended.
  const DayTotals& today() const { return today_; }
  const DayTotals& last_day() const { return last_day_; }
  /// Totals of all business dates that have ended.
  const DayTotals& before_today() const { return ended_; }
  Date last_date() const { return last_date_; }
  const ServerGroup& tills() const { return tills_; }
  const TimeWeighted& customers_inside() const { return inside_; }
  std::uint32_t last_number(std::uint32_t terminal) const { return numbers_[terminal].last; }
  std::uint32_t epoch(std::uint32_t terminal) const { return numbers_[terminal].epoch; }
  const Digest& facts() const { return facts_; }
  std::uint32_t last_price_version() const { return price_version_; }
  std::uint32_t items_off_sale() const { return static_cast<std::uint32_t>(off_sale_.size()); }
  void reset_statistics(Time now);

 private:
  struct TillNumbers {
    std::uint32_t last = 0;    ///< Last transaction number ...
    std::uint32_t epoch = 0;   ///< ... of this epoch.
    std::uint32_t stated = 0;  ///< Last number of the epoch before, which the next ticket states; 0: it states nothing.
  };
  /// An item that must not be sold. Its shelf is empty and holds nothing.
  struct OffSale {
    std::uint32_t position = 0;
    std::int32_t shelf_capacity = 0;  ///< What the shelf will hold again [base units].
  };
  const StoreSetup& me(const Context& c) const { return c.setup.stores[index_]; }
  TruthCell& cell(Context& c, std::uint32_t position) const { return c.cells[first_cell_ + position]; }
  const ItemIndex& index_of_items(const Context& c) const { return c.setup.assortments[assortment_].index; }

  void plan_day(Context& c, Date date);
  double day_factor(const Context& c, Date date) const;
  void schedule_opening(Context& c, Date from);
  void end_day(Context& c);
  void end_day_if_over(Context& c);

  void fill_basket(Context& c, MessageId basket, RandomStream& person);
  void take_line(Context& c, MessageId basket, std::uint32_t position, std::int32_t units, std::uint32_t customer);
  std::int32_t take(Context& c, std::uint32_t position, std::int32_t units, std::int32_t base_units);
  void put_back(Context& c, MessageId basket, LostCause cause);
  void cancel_ticket(Context& c, MessageId basket, std::uint32_t terminal);
  void note_lost(Context& c, std::uint32_t position, std::int32_t units, LostCause cause);
  void top_up(TruthCell& cell) const;

  bool is_off_sale(std::uint32_t position) const;

  void begin_service(Context& c, std::uint32_t terminal, MessageId basket);
  void price_lines(Context& c, MessageId basket);
  std::int64_t checkout_time_us(const Context& c, const TicketBody& ticket) const;
  void complete(Context& c, MessageId basket, std::uint32_t terminal);
  std::uint32_t next_number(Context& c, std::uint32_t terminal);
  void correct_tender(Context& c, MessageId ticket);
  void begin_epoch(const Context& c, std::uint32_t terminal, std::uint32_t known_last);
  void reprice(Context& c, MessageId basket);
  void emit(Context& c, MessageId message, std::uint16_t terminal, std::uint32_t number);
  void schedule_failure(Context& c, std::uint32_t terminal);

  std::uint32_t index_;
  std::uint32_t first_cell_;
  std::uint32_t assortment_;
  std::uint64_t key_;
  bool open_ = false;
  bool is_trading_stopped_ = false;
  std::uint8_t schema_version_ = 1;  ///< Of what the store says today.
  bool refilling_ = false;           ///< The next round of refilling is scheduled.
  Date business_date_{};
  Time midnight_{};              ///< End of the calendar day of the business date.
  std::uint32_t customers_ = 0;  ///< So far: the next one's number.
  DayRates rates_;
  ServerGroup tills_;
  TimeWeighted inside_;                           ///< Customers between shelf and till.
  std::vector<TillNumbers> numbers_;              ///< Of each till.
  std::vector<std::uint32_t> failures_;           ///< Failures of each till so far.
  std::vector<std::uint32_t> scanned_at_change_;  ///< By till: changes of prices before the basket in service.
  std::uint32_t receipts_ = 0;                    ///< Last number of a goods receipt.
  std::uint32_t refreshes_ = 0;                   ///< Last number of a request for a refresh.
  std::uint32_t closes_ = 0;                      ///< Last Z number.
  std::uint32_t price_version_ = 0;               ///< Of the newest price batch in use.
  std::uint32_t price_changes_ = 0;               ///< Price batches that have come into use.
  std::vector<OffSale> off_sale_;                 ///< By position, ascending.
  std::uint32_t correction_ppm_ = 0;              ///< Share of the tickets whose tender is corrected ...
  std::uint32_t correction_fault_ = kNone;        ///< ... and whose doing that is.
  std::vector<std::uint32_t> to_refill_;          ///< Positions whose shelf has fallen below half.
  DayTotals today_, last_day_, ended_;
  Date last_date_{};
  std::int64_t waited_before_ = 0;  ///< Waits counted on earlier days [us].
  Digest facts_;
};

}  // namespace tillstorm::model
