#pragma once
// Which items a place carries, and at which position each stands: what truth and books both need to find a cell.
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "base/check.h"
#include "base/ids.h"

namespace tillstorm {

/// A subset of the catalogue. A position is found with one bit test and one bit count, in 16 bytes for 64 items of the
/// catalogue, so that 457 stores of 68 509 items stay small.
class ItemIndex {
 public:
  ItemIndex() = default;
  /// `items`: strictly increasing, each below `catalogue_size`.
  ItemIndex(std::uint32_t catalogue_size, std::span<const std::uint32_t> items)
      : words_((catalogue_size + 63) / 64), items_(items.begin(), items.end()) {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      check(items_[i] < catalogue_size && (i == 0 || items_[i - 1] < items_[i]), "an item index is strictly increasing");
      words_[items_[i] / 64].bits |= std::uint64_t{1} << (items_[i] % 64);
    }
    std::uint32_t before = 0;
    for (Word& word : words_) {
      word.before = before;
      before += static_cast<std::uint32_t>(std::popcount(word.bits));
    }
  }

  std::uint32_t size() const { return static_cast<std::uint32_t>(items_.size()); }
  ItemId item(std::uint32_t position) const { return ItemId{items_[position]}; }
  std::span<const std::uint32_t> items() const { return items_; }

  /// Position of `item`, or kNone if the place does not carry it.
  std::uint32_t position(ItemId item) const {
    const Word& word = words_[index_of(item) / 64];
    const std::uint64_t bit = std::uint64_t{1} << (index_of(item) % 64);
    if ((word.bits & bit) == 0) return kNone;
    return word.before + static_cast<std::uint32_t>(std::popcount(word.bits & (bit - 1)));
  }

 private:
  struct Word {
    std::uint64_t bits = 0;
    std::uint32_t before = 0;  ///< Items of the subset in earlier words.
  };
  std::vector<Word> words_;
  std::vector<std::uint32_t> items_;
};

}  // namespace tillstorm
