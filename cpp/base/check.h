#pragma once
// Three words for three failures: `check` - ours, the program is wrong; `InputError` (error.h) - the user's, the input
// is wrong; anything else that can be recovered from is a return value.
#include <stdexcept>
#include <string>

namespace tillstorm {

/// The program contradicts itself: a defect of tillstorm, never of its input.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn, gnu::cold, gnu::noinline]] inline void fail_check(const char* what, const char* file, int line) {
  throw InternalError(std::string("internal error: ") + what + " (" + file + ":" + std::to_string(line) +
                      "). The run cannot go on; this is a defect of tillstorm.");
}

/// Stays on in every build. `what` says what should have held; file and line are the caller's (built-ins, because
/// clang 14 has no std::source_location).
inline void check(bool holds, const char* what, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  if (!holds) [[unlikely]]
    fail_check(what, file, line);
}

}  // namespace tillstorm
