#pragma once
// Fixed hashes: the same value on every machine and compiler, for stream keys and digests. Not cryptographic.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace tillstorm {

/// A bijective 64-bit mixer (the finaliser of SplitMix64; Steele, Lea & Flood 2014).
constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// The key of a stable id: FNV-1a over its bytes, then mixed. Never an index, so permuting a file changes nothing.
constexpr std::uint64_t key_of(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mix64(h);
}

/// 128 bits that stand for a sequence of facts, in order.
struct Digest {
  std::uint64_t low = 0x9e3779b97f4a7c15ULL;
  std::uint64_t high = 0xc2b2ae3d27d4eb4fULL;
  constexpr bool operator==(const Digest&) const = default;

  /// Adds one word. Two multiplications that do not wait for each other, so a fact costs about a nanosecond.
  constexpr void add(std::uint64_t word) {
    low = (low ^ word) * 0x9fb21c651e98df25ULL;
    low ^= low >> 29;
    high = (high + word) * 0xd6e8feb86659fd93ULL;
    high ^= high >> 32;
  }
  constexpr void add(std::int64_t word) { add(static_cast<std::uint64_t>(word)); }
  constexpr void add(const Digest& other) {
    add(other.low);
    add(other.high);
  }

  /// 32 lower-case hexadecimal digits, high word first.
  std::string hex() const {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(32, '0');
    for (std::size_t i = 0; i < 16; ++i) {
      text[15 - i] = kDigits[(high >> (4 * i)) & 15];
      text[31 - i] = kDigits[(low >> (4 * i)) & 15];
    }
    return text;
  }
};

}  // namespace tillstorm
