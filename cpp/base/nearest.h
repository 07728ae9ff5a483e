#pragma once
// The valid name that somebody who wrote another one may have meant.
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace tillstorm {

/// Letters to insert, delete, replace or swap with their neighbour to turn one text into the other (optimal string
/// alignment).
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({replaced, above[j] + 1, current[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    std::swap(before, above);
    std::swap(above, current);
  }
  return above[b.size()];
}

/// The candidate nearest to `name`, the first of equals; empty if none is near: more than a third of the letters of the
/// longer one would change (at least one may).
template <class Names>
std::string_view nearest_name(std::string_view name, const Names& candidates) {
  constexpr std::size_t kLongest = 256;  // what is longer is no mistyped name, and would take long to compare
  std::string_view best;
  std::size_t least = static_cast<std::size_t>(-1);
  if (name.size() > kLongest) return best;
  for (const auto& each : candidates) {
    const std::string_view candidate = each;
    if (candidate.size() > kLongest) continue;
    const std::size_t allowed = std::max<std::size_t>(1, std::max(name.size(), candidate.size()) / 3);
    const std::size_t gap = std::max(name.size(), candidate.size()) - std::min(name.size(), candidate.size());
    if (gap > allowed || gap >= least) continue;
    const std::size_t distance = edit_distance(name, candidate);
    if (distance <= allowed && distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace tillstorm
