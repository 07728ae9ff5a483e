#pragma once
// What is wrong with the input, said so that the person who wrote it can put it right.
#include <exception>
#include <string>
#include <vector>

namespace tillstorm {

/// One fault of the input. Every text is plain; what does not apply is empty or 0.
struct Problem {
  std::string file;     ///< The file as the user named it; `--set` for an override.
  std::string path;     ///< Where in the document: `chain.stores[3].terminals`; empty means the document itself.
  int line = 0;         ///< From 1; 0 where a place in a text makes no sense.
  int column = 0;       ///< From 1, in characters.
  std::string found;    ///< What stands there.
  std::string allowed;  ///< What may stand there.
  std::string message;  ///< What is wrong, as a sentence without its full stop.
  std::string nearest;  ///< The valid name nearest to the one found.
};

/// `file:line:column: path: message; found ..., allowed ...; did you mean ...?` on one line.
std::string to_string(const Problem& problem);

/// The user's input is wrong. Carries all that was found in one reading; nothing has been run, and the caller may go on
/// with other input.
class InputError : public std::exception {
 public:
  explicit InputError(std::vector<Problem> found);
  /// All problems, one a line.
  const char* what() const noexcept override { return text_.c_str(); }

  std::vector<Problem> problems;

 private:
  std::string text_;
};

}  // namespace tillstorm
