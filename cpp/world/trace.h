#pragma once
// An imported transaction log: baskets that are facts. Columns are owned by the caller and outlive the run.
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tillstorm {

/// Tickets in order of time. `first_line` has one entry more than there are tickets.
struct Trace {
  std::vector<std::string> store_ids;
  std::vector<std::string> item_ids;
  std::span<const std::int64_t> ticket_time_us;      ///< UTC.
  std::span<const std::uint32_t> ticket_store;       ///< Index into store_ids.
  std::span<const std::uint32_t> ticket_terminal;    ///< From 0.
  std::span<const std::uint64_t> ticket_first_line;  ///< Prefix: lines of ticket i are [first[i], first[i + 1]).
  std::span<const std::int64_t> ticket_tax_minor;
  std::span<const std::uint32_t> line_item;         ///< Index into item_ids.
  std::span<const std::int32_t> line_quantity;      ///< Base units.
  std::span<const std::int32_t> line_amount_minor;  ///< Charged, net of discount, before tax.
  std::span<const std::int32_t> line_discount_minor;
};

}  // namespace tillstorm
