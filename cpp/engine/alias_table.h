#pragma once
// Draws from a fixed list of weights in constant time. A. J. Walker, ACM TOMS 3 (1977); built as by M. D. Vose (1991),
// but in integers, so that the table's probabilities are exactly the rounded weights.
#include <cstdint>
#include <span>
#include <vector>

#include "engine/philox.h"
#include "engine/random_stream.h"

namespace tillstorm {

class AliasTable {
 public:
  AliasTable() = default;
  /// `weights`: each >= 0 and finite, at least one > 0, at most 2^20 of them (an InternalError otherwise). They are
  /// rounded to multiples of 2^-32 / n of their sum, in a way that depends on the list alone.
  explicit AliasTable(std::span<const double> weights);

  std::uint32_t size() const { return static_cast<std::uint32_t>(cells_.size()); }
  /// An index, in proportion to its weight: one word. An index of weight 0 is never drawn. The table is not empty.
  std::uint32_t draw(RandomStream& stream) const {
    const Word128 place = static_cast<Word128>(stream.next64()) * cells_.size();
    const auto column = static_cast<std::uint32_t>(place >> 64);
    const auto within = static_cast<std::uint32_t>(static_cast<std::uint64_t>(place) >> 32);
    const Cell cell = cells_[column];
    return within < cell.threshold ? column : cell.other;
  }
  /// The same from half a word: each index's probability is within 2^-32 of its weight's, absolutely, instead of
  /// 2^-32/n.
  std::uint32_t draw32(RandomStream& stream) const {
    const std::uint64_t place = static_cast<std::uint64_t>(stream.next32()) * cells_.size();
    const auto column = static_cast<std::uint32_t>(place >> 32);
    const Cell cell = cells_[column];
    return static_cast<std::uint32_t>(place) < cell.threshold ? column : cell.other;
  }
  /// The probability with which `draw` gives `index`: walks the table.
  double probability(std::uint32_t index) const;

 private:
  struct Cell {
    std::uint32_t threshold;  ///< The column's own share of 2^32; the rest is `other`'s.
    std::uint32_t other;
  };
  std::vector<Cell> cells_;
};

/// Weights k^-exponent for k = 1..n: Zipf's law.
std::vector<double> zipf_weights(std::uint32_t n, double exponent);

}  // namespace tillstorm
