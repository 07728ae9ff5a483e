#pragma once
// What became of an exception: for its own story, and for that of the message that it is about.
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "erp/exception_item.h"
#include "harness/explain/subject.h"

namespace tillstorm {

struct World;

/// The exceptions of one subject. Plain data: a copy goes with a snapshot of the world.
class ExceptionStory {
 public:
  using Say = std::function<void(const std::string& text)>;

  /// Something has happened at the exception desk: says what has changed for `subject`. An exception that is a subject
  /// itself gives it its place.
  void look(const World& world, Subject& subject, const Say& say);

 private:
  struct Followed {
    erp::ExceptionItem item;  ///< As it was when it was last looked at.
    bool is_open = true;
  };

  void find_new(const World& world, Subject& subject, const Say& say);
  static void tell_change(const World& world, const Followed& before, const erp::ExceptionItem& now, const Say& say);

  std::vector<Followed> followed_;
  std::uint64_t seen_ = 0;  ///< The newest exception that has been looked at.
};

}  // namespace tillstorm
