#pragma once
// `integration`: the road between what happens and what is believed.
#include "base/fields.h"
#include "rules/delivery.h"
#include "rules/posting.h"
#include "rules/terminal.h"

namespace tillstorm {

struct Integration {
  PostingRule posting{};
  ForwardRule forward{};
  DedupeRule dedupe{};
  LatencyRule latency{};
  TerminalRule pos{};
  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&Integration::posting, Field("posting", "When messages are posted (rule MSG-16)."));
    visit(&Integration::forward, Field("forward", "Store and forward (rules OFFLINE-05, OFFLINE-08)."));
    visit(&Integration::dedupe, Field("dedupe", "What is remembered to post once (rules MSG-03, MSG-05)."));
    visit(&Integration::latency, Field("latency", "How long messages travel."));
    visit(&Integration::pos, Field("pos", "What a till keeps through a crash (rule OFFLINE-03)."));
  }
};

}  // namespace tillstorm
