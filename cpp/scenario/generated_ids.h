#pragma once
// The ids that the `generate` blocks stand for, so that the rest of a scenario can name generated stores, regions,
// items and assortments, and a wrong name is found before anything is generated (world/generate does that).
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "scenario/chain.h"

namespace tillstorm {

inline constexpr std::array<std::string_view, 6> kGeneratedRegions{"northeast",     "southeast", "midwest",
                                                                   "south_central", "mountain",  "pacific"};

namespace detail {
inline std::string numbered(std::string_view prefix, std::int32_t k, std::size_t digits) {
  std::string text = std::to_string(k);
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return std::string(prefix) + text;
}
/// Whether `id` is one of numbered(prefix, 1 .. count, digits).
inline bool is_numbered(std::string_view id, std::string_view prefix, std::int32_t count, std::size_t digits) {
  if (id.size() < prefix.size() + digits || id.size() > prefix.size() + 9 || id.substr(0, prefix.size()) != prefix)
    return false;
  std::int32_t k = 0;
  for (const char c : id.substr(prefix.size())) {
    if (c < '0' || c > '9') return false;
    k = k * 10 + (c - '0');
  }
  return k >= 1 && k <= count && numbered(prefix, k, digits) == id;
}
}  // namespace detail

/// Of the k-th store, k = 1 .. stores: `0001`.
inline std::string generated_store_id(std::int32_t k) { return detail::numbered("", k, 4); }
inline bool is_generated_store_id(std::string_view id, std::int32_t stores) {
  return detail::is_numbered(id, "", stores, 4);
}

/// Of the k-th item, k = 1 .. items: `I00001`.
inline std::string generated_item_id(std::int32_t k) { return detail::numbered("I", k, 5); }
inline bool is_generated_item_id(std::string_view id, std::int32_t items) {
  return detail::is_numbered(id, "I", items, 5);
}

/// Of a format's k-th assortment, k = 1 .. assortment_clusters: `urban_1`.
inline std::string generated_assortment_id(StoreFormat format, std::int32_t k) {
  return detail::numbered(format == StoreFormat::urban ? "urban_" : "suburban_", k, 1);
}
inline bool is_generated_assortment_id(std::string_view id, std::int32_t clusters) {
  return detail::is_numbered(id, "urban_", clusters, 1) || detail::is_numbered(id, "suburban_", clusters, 1);
}

}  // namespace tillstorm
