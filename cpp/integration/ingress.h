#pragma once
// Where a place's messages come in: the middleware's partition of that place, beside the books of the place. It decides
// when what has arrived is posted (MSG-16), and keeps what it has acknowledged while the ERP cannot take it
// (OFFLINE-02).
//
//   received -> collected until its batch is due -> in line -> handed to the ERP, one after another
//
// In mode `realtime` a message goes straight into the line, and past it if the line is empty and the ERP well. The
// line's head is `idle`, or `serving` while the ERP takes its time for it, or `backing_off` after the ERP refused it.
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "integration/context.h"
#include "integration/fault_knobs.h"
#include "messages/message_id_ring.h"
#include "rules/posting.h"

namespace tillstorm::integration {

struct IngressSettings {
  PostingRule posting{};
  Time epoch{};  ///< Midnight of the chain's clock on the first day: cuts of mode `batch` are counted from here.
};

class Ingress {
 public:
  enum class Taken : std::uint8_t {
    post_now,  ///< Post the message itself.
    in_line,   ///< Post what `next` gives, if anything.
    held,      ///< An event of the current site will say.
  };
  enum class State : std::uint8_t { idle, serving, backing_off };

  Ingress() = default;
  /// `key` of the place names the streams of refusals.
  Ingress(std::uint64_t seed, std::uint64_t key) : seed_(seed), key_(key) {}

  /// `message` has been received.
  Taken take(Context& c, const IngressSettings& settings, MessageId message) {
    if (settings.posting.mode != PostingMode::realtime) return collect(c, settings, message);
    c.rules.count(rule::PostingMode::Outcome::posted_on_arrival);
    if (line_.empty() && !knobs_.any) [[likely]]
      return Taken::post_now;
    line_.push_back(message);
    return Taken::in_line;
  }
  /// True if the micro-batch with this number, or the cut with this number, is still to be run.
  bool is_due(std::uint64_t batch) const { return batch == batch_ && !collected_.empty(); }
  /// What was collected goes into the line, in the order of a run: by the source's own sequence.
  void cut(Context& c);
  /// The message to post now, which leaves the line; kNoMessage if there is none, or if an event will say. To be called
  /// until then.
  MessageId next(Context& c);
  /// The event that `next` scheduled has come; false if it is of the time before an outage.
  bool goes_on(Context& c, std::uint64_t generation);
  /// What is wrong with middleware and ERP from now on. Call `next` afterwards.
  void set_faults(Context& c, const FaultKnobs& knobs);
  const FaultKnobs& faults() const { return knobs_; }

  /// Received and not posted.
  std::uint32_t held() const { return collected() + line_.size(); }
  /// Received, and their batch is not due yet.
  std::uint32_t collected() const { return static_cast<std::uint32_t>(collected_.size()); }
  std::uint32_t in_line() const { return line_.size(); }
  MessageId in_line(std::uint32_t i) const { return line_[i]; }
  State state() const { return state_; }

 private:
  Taken collect(Context& c, const IngressSettings& settings, MessageId message);
  void add_again(Context& c);
  /// The head of the line cannot go now, because of `why`.
  MessageId wait(Context& c, State state, Duration time, const Knob& why);
  void note_buffered(Context& c, const Knob& why);
  bool is_refused();
  const Knob& slow_one() const { return knobs_.erp_service.is_on() ? knobs_.erp_service : knobs_.middleware_service; }
  void recover(Context& c);

  std::vector<MessageId> collected_;
  std::uint64_t batch_ = 0;  ///< Number of the batch being collected.
  MessageIdRing line_;
  std::uint32_t buffered_ = 0;  ///< How many at the head of the line are counted as waiting for the ERP.
  State state_ = State::idle;
  bool is_served_ = false;        ///< The ERP has spent its time on the head of the line.
  std::uint32_t generation_ = 0;  ///< Outages so far: what was scheduled before one means nothing after it.
  std::uint64_t attempts_ = 0;    ///< To post, while some could be refused.
  std::uint64_t seed_ = 0, key_ = 0;
  FaultKnobs knobs_;
};

}  // namespace tillstorm::integration
