#pragma once
// Keyed randomness: each draw belongs to a stream named by (seed, purpose, entity, n), so that the n-th customer of a
// store is the same person whatever else is simulated.
#include <cstdint>
#include <string_view>

#include "base/hash.h"
#include "engine/philox.h"

namespace tillstorm {

/// The key of a named purpose, at compile time: `constexpr auto kBasket = purpose_of("basket");`
constexpr std::uint64_t purpose_of(std::string_view name) { return key_of(name); }

/// A stream of random words; a value, cheap to make, that generates four words at a time when they are asked for.
/// Distinct names give independent streams; the same name gives the same words for ever.
class RandomStream {
 public:
  /// `entity` is a 64-bit hash of a stable id (`key_of`), never an index; `n` counts the entity's streams of this
  /// purpose (the n-th customer, the n-th day).
  constexpr RandomStream(std::uint64_t seed, std::uint64_t purpose, std::uint64_t entity, std::uint64_t n)
      : seed_(seed), purpose_(purpose), entity_(entity), n_(n) {}

  /// 64 random bits.
  constexpr std::uint64_t next64() {
    if (left_ == 0) refill();
    return words_[4U - left_--];
  }
  /// 32 random bits: both halves of a word are used, also when other draws come between.
  constexpr std::uint32_t next32() {
    if (has_half_) {
      has_half_ = false;
      return half_;
    }
    const std::uint64_t word = next64();
    half_ = static_cast<std::uint32_t>(word >> 32);
    has_half_ = true;
    return static_cast<std::uint32_t>(word);
  }
  /// Uniform in [0, 1): a multiple of 2^-53.
  constexpr double uniform() { return static_cast<double>(next64() >> 11) * 0x1.0p-53; }
  /// Uniform in (0, 1): an odd multiple of 2^-53, so neither end occurs.
  constexpr double uniform_open() { return static_cast<double>((next64() >> 12) * 2 + 1) * 0x1.0p-53; }
  /// Uniform in 0 .. n-1, exactly: n >= 1. D. Lemire: "Fast random integer generation in an interval", ACM TOMACS 29
  /// (2019), which rejects with probability below n / 2^32.
  constexpr std::uint32_t below(std::uint32_t n) {
    std::uint64_t product = static_cast<std::uint64_t>(next32()) * n;
    if (static_cast<std::uint32_t>(product) < n) [[unlikely]] {
      const std::uint32_t least = (0U - n) % n;
      while (static_cast<std::uint32_t>(product) < least) product = static_cast<std::uint64_t>(next32()) * n;
    }
    return static_cast<std::uint32_t>(product >> 32);
  }
  /// True with probability `ppm` / 1e6, to 2^-32: 0 is never, 1'000'000 and more is always. Always takes one 32-bit
  /// draw, so that changing a probability moves no other draw.
  constexpr bool bernoulli_ppm(std::uint32_t ppm) {
    return (static_cast<std::uint64_t>(next32()) * 1'000'000 >> 32) < ppm;
  }

 private:
  // Not inlined: a block takes about 15 ns, and its code would be repeated at each draw.
  [[gnu::noinline]] constexpr void refill() {
    words_ = philox4x64({block_++, n_, entity_, 0}, {seed_, purpose_});
    left_ = 4;
  }

  PhiloxBlock words_{};
  std::uint64_t seed_, purpose_, entity_, n_;
  std::uint64_t block_ = 0;
  std::uint32_t half_ = 0;
  std::uint8_t left_ = 0;
  bool has_half_ = false;
};

}  // namespace tillstorm
