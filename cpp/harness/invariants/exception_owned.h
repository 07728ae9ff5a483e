#pragma once
// For every message m that is set aside, whenever a day of its place is closed, and at the end:
//   exceptions about m that are open = 1, with an owner who is there (at least 1 where each occurrence is an item);
// and at the end, for every open exception that holds a message: that message is set aside, or on its way once more.
#include <cstdint>
#include <map>
#include <string_view>

#include "base/ring.h"
#include "harness/invariants/promise.h"

namespace tillstorm {

class ExceptionOwned {
 public:
  static constexpr PromiseText text{
      .name = "exception_owned",
      .equation =
          "for every message that is set aside: open exceptions about it = 1 (at least 1 unless coalesce_by is "
          "subject), and their owner has people; at the end, for every message that is neither set aside nor on its "
          "way once more: 0",
      .meaning = "What was set aside is somebody's work until it is posted or given up, and no longer.",
      .check_points = "set_aside posted finished",
      .guards = "MSG-01 MSG-12 MSG-13 EXC-01 EXC-02 EXC-03 EXC-04 EXC-05 EXC-06 EXC-07"};
  void set_aside(const CheckPoint& c, const integration::Bus::Aside& aside);
  void posted(const CheckPoint& c, PlaceId place, const Message& message, erp::Posting posting);
  void finished(const CheckPoint& c);

 private:
  struct Patient {
    Envelope envelope;
    ExceptionType type{};
    Time since{};
    bool was_wrong = false;  ///< Once is enough.
  };
  /// All that is set aside of a place.
  void look_at(const CheckPoint& c, PlaceId place);
  void look_at(const CheckPoint& c, const erp::ExceptionItem& item) const;
  void end(const CheckPoint& c, std::uint64_t subject);
  static std::uint32_t how_many(const CheckPoint& c, std::uint64_t subject);
  static void report(const CheckPoint& c, Patient& patient, std::uint32_t count, std::string_view what);

  std::map<std::uint64_t, Patient> patients_;  ///< What is set aside, by the subject of its exception.
  struct Ended {
    std::uint64_t subject = 0;
    Time at{};
  };
  Ring<Ended> ended_;  ///< What was, in order, as long as its exception may not have heard of it.
};

}  // namespace tillstorm
