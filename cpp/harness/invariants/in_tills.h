#pragma once
// What has happened at a place and is stuck in the journals of its tills: handed to nobody.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "messages/envelope.h"

namespace tillstorm {

class InTills {
 public:
  /// A till has it in its journal, and has handed it to nobody.
  void keep(const Envelope& e) {
    kept_.push_back(e);
    tickets_ += e.type == MessageType::ticket ? 1U : 0U;
    has_ever_ = true;
  }
  /// It leaves the journal; false if it was not there.
  bool let_go(const Envelope& e) {
    if (kept_.empty()) [[likely]]
      return false;
    const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Envelope& each) {
      return each.type == e.type && each.terminal == e.terminal && each.epoch == e.epoch && each.number == e.number &&
             each.revision == e.revision;
    });
    if (found == kept_.end()) return false;
    tickets_ -= e.type == MessageType::ticket ? 1U : 0U;
    kept_.erase(found);
    return true;
  }

  const std::vector<Envelope>& kept() const { return kept_; }
  std::uint32_t tickets() const { return tickets_; }
  /// Something has been stuck here: what was held for it is posted behind what others have said later.
  bool has_ever() const { return has_ever_; }

 private:
  std::vector<Envelope> kept_;  ///< In order of completion.
  std::uint32_t tickets_ = 0;
  bool has_ever_ = false;
};

}  // namespace tillstorm
