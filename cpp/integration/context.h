#pragma once
// What a handler of the road works with besides its own state.
#include "engine/kernel.h"
#include "integration/transmission.h"
#include "messages/message_pool.h"
#include "rules/fault_tally.h"
#include "rules/rule_book.h"

namespace tillstorm::integration {

struct Context {
  Kernel& kernel;
  MessagePool& pool;
  RuleBook& rules;
  FaultTally& faults;
  TransmissionLog* log = nullptr;  ///< Of whoever follows a message; null in an ordinary run.

  void note(Transmission::Kind what, std::uint32_t channel, std::uint32_t sequence, Time arrives = {}) const {
    if (log != nullptr) [[unlikely]]
      log->push_back({what, channel, sequence, arrives});
  }
};

}  // namespace tillstorm::integration
