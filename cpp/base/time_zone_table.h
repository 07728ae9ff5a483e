#pragma once
// The rules behind TimeZone::find. Only time_zone.cpp reads them.
#include <array>
#include <cstdint>
#include <string_view>

#include "base/time_zone.h"

namespace tillstorm {

/// Zones that keep the same time.
struct ZoneRule {
  std::int32_t standard_offset_minutes;
  std::int32_t summer_offset_minutes;
  ZoneChange summer_begins;
  ZoneChange summer_ends;
  std::string_view names;  ///< Separated by spaces.
};

extern const std::array<ZoneRule, 62> kZoneRules;

}  // namespace tillstorm
