#pragma once
// For messages a, b of one ordering key of a source, each posted for the first time:
//   a before b in the books  <=>  sequence(a) < sequence(b);
// and a Z report is posted after everything that its store said before it.
// A message that is parked or set aside is accounted for then, in its order; when it is posted is not judged.
#include <cstdint>
#include <vector>

#include "harness/invariants/promise.h"

namespace tillstorm {

class OrderedPerSource {
 public:
  static constexpr PromiseText text{
      .name = "ordered_per_source",
      .equation =
          "for messages a, b of one ordering key of a source, never set aside, first postings: a before b <=> "
          "sequence(a) < sequence(b)",
      .meaning = "The books hear what a store or the DC has said in the order in which it was said.",
      .check_points = "posted",
      .guards = "MSG-06 MSG-14 MSG-19 OFFLINE-02 OFFLINE-05 OFFLINE-08"};
  explicit OrderedPerSource(const World& world);
  void posted(const CheckPoint& c, PlaceId place, const Message& message, erp::Posting posting) {
    if (c.is_repeat || c.was_kept || posting == erp::Posting::duplicate) return;
    // Another body under a known key is no message of its own, unless it has a place of its own in the log.
    if (posting == erp::Posting::conflict && c.told.posted[index_of(place)].contains(message.envelope.source_sequence))
      return;
    const Envelope& e = message.envelope;
    if (key_ != OrderingKey::store) [[unlikely]]
      return posted_by_key(c, message);
    std::uint32_t& last = last_[index_of(place)];
    if (e.source_sequence <= last) [[unlikely]]
      return report(c, e, last);
    last = e.source_sequence;
  }

 private:
  void posted_by_key(const CheckPoint& c, const Message& message);
  static void report(const CheckPoint& c, const Envelope& envelope, std::uint32_t last);
  OrderingKey key_;
  std::vector<std::uint32_t> first_;  ///< By place: where its keys begin in `last_`.
  std::vector<std::uint32_t> last_;   ///< By key: highest source sequence posted.
};

}  // namespace tillstorm
