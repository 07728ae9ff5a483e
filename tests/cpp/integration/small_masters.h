#pragma once
// One receiver of master data, a store with four items in New York: batches come when the test says so.
#include <gtest/gtest.h>

#include <array>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

#include "integration/master_copy.h"
#include "messages/addresses.h"

namespace tillstorm::integration {

inline constexpr Date kMonday{20'605};  // 2026-06-01

struct SmallMasters {
  static constexpr std::array<std::uint32_t, 4> kItems{0, 1, 2, 4};  // item 3 is not in the store's range

  Addresses addresses{.stores = 1};
  TimeZone zone = *TimeZone::find("America/New_York");
  ItemIndex items{5, kItems};
  MasterRule rule;
  Kernel kernel;
  MessagePool pool;
  RuleBook rules;
  FaultTally faults;
  Context c{kernel, pool, rules, faults};
  MasterReceiver receiver{items, zone, rule};
  MasterCopy copy;
  std::array<std::int32_t, 4> price{1000, 1000, 1000, 1000};  ///< By position.
  std::array<bool, 4> on_sale{true, true, true, true};
  std::vector<std::uint32_t> asked;  ///< Positions for which all was asked, in order.

  explicit SmallMasters(Mutant mutant = Mutant::none) : kernel(addresses.sites(), zone.at(kMonday, 0)), rules(mutant) {
    kernel.act_as(addresses.store(0));
  }
  Time at(std::int32_t minute, std::int32_t day = 0) const { return zone.at(kMonday + day, minute); }
  void until(Time moment) {
    run(kernel, *this, moment);
    kernel.now = moment;
  }
  void until(std::int32_t minute, std::int32_t day = 0) { until(at(minute, day)); }

  /// Prices of items come, of the version's own day: version 3 was published on Thursday.
  void prices(std::uint32_t version, std::initializer_list<std::pair<std::uint32_t, std::int32_t>> lines) {
    const MessageId batch = batch_of(MessageType::price_batch, version);
    for (const auto& [item, minor] : lines) pool.add_line(batch, Line{ItemId{item}, 1, minor, 0});
    arrives(batch);
  }
  /// An item is taken off sale, for some days or until it is created again, or put on sale.
  void item(std::uint32_t version, std::uint32_t which, bool is_on_sale, std::uint32_t days = 0) {
    const MessageId batch = batch_of(MessageType::item_batch, version);
    pool[batch].master.days = days;
    pool.add_line(batch, Line{ItemId{which}, is_on_sale ? 1 : 0, 0, 0});
    arrives(batch);
  }
  /// Head office answers, now: the item is deleted.
  void still_deleted(std::uint32_t version, std::uint32_t which) {
    const MessageId batch = batch_of(MessageType::item_batch, version);
    pool[batch].master.kind = MasterBatchKind::refresh;
    pool[batch].envelope.event_time = kernel.now;
    pool.add_line(batch, Line{ItemId{which}, 0, 0, 0});
    arrives(batch);
  }
  std::uint64_t taken(rule::MasterVersions::Outcome outcome) const { return rules.taken(outcome); }

  void dispatch(const Event& event) {
    switch (static_cast<EventKind>(event.kind())) {
      case EventKind::masters_in_use:
        return follow(copy.come_into_use(c, receiver, MessageId{static_cast<std::uint32_t>(event.payload)}));
      case EventKind::withdrawal_ends:
        return follow(copy.withdrawal_ends(event.payload));
      case EventKind::reference_due:
        if (const std::uint32_t p = copy.reference_due(c, receiver, event.payload); p != kNone) asked.push_back(p);
        return;
      default:
        ADD_FAILURE() << "no other event happens here";
    }
  }

 private:
  MessageId batch_of(MessageType type, std::uint32_t version) {
    const MessageId batch = pool.create(type);
    const Date date = kMonday + static_cast<std::int32_t>(version);
    pool[batch].envelope.business_date = date;
    pool[batch].envelope.event_time = zone.at(date, 120);
    pool[batch].master = {.version = version, .effective_minute = 300};
    return batch;
  }
  void arrives(MessageId batch) {
    if (MasterCopy::arrives(c, receiver, batch)) follow(copy.come_into_use(c, receiver, batch));
  }
  void follow(std::span<const MasterChange> changes) {
    for (const MasterChange& change : changes) {
      if (change.kind == MasterChange::Kind::price) {
        price.at(change.position) = change.price_minor;
      } else {
        EXPECT_NE(on_sale.at(change.position), change.kind == MasterChange::Kind::on_sale) << "told only of changes";
        on_sale.at(change.position) = change.kind == MasterChange::Kind::on_sale;
      }
    }
  }
};

}  // namespace tillstorm::integration
