#pragma once
#include <string>

#include "engine/random_stream.h"

namespace tillstorm {

/// A town that could exist and does not mean any that does.
std::string draw_town(RandomStream& stream);

}  // namespace tillstorm
