#include "integration/till_journal.h"

#include <algorithm>

#include "engine/random_stream.h"
#include "messages/till_numbers.h"

namespace tillstorm::integration {
namespace {

constexpr std::uint64_t kStuck = purpose_of("fault.tickets_stuck");

}  // namespace

void TillJournal::set_fault(const Knob& stuck) {
  stuck_ = stuck;
  is_watched_ = stuck_.is_on() || !kept_.empty();
}

bool TillJournal::decide(Context& c, MessageId message) {
  const Envelope& e = c.pool[message].envelope;
  const bool is_void = e.type == MessageType::number_void;
  if (!is_of_till(e.type)) return false;
  const std::uint64_t n = std::uint64_t{e.terminal} << 48 | std::uint64_t{e.epoch} << 32 | e.number;
  if (is_void || (stuck_.is_on() && RandomStream(seed_, kStuck, key_, n).bernoulli_ppm(stuck_.ppm()))) {
    if (!is_void) c.faults.count(stuck_.fault, FaultEffect::tickets_stuck);
    kept_.push_back({message, false});
    is_watched_ = true;
    return true;
  }
  handed_on_[e.terminal] = key_of_number(e);
  return false;
}

template <class Wanted>
MessageId TillJournal::take(const Context& c, Wanted wanted) {
  if (stuck_.is_on()) return kNoMessage;
  const auto found = std::find_if(kept_.begin(), kept_.end(),
                                  [&](const Kept& each) { return wanted(each, c.pool[each.message].envelope); });
  if (found == kept_.end()) return kNoMessage;
  const MessageId message = found->message;
  kept_.erase(found);
  is_watched_ = !kept_.empty();
  return message;
}

void TillJournal::ask(const Context& c, const Message& request) {
  const std::uint64_t first = key_of_number(request.envelope.epoch, request.numbers.first);
  const std::uint64_t last = key_of_number(request.numbers.last_epoch, request.numbers.last);
  for (Kept& each : kept_) {
    const Envelope& e = c.pool[each.message].envelope;
    if (e.terminal == request.envelope.terminal && key_of_number(e) >= first && key_of_number(e) <= last)
      each.is_asked_for = true;
  }
}

MessageId TillJournal::take_due(const Context& c) {
  return take(c, [&](const Kept& each, const Envelope& e) {
    const std::uint64_t handed_on = handed_on_[e.terminal];
    return each.is_asked_for || key_of_number(e) > handed_on || e.epoch < handed_on >> 32;
  });
}

MessageId TillJournal::take_any(const Context& c, std::uint32_t terminal) {
  return take(c, [&](const Kept&, const Envelope& e) { return e.terminal == terminal; });
}

std::uint32_t TillJournal::known_last(const Context& c, std::uint32_t terminal, std::uint32_t epoch,
                                      std::uint32_t last) const {
  const auto is_here = [&](std::uint32_t number) {
    return std::any_of(kept_.begin(), kept_.end(), [&](const Kept& each) {
      const Envelope& e = c.pool[each.message].envelope;
      return e.terminal == terminal && e.epoch == epoch && e.number == number;
    });
  };
  while (last != 0 && is_here(last)) --last;
  return last;
}

}  // namespace tillstorm::integration
