#pragma once
// For every message m that is set aside, as long as it is:  exceptions about m that are open = 1, with an owner who is
// there. And for every exception, whenever it is looked at:  closed  =>  its message is not set aside.
#include <cstdint>
#include <map>

#include "harness/invariants/promise.h"

namespace tillstorm {

class ExceptionOwned {
 public:
  static constexpr PromiseText text{
      .name = "exception_owned",
      .equation =
          "for every message, as long as it is set aside: open exceptions about it = 1, and their owner has people",
      .meaning = "What was set aside is somebody's work until it is posted or given up.",
      .check_points = "set_aside posted finished",
      .guards = "MSG-01 MSG-12 MSG-13 EXC-01 EXC-02 EXC-03 EXC-04 EXC-05 EXC-06 EXC-07"};
  void set_aside(const CheckPoint& c, const integration::Bus::Aside& aside);
  void posted(const CheckPoint& c, PlaceId place, const Message& message, erp::Posting posting);
  void finished(const CheckPoint& c) const;

 private:
  struct Patient {
    Envelope envelope;
    ExceptionType type{};
    Time since{};
  };
  std::map<std::uint64_t, Patient> patients_;  ///< What is set aside, by the subject of its exception.
};

}  // namespace tillstorm
