#pragma once
// `integration`: the road between what happens and what is believed.
#include "base/fields.h"
#include "rules/books.h"
#include "rules/delivery.h"
#include "rules/posting.h"
#include "rules/terminal.h"

namespace tillstorm {

struct Integration {
  PostingRule posting{};
  ForwardRule forward{};
  DedupeRule dedupe{};
  IdempotencyRule idempotency{};
  DependencyRule dependency{};
  LateRule late{};
  LatencyRule latency{};
  TerminalRule pos{};
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Integration::posting, Field("posting", "When messages are posted (rule MSG-16)."));
    visit(&Integration::forward, Field("forward", "Store and forward (rules OFFLINE-05, OFFLINE-08)."));
    visit(&Integration::dedupe, Field("dedupe", "What is remembered to post once (rules MSG-03, MSG-05)."));
    visit(&Integration::idempotency, Field("idempotency", "The same key with another body (rule MSG-04)."));
    visit(&Integration::dependency, Field("dependency", "What waits for what (rule MSG-14)."));
    visit(&Integration::late, Field("late", "What comes after its day was closed (rule MSG-15)."));
    visit(&Integration::latency, Field("latency", "How long messages travel."));
    visit(&Integration::pos, Field("pos", "What a till keeps through a crash (rule OFFLINE-03)."));
  }
};

}  // namespace tillstorm
