#include "scenario/sources.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tillstorm {
namespace {

constexpr std::size_t kMostProblems = 100;
constexpr std::size_t kLongestName = 64;

/// Optimal string alignment distance: letters added, left out, changed, or swapped with their neighbour.
std::size_t distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, kLongestName + 1>;
  Row before{}, last{}, now{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      now[j] = std::min({changed, last[j] + 1, now[j - 1] + 1});
      const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before = last;
    last = now;
  }
  return last[b.size()];
}

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

std::string nearest_name(std::string_view wrong, const std::vector<std::string_view>& names) {
  if (wrong.empty() || wrong.size() > kLongestName) return "";
  // A third of the letters may be wrong, but not all of a short name.
  std::size_t best_distance = std::max<std::size_t>(1, wrong.size() / 3) + 1;
  std::string_view best;
  for (const std::string_view name : names) {
    if (name.empty() || name.size() > kLongestName) continue;
    const std::size_t difference = name.size() > wrong.size() ? name.size() - wrong.size() : wrong.size() - name.size();
    if (difference >= best_distance) continue;
    const std::size_t letters = distance(wrong, name);
    if (letters < best_distance && letters < name.size()) {
      best_distance = letters;
      best = name;
    }
  }
  return std::string(best);
}

}  // namespace tillstorm
