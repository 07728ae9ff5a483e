#pragma once
// MSG-11 at a store: how much it keeps while nothing is acknowledged.
#include <cstdint>

#include "integration/context.h"

namespace tillstorm {

struct World;

enum class SourceLogState : std::uint8_t {
  has_room,
  nearly_full,  ///< IT support has been told.
  full,         ///< The tills are closed, or the oldest messages are overwritten.
};

/// A source has handed over a message, or some of its log has been acknowledged.
void look_at_source_log(World& world, integration::Context& road, std::uint32_t source);

}  // namespace tillstorm
