#pragma once
// Numbers of a till: those that are asked for, or the one that no ticket has.
#include <cstdint>

#include "base/fields.h"

namespace tillstorm {

/// From (epoch of the envelope, first) to (last_epoch, last), both included; `last` 0: none of the last epoch.
struct NumbersBody {
  std::uint32_t first = 0;
  std::uint32_t last_epoch = 0;
  std::uint32_t last = 0;

  template <class Visitor>
  static void fields(Visitor& visit) {
    visit(&NumbersBody::first, Field("first", "The first one, in the epoch of the envelope."));
    visit(&NumbersBody::last_epoch, Field("last_epoch", "Epoch of the last one."));
    visit(&NumbersBody::last, Field("last", "The last one; 0: all before that epoch."));
  }
};

}  // namespace tillstorm
