#pragma once
// Two observers at once, the first of which may be missing.
#include "world/dispatch.h"

namespace tillstorm {

template <class First, class Second>
class ObserverPair {
 public:
  ObserverPair(First* first, Second* second) : first_(first), second_(second) {}

  void begins(const World& world, const Event& event) { second_->begins(world, event); }
  void ended(const World& world, const Event& event) { second_->ended(world, event); }
  void handed_over(const World& world, std::uint32_t source, MessageId message) {
    if (first_ != nullptr) first_->handed_over(world, source, message);
    second_->handed_over(world, source, message);
  }
  void kept_back(const World& world, std::uint32_t source, MessageId message) {
    if (first_ != nullptr) first_->kept_back(world, source, message);
    second_->kept_back(world, source, message);
  }
  void posting(const World& world, PlaceId place, MessageId message) { second_->posting(world, place, message); }
  void posted(const World& world, PlaceId place, const Message& message, erp::Posting posting) {
    if (first_ != nullptr) first_->posted(world, place, message, posting);
    second_->posted(world, place, message, posting);
  }
  void published(const World& world) {
    if (first_ != nullptr) first_->published(world);
  }
  void taken_in(const World& world, std::uint32_t source, MessageId message) {
    if (first_ != nullptr) first_->taken_in(world, source, message);
  }
  void set_aside(const World& world, const integration::Bus::Aside& aside) {
    if (first_ != nullptr) first_->set_aside(world, aside);
  }
  integration::TransmissionLog* transmissions() { return second_->transmissions(); }

 private:
  First* first_;
  Second* second_;
};

}  // namespace tillstorm
