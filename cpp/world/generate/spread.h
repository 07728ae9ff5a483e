#pragma once
#include <cstdint>

#include "base/hash.h"

namespace tillstorm {

/// The k-th of numbers in [0, 1) that are spread evenly however many of them are taken: a start drawn from seed and
/// purpose, then steps of the golden ratio. Depends on nothing but its arguments, so the k-th is the same for any
/// count, and a share or a law holds already for few (unlike with independent draws).
constexpr double spread(std::int32_t k, std::uint64_t seed, std::uint64_t purpose) {
  constexpr std::uint64_t kGoldenRatio = 0x9e3779b97f4a7c15ULL;  // 2^64 / 1.618...
  const std::uint64_t start = mix64(seed ^ mix64(purpose));
  return static_cast<double>((start + static_cast<std::uint64_t>(k) * kGoldenRatio) >> 11) * 0x1.0p-53;
}

}  // namespace tillstorm
