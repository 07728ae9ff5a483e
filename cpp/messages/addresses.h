#pragma once
// Which site is which. Sites of one kind follow the order of their stable ids, so that another store moves no tie.
#include <cstdint>

#include "base/ids.h"

namespace tillstorm {

/// Places are the stores, then the DC if there is one. Sources, which have a link to the middleware, are the places,
/// then the ecommerce front if there is one.
struct Addresses {
  std::uint32_t stores = 0;
  bool has_dc = false;
  bool has_online = false;

  std::uint32_t places() const { return stores + (has_dc ? 1 : 0); }
  std::uint32_t sources() const { return places() + (has_online ? 1 : 0); }
  std::uint32_t sites() const { return sources() + 1 + places() + 1 + 1 + 1; }

  SiteId source(std::uint32_t index) const { return SiteId{index}; }
  SiteId store(std::uint32_t index) const { return SiteId{index}; }
  SiteId dc() const { return SiteId{stores}; }
  SiteId online() const { return SiteId{places()}; }
  SiteId middleware() const { return SiteId{sources()}; }
  SiteId partition(PlaceId place) const { return SiteId{sources() + 1 + index_of(place)}; }
  SiteId head_office() const { return SiteId{sources() + 1 + places()}; }
  SiteId exception_desk() const { return SiteId{sources() + 2 + places()}; }
  SiteId control() const { return SiteId{sources() + 3 + places()}; }

  PlaceId dc_place() const { return PlaceId{stores}; }
  std::uint32_t dc_source() const { return stores; }
  std::uint32_t online_source() const { return places(); }
  PlaceId place_of_partition(SiteId site) const { return PlaceId{index_of(site) - sources() - 1}; }
};

}  // namespace tillstorm
