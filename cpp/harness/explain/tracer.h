#pragma once
// The observer that follows a few subjects through a run. It only looks: a run that is followed is the same run.
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/explain/exception_story.h"
#include "harness/explain/trail.h"
#include "world/dispatch.h"
#include "world/world.h"

namespace tillstorm {

/// Plain data: a copy goes with a snapshot of the world.
class Tracer : public NoObserver {
 public:
  /// `decimals`: of the currency, for amounts in the lines.
  Tracer(const World& world, const std::vector<Subject>& subjects, int decimals);

  void begins(const World& world, const Event& event);
  void ended(const World& world, const Event& event);
  void handed_over(const World& world, std::uint32_t source, MessageId message);
  void posting(const World& world, PlaceId place, MessageId message);
  void posted(const World& world, PlaceId place, const Message& message, erp::Posting posting);
  integration::TransmissionLog* transmissions() { return &log_; }

  /// The stories so far, in the order of the subjects.
  std::vector<Trail> trails() const;

 private:
  /// Where an item stands, in both worlds.
  struct Standing {
    std::int32_t shelf = 0, backroom = 0, price = 0;  ///< At the DC all is `backroom`.
    std::int32_t on_hand = 0, inbound = 0;
    bool operator==(const Standing&) const = default;
  };
  struct Watch {
    Trail trail;
    std::uint32_t source = 0;              ///< Whose log a message goes through.
    std::vector<std::uint32_t> sequences;  ///< Where it stands in that log.
    std::vector<std::uint32_t> answered;   ///< Those that no answer is about any more: arrived, or overwritten.
    Standing standing;                     ///< Of an item.
    ExceptionStory exceptions;             ///< Of a message, or the exception itself.
    bool is_unanswered = false;            ///< It has been said that an answer was lost, and nothing was sent since.
    bool is_held = false;                  ///< Arrived in this event and not posted.
  };
  /// What a store knows of a customer before there is a ticket.
  struct Customer {
    Time arrived{}, at_tills{};
  };
  /// A watched message about to be posted: what it will change.
  struct Before {
    std::vector<std::int32_t> on_hand;  ///< By line.
    std::vector<Line> lines;
    std::array<Minor, erp::kAccounts> balance{};
  };

  static bool is_item(const Watch& watch) { return watch.trail.subject.kind == Subject::Kind::item; }
  static bool is_message(const Watch& watch) { return watch.trail.subject.kind == Subject::Kind::message; }
  static bool has(const std::vector<std::uint32_t>& all, std::uint32_t one);
  bool is_watched(const Watch& watch, const Message& message) const;
  Standing standing_of(const World& world, const Subject& subject) const;
  std::string money(Minor amount) const;
  void say(const World& world, Watch& watch, const std::string& text, Time at) const;
  void say(const World& world, Watch& watch, const std::string& text) const {
    say(world, watch, text, world.kernel.now);
  }
  void tell_hand_over(const World& world, Watch& watch, MessageId id) const;
  void tell_ticket(const World& world, Watch& watch, const Message& message) const;
  std::string content_of(const Message& message) const;
  void tell_transmission(const World& world, Watch& watch, const integration::Transmission& each) const;
  void tell_posting(const World& world, Watch& watch, const Message& message) const;
  void tell_item(const World& world, Watch& watch, const std::string& cause) const;
  void drain_log(const World& world);
  std::string cause_of(const World& world, const Event& event, PlaceId place) const;

  std::vector<Watch> watches_;
  integration::TransmissionLog log_;
  std::vector<std::vector<Customer>> customers_;  ///< By store; empty where no ticket is watched.
  std::vector<std::uint32_t> came_;               ///< By store: customers so far.
  std::string leaves_;                            ///< Who leaves shelves or queue in the event being handled.
  Before before_;
  bool is_posting_watched_ = false;
  int decimals_;
};

}  // namespace tillstorm
