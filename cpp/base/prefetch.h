#pragma once
// Asking for memory before it is needed. A hint to the processor: it changes no result and never faults.
//
// A function that only asks must be inlined by force, as these are: to GCC it has no effect, so a call of it goes away.
#include <cstddef>

namespace tillstorm {

inline constexpr std::size_t kCacheLine = 64;

/// The line at `address` will be changed soon.
[[gnu::always_inline]] inline void ask_for(const void* address) { __builtin_prefetch(address, 1); }

/// All lines of the `bytes` from `address` on will be changed soon. Null asks for nothing.
[[gnu::always_inline]] inline void ask_for(const void* address, std::size_t bytes) {
  if (address == nullptr) return;
  const char* const from = static_cast<const char*>(address);
  for (std::size_t offset = 0; offset < bytes; offset += kCacheLine) ask_for(from + offset);
  ask_for(from + bytes - 1);
}

}  // namespace tillstorm
