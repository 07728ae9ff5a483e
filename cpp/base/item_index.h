#pragma once
// Which items a place carries, and at which position each stands: what truth and books both need to find a cell.
#include <cstdint>
#include <span>
#include <vector>

#include "base/check.h"
#include "base/ids.h"

namespace tillstorm {

/// A subset of the catalogue. A position is found with one bit test and one bit count, in 8 bytes for 32 items of the
/// catalogue, so that 457 stores of 68 509 items stay small and the ranges of 120 stores stay in the nearest cache.
class ItemIndex {
 public:
  ItemIndex() = default;
  /// `items`: strictly increasing, each below `catalogue_size`.
  ItemIndex(std::uint32_t catalogue_size, std::span<const std::uint32_t> items)
      : words_((catalogue_size + 31) / 32), items_(items.begin(), items.end()) {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      check(items_[i] < catalogue_size && (i == 0 || items_[i - 1] < items_[i]),
            "an item index is strictly increasing");
      words_[items_[i] / 32].bits |= std::uint32_t{1} << (items_[i] % 32);
    }
    std::uint32_t before = 0;
    for (Word& word : words_) {
      word.before = before;
      before += count_bits(word.bits);
    }
  }

  std::uint32_t size() const { return static_cast<std::uint32_t>(items_.size()); }
  ItemId item(std::uint32_t position) const { return ItemId{items_[position]}; }
  std::span<const std::uint32_t> items() const { return items_; }

  /// Position of `item`, or kNone if the place does not carry it.
  std::uint32_t position(ItemId item) const {
    const Word& word = words_[index_of(item) / 32];
    const std::uint32_t bit = std::uint32_t{1} << (index_of(item) % 32);
    if ((word.bits & bit) == 0) return kNone;
    return word.before + count_bits(word.bits & (bit - 1));
  }

 private:
  /// Inline, because a portable build calls a library function for std::popcount.
  static constexpr std::uint32_t count_bits(std::uint32_t x) {
    x -= x >> 1 & 0x55555555U;
    x = (x & 0x33333333U) + (x >> 2 & 0x33333333U);
    return ((x + (x >> 4)) & 0x0f0f0f0fU) * 0x01010101U >> 24;
  }

  struct Word {
    std::uint32_t bits = 0;
    std::uint32_t before = 0;  ///< Items of the subset in earlier words.
  };
  std::vector<Word> words_;
  std::vector<std::uint32_t> items_;
};

}  // namespace tillstorm
