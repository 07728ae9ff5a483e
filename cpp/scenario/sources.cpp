#include "scenario/sources.h"

#include <algorithm>
#include <utility>

namespace tillstorm {
namespace {

constexpr std::size_t kMostProblems = 100;

}  // namespace

std::uint32_t Sources::add(Source source) {
  sources_.push_back(std::move(source));
  return static_cast<std::uint32_t>(sources_.size() - 1);
}

LineColumn Sources::line_and_column(TextPlace place) const {
  const std::string& text = sources_[place.source].text;
  LineColumn at;
  const std::size_t end = std::min<std::size_t>(place.offset, text.size());
  for (std::size_t i = 0; i < end; ++i) {
    if (text[i] == '\n') {
      ++at.line;
      at.column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      ++at.column;
    }
  }
  return at;
}

void Problems::add(TextPlace place, std::string path, Complaint complaint) {
  const LineColumn at = problems_.size() < kMostProblems ? sources_->line_and_column(place) : LineColumn{};
  keep({sources_->at(place.source).name, std::move(path), at.line, at.column, std::move(complaint.found),
        std::move(complaint.allowed), std::move(complaint.message), std::move(complaint.nearest)});
}

void Problems::add_without_place(std::string file, std::string path, Complaint complaint) {
  keep({std::move(file), std::move(path), 0, 0, std::move(complaint.found), std::move(complaint.allowed),
        std::move(complaint.message), std::move(complaint.nearest)});
}

void Problems::keep(Problem problem) {
  if (problems_.size() < kMostProblems) {
    problems_.push_back(std::move(problem));
  } else {
    ++left_out_;
  }
}

void Problems::throw_if_any() const {
  if (problems_.empty()) return;
  std::vector<Problem> all = problems_;
  if (left_out_ > 0) {
    Problem rest;
    rest.file = all.front().file;
    rest.message = "and " + std::to_string(left_out_) + " further problems like these";
    all.push_back(std::move(rest));
  }
  throw InputError(std::move(all));
}

}  // namespace tillstorm
