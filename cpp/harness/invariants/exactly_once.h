#pragma once
// For every business transaction t of a source:  postings(t) <= 1, always, and postings(t) <= said(t);
//   answered as a repeat  =>  postings(t) = 1.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "harness/invariants/promise.h"
#include "harness/invariants/source_numbers.h"

namespace tillstorm {

/// Remembers what was said and posted on its own account, apart from the ERP's dedupe.
class ExactlyOnce {
 public:
  static constexpr PromiseText text{
      .name = "exactly_once",
      .equation =
          "for every transaction t: postings(t) <= 1 and postings(t) <= said(t); answered as a repeat => "
          "postings(t) = 1",
      .meaning =
          "Whatever a source says is posted at most once, nothing is posted that no source has said, and only what "
          "has been posted is answered as a repeat.",
      .check_points = "handed_over posted",
      .guards = "MSG-02 MSG-03 MSG-04 MSG-05 MSG-08 MSG-20 OFFLINE-03 OFFLINE-05 OFFLINE-08 DC-05"};
  explicit ExactlyOnce(const World& world) : numbers_(world), sources_(numbers_.slots()) {}
  void handed_over(const CheckPoint& c, std::uint32_t /*source*/, MessageId message) {
    const Envelope& e = c.world.pool[message].envelope;
    Source& source = sources_[numbers_.slot_of(e)];
    if (e.epoch != source.epoch) [[unlikely]]
      begin_epoch(source, e.epoch);
    source.said = std::max(source.said, e.number);
  }
  void posted(const CheckPoint& c, PlaceId /*place*/, const Message& message, erp::Posting posting) {
    Source& source = of_epoch(sources_[numbers_.slot_of(message.envelope)], message.envelope.epoch);
    const std::uint32_t number = message.envelope.number;
    if (posting == erp::Posting::parked || posting == erp::Posting::set_aside)
      return;  // neither posted nor answered so
    const bool is_first = posting == erp::Posting::first || posting == erp::Posting::released;
    const bool holds =
        number <= source.said && (is_first ? source.posted.insert(number) : source.posted.contains(number));
    if (!holds) [[unlikely]]
      report(c, message.envelope, source.said, is_first);
  }

 private:
  struct Source {
    std::uint32_t epoch = 0;
    std::uint32_t said = 0;  ///< Highest number handed over.
    NumberSet posted;
    std::vector<Source> before;  ///< Earlier epochs.
  };
  static void begin_epoch(Source& source, std::uint32_t epoch);
  static Source& of_epoch(Source& source, std::uint32_t epoch);
  static void report(const CheckPoint& c, const Envelope& envelope, std::uint32_t said, bool is_first);

  SourceNumbers numbers_;
  std::vector<Source> sources_;
};

}  // namespace tillstorm
