#pragma once
// `integration`: the road between what happens and what is believed.
#include "base/fields.h"
#include "rules/books.h"
#include "rules/bus.h"
#include "rules/delivery.h"
#include "rules/exceptions.h"
#include "rules/master.h"
#include "rules/posting.h"
#include "rules/repair.h"
#include "rules/schema.h"
#include "rules/sequence.h"
#include "rules/terminal.h"

namespace tillstorm {

struct Integration {
  Topology topology = Topology::hub;
  EnvelopeRule envelope{};
  OrderingRule ordering{};
  PostingRule posting{};
  BatchRule batch{};
  CapacityRule capacity{};
  ThrottleRule throttle{};
  QueueRule queue{};
  RetryRule retry{};
  BreakerRule breaker{};
  DeadLetterRule dead_letter{};
  RepairRule repair{};
  SourceLogRule source_log{};
  ExceptionRule exceptions{};
  ForwardRule forward{};
  DedupeRule dedupe{};
  IdempotencyRule idempotency{};
  DependencyRule dependency{};
  LateRule late{};
  SequenceRule sequence{};
  SchemaRule schema{};
  MasterRule master{};
  LatencyRule latency{};
  TerminalRule pos{};
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Integration::topology, Field("topology", "How stores and ERP are joined."));
    visit(&Integration::envelope, Field("envelope", "What a message must be to be let in (rule MSG-01)."));
    visit(&Integration::ordering, Field("ordering", "What is applied one after another (rule MSG-06)."));
    visit(&Integration::batch, Field("batch", "How a batch is posted (rule MSG-17)."));
    visit(&Integration::capacity, Field("capacity", "How fast middleware and ERP are (rule MSG-21)."));
    visit(&Integration::throttle, Field("throttle", "Lanes and quota of the ERP's interface (rule MSG-19)."));
    visit(&Integration::queue, Field("queue", "How much the bus keeps (rule MSG-11)."));
    visit(&Integration::retry, Field("retry", "Attempts to deliver (rule MSG-09)."));
    visit(&Integration::breaker, Field("breaker", "When no call is made (rule MSG-10)."));
    visit(&Integration::dead_letter, Field("dead_letter", "What cannot be delivered (rule MSG-12)."));
    visit(&Integration::repair, Field("repair", "What people may do with messages set aside (rule MSG-13)."));
    visit(&Integration::source_log, Field("source_log", "How much a store keeps (rule MSG-11)."));
    visit(&Integration::exceptions, Field("exceptions", "Problems as work items (rules EXC-01 to EXC-07)."));
    visit(&Integration::posting, Field("posting", "When messages are posted (rule MSG-16)."));
    visit(&Integration::forward, Field("forward", "Store and forward (rules OFFLINE-05, OFFLINE-08)."));
    visit(&Integration::dedupe, Field("dedupe", "What is remembered to post once (rules MSG-03, MSG-05)."));
    visit(&Integration::idempotency, Field("idempotency", "The same key with another body (rule MSG-04)."));
    visit(&Integration::dependency, Field("dependency", "What waits for what (rule MSG-14)."));
    visit(&Integration::late, Field("late", "What comes after its day was closed (rule MSG-15)."));
    visit(&Integration::sequence,
          Field("sequence", "Gaps in the numbers of a till, and epochs (rules MSG-07, MSG-08)."));
    visit(&Integration::schema, Field("schema", "Versions of the messages' schema (rule MSG-20)."));
    visit(&Integration::master, Field("master", "Records of master data on their way (rule MSG-18)."));
    visit(&Integration::latency, Field("latency", "How long messages travel."));
    visit(&Integration::pos, Field("pos", "What a till keeps through a crash (rule OFFLINE-03)."));
  }
};

}  // namespace tillstorm
