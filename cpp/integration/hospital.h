#pragma once
// MSG-12, MSG-13: messages set aside, until somebody has mended or cancelled them.
#include <cstdint>
#include <map>

#include "base/ring.h"
#include "messages/message.h"
#include "rules/exception_type.h"

namespace tillstorm::integration {

/// Keeps each message unchanged, by the subject of its exception. Plain data: in the order of subjects.
class Hospital {
 public:
  struct Patient {
    MessageId message = kNoMessage;
    MessageId original = kNoMessage;  ///< As it was first set aside, once another attempt is under way.
    ExceptionType type{};
    std::uint32_t job = 0xffffffffU;  ///< That its ordering key waits for; kNone: nobody waits.
    std::uint32_t resubmits = 0;
    bool is_inside = false;  ///< Here, and not under way again after a repair.
  };

  /// Takes over a reference to the message. Nothing of this subject is here. A try that met a full waiting room
  /// (unmapped_item) does not count as one.
  void admit(std::uint64_t subject, MessageId message, ExceptionType type, std::uint32_t job) {
    Patient& patient = patients_[subject];
    if (type == ExceptionType::unmapped_item && patient.resubmits != 0) --patient.resubmits;
    patient.message = message;
    patient.type = type;
    patient.job = job;
    patient.is_inside = true;
    ++inside_;
  }
  /// Null if nothing of that subject is here.
  Patient* find(std::uint64_t subject) {
    const auto at = patients_.find(subject);
    return at != patients_.end() && at->second.is_inside ? &at->second : nullptr;
  }
  /// Null unless something of that subject has left for another attempt, and has not come to its end.
  const Patient* under_way(std::uint64_t subject) const {
    const Patient* const patient = known(subject);
    return patient != nullptr && !patient->is_inside ? patient : nullptr;
  }
  bool is_here(std::uint64_t subject) const {
    const Patient* const patient = known(subject);
    return patient != nullptr && patient->is_inside;
  }
  /// The type under which what is here, or under way again, was set aside last: that of its open exception.
  ExceptionType type_of(std::uint64_t subject, ExceptionType otherwise) const {
    const Patient* const patient = known(subject);
    return patient == nullptr ? otherwise : patient->type;
  }
  /// Something of that subject is here, under way again, or was posted and is still kept.
  bool knows(std::uint64_t subject) const { return patients_.contains(subject) || was_posted(subject); }
  /// What was set aside under that subject was posted, and is still kept.
  bool was_posted(std::uint64_t subject) const { return posted_.contains(subject); }
  /// The message leaves for another attempt; how often it did is kept. True if this is the first time: its message is
  /// the original, and the reference to it stays here.
  bool leave(Patient& patient) {
    const bool is_first = patient.original == kNoMessage;
    if (is_first) patient.original = patient.message;
    patient.is_inside = false;
    patient.message = kNoMessage;
    ++patient.resubmits;
    --inside_;
    return is_first;
  }
  /// How it came to its end.
  enum class End : std::uint8_t { posted, cancelled };
  /// It has come to its end. Its original, if there is one, is kept.
  void forget(std::uint64_t subject, End end, Time now) {
    const auto at = patients_.find(subject);
    if (at == patients_.end()) return;
    if (at->second.is_inside) --inside_;
    if (const MessageId original = at->second.original; original != kNoMessage) {
      closed_.push_back({original, now, subject});
      if (end == End::posted) posted_[subject] = original;
    }
    patients_.erase(at);
  }
  /// One that was closed before `until`: the caller gets the reference; kNoMessage if there is none.
  MessageId purge(Time until) {
    if (closed_.empty() || closed_.front().at > until) return kNoMessage;
    const Closed oldest = closed_.pop_front();
    const auto at = posted_.find(oldest.subject);
    if (at != posted_.end() && at->second == oldest.message) posted_.erase(at);
    return oldest.message;
  }
  std::uint32_t kept() const { return closed_.size(); }
  std::uint32_t inside() const { return inside_; }
  /// A node of a map has four words beside its value.
  std::uint64_t state_bytes() const {
    constexpr std::uint64_t kNode = 32;
    return patients_.size() * (sizeof(std::uint64_t) + sizeof(Patient) + kNode) + closed_.capacity() * sizeof(Closed) +
           posted_.size() * (sizeof(std::uint64_t) * 2 + kNode);
  }
  const std::map<std::uint64_t, Patient>& patients() const { return patients_; }

 private:
  /// Here, or under way again; null if neither.
  const Patient* known(std::uint64_t subject) const {
    const auto at = patients_.find(subject);
    return at == patients_.end() ? nullptr : &at->second;
  }

  struct Closed {
    MessageId message = kNoMessage;
    Time at{};
    std::uint64_t subject = 0;
  };
  std::map<std::uint64_t, Patient> patients_;
  Ring<Closed> closed_;                        ///< In order of closing.
  std::map<std::uint64_t, MessageId> posted_;  ///< Of those closed: the originals of what was posted, by subject.
  std::uint32_t inside_ = 0;
};

}  // namespace tillstorm::integration
