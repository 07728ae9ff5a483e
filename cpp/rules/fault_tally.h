#pragma once
// What faults did in a run: for each fault of the scenario and each effect, how often. Plain data, counted at the
// moment of the effect by whoever sees it; a fault that did nothing at all is inert, and a run that has one proves
// nothing.
#include <array>
#include <cstdint>
#include <vector>

#include "base/fields.h"

namespace tillstorm {

/// What a fault can do to one message, ticket or job.
enum class FaultEffect : std::uint8_t {
  held,
  messages_lost,
  acknowledgements_lost,
  slowed,
  duplicated,
  delayed,
  reordered,
  corrupted,
  refused,
  buffered,
  jobs_postponed,
  tickets_interrupted,
  tickets_requeued,
  keys_reused,
  tenders_corrected,
  parked,
  tickets_stuck,
  tills_reinstalled,
  masters_delayed,
};
constexpr auto names_of(FaultEffect) {
  using Name = EnumName<FaultEffect>;
  return std::array{
      Name{FaultEffect::held, "held", "Messages kept at their source or at the middleware: there was no link."},
      Name{FaultEffect::messages_lost, "messages_lost", "Copies that did not arrive."},
      Name{FaultEffect::acknowledgements_lost, "acknowledgements_lost", "Answers that did not arrive."},
      Name{FaultEffect::slowed, "slowed", "Messages, answers and postings that took longer."},
      Name{FaultEffect::duplicated, "duplicated", "Extra copies delivered."},
      Name{FaultEffect::delayed, "delayed", "Copies held back while later ones overtook them."},
      Name{FaultEffect::reordered, "reordered", "Copies that let their successor go first."},
      Name{FaultEffect::corrupted, "corrupted", "Copies whose body was damaged on the way."},
      Name{FaultEffect::refused, "refused", "Messages and postings that were answered with a refusal."},
      Name{FaultEffect::buffered, "buffered", "Messages accepted from their source and kept for the ERP."},
      Name{FaultEffect::jobs_postponed, "jobs_postponed", "Reviews and price runs that waited for the ERP."},
      Name{FaultEffect::tickets_interrupted, "tickets_interrupted", "Tickets in the making when their till crashed."},
      Name{FaultEffect::tickets_requeued, "tickets_requeued",
           "Completed tickets without acknowledgement when their till crashed."},
      Name{FaultEffect::keys_reused, "keys_reused", "Extra messages under the key of another one."},
      Name{FaultEffect::tenders_corrected, "tenders_corrected", "Tickets whose tender was corrected at the till."},
      Name{FaultEffect::parked, "parked", "Messages that waited in the books for an item's master."},
      Name{FaultEffect::tickets_stuck, "tickets_stuck", "Completed tickets that stayed in their till's journal."},
      Name{FaultEffect::tills_reinstalled, "tills_reinstalled", "Tills whose numbers started again."},
      Name{FaultEffect::masters_delayed, "masters_delayed", "Batches of prices and items that were held up."}};
}
inline constexpr std::size_t kFaultEffects = names_of(FaultEffect{}).size();

class FaultTally {
 public:
  FaultTally() = default;
  explicit FaultTally(std::size_t faults) : counts_(faults) {}

  /// Fault number `fault` of the scenario has done this, `times` over. Another number is nobody's: nothing is counted.
  void count(std::uint32_t fault, FaultEffect effect, std::uint64_t times = 1) {
    if (fault < counts_.size()) counts_[fault][static_cast<std::size_t>(effect)] += times;
  }
  std::uint64_t of(std::uint32_t fault, FaultEffect effect) const {
    return counts_[fault][static_cast<std::size_t>(effect)];
  }
  std::size_t faults() const { return counts_.size(); }

 private:
  std::vector<std::array<std::uint64_t, kFaultEffects>> counts_;
};

}  // namespace tillstorm
