#pragma once
// Both worlds and the road between them, in one value: a copy is a snapshot.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/huge_pages.h"
#include "engine/kernel.h"
#include "erp/exception_desk.h"
#include "erp/head_office.h"
#include "erp/partition.h"
#include "integration/bus.h"
#include "integration/channel.h"
#include "integration/master_copy.h"
#include "integration/schema_gate.h"
#include "integration/sequence_guard.h"
#include "integration/till_journal.h"
#include "messages/message_pool.h"
#include "model/ecommerce.h"
#include "model/store.h"
#include "model/warehouse.h"
#include "record/run_totals.h"
#include "record/tables.h"
#include "rules/rule_book.h"
#include "world/backlog.h"
#include "world/fault_setup.h"
#include "world/source_log.h"
#include "world/stock_samples.h"
#include "world/trace.h"

namespace tillstorm {

/// What a run does not change. Shared by all snapshots of a run.
struct WorldSetup {
  model::Setup model;
  erp::Setup erp;
  /// Store links up, store links down, links inside the data centre.
  std::vector<integration::ChannelSettings> channel_kinds;
  integration::BusSettings bus;
  SourceLogRule source_log;
  MasterRule master;
  integration::SequenceSettings sequence;
  integration::SchemaSettings schema;
  std::vector<FaultSetup> faults;
  std::vector<std::string> place_ids, item_ids;
  Time start{}, end{}, warm_from{};
  Time figures_end{};  ///< The last of the days is over everywhere.
  Trace trace;
  std::uint64_t trace_outside = 0;  ///< Tickets of the trace outside the run's days: not replayed.
  std::vector<std::vector<std::uint32_t>> trace_tickets;  ///< By store: its tickets in order of time.
  std::vector<std::uint32_t> trace_items;                 ///< Item of each of the trace's item indices.
  std::vector<std::int32_t> opening_truth;                ///< Stock of every cell at the start, stores then DC.
  std::vector<float> daily_sales;          ///< Mean of every cell, that planning starts from [base units a day].
  std::vector<std::uint32_t> first_cells;  ///< By place, with the total last.
};

/// State and how events change it. `Observer` is told of what happens at the check points and may change nothing.
struct World {
  std::shared_ptr<const WorldSetup> setup;
  Kernel kernel;
  MessagePool pool;
  LargeVector<model::TruthCell> truth;  ///< Stores' cells.
  LargeVector<model::Store> stores;
  std::vector<model::Warehouse> warehouses;             ///< None or one.
  std::vector<model::Ecommerce> online;                 ///< None or one.
  std::vector<std::uint32_t> trace_next;                ///< By store: next of its trace tickets.
  std::vector<integration::TillJournal> journals;       ///< By store.
  std::vector<integration::MasterCopy> masters;         ///< By source.
  LargeVector<integration::ChannelSender> senders;      ///< Source i: 2 i up, 2 i + 1 down.
  std::vector<integration::ChannelReceiver> receivers;  ///< The same numbers, at the other end.
  integration::Bus bus;                                 ///< Of the middleware.
  std::vector<SourceLogState> source_logs;              ///< By source.
  std::vector<integration::SchemaGate> gates;           ///< By store; of the middleware.
  std::vector<integration::SequenceGuard> guards;       ///< By place; of the middleware.
  LargeVector<erp::BookCell> book;                      ///< Places' cells.
  LargeVector<erp::Partition> partitions;
  std::vector<erp::HeadOffice> head_office;  ///< One.
  erp::ExceptionDesk desk;
  Tables tables;
  std::vector<MessageId> emitted;           ///< Of the event being dispatched.
  std::vector<model::LostSale> lost_sales;  ///< Of the event being dispatched.
  RuleBook rules;
  FaultTally faults;
  Backlog backlog;
  RunTotals totals_at_end;  ///< Figures stop at the end of the days: what they were then.
  bool days_are_over = false;
  StockSamples stock_samples;
  bool is_warm = false;

  const Addresses& addresses() const { return setup->model.addresses; }
  model::Context model_context() {
    return {kernel,  pool,  setup->model, truth,
            emitted, rules, faults,       tables.truth.lost_sales.wanted ? &lost_sales : nullptr};
  }
  erp::Context erp_context() { return {kernel, pool, setup->erp, book, tables.book, rules, is_warm, faults}; }
  integration::Context road_context() { return {kernel, pool, rules, faults}; }
  const integration::ChannelSettings& channel_settings(std::uint32_t channel) const {
    return setup->channel_kinds[channel / 2 < addresses().stores ? channel % 2 : 2];
  }
  /// A store or the ecommerce front as one to whom master data are sent.
  integration::MasterReceiver master_receiver(std::uint32_t source) const {
    const model::Setup& model = setup->model;
    if (source >= addresses().stores) return {model.online.index, model.chain_zone, setup->master, true};
    const model::StoreSetup& store = model.stores[source];
    return {model.assortments[store.assortment].index, store.zone, setup->master};
  }
  /// Source whose link ends at `site`.
  static std::uint32_t up_channel(std::uint32_t source) { return 2 * source; }
  static std::uint32_t down_channel(std::uint32_t source) { return 2 * source + 1; }

  /// Hash of each site's facts in order, sites in order of address.
  Digest digest() const;
  /// Messages handed over by a source, or by the ERP to one, that have not been posted or taken in.
  std::uint64_t pending_messages() const;
  std::uint64_t state_bytes() const;
};

}  // namespace tillstorm
