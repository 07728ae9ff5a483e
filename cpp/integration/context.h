#pragma once
// What a handler of the road works with besides its own state.
#include "engine/kernel.h"
#include "messages/message_pool.h"
#include "rules/fault_tally.h"
#include "rules/rule_book.h"

namespace tillstorm::integration {

struct Context {
  Kernel& kernel;
  MessagePool& pool;
  RuleBook& rules;
  FaultTally& faults;
};

}  // namespace tillstorm::integration
