#pragma once
// What a handler of the road works with besides its own state.
#include "engine/kernel.h"
#include "messages/message_pool.h"
#include "rules/rule_book.h"

namespace tillstorm::integration {

struct Context {
  Kernel& kernel;
  MessagePool& pool;
  RuleBook& rules;
};

}  // namespace tillstorm::integration
