#pragma once
// Indices into the world's arrays. An index says where a thing is stored in this run; what a thing *is* is its stable
// id (a string in the scenario), whose 64-bit hash keys its random streams.
#include <cstdint>
#include <limits>

namespace tillstorm {

/// A site that owns state and handles events: a store with its link, the DC, the ecommerce front, an ERP partition...
enum class SiteId : std::uint32_t {};
/// A place that holds stock: stores first, then distribution centres.
enum class PlaceId : std::uint32_t {};
/// An item of the catalogue: what a GTIN names.
enum class ItemId : std::uint32_t {};
/// A cell: one item at one place, by position in the place's assortment.
enum class CellId : std::uint32_t {};

template <class Id>
constexpr std::uint32_t index_of(Id id) {
  return static_cast<std::uint32_t>(id);
}

inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

}  // namespace tillstorm
