#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <system_error>

#include "base/error.h"
#include "scenario/generated_ids.h"
#include "world/generate/generate.h"

namespace tillstorm {
namespace {

// What one of each takes while a run is set up and goes on [bytes]; measured on the baseline, rounded up.
constexpr std::uint64_t kPerCell = 56;  ///< One item at one place: truth, book, opening stock, planned sales.
constexpr std::uint64_t kPerAssortmentItem = 100;  ///< In each assortment: its id, weight and index.
constexpr std::uint64_t kPerItem = 1'000;          ///< Names and master data, in the scenario and both worlds.
constexpr std::uint64_t kPerStore = 40'000;        ///< Tills, queues, link and open messages.
constexpr std::uint64_t kPerTerminal = 2'000;      ///< With what the ERP remembers of it to recognise a repetition.
constexpr std::uint64_t kTraceBytesPerLine = 16;   ///< Of the file; a log has no more cells than lines.
constexpr std::uint64_t kPerTraceByte = 4;         ///< The file in memory, and its lines by store.
constexpr std::uint64_t kPerStoreDay = 700;        ///< Rows of the summaries: store days, accounts of the journal.
constexpr std::uint64_t kBase = 30'000'000;        ///< The program itself.

/// What one ticket adds to a drill-down table kept in memory [bytes]; measured, rounded up.
struct TableBytes {
  std::string_view table;
  std::uint64_t per_ticket;
};
constexpr TableBytes kTables[] = {{"truth.tickets", 80},   {"truth.ticket_lines", 100}, {"truth.lost_sales", 40},
                                  {"book.deliveries", 80}, {"book.movements", 160},     {"book.journal", 320},
                                  {"book.orders", 40}};

/// Sums that stop at the greatest number instead of wrapping.
std::uint64_t add(std::uint64_t a, std::uint64_t b) { return a + b < a ? UINT64_MAX : a + b; }
std::uint64_t times(std::uint64_t a, std::uint64_t b) { return a != 0 && b > UINT64_MAX / a ? UINT64_MAX : a * b; }

std::uint64_t count_of(std::int32_t count) { return static_cast<std::uint64_t>(std::max(count, 0)); }

std::string rounded(std::uint64_t bytes) {
  constexpr std::uint64_t kMiB = 1ULL << 20;
  if (bytes < 10'240 * kMiB) return std::to_string(bytes / kMiB + 1) + " MiB";
  return std::to_string(bytes / (1024 * kMiB) + 1) + " GiB";
}

struct Sizes {
  std::uint64_t items = 0;
  std::uint64_t stores = 0;
  std::uint64_t cells = 0;
  std::uint64_t assortment_items = 0;
  std::uint64_t terminals = 0;
  std::uint64_t trace_bytes = 0;
  std::uint64_t tickets = 0;  ///< Expected in the whole run.
};

Sizes sizes_of(const Scenario& scenario) {
  const Chain& chain = scenario.chain;
  const Catalogue& catalogue = scenario.catalogue;
  Sizes sizes;
  sizes.items = catalogue.items.size() + (catalogue.generate ? count_of(catalogue.generate->items) : 0);
  std::map<std::string_view, std::uint64_t> listed;
  for (const Assortment& assortment : catalogue.assortments) {
    listed[assortment.id] = assortment.items.size();
    sizes.assortment_items = add(sizes.assortment_items, assortment.items.size());
  }
  for (const Store& store : chain.stores) {
    const auto known = listed.find(store.assortment);
    sizes.cells = add(sizes.cells, known == listed.end() ? sizes.items : known->second);
    sizes.terminals = add(sizes.terminals, count_of(store.terminals));
  }
  sizes.stores = chain.stores.size();
  if (chain.generate) {
    const std::uint64_t stores = count_of(chain.generate->stores);
    const std::uint64_t assortments = std::min(stores, 2 * count_of(chain.generate->assortment_clusters));
    sizes.stores = add(sizes.stores, stores);
    sizes.cells = add(sizes.cells, times(stores, sizes.items));
    sizes.assortment_items = add(sizes.assortment_items, times(assortments, sizes.items));
    const auto& terminals = chain.generate->terminals;
    sizes.terminals =
        add(sizes.terminals, times(stores, count_of(*std::max_element(terminals.begin(), terminals.end()))));
  }
  if (chain.generate || !chain.distribution_centres.empty()) sizes.cells = add(sizes.cells, sizes.items);
  if (scenario.demand.mode == DemandMode::trace) {
    // Only the pairs that occur in the log have cells.
    std::error_code error;
    const std::uintmax_t bytes = std::filesystem::file_size(scenario.demand.trace, error);
    sizes.trace_bytes = error ? 0 : bytes;
    sizes.cells = std::min(sizes.cells, sizes.trace_bytes / kTraceBytesPerLine);
    sizes.tickets = sizes.trace_bytes / kTraceBytesPerLine;
  } else {
    const double a_day = std::max(0.0, scenario.demand.tickets_per_store_day) * static_cast<double>(sizes.stores);
    const double in_all = std::min(a_day * scenario.days, 1e18);
    sizes.tickets = static_cast<std::uint64_t>(in_all);
  }
  return sizes;
}

/// What the drill-down tables that a run keeps in memory come to.
std::uint64_t table_bytes(const Scenario& scenario, const Sizes& sizes) {
  std::uint64_t bytes = 0;
  if (scenario.record.on_disk) return bytes;
  for (const std::string& wanted : scenario.record.tables)
    for (const TableBytes& each : kTables)
      if (each.table == wanted) bytes = add(bytes, times(sizes.tickets, each.per_ticket));
  return bytes;
}

}  // namespace

std::uint64_t estimate_bytes(const Scenario& scenario) {
  const Sizes sizes = sizes_of(scenario);
  std::uint64_t bytes = kBase;
  bytes = add(bytes, times(sizes.cells, kPerCell));
  bytes = add(bytes, times(sizes.assortment_items, kPerAssortmentItem));
  bytes = add(bytes, times(sizes.items, kPerItem));
  bytes = add(bytes, times(sizes.stores, kPerStore));
  bytes = add(bytes, times(sizes.trace_bytes, kPerTraceByte));
  bytes = add(bytes, times(times(sizes.stores, count_of(scenario.days)), kPerStoreDay));
  bytes = add(bytes, table_bytes(scenario, sizes));
  return add(bytes, times(sizes.terminals, kPerTerminal));
}

void require_fits(const Scenario& scenario, std::uint64_t limit_bytes) {
  const std::uint64_t bytes = estimate_bytes(scenario);
  if (bytes <= limit_bytes) return;
  const Sizes sizes = sizes_of(scenario);
  Problem problem;
  problem.path = "chain";
  problem.message = "the scenario would not fit in memory: " + std::to_string(sizes.stores) + " stores and " +
                    std::to_string(sizes.items) + " items need about " + rounded(bytes) +
                    (table_bytes(scenario, sizes) > bytes / 2
                         ? " for " + std::to_string(sizes.tickets) +
                               " tickets in drill-down tables; take fewer days or tables, or record.on_disk"
                         : "; take fewer stores, items or days, or smaller assortments");
  problem.found = "about " + rounded(bytes);
  problem.allowed = "at most " + rounded(limit_bytes);
  throw InputError({problem});
}

}  // namespace tillstorm
