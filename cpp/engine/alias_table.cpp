#include "engine/alias_table.h"

#include <cmath>

#include "base/check.h"
#include "engine/elementary.h"

namespace tillstorm {
namespace {

constexpr std::uint64_t kColumn = std::uint64_t{1} << 32;

/// The weights as integers whose sum is exactly n * 2^32: rounded down, and what that leaves given one by one in order.
std::vector<std::uint64_t> in_columns(std::span<const double> weights) {
  double sum = 0.0;
  for (const double weight : weights) {
    check(weight >= 0.0 && std::isfinite(weight), "the weights of an alias table are finite and not negative");
    sum += weight;
  }
  check(sum > 0.0 && std::isfinite(sum), "the weights of an alias table have a positive, finite sum");
  const std::uint64_t whole = weights.size() * kColumn;  // at most 2^52: exact as a double
  std::vector<std::uint64_t> shares(weights.size());
  std::uint64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    shares[i] = static_cast<std::uint64_t>(weights[i] / sum * static_cast<double>(whole));
    given += shares[i];
  }
  std::size_t i = 0;
  while (given < whole) {
    if (weights[i] > 0.0) {
      ++shares[i];
      ++given;
    }
    i = i + 1 == weights.size() ? 0 : i + 1;
  }
  while (given > whole) {
    if (shares[i] > 1) {
      --shares[i];
      --given;
    }
    i = i + 1 == weights.size() ? 0 : i + 1;
  }
  return shares;
}

}  // namespace

AliasTable::AliasTable(std::span<const double> weights) : cells_(weights.size()) {
  check(!weights.empty() && weights.size() <= (std::size_t{1} << 20), "an alias table has between 1 and 2^20 weights");
  std::vector<std::uint64_t> left = in_columns(weights);
  std::vector<std::uint32_t> small, large;  // columns not yet full, and more than full or just full
  for (std::uint32_t i = 0; i < size(); ++i) (left[i] < kColumn ? small : large).push_back(i);
  while (!small.empty()) {
    const std::uint32_t column = small.back(), giver = large.back();  // the sum is n columns, so a giver exists
    small.pop_back();
    cells_[column] = {static_cast<std::uint32_t>(left[column]), giver};
    left[giver] -= kColumn - left[column];
    if (left[giver] < kColumn) {
      large.pop_back();
      small.push_back(giver);
    }
  }
  for (const std::uint32_t column : large) cells_[column] = {0, column};  // full: its own either way
}

double AliasTable::probability(std::uint32_t index) const {
  std::uint64_t share = 0;
  for (std::uint32_t column = 0; column < size(); ++column) {
    if (column == index) share += cells_[column].threshold;
    if (cells_[column].other == index) share += kColumn - cells_[column].threshold;
  }
  return static_cast<double>(share) / (static_cast<double>(size()) * static_cast<double>(kColumn));
}

std::vector<double> zipf_weights(std::uint32_t n, double exponent) {
  std::vector<double> weights(n);
  for (std::uint32_t k = 0; k < n; ++k) weights[k] = elementary::pow(static_cast<double>(k) + 1.0, -exponent);
  return weights;
}

}  // namespace tillstorm
