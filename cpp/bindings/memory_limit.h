#pragma once
#include <cstdint>

namespace tillstorm::bindings {

/// Memory that this process may use: what the machine has, or less where its container says so [bytes].
std::uint64_t memory_limit_bytes();

}  // namespace tillstorm::bindings
