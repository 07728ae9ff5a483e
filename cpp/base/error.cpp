#include "base/error.h"

#include <utility>

namespace tillstorm {

std::string to_string(const Problem& problem) {
  std::string text = problem.file;
  if (problem.line > 0) text += ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column);
  for (const std::string* part : {&problem.path, &problem.message}) {
    if (part->empty()) continue;
    if (!text.empty()) text += ": ";
    text += *part;
  }
  if (!problem.found.empty()) text += "; found " + problem.found;
  if (!problem.allowed.empty()) text += "; allowed: " + problem.allowed;
  if (!problem.nearest.empty()) text += "; did you mean `" + problem.nearest + "`?";
  return text;
}

InputError::InputError(std::vector<Problem> found) : problems(std::move(found)) {
  for (const Problem& problem : problems) {
    if (!text_.empty()) text_ += '\n';
    text_ += to_string(problem);
  }
}

}  // namespace tillstorm
