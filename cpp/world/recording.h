#pragma once
// From what happens to rows of the tables.
#include <cstdint>

#include "messages/message.h"
#include "world/world.h"

namespace tillstorm {

/// The business date that a store has just ended: one row of truth.store_days.
void record_store_day(World& world, std::uint32_t store);
/// A completed sale: a row of truth.tickets and its lines, where wanted.
void record_sale(World& world, MessageId message);
/// The lost sales noted by the event being dispatched.
void record_lost_sales(World& world);
/// Rows of the book's day summaries, from the journals; replaces those of an earlier call.
void record_book_days(World& world);
/// The exceptions that are open, as they stand.
void record_open_exceptions(World& world);
/// Ends the warm-up.
void begin_statistics(World& world);

}  // namespace tillstorm
