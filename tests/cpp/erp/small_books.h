#pragma once
// The books of one store with two tills and of a DC, over three items, with nothing around them: messages are handed to
// a partition by the test, and what the partition sends is noted.
#include <cstdint>
#include <initializer_list>
#include <vector>

#include "erp/partition.h"

namespace tillstorm::erp {

inline constexpr PlaceId kStore{0}, kDc{1};
/// Sold and ordered by the piece; sold in packs of six pieces; ordered in cases of twelve.
inline constexpr ItemId kPiece{0}, kPack{1}, kCase{2};
inline constexpr Date kToday{20'000};

inline Setup books_setup() {
  Setup s;
  s.addresses = {.stores = 1, .has_dc = true, .has_online = false};
  s.first_date = kToday;
  s.last_date = kToday + 30;
  s.chain_zone = *TimeZone::find("UTC");
  const std::uint32_t all[] = {0, 1, 2};
  s.indexes = {ItemIndex(3, all)};
  s.items = {{.key = 1, .unit_cost_micro = 250'000'000},
             {.key = 2, .unit_cost_micro = 33'333'333, .base_units = 6},
             {.key = 3, .unit_cost_micro = 80'000'000, .case_pack = 12}};
  s.places = {{.key = 11, .zone = s.chain_zone, .index = 0, .first_cell = 0, .terminals = 2},
              {.key = 12, .zone = s.chain_zone, .index = 0, .first_cell = 3, .terminals = 0}};
  s.replenishment = {.review_weekdays = 0b1111111,
                     .min_cover_milli = 2'000,
                     .max_cover_milli = 5'000,
                     .presentation_minimum = 3,
                     .velocity_weight_ppm = 0};  // velocities stay as the test sets them
  return s;
}

struct SmallBooks {
  Setup setup;
  Kernel kernel;
  MessagePool pool;
  std::vector<BookCell> cells;
  BookTables tables;
  RuleBook rules;
  bool is_warm = true;
  FaultTally faults;
  Context c;
  Partition store, dc;
  std::vector<MessageId> sent;  ///< Orders that left for the DC.

  explicit SmallBooks(Mutant mutant = Mutant::none, const Setup& with = books_setup())
      : setup(with),
        kernel(setup.addresses.sites(), Time{kToday.days * kDay.us} + 12 * kHour),
        cells(6),
        rules(mutant),
        c{kernel, pool, setup, cells, tables, rules, is_warm, faults},
        store(setup, kStore),
        dc(setup, kDc) {}

  BookCell& cell(ItemId item, PlaceId place = kStore) { return cells[index_of(place) * 3 + index_of(item)]; }
  Partition& partition(PlaceId place) { return place == kStore ? store : dc; }

  /// A message of today, with lines of items and base units.
  MessageId message(MessageType type, std::uint32_t number, std::initializer_list<Line> lines, PlaceId place = kStore) {
    const MessageId id = pool.create(type);
    for (const Line& line : lines) pool.add_line(id, line);
    pool[id].envelope.place = place;
    pool[id].envelope.number = number;
    pool[id].envelope.business_date = kToday;
    pool[id].envelope.event_time = kernel.now;
    return id;
  }
  MessageId ticket(std::uint32_t number, std::uint16_t till = 0, std::initializer_list<Line> lines = {{kPiece, 1}}) {
    const MessageId id = message(MessageType::ticket, number, lines);
    pool[id].envelope.terminal = till;
    pool[id].ticket = {.net = 1000, .tax = 75, .tendered = 1075, .units = 1};
    return id;
  }
  MessageId goods(MessageType type, std::uint32_t number, std::initializer_list<Line> lines, PlaceId place) {
    const MessageId id = message(type, number, lines, place);
    pool[id].goods = {.document = 7, .to = kStore, .ordered_at = kernel.now};
    return id;
  }
  Posting post(MessageId id, PlaceId place = kStore) {
    kernel.act_as(setup.addresses.partition(place));
    return partition(place).receive(c, id);
  }
  Minor balance(Account account, PlaceId place = kStore) { return partition(place).journal().balance(account); }

  /// Reviews of the store until `days` from now; what it orders is in `sent`.
  void review(int days = 1) {
    kernel.act_as(setup.addresses.partition(kStore));
    if (reviews_ == 0) store.start(c);
    reviews_ += days;
    run(kernel, *this, Time{(kToday.days + reviews_) * kDay.us} + 12 * kHour);
  }
  void dispatch(const Event& event) {
    if (static_cast<EventKind>(event.kind()) == EventKind::reviews_stock) store.review(c);
    if (static_cast<EventKind>(event.kind()) == EventKind::erp_sends)
      sent.push_back(MessageId{static_cast<std::uint32_t>(event.payload)});
  }
  /// Base units ordered of an item so far.
  std::int32_t ordered(ItemId item) const {
    std::int32_t units = 0;
    for (const MessageId id : sent)
      for (const Line& line : pool.lines(id)) units += line.item == item ? line.quantity : 0;
    return units;
  }

 private:
  int reviews_ = 0;
};

}  // namespace tillstorm::erp
