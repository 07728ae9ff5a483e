#pragma once
// MSG-12, MSG-13: messages set aside, until somebody has mended or cancelled them.
#include <cstdint>
#include <map>

#include "messages/message.h"
#include "rules/exception_type.h"

namespace tillstorm::integration {

/// Keeps each message unchanged, by the subject of its exception. Plain data: in the order of subjects.
class Hospital {
 public:
  struct Patient {
    MessageId message = kNoMessage;
    ExceptionType type{};
    std::uint32_t job = 0xffffffffU;  ///< That its ordering key waits for; kNone: nobody waits.
    std::uint32_t resubmits = 0;
    bool is_inside = false;  ///< Here, and not under way again after a repair.
  };

  /// Takes over a reference to the message. Nothing of this subject is here.
  void admit(std::uint64_t subject, MessageId message, ExceptionType type, std::uint32_t job) {
    Patient& patient = patients_[subject];
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
  /// The message leaves for another attempt; how often it did is kept.
  void leave(Patient& patient) {
    patient.is_inside = false;
    patient.message = kNoMessage;
    ++patient.resubmits;
    --inside_;
  }
  /// It has come to its end: posted or cancelled.
  void forget(std::uint64_t subject) {
    const auto at = patients_.find(subject);
    if (at == patients_.end()) return;
    if (at->second.is_inside) --inside_;
    patients_.erase(at);
  }
  std::uint32_t inside() const { return inside_; }
  std::uint32_t known() const { return static_cast<std::uint32_t>(patients_.size()); }
  const std::map<std::uint64_t, Patient>& patients() const { return patients_; }

 private:
  std::map<std::uint64_t, Patient> patients_;
  std::uint32_t inside_ = 0;
};

}  // namespace tillstorm::integration
