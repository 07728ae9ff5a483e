#pragma once
// For messages a, b of one source, each posted for the first time:
//   a before b in the books  <=>  sequence(a) < sequence(b).
// A message that is parked or handed back is accounted for then, in its order; when it is posted is not judged.
#include <cstdint>
#include <vector>

#include "harness/invariants/promise.h"

namespace tillstorm {

class OrderedPerSource {
 public:
  static constexpr PromiseText text{
      .name = "ordered_per_source",
      .equation = "for messages a, b of one source, first postings: a before b <=> sequence(a) < sequence(b)",
      .meaning = "The books hear what a store or the DC has said in the order in which it was said.",
      .check_points = "posted",
      .guards = "MSG-06 MSG-14 OFFLINE-02 OFFLINE-05 OFFLINE-08"};
  explicit OrderedPerSource(const World& world) : last_(world.addresses().places(), 0) {}
  void posted(const CheckPoint& c, PlaceId place, const Message& message, erp::Posting posting) {
    if (c.is_repeat || c.was_kept || posting == erp::Posting::duplicate) return;
    // Another body under a known key is no message of its own, unless it has a place of its own in the log.
    if (posting == erp::Posting::conflict && c.told.posted[index_of(place)].contains(message.envelope.source_sequence))
      return;
    std::uint32_t& last = last_[index_of(place)];
    if (message.envelope.source_sequence <= last) [[unlikely]]
      return report(c, message.envelope, last);
    last = message.envelope.source_sequence;
  }

 private:
  static void report(const CheckPoint& c, const Envelope& envelope, std::uint32_t last);
  std::vector<std::uint32_t> last_;  ///< By place: highest source sequence posted.
};

}  // namespace tillstorm
