#pragma once
// Philox4x64-10: a counter-based generator. A word is a pure function of a key and a counter, so a draw depends on
// nothing but its name. J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw: "Parallel random numbers: as easy as
// 1, 2, 3", SC 2011, doi:10.1145/2063384.2063405. Passes TestU01's BigCrush (there, section 5).
#include <array>
#include <cstdint>

namespace tillstorm {

using PhiloxKey = std::array<std::uint64_t, 2>;
using PhiloxBlock = std::array<std::uint64_t, 4>;

__extension__ using Word128 = unsigned __int128;

/// Ten rounds; returns four random words.
constexpr PhiloxBlock philox4x64(PhiloxBlock counter, PhiloxKey key) {
  for (int round = 0; round < 10; ++round) {
    const Word128 a = static_cast<Word128>(0xd2e7470ee14c6c93ULL) * counter[0];
    const Word128 b = static_cast<Word128>(0xca5a826395121157ULL) * counter[2];
    counter = {static_cast<std::uint64_t>(b >> 64) ^ counter[1] ^ key[0], static_cast<std::uint64_t>(b),
               static_cast<std::uint64_t>(a >> 64) ^ counter[3] ^ key[1], static_cast<std::uint64_t>(a)};
    key[0] += 0x9e3779b97f4a7c15ULL;  // golden ratio
    key[1] += 0xbb67ae8584caa73bULL;  // sqrt(3) - 1
  }
  return counter;
}

}  // namespace tillstorm
