#pragma once
// What a promise is made of. A promise is a class in a file of its own that opens with its equation, and one line of
// the list in all_promises.h; docs/add-a-promise.md shows how to add one.
//
// It says what it is in `static constexpr PromiseText text`, and has a function for each check point that it needs:
//
// - `void handed_over(const CheckPoint&, std::uint32_t source, MessageId)`: a source has put a message into its log;
// - `void posted(const CheckPoint&, PlaceId, const Message&, erp::Posting)`: the books have dealt with a message;
// - `void quiet(const CheckPoint&, PlaceId)`: all that the place has said is posted;
// - `void published(const CheckPoint&)`: head office has changed prices, or which items are on sale;
// - `void taken_in(const CheckPoint&, std::uint32_t source, MessageId)`: a source has got a batch of prices or items;
// - `void set_aside(const CheckPoint&, const integration::Bus::Aside&)`: a message was set aside, or given up;
// - `void finished(const CheckPoint&)`: the run is over.
//
// They are found when it is compiled: no table of functions, no virtual call.
#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/number_set.h"
#include "harness/invariants/in_tills.h"
#include "harness/invariants/witness.h"
#include "harness/violations.h"
#include "world/world.h"

namespace tillstorm {

/// A promise in words. Lists are separated by blanks.
struct PromiseText {
  std::string_view name;          ///< Snake case.
  std::string_view equation;      ///< What must hold, exactly.
  std::string_view meaning;       ///< A sentence for people.
  std::string_view check_points;  ///< Which of the functions above it has.
  std::string_view guards;        ///< Rules that it guards.
  bool in_trace_mode = true;      ///< Also judged when a log is replayed, whose prices and tax are facts.
};

/// A message that the books know of and have not posted: parked, set aside, or given up by a person.
struct KeptMessage {
  std::uint32_t sequence = 0;   ///< In its source's log. Another body under its key has the same one.
  Date date{};                  ///< Business date.
  std::uint64_t body_hash = 0;  ///< Which of the bodies.

  bool is(const Envelope& e) const { return sequence == e.source_sequence && body_hash == e.body_hash; }
};

/// What each place has said, and what of it has been posted: kept once for all promises.
struct Told {
  std::vector<std::uint32_t> said;  ///< By place: messages for the books handed over so far.
  std::vector<NumberSet> posted;    ///< By place: their source sequences, as far as they have been posted.
  std::vector<InTills> in_tills;    ///< By place: what has happened there and is on its way to nobody.

  std::vector<std::vector<KeptMessage>> kept;  ///< By place: accounted for, and not posted.

  bool is_kept(std::uint32_t place, std::uint32_t sequence) const {
    return std::any_of(kept[place].begin(), kept[place].end(),
                       [&](const KeptMessage& each) { return each.sequence == sequence; });
  }
  /// It is accounted for from now on, unless it has been posted.
  void keep(std::uint32_t place, const Envelope& e) {
    if (posted[place].contains(e.source_sequence)) return;
    std::vector<KeptMessage>& all = kept[place];
    if (std::none_of(all.begin(), all.end(), [&](const KeptMessage& each) { return each.is(e); }))
      all.push_back({e.source_sequence, e.business_date, e.body_hash});
  }
  /// Nobody has it any more; another body under its key may still be kept.
  void let_go(std::uint32_t place, const Envelope& e) {
    std::erase_if(kept[place], [&](const KeptMessage& each) { return each.is(e); });
  }
  /// Something of this date has not been posted and is accounted for.
  bool keeps_of(std::uint32_t place, Date date) const {
    return std::any_of(kept[place].begin(), kept[place].end(),
                       [&](const KeptMessage& each) { return each.date == date; });
  }
  /// Takes note of what the books have done with a message of this place. False if it had been posted before.
  bool note(std::uint32_t place, const Envelope& envelope, erp::Posting posting);
  /// Everything the place has said, or kept in a till, has been posted.
  bool is_quiet(std::uint32_t place) const {
    return posted[place].size() == said[place] && in_tills[place].tickets() == 0;
  }
};

/// What a promise works with at a check point.
struct CheckPoint {
  const World& world;
  const Told& told;
  Violations& violations;
  bool is_repeat = false;  ///< Of `posted`: this message has been posted before.
  bool was_kept = false;   ///< Of `posted`: this message was accounted for before, parked or handed back.
};

}  // namespace tillstorm
