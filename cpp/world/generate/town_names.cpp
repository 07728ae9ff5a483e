#include "world/generate/town_names.h"

#include <array>
#include <string_view>

namespace tillstorm {
namespace {

constexpr std::array<std::string_view, 48> kBeginnings{
    "Alder",  "Amber",  "Ash",   "Barrow", "Bell",   "Birch", "Bram",  "Bright", "Brook",   "Cald",
    "Carver", "Cedar",  "Clear", "Cold",   "Copper", "Crane", "Dun",   "Elder",  "Ever",    "Fair",
    "Fern",   "Glen",   "Grand", "Green",  "Harrow", "Hazel", "Heron", "Hollin", "Juniper", "Kestr",
    "Laurel", "Linden", "Maple", "Marl",   "Mill",   "Moss",  "North", "Oak",    "Pebble",  "Quarry",
    "Raven",  "River",  "Rowan", "Silver", "South",  "Stone", "Thorn", "Willow"};
constexpr std::array<std::string_view, 24> kEndings{
    "borough", "bridge", "brook", "bury", "crest", "dale",  "field", "ford",  "gate",  "grove", "ham",  "haven",
    "hurst",   "land",   "ley",   "mere", "mont",  "mouth", "port",  "ridge", "stead", "ton",   "vale", "wick"};

}  // namespace

std::string draw_town(RandomStream& stream) {
  const std::string_view beginning = kBeginnings[stream.below(kBeginnings.size())];
  const std::string_view ending = kEndings[stream.below(kEndings.size())];
  return std::string(beginning) + std::string(ending);
}

}  // namespace tillstorm
