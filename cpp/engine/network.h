#pragma once
// The network between sites: who can reach whom, how fast and how dearly, and what an outage cuts off.
#include <cstdint>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/time.h"

namespace tillstorm {

/// A link of a network, by the order in which links were added.
enum class LinkId : std::uint32_t {};

/// A two-way connection of two sites.
struct Link {
  SiteId from{};
  SiteId to{};
  Duration latency{};         ///< Of one message, > 0 [us].
  std::int64_t cost = 0;      ///< Of one unit sent over it, >= 0 [minor units].
  std::uint32_t outages = 0;  ///< Outages in force; the link is up when there is none.
};

/// A way from a site to another.
struct Route {
  Duration latency{};         ///< Sum over its links.
  std::int64_t cost = 0;      ///< Sum over its links [minor units].
  std::vector<LinkId> links;  ///< In order of travel; empty from a site to itself.
};

/// Sites and links. A value: a copy is a snapshot. Questions are answered on the graph of sites and links that are up.
/// Outages are counted, so that two overlapping ones end only with the later.
class Network {
 public:
  /// Sites 0 .. sites-1, no links yet.
  explicit Network(std::uint32_t sites = 0) : site_outages_(sites, 0) {}

  std::uint32_t sites() const { return static_cast<std::uint32_t>(site_outages_.size()); }
  const std::vector<Link>& links() const { return links_; }
  /// Two different sites of this network, latency > 0, cost >= 0 (an InternalError otherwise).
  LinkId connect(SiteId a, SiteId b, Duration latency, std::int64_t cost = 0);

  void begin_outage(LinkId link);
  void end_outage(LinkId link);
  /// A site that is out cuts all its links.
  void begin_outage(SiteId site);
  void end_outage(SiteId site);
  bool is_up(SiteId site) const { return site_outages_[index_of(site)] == 0; }
  /// The link and both of its ends are up.
  bool is_up(LinkId id) const;

  /// For each site the number of its part: parts are numbered by their lowest site; a site that is out is alone.
  std::vector<std::uint32_t> components() const;
  bool reachable(SiteId from, SiteId to) const;
  /// The route of least latency; among such of fewest links; among such the one that, followed from `to` back, takes
  /// the links of lowest number. Nothing if there is none, or if an end is out.
  std::optional<Route> shortest_route(SiteId from, SiteId to) const;

 private:
  std::vector<Link> links_;
  std::vector<std::uint32_t> site_outages_;  ///< Outages in force, per site.
};

}  // namespace tillstorm
