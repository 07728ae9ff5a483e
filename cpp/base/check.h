#pragma once
// Three words for three failures: `check` - ours, the program is wrong; `InputError` (error.h) - the user's, the input
// is wrong; anything else that can be recovered from is a return value.
#include <source_location>
#include <stdexcept>
#include <string>

namespace tillstorm {

/// The program contradicts itself: a defect of tillstorm, never of its input.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void fail_check(const char* what, std::source_location where) {
  throw InternalError(std::string("internal error: ") + what + " (" + where.file_name() + ":" +
                      std::to_string(where.line()) + "). The run cannot go on; this is a defect of tillstorm.");
}

/// Stays on in every build. `what` says what should have held.
inline void check(bool holds, const char* what, std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]]
    fail_check(what, where);
}

}  // namespace tillstorm
