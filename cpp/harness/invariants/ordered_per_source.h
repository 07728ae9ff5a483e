#pragma once
// For messages a, b of one ordering key of a source, each posted for the first time:
//   a before b in the books  <=>  sequence(a) < sequence(b);
// and a Z report is posted after everything that its store said before it.
// A message that is parked or set aside is accounted for then, in its order; when it is posted is not judged.
// Where something got stuck in a till, what was held for it is posted late: then the numbers of each till rise.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "harness/invariants/promise.h"
#include "harness/invariants/source_numbers.h"

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
      .guards = "MSG-06 MSG-07 MSG-08 MSG-14 MSG-19 OFFLINE-02 OFFLINE-05 OFFLINE-08"};
  explicit OrderedPerSource(const World& world);
  void posted(const CheckPoint& c, PlaceId place, const Message& message, erp::Posting posting) {
    if (c.is_repeat || c.was_kept || posting == erp::Posting::duplicate) return;
    // Another body under a known key is no message of its own, unless it has a place of its own in the log; nor is what
    // is posted, and comes again when nobody remembers it.
    if ((posting == erp::Posting::conflict || posting == erp::Posting::set_aside) &&
        c.told.posted[index_of(place)].contains(message.envelope.source_sequence))
      return;
    const Envelope& e = message.envelope;
    if (!is_by_place()) [[unlikely]]
      return posted_by_key(c, message);
    std::uint32_t& last = last_[index_of(place)];
    if (c.told.in_tills[index_of(place)].has_ever() && e.type != MessageType::day_close) [[unlikely]] {
      if (!is_in_order_of_till(e) && e.source_sequence <= last) return report(c, e, last);
      last = std::max(last, e.source_sequence);
      return;
    }
    if (e.source_sequence <= last) [[unlikely]]
      return report(c, e, last);
    last = e.source_sequence;
  }

 private:
  struct Last {
    std::uint32_t epoch = 0, number = 0;
  };
  bool is_by_place() const { return key_ == OrderingKey::store || key_ == OrderingKey::global; }
  bool is_in_order_of_till(const Envelope& e);
  void posted_by_key(const CheckPoint& c, const Message& message);
  static void report(const CheckPoint& c, const Envelope& envelope, std::uint32_t last);
  OrderingKey key_;
  std::vector<std::uint32_t> first_;  ///< By place: where its keys begin in `last_`.
  std::vector<std::uint32_t> last_;   ///< By key: highest source sequence posted.
  SourceNumbers numbers_;
  std::vector<Last> last_of_till_;  ///< By source of numbers: the last one posted since something got stuck.
};

}  // namespace tillstorm
